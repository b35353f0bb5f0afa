"""The calendars on a small phone, and an address copied by hand of a script."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.test import Client

from conftest import PASSWORD
from tests.browser import sign_in
from visits.planning import plan_sessions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def enter(page, user):
    return sign_in(page, user.username, PASSWORD)


def test_month_and_year_fit_a_small_phone(phone, li, plan, shiqiao):
    plan_sessions(today=dt.date(2026, 1, 1))
    enter(phone, li)
    for url in (
        "/sessions/month/?month=2026-03",
        f"/sessions/villages/{shiqiao.code}/year/?year=2026",
        "/sessions/year-plan/?year=2026",
        "/calendar/feeds/",
    ):
        phone.goto(url, wait_until="load")
        assert phone.evaluate("document.documentElement.scrollWidth") == 360, url
    phone.goto("/sessions/month/?month=2026-03", wait_until="load")
    # Days on which nobody sits anywhere leave room for the others.
    heads = phone.locator(".month-grid thead th:visible .cal-number").all_inner_texts()
    assert heads == ["3", "10", "17", "24", "31"]
    grid = phone.locator(".month-grid").bounding_box()
    assert grid["x"] + grid["width"] <= 360


def test_rules_read_whole_on_a_small_phone(phone, zhao):
    enter(phone, zhao)
    for url in ("/sessions/rules/", "/public-notices/ahead/"):
        phone.goto(url, wait_until="load")
        text = phone.locator(".empty-small").bounding_box()
        assert text["x"] + text["width"] <= 360, url


def test_what_the_year_plan_is_of_stands_in_one_row(page, li, plan):
    plan_sessions(today=dt.date(2026, 1, 1))
    enter(page, li)
    for layout in ("table", "pages"):
        page.goto(f"/sessions/year-plan/?year=2026&layout={layout}", wait_until="load")
        assert page.locator(".cal-years").bounding_box()["height"] < 50, layout


def test_an_address_is_made_and_opens(page, li, plan):
    plan_sessions(today=dt.date(2026, 11, 1))
    enter(page, li)
    page.goto("/calendar/feeds/", wait_until="load")
    page.get_by_role("button", name="生成地址").first.click()
    address = page.get_by_label("订阅地址").input_value()
    answer = Client().get(urlsplit(address).path)  # no session goes along
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    page.get_by_role("link", name="已复制，返回").click()
    page.get_by_text("更换地址", exact=True).first.wait_for()


def test_the_calendars_print_on_paper_across(page, li, plan):
    """One sheet of A4 each: the frame stays away."""
    plan_sessions(today=dt.date(2026, 1, 1))
    enter(page, li)
    for url in ("/sessions/month/?month=2026-03", "/sessions/year-plan/?year=2026"):
        page.goto(url, wait_until="load")
        paper = page.pdf(prefer_css_page_size=True)
        assert paper.count(b"/Type /Page\n") == 1, url
        assert b"/MediaBox [0 0 841" in paper, url
