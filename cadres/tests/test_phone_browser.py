"""The work calendar and the list of plans on a small phone."""

import pytest
from django.urls import reverse

from conftest import PASSWORD
from tests.browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(phone, zhao):
    """The clerk's phone, signed in."""
    return sign_in(phone, zhao.username, PASSWORD)


def test_the_years_are_turned_on_one_line(office):
    office.goto(reverse("cadres:calendar"), wait_until="load")
    boxes = [
        office.locator(".cal-years").get_by_text(word, exact=True).bounding_box()
        for word in ("上一年", "查看", "到本月")
    ]
    assert len({round(box["y"]) for box in boxes}) == 1
    assert max(box["height"] for box in boxes) < 44  # one line of words each


def test_a_card_is_numbered_with_its_unit(office, plan):
    office.goto(reverse("cadres:plans"))
    number = office.locator(".as-cards tbody td").first
    number.wait_for()
    words = number.evaluate(
        "cell => ['::before', '::after'].map(part => getComputedStyle(cell, part).content)"
    )
    assert (words, number.inner_text().strip()) == (['"第"', '"条"'], "1")
