"""The box in the top bar under the hands of somebody who does not leave the keyboard, with scripts and without."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from conftest import PASSWORD
from tests.browser import PC, PHONE, _open, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ID_NUMBER = "99000119900307901X"


@pytest.fixture
def people(household):
    """周大山 with an ID number, and 曾小山 of the same household."""
    place = {"township": household.township, "village": household.village, "household": household}
    first = household.residents.model(**place, name="周大山", relation="户主")
    first.set_id_number(ID_NUMBER)
    first.save()
    household.residents.create(**place, name="曾小山", relation="子")
    call_command("rebuild_search", verbosity=0)
    return household


def test_slash_arrows_enter_and_escape_are_all_it_takes(page, li, people):
    sign_in(page, li.username, PASSWORD)
    box = page.get_by_role("combobox", name="查找内容")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.type("shan")
    options = page.get_by_role("option")
    expect(options).to_have_count(3)  # two people, and the household of one
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options.first).to_contain_text("拼音")

    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "hit-1-1")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/households/{people.pk}/"))


def test_enter_alone_shows_all_that_was_found(page, li, people):
    sign_in(page, li.username, PASSWORD)
    page.keyboard.press("/")
    page.keyboard.type("zeng")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q=zeng"))
    expect(page.locator(".found-list mark")).to_have_text("曾")


def test_a_slash_typed_into_a_form_stays_a_slash(page, li, people):
    sign_in(page, li.username, PASSWORD)
    page.goto(reverse("villages:households"))
    page.locator("#id_q").press_sequentially("1/2")
    expect(page.locator("#id_q")).to_have_value("1/2")


def test_a_whole_number_never_gets_into_an_address(page, li, people):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, li.username, PASSWORD)
    page.keyboard.press("/")
    page.keyboard.type(ID_NUMBER)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".found-list")).to_contain_text("990***********901X")
    assert page.url.endswith("/search/")
    assert not any(ID_NUMBER[:12] in url for url in asked)


def test_the_box_is_on_a_phone_too_and_stays_within_it(phone, li, people):
    sign_in(phone, li.username, PASSWORD)
    phone.get_by_role("combobox", name="查找内容").press_sequentially("zds")
    phone.get_by_role("option").first.wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.get_by_role("option").first.tap()
    phone.wait_for_url(re.compile(f"/households/{people.pk}/"))


def test_without_scripts_it_is_a_plain_form(chromium, live_server, li, people):
    page = _open(chromium, live_server, PC, java_script_enabled=False)
    sign_in(page, li.username, PASSWORD)
    page.fill(".top-search input[name=q]", "曾")
    page.click(".top-search button")
    expect(page.locator(".found-list")).to_contain_text("曾小山")
    page.context.close()
