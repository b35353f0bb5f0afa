"""Numbers under load: twenty at once are twenty in a row, and a paper asked for twice has one."""

import pytest

from desk.tests.at_once import at_once
from grievances.actions import number_paper, register
from grievances.models import Category, Grievance, IssuedPaper, Source, Step
from grievances.papers import kinds
from tests.lived_in import DAY, NOW

pytestmark = pytest.mark.django_db(transaction=True)
TWENTY = range(20)


@pytest.fixture
def facts(shiqiao):
    """The code lists are seeded by a migration, which a test of real transactions begins without."""
    return {
        "village": shiqiao, "summary": "村口路灯不亮", "kind": "demand",
        "category": Category.objects.get_or_create(name="道路交通", defaults={"code": "99"})[0],
        "source": Source.objects.get_or_create(name="驻点日接待", defaults={"code": "99"})[0],
    }  # fmt: skip


def test_twenty_registrations_at_once_have_twenty_numbers_in_a_row(li, facts):
    call = lambda: register(by=li, on=DAY, now=NOW, **facts).number  # noqa: E731
    numbers, count = at_once([call for _ in TWENTY], Grievance.objects.count)
    assert sorted(numbers) == [f"100-2026-{n:05d}" for n in range(1, 21)]
    assert count == 20


def test_papers_numbered_at_once_leave_no_gap_and_one_paper_has_one_number(li, zhao, facts):
    matters = [register(by=li, on=DAY, now=NOW, **facts) for _ in range(10)]
    for matter in matters:
        Step.objects.create(
            grievance=matter, act="assign", act_name="交办", to_status="assigned", by=zhao,
            by_name=zhao.display_name, on=DAY, entered_at=NOW,
        )  # fmt: skip

    def number(matter):
        given = {"by": zhao, "kind": kinds.ASSIGNMENT, "now": NOW}
        return lambda: number_paper(grievance=matter, **given).serial

    # Each asked twice: a double tap
    calls = [number(matter) for matter in matters for _ in "ab"]
    serials, count = at_once(calls, IssuedPaper.objects.count)
    assert sorted(set(serials)) == list(range(1, 11))
    assert serials[::2] == serials[1::2]
    assert count == 10
