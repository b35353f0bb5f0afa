"""Each act of a matter's life: what it does, and beside it whom and when it refuses."""

import datetime as dt

import pytest

from cadres.models import CalendarYear, Department, Holding, Notice, User
from conftest import appoint
from grievances import actions
from grievances.models import (
    DeadlinePolicy,
    DeclineReason,
    FollowUp,
    Grievance,
    SettlementMethod,
    Source,
    Status,
)
from liaison.audit import verify as verify_audit
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry, NumberSeries

from .conftest import DAY, moment

LATER = DAY + dt.timedelta(days=1)
EARLIER = DAY - dt.timedelta(days=1)


def history(matter):
    return [step.act for step in matter.steps.all()]


class TestRegister:
    def test_it_gets_the_next_number_of_the_township_and_year(self, li, facts):
        first = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
        second = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
        last_year = actions.register(by=li, on=dt.date(2025, 12, 31), now=moment(DAY), **facts)
        assert [each.number for each in (first, second, last_year)] == [
            "100-2026-00001",
            "100-2026-00002",
            "100-2025-00001",
        ]

    def test_a_refused_registration_leaves_no_gap(self, li, facts, registered):
        with pytest.raises(NotAllowed):
            actions.register(by=li, on=DAY, now=moment(DAY), **facts | {"summary": "  "})
        again = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
        assert again.number == "100-2026-00002"
        assert NumberSeries.objects.get().last == 2

    def test_the_day_it_was_said_and_the_moment_it_was_typed_are_both_kept(self, li, facts):
        matter = actions.register(by=li, on=DAY, now=moment(DAY + dt.timedelta(days=40)), **facts)
        assert matter.registered_on == DAY
        assert matter.entered_at == moment(DAY + dt.timedelta(days=40))
        assert matter.steps.get().on == DAY

    def test_its_time_limit_runs_from_the_day_it_was_said(self, registered):
        assert registered.status == Status.REGISTERED
        assert registered.due_on == dt.date(2026, 12, 8)
        assert "应于2026-12-08前办结" in registered.steps.get().words

    def test_the_household_gives_its_name_when_nobody_typed_one(self, li, facts, household):
        matter = actions.register(
            by=li, on=DAY, now=moment(DAY), **facts | {"complainant": "", "household": household}
        )
        assert matter.complainant == "周大山"

    def test_a_day_to_come_is_refused(self, li, facts):
        with pytest.raises(NotAllowed, match="还没有到"):
            actions.register(by=li, on=LATER, now=moment(DAY, 23), **facts)

    def test_a_foreign_village_is_refused(self, wang, qian, facts):
        for stranger in (wang, qian):
            with pytest.raises(NotAllowed, match="不在您的工作范围"):
                actions.register(by=stranger, on=DAY, now=moment(DAY), **facts)

    def test_a_household_of_another_village_is_refused(self, zhao, facts, heping):
        with pytest.raises(NotAllowed, match="不属于这个村"):
            actions.register(
                by=zhao, on=DAY, now=moment(DAY), household=heping.households.get(), **facts
            )

    def test_a_code_switched_off_is_refused(self, li, facts):
        Source.objects.filter(pk=facts["source"].pk).update(is_active=False)
        facts["source"].refresh_from_db()
        with pytest.raises(NotAllowed, match="已停用"):
            actions.register(by=li, on=DAY, now=moment(DAY), **facts)

    @pytest.mark.parametrize(
        "wrong",
        [{"summary": "长" * 61}, {"persons": 0}, {"kind": "gossip"}],
        ids=lambda wrong: next(iter(wrong)),
    )
    def test_a_wrong_fact_is_refused(self, li, facts, wrong):
        with pytest.raises(NotAllowed):
            actions.register(by=li, on=DAY, now=moment(DAY), **facts | wrong)

    def test_the_office_hears_of_a_day_s_registrations_once(self, li, zhao, facts):
        for _ in range(3):
            actions.register(by=li, on=DAY, now=moment(DAY), **facts)
        notice = Notice.objects.get()
        assert notice.recipient == zhao
        assert notice.url == "/ledger/?status=registered"

    def test_the_phone_is_in_no_trail_and_no_notice(self, registered):
        told = str([*AuditEntry.objects.values(), *Notice.objects.values()])
        assert "15400001234" not in told
        assert registered.number in told


