"""Nothing is lost: what is typed survives the browser, the line and the log-in, and belongs to one person."""

import json

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from conftest import PASSWORD
from liaison.models import Submission
from tests.browser import FLAGS, PHONE, _open, find_chromium, sign_in
from visits.models import NeedKind, Visit
from visits.tests.conftest import day, feng, neighbours  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW, WHO = "/visits/new/", "#id_row-0-visitor"
KEPT = """async () => {
  const db = await new Promise(done => { const asked = indexedDB.open("liaison-drafts", 1);
    asked.onsuccess = () => done(asked.result); });
  return await new Promise(done => { const asked = db.transaction("items").objectStore("items").getAll();
    asked.onsuccess = () => done(asked.result.map(one => ({...one, box: Array.from(one.box), nonce: [] }))); });
}"""


def kept(page):
    """What lies in the browser's store, whoever wrote it."""
    return page.evaluate(KEPT)


def badge(page):
    """The count in the top bar."""
    return page.locator("[data-unsent] .top-count")


def until_kept(page, **wanted):
    """Wait for an item with these marks."""
    for _ in range(100):
        rows = kept(page)
        if any(all(row[name] == value for name, value in wanted.items()) for row in rows):
            return rows
        page.wait_for_timeout(50)
    raise AssertionError(f"not kept: {wanted} in {[(r['state'], r['why']) for r in kept(page)]}")


def until_empty(page):
    for _ in range(200):
        if not kept(page):
            return
        page.wait_for_timeout(50)
    raise AssertionError([(row["state"], row["why"]) for row in kept(page)])


def open_day(page, day):  # noqa: F811
    page.goto(reverse("desk:day", args=[day.pk]))
    page.wait_for_load_state("load")


def row(page, at, name):
    return page.locator(f"#id_row-{at}-{name}")


def test_what_was_typed_is_kept_encrypted_and_offered_again(phone, li, day, neighbours):  # noqa: F811
    sign_in(phone, li.username, PASSWORD)
    open_day(phone, day)
    row(phone, 0, "visitor").fill("独一无二的来访人")
    row(phone, 0, "said").fill("村口路灯不亮三个月了")
    row(phone, 1, "visitor").fill("匿名")
    row(phone, 1, "said").focus()
    rows = until_kept(phone, state="draft")
    phone.get_by_role("button", name="再加4行").tap()
    row(phone, 9, "visitor").fill("最后一行")
    row(phone, 8, "visitor").focus()
    phone.wait_for_timeout(300)

    (item,) = rows = kept(phone)
    assert item["tag"] != str(li.pk)
    plain = json.dumps(rows, ensure_ascii=False) + bytes(item["box"]).decode("latin-1")
    # No shorter words: two letters come about by chance among encrypted bytes
    for words in ("独一无二的来访人", "村口路灯", "匿名", li.display_name, "石桥村"):
        assert words not in plain
        assert words.encode() not in bytes(item["box"])

    phone.goto("/")
    expect(badge(phone)).to_have_text("1")
    open_day(phone, day)
    expect(phone.get_by_text("您有未提交的内容")).to_be_visible()
    assert row(phone, 0, "visitor").input_value() == ""
    phone.get_by_role("button", name="恢复").tap()
    expect(row(phone, 9, "visitor")).to_have_value("最后一行")
    assert row(phone, 0, "said").input_value() == "村口路灯不亮三个月了"
    phone.locator(".day-save").tap()
    phone.wait_for_url("**/saved/**")
    until_empty(phone)
    assert [visit.visitor for visit in Visit.objects.order_by("line")] == [
        "独一无二的来访人", "匿名", "最后一行",
    ]  # fmt: skip


# --- Sending --------------------------------------------------------------------------------


def write_visit(page, visitor):
    """The page of a visit, filled in but for the button."""
    page.goto(NEW)
    page.wait_for_load_state("load")
    page.fill(WHO, visitor)


def save(page):
    page.locator(".day-save").click()


def cut(answered):
    """A line that breaks: before the request arrives, or when the server has stored and not yet answered."""

    def handle(route):
        if route.request.method != "POST":
            route.continue_()
            return
        if answered:
            route.fetch(max_redirects=0)
        route.abort()

    return handle


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


# --- Whose they are -------------------------------------------------------------------------


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


# --- A crash --------------------------------------------------------------------------------


def kill(folder):
    """End the browser of this folder as a power cut would."""
    import os
    import signal
    from contextlib import suppress
    from pathlib import Path

    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if f"--user-data-dir={folder}".encode() in each.read_bytes():
                os.kill(int(each.parent.name), signal.SIGKILL)


