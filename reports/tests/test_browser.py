"""The dashboard in a real browser: the chart keeps to the policy, the phone does not slide sideways."""

import pytest
from django.urls import reverse

from conftest import PASSWORD
from tests.browser import sign_in

pytestmark = pytest.mark.browser


def _open(page, user):
    sign_in(page, user.username, PASSWORD)
    page.goto(reverse("reports:dashboard") + "?period=2026-10")


def _too_wide(page):
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")


def test_the_table_fits_and_the_chart_is_drawn(october, zhao, page):
    """Neither an inline style nor a script was refused: the page fixture fails on any such message."""
    from playwright.sync_api import expect

    _open(page, zhao)
    expect(page.locator("#chart canvas")).to_be_visible()
    page.mouse.move(*_middle(page.locator("#chart")))  # The tooltip is drawn, not styled
    assert _too_wide(page) == 0
    assert page.locator(".table-wrap.is-wide .board-table").count() == 0


def test_on_a_phone_each_village_is_a_card(october, zhao, phone):
    """Every number with its own head, nothing beyond the edge, and a number still opens its rows."""
    from playwright.sync_api import expect

    _open(phone, zhao)
    assert _too_wide(phone) == 0
    expect(phone.locator(".board-table thead")).to_be_hidden()
    heads = phone.locator(".board-table tbody tr").first.locator("td")
    assert all(heads.nth(at).get_attribute("data-head") for at in range(heads.count()))
    phone.locator(".board-table tbody a[href*='registered_from']").first.tap()
    expect(phone.get_by_text("共 9 条")).to_be_visible()


def _middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