class TestOnTheSpot:
    def test_registered_to_settled_in_one_act_without_a_deadline(self, registered, act, li):
        matter = act("settle_on_the_spot", registered)
        assert (matter.status, matter.on_the_spot, matter.due_at) == ("settled", True, None)
        assert (matter.settled_on, matter.settled_by) == (DAY, li)
        assert history(matter) == ["register", "settle_on_the_spot"]

    def test_once_accepted_it_is_no_more_on_the_spot(self, matter_at, act):
        with pytest.raises(NotAllowed, match="已受理"):
            act("settle_on_the_spot", matter_at("accepted"))


class TestAccept:
    def test_the_deadline_counts_from_the_registration(self, registered, act):
        matter = act("accept", registered, on=LATER, now=moment(LATER))
        assert (matter.accepted_on, matter.due_on) == (LATER, dt.date(2026, 12, 8))
        assert (matter.policy.name, matter.policy_version) == ("一般事项", 1)

    def test_a_policy_changed_since_the_registration_moves_nothing(self, registered, act):
        DeadlinePolicy.objects.filter(name="一般事项").update(amount=1, version=2)
        matter = act("accept", registered, category=registered.category)
        assert (matter.due_on, matter.policy_version) == (dt.date(2026, 12, 8), 1)

    def test_what_was_registered_in_haste_is_put_right(self, registered, act):
        matter = act("accept", registered, is_urgent=True)
        assert matter.due_at == moment(DAY) + dt.timedelta(hours=24)
        assert matter.due_unit == "hour"

    def test_without_a_published_calendar_it_says_so(self, li, facts, act):
        on = dt.date(2026, 12, 20)
        matter = actions.register(by=li, on=on, now=moment(on), **facts)
        matter = act("accept", matter, on=on, now=moment(on))
        assert (matter.due_at, matter.status) == (None, "accepted")
        assert "2027年工作日历未发布" in matter.steps.last().words

    def test_it_gets_its_date_once_the_calendar_is_published(self, li, facts, act):
        on = dt.date(2026, 12, 20)
        matter = actions.register(by=li, on=on, now=moment(on), **facts)
        matter = act("accept", matter, on=on, now=moment(on))
        assert actions.date_undated(now=moment(on)) == 0
        CalendarYear.objects.create(year=2027, source="国办发明电〔2026〕9号")
        assert actions.date_undated(now=moment(on)) == 1
        assert actions.date_undated(now=moment(on)) == 0
        matter.refresh_from_db()
        assert matter.due_on == dt.date(2027, 1, 8)

    def test_others_than_the_office_are_refused(self, registered, act, li, chen, sun):
        for person, words in ((li, "岗位"), (sun, "岗位"), (chen, "没有这件诉求")):
            with pytest.raises(NotAllowed, match=words):
                act("accept", registered, by=person)


class TestDecline:
    def test_with_a_coded_reason_and_where_to_go(self, registered, act):
        reason = DeclineReason.objects.get(name__startswith="属于110")
        matter = act("decline", registered, reason=reason, words="已当面说明")
        assert matter.decline_reason == reason
        assert "请立即拨打110" in matter.steps.last().words

    def test_without_a_reason_it_is_refused(self, registered, act):
        with pytest.raises(NotAllowed, match="原因"):
            act("decline", registered, reason=None)

    def test_an_accepted_matter_is_not_declined(self, matter_at, act):
        with pytest.raises(NotAllowed, match="已受理"):
            act("decline", matter_at("accepted"))


class TestAssign:
    def test_to_a_unit_whose_people_are_told(self, matter_at, act, chen, minzheng):
        matter = act("assign", matter_at("accepted"))
        assert (matter.department, matter.handler, matter.assigned_on) == (minzheng, None, DAY)
        notice = Notice.objects.get(recipient=chen)
        assert matter.number in notice.title
        assert matter.summary not in notice.title + notice.text

    def test_by_name_to_a_handler_of_the_unit(self, matter_at, act, chen):
        assert act("assign", matter_at("accepted"), handler=chen).handler == chen

    def test_a_handler_of_another_unit_is_refused(self, matter_at, act, qingshan):
        other = Department.objects.create(township=qingshan, name="农办")
        stranger = appoint(qingshan, "bai", "白云", "handler", department=other)
        with pytest.raises(NotAllowed, match="不是民政办的承办人"):
            act("assign", matter_at("accepted"), handler=stranger)

    def test_a_unit_of_another_township_is_refused(self, matter_at, act, elsewhere):
        foreign = Department.objects.create(township=elsewhere, name="民政办")
        with pytest.raises(NotAllowed, match="本镇的承办单位"):
            act("assign", matter_at("accepted"), department=foreign)

    def test_what_a_unit_has_in_hand_is_not_taken_from_it(self, matter_at, act):
        with pytest.raises(NotAllowed, match="正在办理"):
            act("assign", matter_at("in_hand"))

    def test_a_reopened_matter_nobody_had_can_be_assigned(self, registered, act):
        matter = act("reopen", act("settle_on_the_spot", registered))
        assert act("assign", matter).status == "assigned"


