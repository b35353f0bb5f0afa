"""A handover before it takes place: on a day to come, withdrawn, with what is told before, or refused."""

import datetime as dt

import pytest

from cadres import actions
from cadres.models import Handover, Notice
from cadres.roles import Role
from conftest import appoint
from desk.due import run_due
from grievances import actions as matters
from grievances.models import Grievance
from grievances.promises import answering
from grievances.tests.conftest import moment
from liaison.errors import NotAllowed, Stale
from tests.handing import FRIDAY, MONDAY, NOW, SATURDAY, again, hand_over, looked_at
from visits.actions import log_visit
from visits.models import LiaisonSession
from visits.planning import plan_sessions
from visits.sitting import expected_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


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