def test_what_was_typed_survives_the_browsers_death(chromium, live_server, tmp_path, li, day):  # noqa: F811
    def start():
        context = chromium.browser_type.launch_persistent_context(
            tmp_path, executable_path=find_chromium(), args=FLAGS, base_url=live_server.url,
            viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai",
        )  # fmt: skip
        context.set_default_timeout(10_000)
        return context

    context = start()
    page = sign_in(context.new_page(), li.username, PASSWORD)
    open_day(page, day)
    row(page, 2, "visitor").fill("停电前写的")
    row(page, 2, "said").fill("还没有离开这一格")
    page.wait_for_timeout(1600)  # the pause after which it is kept
    until_kept(page, state="draft")
    kill(tmp_path)

    context = start()
    page = context.new_page()
    page.goto(reverse("desk:day", args=[day.pk]))
    if "/login/" in page.url:
        sign_in(page, li.username, PASSWORD, reverse("desk:day", args=[day.pk]))
    page.get_by_text("您有未提交的内容").wait_for()
    page.get_by_role("button", name="恢复").click()
    expect(row(page, 2, "visitor")).to_have_value("停电前写的")
    assert row(page, 2, "said").input_value() == "还没有离开这一格"
    context.close()


# --- Plain http -----------------------------------------------------------------------------


def test_on_plain_http_all_but_reopening_works_and_that_is_said(
    chromium, live_server, tmp_path, settings, li, household
):
    settings.ALLOWED_HOSTS = ["*"]
    port = live_server.url.rpartition(":")[2]
    start = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=find_chromium(), base_url=f"http://town.test:{port}",
        args=[*FLAGS, "--host-resolver-rules=MAP town.test 127.0.0.1"], locale="zh-CN",
    )  # fmt: skip
    with start as context:
        page = sign_in(context.new_page(), li.username, PASSWORD)
        lent = "[isSecureContext, Boolean(crypto.subtle), Boolean(navigator.locks)]"
        assert page.evaluate(lent) == [False, False, False]
        write_visit(page, "内网里写的")
        page.route(f"**{NEW}", cut(answered=False))
        save(page)
        page.get_by_text("断网后不能重新打开本页，请不要关闭").wait_for()
        (item,) = kept(page)
        assert "内网里写的".encode() not in bytes(item["box"])
        page.unroute_all()
        page.evaluate("window.dispatchEvent(new Event('online'))")
        page.wait_for_url("**/saved/**")
        until_empty(page)
        # Held in place of a lock, and given back
        assert page.evaluate("localStorage.getItem('drafts-lease')") is None
    assert Visit.objects.get().visitor == "内网里写的"


# --- Without a line -------------------------------------------------------------------------

IN_THE_CACHE = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys()) {
      const answer = await cache.match(asked);
      texts.push(new URL(asked.url).pathname + "\\n" + await answer.text());
    }
  }
  return texts;
}"""


def test_the_page_opens_without_a_line_and_holds_nobodys_data(chromium, live_server, li, day, feng):  # noqa: F811
    kind, _ = NeedKind.objects.get_or_create(name="低保")
    page = _open(chromium, live_server, PHONE, service_workers="allow")
    with page.context:
        sign_in(page, li.username, PASSWORD)
        open_day(page, day)
        row(page, 0, "visitor").fill("断网前写的")
        row(page, 1, "visitor").focus()
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        until_kept(page, state="draft")

        page.context.set_offline(True)
        page.reload()
        page.get_by_text("现在连不上系统").wait_for()
        expect(row(page, 0, "visitor")).to_have_value("断网前写的")
        row(page, 1, "visitor").fill("断网后写的")
        page.get_by_role("button", name="金点子、需求").nth(1).click()
        row(page, 1, "n-proposal").fill("村口装凉亭")
        page.locator("#entry-2").get_by_label("低保").check()
        page.get_by_role("button", name="记在本机").click()
        page.get_by_text("已加密记在本机").wait_for()
        page.reload()  # and again without a line: drawn anew, with what it held
        expect(row(page, 1, "n-proposal")).to_have_value("村口装凉亭")
        assert page.locator("#entry-2").get_by_label("低保").is_checked()
        assert page.locator("#entry-1 .entry-noted").count() == 0
        texts = page.evaluate(IN_THE_CACHE)
        assert any(text.startswith("/offline/\n") for text in texts)
        assert not any(text.startswith(("/sessions/", "/visits/", "/\n")) for text in texts)
        assert not any(
            "断网前写的" in text or li.display_name in text or "石桥村" in text for text in texts
        )

        page.context.set_offline(False)
        expect(page.locator("[name=version]")).to_have_count(1)
        expect(row(page, 1, "visitor")).to_have_value("断网后写的")
        assert row(page, 0, "visitor").input_value() == "断网前写的"
        page.locator(".day-save").click()
        page.wait_for_url("**/saved/**")
        until_empty(page)
        assert list(Visit.objects.order_by("line").values_list("visitor", flat=True)) == [
            "断网前写的",
            "断网后写的",
        ]
        second = Visit.objects.get(line=2)
        assert second.proposals.get().words == "村口装凉亭"
        assert second.need_lines.get().need.kind == kind