class TestTakeInHand:
    def test_the_one_who_takes_it_becomes_the_handler(self, matter_at, chen):
        matter = matter_at("in_hand")
        assert matter.handler == chen

    def test_another_unit_does_not_see_it(self, matter_at, act, qingshan):
        other = Department.objects.create(township=qingshan, name="农办")
        stranger = appoint(qingshan, "bai", "白云", "handler", department=other)
        with pytest.raises(NotAllowed, match="没有这件诉求"):
            act("take_in_hand", matter_at("assigned"), by=stranger)

    def test_the_village_s_cadre_leaves_it_to_the_unit(self, matter_at, act, li):
        with pytest.raises(NotAllowed, match="由民政办承办"):
            act("take_in_hand", matter_at("assigned"), by=li)


class TestReturn:
    def test_with_a_reason_the_office_is_told(self, matter_at, act, zhao):
        matter = act("return_", matter_at("assigned"), words="应由农办办理")
        assert matter.status == "returned"
        assert matter.steps.last().words == "应由农办办理"
        assert Notice.objects.filter(recipient=zhao, title__contains="退回").exists()
        assert act("assign", matter).status == "assigned"

    def test_without_a_reason_it_is_refused(self, matter_at, act):
        with pytest.raises(NotAllowed, match="原因"):
            act("return_", matter_at("assigned"), words=" ")

    def test_once_in_hand_it_is_not_handed_back(self, matter_at, act):
        with pytest.raises(NotAllowed, match="办理中"):
            act("return_", matter_at("in_hand"))


class TestSettle:
    def test_with_kind_method_and_day(self, matter_at, chen):
        matter = matter_at("settled")
        assert (matter.settlement, matter.method.name) == ("substantive", "①实质办结")
        assert (matter.settled_on, matter.settled_by) == (DAY, chen)
        assert matter.settled_at == moment(DAY, 11)
        assert matter.was_on_time is True

    def test_a_method_of_another_kind_is_refused(self, matter_at, act):
        passed_up = SettlementMethod.objects.get(name="⑦呈报乡镇")
        with pytest.raises(NotAllowed, match="不属于实质性办结"):
            act("settle", matter_at("in_hand"), method=passed_up)

    @pytest.mark.parametrize(
        "wrong", [{"settlement": ""}, {"method": None}], ids=["kind", "method"]
    )
    def test_nothing_is_taken_for_granted(self, matter_at, act, wrong):
        with pytest.raises(NotAllowed, match="请选择"):
            act("settle", matter_at("in_hand"), **wrong)

    def test_before_it_was_said_is_refused(self, matter_at, act):
        with pytest.raises(NotAllowed, match="早于登记日期"):
            act("settle", matter_at("in_hand"), on=EARLIER)

    def test_a_day_to_come_is_refused(self, matter_at, act):
        with pytest.raises(NotAllowed, match="还没有到"):
            act("settle", matter_at("in_hand"), on=LATER)

    def test_typed_late_it_counts_by_the_day_it_happened(self, matter_at, act):
        month_later = moment(DAY + dt.timedelta(days=30))
        matter = act("settle", matter_at("in_hand"), on=DAY, now=month_later)
        assert matter.was_on_time is True
        assert matter.steps.last().entered_at == month_later

    def test_after_the_due_moment_it_was_late(self, matter_at, act):
        on = dt.date(2026, 12, 9)
        assert act("settle", matter_at("in_hand"), on=on, now=moment(on)).was_on_time is False

    def test_no_words_are_demanded(self, matter_at, act):
        assert act("settle", matter_at("in_hand"), words="").status == "settled"

    def test_the_one_who_wrote_it_down_is_told_to_answer(self, matter_at, li):
        matter_at("settled")
        assert Notice.objects.filter(recipient=li, title__contains="反馈").exists()

    def test_a_cadre_does_not_settle_what_a_unit_has(self, matter_at, act, li):
        with pytest.raises(NotAllowed, match="由民政办承办"):
            act("settle", matter_at("in_hand"), by=li)


