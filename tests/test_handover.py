"""A cadre moves: his post's seats, households, matters and promises go on; his name stays where he wrote it."""

import datetime as dt

import pytest

from cadres import actions
from cadres.actions.handing import change_of
from cadres.handover import Fate, hanging, survey
from cadres.models import Handover, HouseholdLink, Notice, Representative, RotaTurn, Seat, User
from cadres.roles import Role
from conftest import SINCE, appoint
from desk.due import run_due
from grievances import actions as matters
from grievances.models import Grievance
from grievances.promises import answering, promises_of
from grievances.tests.conftest import moment
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry
from tests.test_two_posts import holds_too
from visits.actions import log_visit
from visits.models import Attendance, LiaisonSession, Visit
from visits.planning import plan_sessions
from visits.sitting import expected_of

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 23)
FRIDAY = dt.date(2026, 11, 27)
SATURDAY = dt.date(2026, 11, 28)
NOW = moment(MONDAY)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    """It is Monday, 23 November 2026, ten o'clock."""
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def gao(qingshan):
    """高: a cadre with a post but no seat, who will follow 李."""
    return appoint(qingshan, "gao", "高远", Role.CADRE, title="团委书记")


@pytest.fixture
def deng(qingshan, minzheng):
    """邓: new at 民政办, no post yet."""
    return User.objects.create_user(
        "deng", "a-phrase-of-9", display_name="邓云", township=qingshan, must_change_password=False
    )


def again(user):
    """The same person at the next request."""
    return User.objects.get(pk=user.pk)


def hand_over(admin, user, successor=None, until=dt.date(2026, 11, 22), **more):
    """何 hands over somebody's post; by default he left yesterday."""
    return actions.hand_over_post(
        by=admin, holding=user.holdings.get(post=user.post), until=until, successor=successor,
        today=more.pop("today", MONDAY), now=more.pop("now", NOW), **more,
    )  # fmt: skip


def looked_at(admin, user, successor=None, until=dt.date(2026, 11, 22), since=None, today=MONDAY):
    """What the preview shows."""
    holding = user.holdings.get(post=user.post)
    change = change_of(holding, until, successor, since)
    return survey(change, holding=holding, reader=admin, today=today)


def said(shown, fate):
    """{title: count} of a preview."""
    return {item.title: item.count for item in shown.items if item.fate == fate}


# --- What goes with the post -----------------------------------------------------------------


@pytest.fixture
def worked(plan, li, household, registered):
    """李 has worked in 石桥村: days planned, one written up, a visit, a matter, a household of his."""
    plan_sessions(today=MONDAY)
    held = LiaisonSession.objects.create(
        plan=plan, township=li.township, team=li.team, village=plan.village, on=dt.date(2026, 11, 17),
        starts_at=plan.starts_at, ends_at=plan.ends_at, place=plan.place, status="held",
    )  # fmt: skip
    Attendance.objects.create(
        session=held, post=li.post, person=li, person_name="李明", post_title="党委委员",
        mark="present",
    )  # fmt: skip
    log_visit(
        by=li, village=plan.village, household=household, mode="home", occurred_on=held.on, now=NOW
    )
    HouseholdLink.objects.create(
        village=plan.village, household=household, kind="cadre", post=li.post, since=SINCE
    )
    return registered


def test_everything_of_the_post_is_the_successors(admin, li, gao, worked, shiqiao, household):
    hand_over(admin, li, gao)
    new = again(gao)
    assert set(Grievance.objects.visible_to(new)) == {worked}
    assert household in type(household).objects.visible_to(new)
    coming = LiaisonSession.objects.filter(on__gt=MONDAY).first()
    assert expected_of([coming])[coming.pk] == [gao]
    assert HouseholdLink.objects.get().post.holder(MONDAY) == gao
    assert answering(worked, MONDAY) == [gao]


def test_the_predecessor_keeps_authorship_alone(signed_in, admin, li, gao, worked, zhao, household):
    client = signed_in(li)
    pages = [
        f"/ledger/{worked.number}/",
        f"/households/{household.pk}/",
        f"/sessions/{LiaisonSession.objects.first().pk}/",
    ]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    holds_too(li, Role.CADRE)  # he has moved to another post of the township
    hand_over(admin, li, gao)
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    assert not client.get("/ledger/").context["page"].rows
    history = signed_in(zhao).get(pages[0]).content.decode()
    assert "李明(党委委员)" in history
    assert Attendance.objects.get().person_name == "李明"
    assert Visit.objects.get().entered_by == li
    worked.refresh_from_db()
    assert worked.registered_by == li


