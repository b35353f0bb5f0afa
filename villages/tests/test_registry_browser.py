"""The frame and the registry in a real browser: phone and PC, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from conftest import PASSWORD
from liaison.models import AuditEntry
from tests.browser import PHONE, sign_in
from villages.models import Resident

from .conftest import ZHOU_ID

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MASKED = "430***********9017"


@pytest.fixture
def enter(li):
    """``enter(page, address)``: 李 signs in on a page and goes there."""

    return lambda page, address: sign_in(page, "li", PASSWORD, address)


def home_of(person):
    return f"/households/{person.household_id}/"


def no_wider_than_the_screen(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_phone_reads_rows_as_cards_and_opens_the_menu(phone, enter, zhou_dashan):
    enter(phone, "/residents/")
    card = phone.locator("tbody tr").first
    expect(card.locator(".card-name")).to_have_text("周大山")
    expect(phone.locator("thead")).to_be_hidden()
    assert no_wider_than_the_screen(phone)
    entry = phone.get_by_role("link", name="居民", exact=True)
    expect(entry).not_to_be_in_viewport()
    phone.get_by_role("button", name="菜单").click()
    expect(entry).to_be_in_viewport()
    phone.locator("#menu").get_by_role("link", name="户", exact=True).click()
    expect(phone).to_have_url(re.compile("/households/$"))


@pytest.mark.parametrize("address", ["/villages/", "/households/", "/households/new/", "/burden/"])
def test_no_page_is_wider_than_a_phone(phone, enter, zhou_dashan, address):
    enter(phone, address)
    expect(phone.locator("h1")).to_be_visible()
    assert no_wider_than_the_screen(phone)


def test_a_query_changes_the_list_and_the_address_alone(page, enter, zhou_dashan):
    enter(page, "/residents/")
    page.evaluate("window.sameDocument = true")
    page.fill("#id_q", "zds")
    page.get_by_role("button", name="查询").click()
    expect(page).to_have_url(re.compile("q=zds"))
    expect(page.locator("#list")).to_contain_text("周大山")
    page.fill("#id_q", "没有此人")
    page.get_by_role("button", name="查询").click()
    expect(page.locator("#list")).to_contain_text("暂无数据")
    page.fill("#id_q", ZHOU_ID)
    page.get_by_role("button", name="查询").click()
    expect(page.locator("#list")).to_contain_text("请按姓名或拼音查找")
    assert page.evaluate("window.sameDocument")


def test_a_plain_number_hides_itself_after_thirty_seconds(page, enter, zhou_dashan):
    page.clock.install()
    enter(page, home_of(zhou_dashan))
    cell = page.locator("td[data-head=身份证号]")
    expect(cell).to_contain_text(MASKED)
    cell.locator("summary").click()
    cell.locator("input[name=reason]").fill("核对低保材料")
    cell.get_by_role("button", name="查看").click()
    expect(cell).to_contain_text(ZHOU_ID)
    page.clock.run_for(29_000)
    expect(cell).to_contain_text(ZHOU_ID)
    page.clock.run_for(2_000)
    expect(cell).to_contain_text(MASKED)
    expect(cell).not_to_contain_text(ZHOU_ID)
    assert AuditEntry.objects.get(action="查看身份证号").after == {"事由": "核对低保材料"}


def test_two_taps_add_one_member(page, enter, zhou_dashan):
    enter(page, f"{home_of(zhou_dashan)}residents/new/")
    page.fill("#id_name", "周小山")
    page.fill("#id_relation", "子")
    page.get_by_role("button", name="保存").dblclick()
    expect(page.locator("#messages")).to_contain_text("成员已登记")
    assert Resident.objects.filter(name="周小山").count() == 1


def test_a_changed_form_asks_before_it_is_left(page, enter, zhou_dashan):
    enter(page, f"{home_of(zhou_dashan)}edit/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/households/")
    assert asked == []
    page.goto(f"{home_of(zhou_dashan)}edit/")
    page.locator("#id_address").press_sequentially("改")
    page.goto("/households/")
    assert asked == ["beforeunload"]


def test_without_scripts_everything_still_works(chromium, live_server, enter, zhou_dashan):
    context = chromium.new_context(
        base_url=live_server.url, viewport=PHONE, java_script_enabled=False
    )
    page = enter(context.new_page(), home_of(zhou_dashan))
    cell = page.locator("#members td").filter(has_text=MASKED)
    cell.locator("summary").click()
    cell.locator("input[name=reason]").fill("核对低保材料")
    cell.get_by_role("button", name="查看").click()
    expect(page.locator("main")).to_contain_text(ZHOU_ID)
    refresh = page.locator("meta[http-equiv=refresh]").get_attribute("content")
    assert refresh == f"30;url={home_of(zhou_dashan)}"
    page.get_by_role("link", name="返回").click()
    page.get_by_role("button", name="菜单").click()
    page.locator("#menu").get_by_role("link", name="居民", exact=True).click()
    page.fill("#id_q", "zds")
    page.get_by_role("button", name="查询").click()
    expect(page.locator("#list")).to_contain_text("周大山")
    context.close()
