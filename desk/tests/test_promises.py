"""答应的事: what was promised by a day, until the villager is answered."""

import datetime as dt

import pytest
from django.urls import reverse

from grievances import actions
from grievances.models import Category, Grievance, Source, Step
from liaison import clock
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry
from tests.filling import fill_in

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 17)
FRIDAY = dt.date(2026, 11, 20)


@pytest.fixture
def lamp(li, shiqiao, household, day):
    """A lamp that is out; somebody is to come by Friday."""
    return actions.register(
        by=li, on=TODAY, now=clock.now(), village=shiqiao, household=household, summary="路灯不亮",
        category=Category.objects.get(name="供电能源"), kind="demand", source=Source.objects.first(),
        promise="派电工来看", promise_due_on=FRIDAY,
    )  # fmt: skip


def promise(matter, by, **more):
    told = {"words": "换新灯", "due_on": FRIDAY, "version": matter.version} | more
    return actions.promise(grievance=matter, by=by, now=clock.now(), **told)


def todo_of(client):
    todos = client.get(reverse("desk:home")).context["todos"]
    return next((each for each in todos if each.label == "答应群众的事"), None)


def test_it_waits_on_the_team_s_desk_until_the_villager_is_answered(signed_in, li, wang, lamp):
    client = signed_in(li)
    todo = todo_of(client)
    assert (todo.count, todo.is_late) == (1, False)
    page = client.get(todo.url)
    assert page.context["page"].total == 1 and "答应2026-11-20前" in page.content.decode()
    assert todo_of(signed_in(wang)) is None
    client = signed_in(li)

    Grievance.objects.update(promise_due_on="2026-11-16")
    assert todo_of(client).is_late
    late = client.get(reverse("grievances:ledger"), {"promise": "late"})
    assert late.context["page"].total == 1
    assert (
        "已过答应的日子"
        in client.get(reverse("grievances:detail", args=[lamp.number])).content.decode()
    )

    Grievance.objects.update(status="answered", settled_on=TODAY, settlement="substantive")
    assert todo_of(client) is None


def test_it_is_put_off_with_both_days_in_the_history(signed_in, li, lamp):
    url = reverse("grievances:promise", args=[lamp.number])
    assert (
        url in signed_in(li).get(reverse("grievances:detail", args=[lamp.number])).content.decode()
    )
    fill_in(
        signed_in(li), url, holding="promise_due_on", promise="换新灯", promise_due_on="2026-11-27"
    )
    lamp.refresh_from_db()
    assert (lamp.promise, str(lamp.promise_due_on), lamp.version) == ("换新灯", "2026-11-27", 2)
    step = Step.objects.get(act="promise")
    assert step.words == "答应2026-11-27前换新灯。原答应2026-11-20前派电工来看。"
    told = AuditEntry.objects.get(action="答应群众的事").after
    assert told["答应的期限"] == "2026-11-27" and "换新灯" not in str(told)


def test_it_is_taken_back_by_clearing_the_day(li, lamp):
    matter = promise(lamp, li, words="", due_on=None)
    assert not matter.is_promised
    assert Step.objects.get(act="promise").words.startswith("不再作数。原答应")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"due_on": None}, "请填写答应在哪一天之前办到"),
        ({"due_on": dt.date(2026, 11, 16)}, "早于2026-11-17"),
        ({"words": "长" * 201}, "200字以内"),
    ],
)
def test_a_promise_nobody_can_keep_is_refused(li, lamp, more, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        promise(lamp, li, **more)


def test_who_may_not_and_what_is_answered(li, wang, sun, lamp):
    with pytest.raises(NotAllowed, match="不在您的工作范围内"):
        promise(lamp, wang)
    with pytest.raises(NotAllowed, match="您的岗位不登记"):
        promise(lamp, sun)
    with pytest.raises(Stale):
        promise(lamp, li, version=99)
    Grievance.objects.update(status="answered", settled_on=TODAY, settlement="substantive")
    with pytest.raises(NotAllowed, match="已经给过群众答复"):
        promise(lamp, li)


def test_opened_again_the_old_promise_goes_into_the_history(li, zhao, lamp):
    Grievance.objects.update(
        status="settled", settled_on=TODAY, settled_at=clock.now(), settlement="substantive"
    )
    lamp.refresh_from_db()
    matter = actions.reopen(
        grievance=lamp, by=zhao, on=TODAY, now=clock.now(), version=lamp.version, words="又坏了"
    )
    assert not matter.is_promised
    assert "原答应的期限2026-11-20" in Step.objects.get(act="reopen").words


def test_it_stands_wherever_the_matter_does(signed_in, li, lamp, household):
    """On the household's file, and on the day's page beside the row."""
    page = signed_in(li).get(reverse("villages:household", args=[household.pk])).content.decode()
    assert "答应 2026-11-20 前：派电工来看" in page