def test_the_preview_tells_what_moves_what_waits_and_what_stays(admin, li, gao, worked, plan):
    LiaisonSession.objects.create(
        plan=plan, township=li.township, team=li.team, village=plan.village, on=dt.date(2026, 11, 10),
        starts_at=plan.starts_at, ends_at=plan.ends_at, place=plan.place,
    )  # fmt: skip
    shown = looked_at(admin, li, gao)
    assert said(shown, Fate.MOVES) == {
        "石桥村驻点团队　责任人": 1, "驻点安排：石桥村驻点团队": 1, "包户干部联系户": 1,
        "待驻点：石桥村驻点团队": LiaisonSession.objects.filter(on__gte=MONDAY).count(),
        "待反馈的承诺": 1,
    }  # fmt: skip
    assert said(shown, Fate.ATTENTION) == {"驻点日待补记：石桥村驻点团队": 1}
    assert said(shown, Fate.STAYS) == {
        "考勤记录": 1, "录入的走访接待": 1, "登记的诉求": 1, "办理过程记录": 1
    }  # fmt: skip


def test_turns_of_a_rota_go_with_the_post(admin, li, gao, plan):
    RotaTurn.objects.create(plan=plan, post=li.post, turn=1)
    assert said(looked_at(admin, li, gao), Fate.MOVES)["轮值"] == 1
    hand_over(admin, li, gao)
    assert plan.rota_turns()[0][1].holder(MONDAY) == gao


def test_a_reader_of_cases_gets_links_the_keeper_of_accounts_numbers(admin, zhao, li, gao, worked):
    def links(reader):
        holding = li.holdings.get()
        change = change_of(holding, dt.date(2026, 11, 22), gao, None)
        shown = survey(change, holding=holding, reader=reader, today=MONDAY)
        return {item.title: item.url for item in shown.items}

    assert links(admin)["待反馈的承诺"] == ""
    assert links(admin)["包户干部联系户"] == ""
    assert links(admin)["石桥村驻点团队　责任人"].startswith("/teams/")
    assert links(zhao)["待反馈的承诺"] == f"/ledger/?promise_of={li.post.pk}"


def test_the_numbers_lead_to_exactly_their_rows(signed_in, zhao, li, gao, worked, wang, act):
    shown = looked_at(zhao, li, gao)
    client = signed_in(zhao)
    linked = [item for item in shown.items if item.url and "/teams/" not in item.url]
    assert len(linked) == 4
    for item in linked:
        assert client.get(item.url).context["page"].total == item.count, item.title


# --- Matters in hand ---------------------------------------------------------------------------


def test_matters_in_hand_go_to_the_successor_with_a_line_of_history(
    admin,
    chen,
    deng,
    matter_at,
    minzheng,
):
    matter = matter_at("in_hand")
    assert matter.handler == chen
    row = hand_over(admin, chen, deng)
    matter.refresh_from_db()
    assert (matter.handler, matter.status) == (deng, "in_hand")
    last = matter.steps.last()
    assert (last.act_name, last.by_name, last.words) == ("交接", "何平", "承办人由陈静改为邓云")
    assert row.moved == {"grievances": [matter.pk]}
    assert Grievance.objects.visible_to(again(deng)).get() == matter


def test_without_a_successor_they_stand_with_the_unit(
    admin,
    chen,
    matter_at,
    minzheng,
    qingshan,
):
    colleague = appoint(
        qingshan, "lu", "陆平", Role.HANDLER, title="民政办干事", department=minzheng
    )
    matter = matter_at("in_hand")
    row = hand_over(admin, chen)
    matter.refresh_from_db()
    assert matter.handler is None
    notice = Notice.objects.get(recipient=colleague, kind="handover-unit")
    assert notice.url == f"/ledger/?handed_over={row.pk}"