class TestAnswer:
    def test_how_and_when_the_villager_was_told(self, matter_at):
        matter = matter_at("answered")
        assert (matter.answered_on, matter.answer_mode) == (DAY, "oral")

    def test_an_unsettled_matter_has_no_answer(self, matter_at, act):
        with pytest.raises(NotAllowed, match="办理中"):
            act("answer", matter_at("in_hand"))

    def test_the_way_must_be_said(self, matter_at, act):
        with pytest.raises(NotAllowed, match="反馈方式"):
            act("answer", matter_at("settled"), mode="")

    def test_not_before_it_was_settled(self, matter_at, act):
        with pytest.raises(NotAllowed, match="早于办结日期"):
            act("answer", matter_at("settled"), on=EARLIER)


class TestVerify:
    def test_what_the_villager_said_is_kept(self, matter_at, act, sun):
        matter = act("verify", matter_at("answered"), answer="basically", verbatim="亮是亮了")
        asked = FollowUp.objects.get()
        assert (asked.answer, asked.asked_by, asked.verbatim) == ("basically", sun, "亮是亮了")
        assert (matter.satisfaction, matter.verified_on) == ("basically", DAY)

    def test_never_by_the_handler_whatever_other_post_he_holds(self, matter_at, act, chen, sun):
        Holding.objects.create(user=chen, post=sun.post, since=dt.date(2020, 1, 1), is_main=False)
        matter = matter_at("answered")
        with pytest.raises(NotAllowed, match="不能回访自己办的事"):
            act("verify", matter, by=User.objects.get(pk=chen.pk))
        assert act("verify", matter, by=sun).status == "verified"

    def test_never_by_the_handling_unit(self, matter_at, act, qingshan, minzheng):
        colleague = appoint(qingshan, "bai", "白云", "supervisor", department=minzheng)
        with pytest.raises(NotAllowed, match="承办单位不能回访"):
            act("verify", matter_at("answered"), by=colleague)

    def test_never_by_the_one_who_settled_it(self, registered, act, li, zhao):
        matter = act("answer", act("settle_on_the_spot", registered))
        with pytest.raises(NotAllowed, match="不能回访自己办的事"):
            act("verify", matter, by=li)
        assert act("verify", matter, by=zhao).status == "verified"

    def test_not_even_after_a_reopening(self, registered, act, li, zhao, chen):
        matter = act("reopen", act("settle_on_the_spot", registered))
        matter = act("settle", act("take_in_hand", act("assign", matter)))
        matter = act("answer", matter)
        with pytest.raises(NotAllowed, match="不能回访自己办的事"):
            act("verify", matter, by=li)

    def test_satisfied_is_never_taken_for_granted(self, matter_at, act):
        with pytest.raises(NotAllowed, match="群众评价"):
            act("verify", matter_at("answered"), answer="")

    def test_not_reached_is_an_answer_and_may_be_asked_again(self, matter_at, act):
        matter = act("verify", matter_at("answered"), answer="unreached")
        assert (matter.status, matter.satisfaction) == ("verified", "unreached")
        matter = act("verify", matter, answer="dissatisfied")
        assert [each.answer for each in matter.follow_ups.all()] == ["unreached", "dissatisfied"]
        assert FollowUp.objects.valid().count() == 1

    def test_an_answer_once_given_is_not_asked_over(self, matter_at, act):
        matter = act("verify", matter_at("answered"), answer="dissatisfied")
        with pytest.raises(NotAllowed, match="已经回访过"):
            act("verify", matter, answer="satisfied")

    def test_dissatisfied_proposes_to_reopen(self, matter_at, act, zhao):
        matter = act("verify", matter_at("answered"), answer="dissatisfied")
        assert "建议重办" in matter.steps.last().words
        assert Notice.objects.filter(recipient=zhao, title__contains="建议重办").exists()


class TestCloseOut:
    def test_after_settling_answer_and_follow_up(self, matter_at):
        matter = matter_at("closed_out")
        assert matter.closed_out_on == DAY
        assert history(matter) == [
            "register", "accept", "assign", "take_in_hand", "settle", "answer", "verify", "close_out",
        ]  # fmt: skip

    @pytest.mark.parametrize("status", ["settled", "answered"])
    def test_not_before(self, matter_at, act, status):
        with pytest.raises(NotAllowed):
            act("close_out", matter_at(status))

    def test_only_by_the_office(self, matter_at, act, li, sun):
        matter = matter_at("verified")
        for person in (li, sun):
            with pytest.raises(NotAllowed, match="岗位"):
                act("close_out", matter, by=person)

    def test_against_a_dissatisfied_villager_only_with_a_reason(self, matter_at, act):
        matter = act("verify", matter_at("answered"), answer="dissatisfied")
        with pytest.raises(NotAllowed, match="理由"):
            act("close_out", matter)
        assert act("close_out", matter, words="诉求超出政策,已书面说明").status == "closed_out"


