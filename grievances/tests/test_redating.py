"""重算在办件时限: nothing moves by itself; what would move is listed, and all of it moves or nothing."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from grievances import actions
from grievances.models import DeadlinePolicy, Grievance, Step
from grievances.redating import preview
from liaison.errors import NotAllowed
from liaison.models import AuditEntry

from .conftest import DAY, moment

pytestmark = pytest.mark.django_db
NOW = moment(DAY, 15)


def seen():
    return preview(Grievance.objects.all()).fingerprint


@pytest.fixture
def matters(li, facts):
    """Three of the liaison day: one open, one settled where it was said, one of an older ledger."""
    made = [actions.register(by=li, on=DAY, now=moment(DAY), **facts) for _ in range(3)]
    Grievance.objects.filter(pk=made[1].pk).update(
        status="settled", settled_on=DAY, settlement="interim"
    )
    Grievance.objects.filter(pk=made[2].pk).update(is_imported=True)
    return made


def test_only_open_matters_of_this_house_are_listed_with_the_reason(matters, zhao):
    assert preview(Grievance.objects.all()).moves == []
    DeadlinePolicy.objects.filter(name="一般事项").update(amount=5, version=2)
    found = preview(Grievance.objects.all())
    (only,) = found.moves
    assert (only.matter.pk, str(only.due.due_on)) == (matters[0].pk, "2026-11-24")
    assert only.why == "“一般事项(5个工作日)”已修改"

    assert actions.redate(by=zhao, now=NOW, seen=found.fingerprint) == 1
    due = list(Grievance.objects.order_by("pk").values_list("due_on", "policy_version"))
    stays = (dt.date(2026, 12, 8), 1)
    assert due == [(dt.date(2026, 11, 24), 2), stays, stays]
    assert Step.objects.filter(act="redate").count() == 1
    assert AuditEntry.objects.filter(action="重算在办件时限").count() == 1
    assert preview(Grievance.objects.all()).moves == []


def test_what_changed_since_it_was_shown_is_shown_again(matters, zhao):
    DeadlinePolicy.objects.filter(name="一般事项").update(amount=5, version=2)
    shown = seen()
    DeadlinePolicy.objects.filter(name="一般事项").update(amount=6, version=3)
    with pytest.raises(NotAllowed, match="又有变化"):
        actions.redate(by=zhao, now=NOW, seen=shown)
    assert not Step.objects.filter(act="redate").exists()


def test_a_rest_is_counted_again_and_a_matter_that_rests_now_is_left(matter_at, act):
    matter = act("suspend", matter_at("in_hand"))
    DeadlinePolicy.objects.filter(name="一般事项").update(amount=5, version=2)
    found = preview(Grievance.objects.all())
    assert (found.moves, found.paused) == ([], 1)

    again = DAY + dt.timedelta(days=7)
    matter = act("resume", matter, on=again, now=moment(again))
    assert str(matter.due_on) == "2026-12-15"
    (only,) = preview(Grievance.objects.all()).moves
    assert str(only.due.due_on) == "2026-12-01"
    DeadlinePolicy.objects.filter(name="一般事项").update(amount=15, version=3)
    assert preview(Grievance.objects.all()).moves == []


def test_rests_and_more_time_are_added_in_the_order_they_came(matter_at, act, chen, zhao):
    """Stopped on its due day, gone on on a Saturday, due on the Monday after it, then granted a day more."""
    due, saturday = dt.date(2026, 12, 8), dt.date(2026, 12, 12)
    until = {"until": saturday + dt.timedelta(days=1)}
    matter = act("suspend", matter_at("in_hand"), on=due, now=moment(due), **until)
    matter = act("resume", matter, on=saturday, now=moment(saturday))
    assert str(matter.due_on) == "2026-12-14"
    given = {"on": saturday, "now": moment(saturday, 12), "version": None}
    asked = actions.ask_extension(grievance=matter, by=chen, amount=1, reason="等材料", **given)
    asked = actions.decide_extension(extension=asked, by=zhao, approve=True, **given)
    assert str(asked.due_on_after) == "2026-12-15"
    assert preview(Grievance.objects.all()).moves == []
    matter.refresh_from_db()
    assert act("mark", matter, redate=True, on=saturday, now=moment(saturday, 13)).due_on == (
        asked.due_on_after
    )


def test_the_office_sees_the_page_and_confirms(matters, signed_in, zhao, qian, li):
    DeadlinePolicy.objects.create(township=zhao.township, name="本镇", amount=3, unit="workday")
    url = "/ledger/policies/recalculate/"
    assert signed_in(li).get(url).status_code == 403
    assert signed_in(qian).get(url).context["count"] == 0
    client = signed_in(zhao)
    page = client.get(url)
    assert page.context["count"] == 1
    text = page.content.decode()
    assert "2026-12-08 → <b>2026-11-20</b>" in text
    assert "适用的时限由“一般事项(15个工作日)”改为“本镇(3个工作日)”" in text
    assert client.get(url + "?format=xlsx").status_code == 200
    assert client.post(url, {"seen": "x"}).status_code == 409
    answer = client.post(url, {"seen": page.context["found"].fingerprint})
    assert answer.status_code == 302
    matters[0].refresh_from_db()
    assert str(matters[0].due_on) == "2026-11-20"


def test_many_are_worked_out_in_few_questions(matters, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        preview(Grievance.objects.all())


def test_ready_rows_wait_and_standing_ones_know_what_warns_and_extends():
    row = DeadlinePolicy.objects.get(name="信访事项")
    assert (row.amount, row.extend_by, row.approver, row.warn_before) == (60, 30, "leader", 10)
    ready = DeadlinePolicy.objects.filter(township=None, is_active=False)
    assert {"信访复查", "12345投诉(13个工作日)", "统筹办结"} <= set(
        ready.values_list("name", flat=True)
    )


def test_the_seed_runs_twice_and_leaves_what_was_edited():
    seeds = import_module("grievances.migrations.0008_time_limits_and_ladder")
    DeadlinePolicy.objects.filter(name="信访复查").update(amount=20, is_active=True)
    DeadlinePolicy.objects.filter(name="一般事项").update(warn_before=0, extend_by=0, version=2)
    count = DeadlinePolicy.objects.count()
    seeds.seed_time_limits(apps, None)
    assert DeadlinePolicy.objects.count() == count
    edited = DeadlinePolicy.objects.filter(name__in=["信访复查", "一般事项"]).order_by("pk")
    assert list(edited.values_list("amount", "extend_by")) == [(15, 0), (20, 0)]
