"""What was typed belongs to one person: nobody else on the same device sees or sends it."""

import pytest
from playwright.sync_api import expect

from conftest import PASSWORD
from tests.browser import sign_in
from tests.drafts import NEW, WHO, badge, cut, kept, save, until_empty, until_kept, write_visit
from visits.models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_out(page):
    page.locator(".top-person summary").click()
    page.get_by_role("button", name="退出登录").click()


def test_two_people_on_one_phone(page, li, wang, household, heping):
    sign_in(page, li.username, PASSWORD)
    write_visit(page, "只给李明看的人")
    page.route(f"**{NEW}", cut(answered=False))
    save(page)
    page.get_by_text("网络没有通").wait_for()
    page.faults.clear()
    said = []
    page.once("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    with page.expect_event("dialog"):
        sign_out(page)
    expect(badge(page)).to_have_text("1")
    assert "还有 1 项没有发出" in said[0]
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login/**")
    assert page.evaluate("sessionStorage.getItem('drafts-key')") is None
    page.unroute_all()

    sign_in(page, wang.username, PASSWORD)
    expect(page.locator("[data-unsent]")).to_be_hidden()
    page.goto("/unsent/")
    page.get_by_text("没有未发出的内容").wait_for()
    page.goto(NEW)
    page.wait_for_timeout(500)
    assert page.get_by_text("您有未提交的内容").count() == 0
    assert page.evaluate("drafts.all()") == []
    (item,) = kept(page)
    assert "只给李明看的人".encode() not in bytes(item["box"])
    assert not Visit.objects.exists()
    sign_out(page)  # nothing of his own is unsent: nothing is asked
    page.wait_for_url("**/login/**")

    sign_in(page, li.username, PASSWORD)
    until_empty(page)  # it went by itself
    page.faults.clear()  # the browser's own notes that the line was broken
    assert Visit.objects.get().entered_by == li


def test_leaving_with_a_field_still_open_keeps_what_stands_in_it(page, li, household):
    sign_in(page, li.username, PASSWORD)
    write_visit(page, "还没离开这一格")
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.accept())
        page.evaluate("document.querySelector('form[data-logout]').requestSubmit()")
    assert "还有 1 项没有发出" in asked.value.message
    page.wait_for_url("**/login/**")
    sign_in(page, li.username, PASSWORD, NEW)
    page.get_by_role("button", name="恢复").click()
    expect(page.locator(WHO)).to_have_value("还没离开这一格")


def test_a_form_open_in_one_tab_is_not_stored_under_the_name_signed_in_in_another(
    page, li, wang, heping
):
    sign_in(page, li.username, PASSWORD)
    write_visit(page, "李明写的")
    page.context.clear_cookies(name="sessionid")
    other = page.context.new_page()
    sign_in(other, wang.username, PASSWORD)
    save(page)
    page.get_by_text("本机现在登录的是别人").wait_for()
    until_kept(page, why="another")
    page.faults.clear()  # htmx notes the 401
    assert not Visit.objects.exists()


def test_a_session_that_ended_is_taken_up_by_the_next_log_in(page, li, household):
    sign_in(page, li.username, PASSWORD)
    write_visit(page, "匿名")
    page.context.clear_cookies(name="sessionid")
    save(page)
    page.get_by_text("登录已过期").wait_for()
    assert page.input_value(WHO) == "匿名"
    page.faults.clear()  # htmx notes the 401
    sign_in(page.context.new_page(), li.username, PASSWORD)
    page.wait_for_url("**/visits/saved/**")
    assert Visit.objects.get().visitor == "匿名"
