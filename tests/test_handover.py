"""A cadre moves: his post's seats, households and promises go on; his name stays where he wrote it."""

import datetime as dt

import pytest

from cadres.actions.handing import change_of
from cadres.handover import Fate, survey
from cadres.models import HouseholdLink, Notice, Representative, RotaTurn, Seat, User
from cadres.roles import Role
from conftest import SINCE
from grievances.models import Grievance
from grievances.promises import answering, promises_of
from liaison.models import AuditEntry
from tests.handing import MONDAY, NOW, again, hand_over, looked_at, said
from tests.test_two_posts import holds_too
from visits.models import Attendance, LiaisonSession, Visit
from visits.sitting import expected_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


# --- What goes with the post -----------------------------------------------------------------


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
