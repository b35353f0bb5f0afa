"""How a matter comes in: registered, accepted or declined; and beside each act whom and when it refuses."""

import datetime as dt

import pytest

from cadres.models import CalendarYear, Notice
from grievances import actions
from grievances.models import DeadlinePolicy, DeclineReason, Source, Status
from liaison.errors import NotAllowed
from liaison.models import AuditEntry, NumberSeries

from .conftest import DAY, LATER, history, moment


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