def test_the_link_of_the_notice_shows_exactly_those(
    signed_in,
    admin,
    chen,
    deng,
    matter_at,
):
    matter = matter_at("in_hand")
    row = hand_over(admin, chen, deng)
    page = signed_in(again(deng)).get("/ledger/", {"handed_over": row.pk}).context["page"]
    assert [each.pk for each in page.rows] == [matter.pk]


def test_who_handles_at_the_unit_by_another_post_keeps_his_matters(
    admin,
    chen,
    deng,
    matter_at,
    minzheng,
):
    holds_too(chen, Role.HANDLER, department=minzheng)
    matter = matter_at("in_hand")
    hand_over(admin, chen, deng)
    matter.refresh_from_db()
    assert matter.handler == chen


def test_settled_matters_keep_who_settled_them(admin, chen, deng, matter_at):
    matter = matter_at("settled")
    hand_over(admin, chen, deng)
    matter.refresh_from_db()
    assert (matter.handler, matter.settled_by) == (chen, chen)


def test_reopened_later_they_name_nobody_who_has_left(admin, chen, deng, matter_at, act):
    matter = matter_at("closed_out")
    hand_over(admin, chen, deng)
    matter = act("reopen", matter, on=MONDAY, now=NOW)
    assert matter.handler is None
    told = Notice.objects.filter(subject=f"grievance:{matter.pk}", slot=f"v{matter.version}")
    assert [each.recipient for each in told] == [deng]


def test_nothing_is_assigned_by_an_older_date_to_somebody_who_has_left(
    admin,
    chen,
    deng,
    matter_at,
    act,
    minzheng,
):
    matter = matter_at("accepted")
    hand_over(admin, chen, deng)
    with pytest.raises(NotAllowed, match="不是民政办的承办人"):
        act("assign", matter, handler=chen, now=NOW)
    assert act("assign", matter, department=minzheng, now=NOW).handler is None


# --- Promises -----------------------------------------------------------------------------------


def test_a_promise_is_the_posts(admin, li, gao, matter_at, act, zhao):
    matter = matter_at("in_hand")
    hand_over(admin, li, gao)
    assert list(promises_of(li.post)) == [matter]
    act("settle", matter, on=MONDAY, now=NOW)
    told = Notice.objects.filter(kind="ledger", title__contains="请向反映人反馈")
    assert [each.recipient for each in told] == [gao]
    act("answer", matter, by=again(gao), on=MONDAY, now=NOW)
    assert not promises_of(li.post).exists()


def test_while_the_post_is_vacant_the_lead_of_the_team_answers(
    admin,
    li,
    wang,
    gao,
    registered,
    shiqiao,
):
    Seat.objects.create(team=li.team, post=gao.post, kind=Seat.Kind.LEAD)
    hand_over(admin, li)
    assert answering(registered, MONDAY) == [gao]


def test_a_matter_of_another_holder_and_of_another_village_is_no_promise_of_the_post(
    wang,
    li,
    registered,
):
    assert not promises_of(wang.post).exists()
    assert list(promises_of(li.post)) == [registered]


# --- 村联络员 --------------------------------------------------------------------------------------


def test_a_contact_hands_over_the_households_he_answers_for(
    admin, contact, shiqiao, household, qingshan
):
    old = Representative.objects.create(village=shiqiao, name="吴芳", user=contact, since=SINCE)
    HouseholdLink.objects.create(
        village=shiqiao, household=household, kind="representative", representative=old, since=SINCE
    )
    guo = User.objects.create_user("guo", "a-phrase-of-9", display_name="郭兰", township=qingshan)
    assert household in type(household).objects.visible_to(again(contact))
    hand_over(admin, contact, guo)
    assert list(type(household).objects.visible_to(again(guo))) == [household]
    assert not type(household).objects.visible_to(again(contact)).exists()
    old.refresh_from_db()
    assert old.until == MONDAY


def test_without_a_successor_his_households_wait_for_the_office(admin, contact, shiqiao, household):
    old = Representative.objects.create(village=shiqiao, name="吴芳", user=contact, since=SINCE)
    HouseholdLink.objects.create(
        village=shiqiao, household=household, kind="representative", representative=old, since=SINCE
    )
    assert said(looked_at(admin, contact), Fate.ATTENTION) == {"村民代表联系户": 1}
    hand_over(admin, contact)
    assert HouseholdLink.objects.get().until is None


