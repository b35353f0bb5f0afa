"""待办: no open matter is behind nobody's number, those of an older ledger included."""

import itertools
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from cadres.models import Department, User
from conftest import appoint
from desk.todo import todos
from grievances.filters import LedgerFilter
from grievances.models import Category, Grievance, Rung, Source, Status
from grievances.models.states import OPEN
from grievances.tests.older_ledgers import SAMPLE, take, yingzai
from liaison import clock

pytestmark = pytest.mark.django_db


def behind(user) -> set[int]:
    """Matters behind the numbers of somebody's desk, by the links themselves; each number counted."""
    user = User.objects.get(pk=user.pk)
    found = set()
    for todo in todos(user, clock.today(), clock.now()):
        link = urlsplit(todo.url)
        if link.path != "/ledger/":
            continue
        request = RequestFactory().get(todo.url)
        request.user = user
        asked = QueryDict(link.query)
        rows = LedgerFilter(asked, queryset=Grievance.objects.visible_to(user), request=request).qs
        pks = set(rows.values_list("pk", flat=True))
        assert len(pks) == todo.count, (todo.label, dict(parse_qsl(link.query)))
        found |= pks
    return found


def every_open(township, village, units, li):
    """Open matters of every state × unit × place × origin."""
    rungs = itertools.cycle(Rung.objects.filter(township=None).order_by("order"))
    rows = [
        Grievance(
            number=f"t{at}", township=township, village=place, status=status, department=unit,
            handler=handler, is_imported=old, summary=f"{at}", category=Category.objects.first(),
            source=Source.objects.first(), registered_on=clock.today(), entered_at=clock.now(),
            registered_by=None if old else li,
            forwarded_to="县供电公司" if status == Status.FORWARDED else "",
            rung=next(rungs) if status == Status.ESCALATED else None,
        )
        for at, (status, (unit, handler), place, old) in enumerate(
            itertools.product(OPEN, units, (village, None), (False, True))
        )
        if place or old
    ]  # fmt: skip
    Grievance.objects.bulk_create(rows)


@pytest.mark.parametrize("vacant", ["", "chen", "zhao"])
def test_every_open_matter_is_behind_somebody_s_number(everybody, shiqiao, minzheng, vacant):
    cast, township = everybody, shiqiao.township
    empty = Department.objects.create(township=township, name="空办")
    units = (
        (None, None),
        (minzheng, None),
        (minzheng, cast.chen),
        (minzheng, cast.li),
        (empty, None),
    )
    every_open(township, shiqiao, units, cast.li)
    if vacant:
        getattr(cast, vacant).holdings.update(until="2026-01-01")
    people = (cast.li, cast.zhao, cast.chen, cast.sun, cast.zhou)
    seen = set().union(*(behind(user) for user in people))
    assert seen == set(Grievance.objects.open().values_list("pk", flat=True))


def test_settled_matters_nobody_is_there_to_answer_or_to_ask_about_wait_at_the_office(
    everybody, shiqiao
):
    rows = [
        Grievance(
            number=f"s{status}", township=shiqiao.township, village=shiqiao, status=status,
            settled_on=clock.today(), settlement="interim", settled_by=everybody.chen, summary="x",
            category=Category.objects.first(), source=Source.objects.first(),
            registered_on=clock.today(), entered_at=clock.now(), registered_by=everybody.li,
        )
        for status in (Status.SETTLED, Status.ANSWERED)
    ]  # fmt: skip
    told, asked = Grievance.objects.bulk_create(rows)
    assert not behind(everybody.zhao)
    assert behind(everybody.li) == {told.pk}
    everybody.li.holdings.update(until="2026-01-01")
    assert behind(everybody.zhao) == {told.pk}
    everybody.sun.holdings.update(until="2026-01-01")
    assert behind(everybody.zhao) == {told.pk, asked.pk}


def test_the_open_rows_of_a_real_older_ledger_are_todos(db):
    """营仔镇's 200 matters as its office kept them: each open one waits for the clerk."""
    township = yingzai()
    take(SAMPLE.read_bytes(), township, name=SAMPLE.name)
    clerk = appoint(township, "zhao", "赵敏", "office", title="驻点办干事")
    opened = set(Grievance.objects.open().values_list("pk", flat=True))
    assert (Grievance.objects.count(), len(opened)) == (200, 57)
    assert behind(clerk) >= opened
    Grievance.objects.filter(status="accepted").update(village=None)
    assert "村待核" in {todo.label for todo in todos(clerk, clock.today(), clock.now())}