class TestReopen:
    @pytest.mark.parametrize("status", ["settled", "answered", "verified", "closed_out"])
    def test_the_earlier_dates_go_into_the_history(self, matter_at, act, status):
        matter = act("reopen", matter_at(status), on=LATER, now=moment(LATER))
        assert (matter.status, matter.reopened_count) == ("in_hand", 1)
        assert (matter.settled_on, matter.settled_at, matter.settlement) == (None, None, "")
        assert (matter.answered_on, matter.verified_on, matter.closed_out_on) == (None,) * 3
        assert "原办结2026-11-17(实质性办结 ①实质办结)" in matter.steps.last().words
        assert matter.due_on == dt.date(2026, 12, 9)  # counted anew from the reopening

    def test_it_counts_each_time(self, matter_at, act):
        matter = act("reopen", act("settle", act("reopen", matter_at("settled"))))
        assert matter.reopened_count == 2

    def test_without_a_reason_it_is_refused(self, matter_at, act):
        with pytest.raises(NotAllowed, match="原因"):
            act("reopen", matter_at("settled"), words="")

    def test_an_open_matter_is_not_reopened(self, matter_at, act):
        with pytest.raises(NotAllowed, match="办理中"):
            act("reopen", matter_at("in_hand"))


def test_a_stale_version_is_refused_and_changes_nothing(matter_at, act):
    matter = matter_at("settled")
    shown = matter.version
    act("answer", matter, version=shown)
    with pytest.raises(Stale) as stale:
        act("answer", matter, version=shown)
    assert stale.value.current.status == "answered"
    assert history(matter).count("answer") == 1


def test_the_history_sums_to_the_state(matter_at, act):
    matter = act("reopen", matter_at("closed_out"))
    steps = list(matter.steps.all())
    assert [step.from_status for step in steps] == ["", *[step.to_status for step in steps[:-1]]]
    assert steps[-1].to_status == matter.status == Grievance.objects.get().status
    assert matter.version == len(steps)


def test_history_keeps_name_and_post_of_the_day(matter_at, zhao):
    matter = matter_at("accepted")
    zhao.display_name, zhao.post.title = "赵敏敏", "农办主任"
    zhao.save()
    zhao.post.save()
    step = matter.steps.get(act="accept")
    assert (step.by_name, step.by_post) == ("赵敏", "驻点办干事")


def test_every_act_leaves_an_audit_line_in_an_unbroken_chain(matter_at):
    matter = matter_at("closed_out")
    lines = AuditEntry.objects.filter(object_type="grievances.Grievance", object_id=str(matter.pk))
    assert lines.count() == matter.steps.count()
    assert verify_audit() == []


def test_nobody_acts_on_what_he_does_not_see(matter_at, act, wang, qian):
    matter = matter_at("settled")
    for stranger in (wang, qian):
        with pytest.raises(NotAllowed, match="没有这件诉求"):
            act("answer", matter, by=stranger)


def test_who_sees_a_matter(matter_at, people):
    matter_at("assigned")
    sees = {name for name, user in vars(people).items() if Grievance.objects.visible_to(user)}
    # 郑 of the county is shown figures counted over them, but no page (no grievances.view)
    assert sees == {"li", "zhao", "chen", "sun", "zhou", "county"}


def test_a_handler_sees_nothing_before_it_is_his(matter_at, chen):
    matter_at("accepted")
    assert not Grievance.objects.visible_to(chen).exists()


def test_the_trail_is_written_in_words_not_in_codes(matter_at, zhao):
    matter_at("closed_out")
    policy = DeadlinePolicy.objects.filter(township=None).first()
    facts = {name: getattr(policy, name) for name in actions.policies.FACTS}
    actions.add_policy(by=zhao, township=zhao.township, **facts)
    told = [
        value
        for line in AuditEntry.objects.all()
        for value in [*line.before.values(), *line.after.values()]
    ]
    assert {"待受理", "已销号", "实质性办结", "电话", "满意", "否"} <= set(told)
    assert not [value for value in told if str(value).isascii() and str(value).isidentifier()]