# --- A day to come -------------------------------------------------------------------------------


def test_until_the_day_the_predecessor_sits_and_reads(
    admin, li, gao, worked, time_machine, plan, shiqiao
):
    row = hand_over(admin, li, gao, until=FRIDAY)
    assert row.carried_at is None
    tuesday = LiaisonSession.objects.get(on=dt.date(2026, 11, 24))
    later = LiaisonSession.objects.get(on=dt.date(2026, 12, 1))
    assert expected_of([tuesday, later]) == {tuesday.pk: [li], later.pk: [gao]}
    time_machine.move_to(moment(FRIDAY, 23), tick=False)
    run_due(moment(FRIDAY, 23))
    assert worked in Grievance.objects.visible_to(again(li))
    assert worked not in Grievance.objects.visible_to(again(gao))
    assert answering(worked, FRIDAY) == [li]
    time_machine.move_to(moment(SATURDAY, 0), tick=False)
    run_due(moment(SATURDAY, 0))
    assert worked not in Grievance.objects.visible_to(again(li))
    assert worked in Grievance.objects.visible_to(again(gao))
    assert answering(worked, SATURDAY) == [gao]
    row.refresh_from_db()
    assert row.carried_at == moment(SATURDAY, 0)


def test_matters_given_to_him_meanwhile_go_too_and_once(
    admin,
    chen,
    deng,
    matter_at,
    time_machine,
):
    hand_over(admin, chen, deng, until=FRIDAY)
    matter = matter_at("in_hand")  # he takes it in hand after the order
    assert matter.handler == chen
    for hour in (0, 1):
        time_machine.move_to(moment(SATURDAY, hour), tick=False)
        run_due(moment(SATURDAY, hour))
    matter.refresh_from_db()
    assert matter.handler == deng
    assert matter.steps.filter(act="pass_on").count() == 1


def test_a_gap_leaves_the_matters_with_the_unit_until_the_successor_comes(
    admin,
    chen,
    deng,
    matter_at,
    time_machine,
):
    matter = matter_at("in_hand")
    monday = dt.date(2026, 11, 30)
    shown = looked_at(admin, chen, deng, until=FRIDAY, since=monday)
    assert "2026-11-28至2026-11-29该岗位无人任职，席位空缺。" in shown.warnings
    hand_over(admin, chen, deng, until=FRIDAY, since=monday)
    run_due(moment(SATURDAY))
    matter.refresh_from_db()
    assert matter.handler == chen
    time_machine.move_to(moment(monday), tick=False)
    run_due(moment(monday))
    matter.refresh_from_db()
    assert matter.handler == deng


# --- Withdrawn ------------------------------------------------------------------------------------


def test_before_its_day_a_handover_can_be_withdrawn(admin, li, gao, worked, time_machine):
    row = hand_over(admin, li, gao, until=FRIDAY)
    actions.withdraw_handover(by=admin, handover=row, today=MONDAY, now=NOW)
    assert li.holdings.get().until is None
    assert gao.holdings.count() == 1
    told = Notice.objects.filter(kind="handover-withdrawn").values_list("recipient", flat=True)
    assert set(told) == {li.pk, gao.pk}
    time_machine.move_to(moment(SATURDAY), tick=False)
    run_due(moment(SATURDAY))
    assert worked in Grievance.objects.visible_to(again(li))
    assert answering(worked, SATURDAY) == [li]
    assert hand_over(admin, li, gao, until=SATURDAY, today=SATURDAY, now=moment(SATURDAY)).pk


def test_what_has_happened_is_not_withdrawn(admin, zhao, li, gao, wang):
    done = hand_over(admin, li, gao)
    later = hand_over(admin, wang, until=FRIDAY)
    facts = {"today": MONDAY, "now": NOW}
    with pytest.raises(NotAllowed, match="不能再撤回"):
        actions.withdraw_handover(by=admin, handover=done, **facts)
    with pytest.raises(NotAllowed, match="您的岗位不办理"):
        actions.withdraw_handover(by=zhao, handover=later, **facts)
    with pytest.raises(NotAllowed, match="最后一天已过"):
        actions.withdraw_handover(by=admin, handover=later, today=SATURDAY, now=moment(SATURDAY))
    assert li.post.holder(MONDAY) == gao
    assert wang.holdings.get().until == FRIDAY


