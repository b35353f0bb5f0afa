"""Matters joined crosswise in one moment: one is served, the other told; nobody waits for the other for ever."""

import pytest

from cadres.roles import Role
from conftest import appoint
from desk.tests.at_once import at_once
from grievances.actions import link_repeat, merge, register
from grievances.models import Category, Grievance, Source
from liaison.errors import NotAllowed
from tests.lived_in import DAY, NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def he(qingshan):
    """何: the other clerk of the liaison office."""
    return appoint(qingshan, "he", "何平", Role.OFFICE, title="驻点办副主任")


@pytest.fixture
def new(li, shiqiao):
    """Registers a matter; the code lists are seeded by a migration, which such a test begins without."""
    facts = {
        "village": shiqiao, "summary": "村口路灯不亮", "kind": "demand",
        "category": Category.objects.get_or_create(name="道路交通", defaults={"code": "99"})[0],
        "source": Source.objects.get_or_create(name="驻点日接待", defaults={"code": "99"})[0],
    }  # fmt: skip
    return lambda: register(by=li, on=DAY, now=NOW, **facts)


def told(verb, matter, by, **facts):
    """A call that answers "done", or the sentence it was refused with."""

    def call():
        try:
            verb(grievance=matter, by=by, on=DAY, now=NOW, version=matter.version, **facts)
        except NotAllowed as refusal:
            return str(refusal)
        return "done"

    return call


def joined(matter, other, by):
    return told(merge, matter, by, main_number=other.number, words="同一件事")


def test_of_two_matters_merged_into_each_other_one_goes_on(zhao, he, new):
    for _ in range(5):
        one, two = new(), new()
        calls = [joined(one, two, zhao), joined(two, one, he)]
        results, open_ones = at_once(
            calls, Grievance.objects.open().filter(pk__in=[one.pk, two.pk]).count
        )
        assert results.count("done") == open_ones == 1
        assert any("并案" in said for said in results if said != "done")


def test_a_repeat_linked_while_its_original_is_linked_hangs_on_the_first(zhao, he, new):
    for _ in range(5):
        first, second, third = new(), new(), new()
        calls = [
            told(link_repeat, third, zhao, earlier_number=second.number),
            told(link_repeat, second, he, earlier_number=first.number),
        ]
        rows = Grievance.objects.filter(pk__in=[second.pk, third.pk])
        results, hang_on = at_once(
            calls, lambda rows=rows: set(rows.values_list("repeat_of", flat=True))
        )
        assert results == ["done", "done"]
        assert hang_on == {first.pk}


def test_a_matter_merged_while_its_repeat_is_marked(zhao, he, new):
    for _ in range(5):
        one, two = new(), new()
        calls = [
            joined(one, two, zhao),
            told(link_repeat, two, he, earlier_number=one.number),
        ]
        results, _ = at_once(calls, Grievance.objects.count)
        assert "done" in results
