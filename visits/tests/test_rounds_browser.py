"""A cadre on the way: from the desk to the households still missing, and from one of them to its form."""

import pytest
from playwright.sync_api import expect

from conftest import PASSWORD
from liaison import clock
from tests.browser import sign_in
from visits.models import VisitRound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit_round(qingshan):
    today = clock.today()
    return VisitRound.objects.create(
        township=qingshan, name="今年遍访", starts_on=today.replace(month=1, day=1),
        ends_on=today.replace(month=12, day=31),
    )  # fmt: skip


def fits(page):
    """Nothing is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_phone_walks_from_the_desk_to_the_form(phone, li, neighbours, visit_round):
    sign_in(phone, "li", PASSWORD)
    phone.get_by_role("link", name="本轮未走访").click()
    expect(phone.locator("#list")).to_contain_text("共 5 条")
    phone.goto("/rounds/")
    phone.get_by_role("link", name="今年遍访").first.click()
    assert fits(phone)
    phone.get_by_role("link", name="走访清单").first.click()
    expect(phone.locator(".walk-rows > li")).to_have_count(5)
    assert fits(phone)
    phone.get_by_role("link", name="去登记").nth(1).click()
    expect(phone.locator("form [name$=household]").first).to_have_value("002 周小山")
    assert "周" not in phone.url


def test_a_house_of_the_drawing_opens_its_file(page, li, shiqiao, neighbours, visit_round):
    sign_in(page, "li", PASSWORD, f"/rounds/{visit_round.pk}/villages/{shiqiao.code}/map/")
    expect(page.locator(".plan .house")).to_have_count(5)
    page.get_by_text("按表格查看").click()
    expect(page.locator(".plan-table tbody tr")).to_have_count(1)
    page.locator(".plan a").nth(2).click()
    expect(page.locator("h1")).to_contain_text("吴桂香")