# --- Warnings -------------------------------------------------------------------------------------


def test_two_places_at_once_are_told_before(admin, li, wang, plan, heping):
    twin = type(plan).objects.create(
        team=wang.team, village=heping, place="和平村委会", recurrence="weekly", weekdays=[1],
        starts_at=dt.time(10), ends_at=dt.time(12), valid_from=dt.date(2026, 1, 1),
        valid_to=dt.date(2026, 12, 31),
    )  # fmt: skip
    plan_sessions(today=MONDAY)
    (sentence,) = looked_at(admin, li, wang).warnings
    assert "王强接任后同一时间在两处驻点，共6次：2026-11-24既在石桥村又在和平村" in sentence
    LiaisonSession.objects.filter(plan=twin).update(starts_at=dt.time(14), ends_at=dt.time(16))
    assert not [line for line in looked_at(admin, li, wang).warnings if "两处" in line]


def test_a_lead_with_too_many_villages_is_told_before(admin, li, wang, qingshan):
    village = type(wang.team.villages.first())
    third = village.objects.create(township=qingshan, code="990001100203", name="新建村")
    assert not [line for line in looked_at(admin, li, wang).warnings if "个村" in line]
    wang.team.villages.add(third)
    assert "王强接任后将联系 3 个村，一般不超过 2 个。" in looked_at(admin, li, wang).warnings


def test_a_vacant_lead_and_mixed_rights_are_told_before(admin, li, qingshan, zhao):
    assert "石桥村驻点团队自2026-11-24起没有责任人。" in looked_at(admin, li, until=MONDAY).warnings
    keeper = appoint(qingshan, "du", "杜江", Role.ADMIN, title="系统管理员二")
    assert "既管账号又能看户情" in " ".join(looked_at(admin, li, keeper).warnings)


def test_a_unit_without_a_handler_is_told_before(admin, chen, deng, minzheng, qingshan):
    sentence = "民政办自2026-11-23起没有承办人，在办诉求将无人办理。"
    assert sentence in looked_at(admin, chen).warnings
    assert sentence not in looked_at(admin, chen, deng).warnings
    appoint(qingshan, "lu", "陆平", Role.HANDLER, title="民政办干事", department=minzheng)
    assert sentence not in looked_at(admin, chen).warnings


# --- Refusals -------------------------------------------------------------------------------------


def test_only_the_keeper_of_accounts_hands_over(zhao, li, gao):
    with pytest.raises(NotAllowed, match="您的岗位不办理"):
        hand_over(zhao, li, gao)
    assert li.holdings.get().until is None


def test_a_foreign_township_is_refused(admin, li, qian):
    with pytest.raises(NotAllowed, match="不属于您所在的乡镇"):
        hand_over(admin, li, qian)
    with pytest.raises(NotAllowed, match="不属于您所在的乡镇"):
        hand_over(admin, qian, li)
    assert li.holdings.get().until is None
    assert qian.holdings.get().until is None


def test_the_administrator_hands_over_neither_his_own_post_nor_cases_to_himself(admin, li, gao):
    with pytest.raises(NotAllowed, match="不能结束自己的系统管理员任职"):
        hand_over(admin, admin, gao)
    with pytest.raises(NotAllowed, match="不能给自己任命"):
        hand_over(admin, li, admin)
    assert not Handover.objects.exists()
    assert li.holdings.get().until is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"until": dt.date(2019, 1, 1)}, "不能早于任职日期"),
        ({"since": dt.date(2026, 11, 22)}, "接任日期须在最后一天之后"),
    ],
)
def test_days_that_do_not_fit_are_refused(admin, li, gao, given, words):
    with pytest.raises(NotAllowed, match=words):
        hand_over(admin, li, gao, **given)
    assert not Handover.objects.exists()


def test_nobody_follows_himself_nor_does_a_stopped_account(admin, li, gao):
    with pytest.raises(NotAllowed, match="接任人不能是本人"):
        hand_over(admin, li, li)
    gao.is_active = False
    gao.save()
    with pytest.raises(NotAllowed, match="已停用"):
        hand_over(admin, li, gao)


