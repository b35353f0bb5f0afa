"""找户: what a cadre types leads to the household he means, within one village."""

import pytest
from django.urls import reverse

from villages.models import Household
from visits.finding import resolve, suggest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed_in", "heads"),
    [
        ("周", ["周大山", "周小山"]),
        ("wgx", ["吴桂香"]),
        ("zhouxiao", ["周小山"]),
        ("005", ["王秀英"]),
        ("5", ["王秀英"]),
        ("第1组 郑", ["郑国强"]),
        ("2组", []),
        ("%", []),
        ("_", []),
    ],
)
def test_a_household_is_found_by_what_one_types(
    signed_in, li, shiqiao, neighbours, typed_in, heads
):
    form = {"village": shiqiao.pk, "row-0-household": typed_in}
    asks = {"HX-Trigger-Name": "row-0-household"}
    text = signed_in(li).post(reverse("visits:found"), form, headers=asks).content.decode()
    assert [
        head for head in ("周大山", "周小山", "吴桂香", "郑国强", "王秀英") if head in text
    ] == heads


@pytest.mark.parametrize(("typed_in", "first"), [("3", "3"), ("2", "02"), ("1", "1"), ("13", "13")])
def test_the_number_that_was_typed_whole_is_offered_first(shiqiao, household, typed_in, first):
    place = {"township": shiqiao.township, "group": household.group}
    for number in ("3", "13", "23", "30", "31", "33", "43", "02", "12", "20", "1", "11"):
        shiqiao.households.create(number=number, head_name=f"户主{number}", **place)
    assert suggest(shiqiao, typed_in)[0].number == first


def test_a_number_of_a_joined_household_means_the_one_it_joined(household, shiqiao):
    place = {"township": household.township, "village": shiqiao, "group": household.group}
    old = Household.objects.create(
        number="090", residence="cancelled", merged_into=household, **place
    )
    closed = Household.objects.create(number="091", residence="cancelled", **place)
    assert resolve(shiqiao, old.number) == household
    assert resolve(shiqiao, closed.number) == closed  # a visit may be written down late


def test_households_of_another_village_are_not_offered(signed_in, wang, shiqiao, neighbours):
    form, asks = {"village": shiqiao.pk, "household": "周"}, {"HX-Trigger-Name": "household"}
    answer = signed_in(wang).post(reverse("visits:found"), form, headers=asks)
    assert "周大山" not in answer.content.decode()
