"""What was typed is sent once, whatever becomes of the line and whatever the server answers."""

import pytest
from playwright.sync_api import expect

from conftest import PASSWORD
from liaison.models import Submission
from tests.browser import sign_in
from tests.drafts import (
    NEW,
    WHO,
    badge,
    cut,
    open_day,
    row,
    save,
    until_empty,
    until_kept,
    write_visit,
)
from visits.models import Visit
from visits.tests.conftest import day, feng  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_ten_saves_cut_in_the_middle_are_ten_records(page, li, household):
    sign_in(page, li.username, PASSWORD)
    for turn in range(10):
        write_visit(page, f"来访{turn}")
        handler = cut(answered=turn % 2)
        page.route(f"**{NEW}", handler)
        save(page)
        page.get_by_text("网络没有通").wait_for()
        expect(badge(page)).to_have_text("1")
        assert Visit.objects.count() == turn + turn % 2
        page.unroute(f"**{NEW}", handler)
        page.evaluate("window.dispatchEvent(new Event('online'))")
        page.wait_for_url("**/visits/saved/**")  # led on as if the first try had gone through
        until_empty(page)
    page.faults.clear()  # the browser's own notes that the line was broken
    assert sorted(Visit.objects.values_list("visitor", flat=True)) == [
        f"来访{n}" for n in range(10)
    ]
    assert Submission.objects.count() == 10


def refuse(status, body="", **headers):
    def handle(route):
        if route.request.method == "POST":
            route.fulfill(status=status, body=body, headers=headers)
        else:
            route.continue_()

    return handle


KEEPS = [
    (403, "", "forbidden"),
    (409, "", "changed"),
    (413, "<h1>413</h1>", "too_large"),
    # These go again by themselves, and may meet the answer meant for the next.
    (502, "<h1>Bad gateway</h1>", "fault"),
    (200, "<form>请登录</form>", "signed_out"),
    (401, "", "signed_out"),
]


def test_every_other_answer_keeps_what_was_typed_with_its_reason(page, li, household):
    sign_in(page, li.username, PASSWORD)
    for at, (status, body, why) in enumerate(KEEPS, 1):
        write_visit(page, f"来访{status}")
        page.route(f"**{NEW}", refuse(status, body))
        save(page)
        until_kept(page, why=why, state="unsent")
        expect(badge(page)).to_have_text(str(at))
    page.goto("/unsent/")
    expect(page.locator(".unsent-item")).to_have_count(len(KEEPS))
    for words in ("岗位不能保存", "别人改过", "内容太多", "登录已过期"):
        page.get_by_text(words).first.wait_for()
    page.faults.clear()
    assert not Visit.objects.exists()

    # By hand one goes, one is taken up again, one is let go.
    page.unroute_all()
    forbidden = page.locator(".unsent-item", has_text="岗位不能保存")
    forbidden.get_by_role("button", name="立即重发").click()
    expect(forbidden).to_have_count(0)
    assert Visit.objects.filter(visitor="来访403").count() == 1

    page.once("dialog", lambda dialog: dialog.accept())
    changed = page.locator(".unsent-item", has_text="别人改过")
    changed.get_by_role("button", name="舍弃").click()
    expect(changed).to_have_count(0)
    page.locator(".unsent-item", has_text="内容太多").get_by_role("link", name="打开继续填").click()
    expect(page.locator(WHO)).to_have_value("来访413")
    save(page)
    page.wait_for_url("**/visits/saved/**")
    assert Visit.objects.filter(visitor="来访413").count() == 1
    assert not Visit.objects.filter(visitor="来访409").exists()


def test_other_words_after_a_lost_answer_show_both(page, li, household):
    sign_in(page, li.username, PASSWORD)
    write_visit(page, "第一次")
    page.route(f"**{NEW}", cut(answered=True))
    save(page)
    page.get_by_text("网络没有通").wait_for()
    page.fill(WHO, "第二次")
    page.unroute_all()
    save(page)
    page.get_by_text("同一张表单提交了两次").wait_for()
    page.faults.clear()
    until_kept(page, why="different")
    page.goto("/unsent/")
    page.get_by_role("link", name="打开继续填").click()
    expect(page.locator(WHO)).to_have_value("第二次")
    save(page)  # meant as another one: under an identifier of its own
    page.wait_for_url("**/visits/saved/**")
    until_empty(page)
    assert set(Visit.objects.values_list("visitor", flat=True)) == {"第一次", "第二次"}


def test_words_typed_while_the_first_are_sent_again_stay_on_the_page(page, li, household):
    sign_in(page, li.username, PASSWORD)
    write_visit(page, "第一次")
    again = []  # what goes by itself some seconds later is held up until more is typed

    def handle(route):
        if route.request.method != "POST":
            route.continue_()
        elif route.request.headers.get("hx-request"):
            route.fetch(max_redirects=0)
            route.abort()
        else:
            again.append(route)

    page.route(f"**{NEW}", handle)
    with page.expect_request(
        lambda told: told.method == "POST" and "hx-request" not in told.headers
    ):
        save(page)
    page.fill(WHO, "第二次")
    again[0].continue_()
    page.get_by_text("先前发出的已经保存").wait_for()
    page.unroute_all()
    expect(page.locator(WHO)).to_have_value("第二次")
    until_kept(page, state="draft")
    save(page)
    page.get_by_text("同一张表单提交了两次").wait_for()
    page.faults.clear()
    until_kept(page, why="different")
    assert Visit.objects.get().visitor == "第一次"


def test_what_one_tab_has_sent_the_other_offers_no_more(page, li, day, household):  # noqa: F811
    sign_in(page, li.username, PASSWORD)
    open_day(page, day)
    row(page, 0, "visitor").fill("匿名")
    row(page, 1, "visitor").focus()
    until_kept(page, state="draft")
    other = page.context.new_page()
    open_day(other, day)
    other.locator(".draft-offer").wait_for()
    save(page)
    page.wait_for_url("**/saved/**")
    expect(other.locator(".draft-offer")).to_have_count(0)
    assert Visit.objects.count() == 1