def test_a_stale_preview_is_shown_again(admin, zhao, li, gao, worked, act):
    seen = looked_at(admin, li, gao).digest
    matters.register(
        by=li, on=MONDAY, now=NOW, village=worked.village, summary="水渠堵了",
        category=worked.category, kind="demand", source=worked.source,
    )  # fmt: skip
    with pytest.raises(Stale, match="请核对后再确认"):
        hand_over(admin, li, gao, seen=seen)
    assert hand_over(admin, li, gao, seen=looked_at(admin, li, gao).digest).pk


def test_what_stays_does_not_make_a_preview_stale(admin, li, gao, worked):
    seen = looked_at(admin, li, gao).digest
    log_visit(
        by=li, village=worked.village, household=worked.village.households.get(), mode="home",
        occurred_on=MONDAY, now=NOW,
    )  # fmt: skip
    assert hand_over(admin, li, gao, seen=seen).pk


def test_handed_over_twice_the_second_is_told(admin, li, gao, wang):
    hand_over(admin, li, gao, until=FRIDAY)
    with pytest.raises(NotAllowed, match="2026-11-28起生效"):
        hand_over(admin, li, wang, until=FRIDAY)
    assert li.post.holder(SATURDAY) == gao


# --- The trail, notices, main post --------------------------------------------------------------


def test_it_is_in_the_trail_and_the_right_people_are_told(admin, li, gao, wang, worked):
    Seat.objects.create(team=li.team, post=wang.post, kind=Seat.Kind.HEAD, order=2)
    row = hand_over(admin, li, gao)
    told = {each.recipient: each for each in Notice.objects.filter(kind="handover")}
    assert set(told) == {li, gao, wang}
    assert told[gao].title == "您自2026-11-23起接任“党委委员”"
    assert told[wang].title == "团队成员变动：“党委委员”自2026-11-23起由高远接任"
    assert {each.url for each in told.values()} == {f"/handovers/{row.pk}/"}
    assert not any("周大山" in each.title + each.text for each in told.values())
    acts = AuditEntry.objects.filter(actor_id=admin.pk).values_list("action", flat=True)
    assert {"离任", "任命", "办理交接", "交接生效"} <= set(acts)


def test_another_post_becomes_the_main_one(admin, li, gao):
    holds_too(li, Role.LEADER)
    hand_over(admin, li, gao)
    assert again(li).post_title() == "李明兼镇领导"
    assert li.holdings.get(until=None).is_main


# --- Accounts ---------------------------------------------------------------------------------------


def test_an_account_is_not_stopped_while_something_hangs_on_it(admin, chen, deng, matter_at):
    matter_at("in_hand")
    with pytest.raises(NotAllowed, match="岗位：民政办主任（1个）、在办诉求的承办人（1件）"):
        actions.deactivate(by=admin, user=chen, today=MONDAY)
    hand_over(admin, chen, deng)
    assert not hanging(chen, today=MONDAY)
    assert not actions.deactivate(by=admin, user=chen, today=MONDAY).is_active


def test_before_the_day_of_a_handover_the_account_goes_on(admin, li, gao):
    hand_over(admin, li, gao, until=FRIDAY)
    with pytest.raises(NotAllowed, match="岗位：党委委员"):
        actions.deactivate(by=admin, user=li, today=FRIDAY)
    with pytest.raises(NotAllowed, match="岗位：团委书记"):
        actions.deactivate(by=admin, user=gao, today=MONDAY)
    assert not actions.deactivate(by=admin, user=li, today=SATURDAY).is_active


def test_what_was_left_behind_by_an_old_leaving_is_handed_over_later(
    admin,
    chen,
    deng,
    matter_at,
):
    matter = matter_at("in_hand")
    left = dt.date(2026, 11, 20)
    actions.end_holding(by=admin, holding=chen.holdings.get(), until=left)
    actions.appoint(by=admin, user=deng, post=chen.post, since=dt.date(2026, 11, 22))
    with pytest.raises(NotAllowed, match="最后一天请填这一天"):
        hand_over(admin, chen, deng, until=MONDAY)
    hand_over(admin, chen, deng, until=left)
    matter.refresh_from_db()
    assert matter.handler == deng
    assert chen.post.holdings.count() == 2
    assert not actions.deactivate(by=admin, user=chen, today=MONDAY).is_active
