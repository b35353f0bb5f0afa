"""A handler moves: matters in hand go on with a line of history; an account with anything left on it is not stopped."""

import datetime as dt

import pytest

from cadres import actions
from cadres.handover import hanging
from cadres.models import Notice
from cadres.roles import Role
from conftest import appoint
from grievances.models import Grievance
from liaison.errors import NotAllowed
from tests.handing import FRIDAY, MONDAY, NOW, SATURDAY, again, hand_over
from tests.test_two_posts import holds_too

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


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
