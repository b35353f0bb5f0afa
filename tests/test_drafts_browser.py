"""Nothing is lost: what is typed survives the browser, a crash, plain http and a missing line."""

import json

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from conftest import PASSWORD
from tests.browser import FLAGS, PHONE, _open, find_chromium, sign_in
from tests.drafts import (
    NEW,
    badge,
    cut,
    kept,
    open_day,
    row,
    save,
    until_empty,
    until_kept,
    write_visit,
)
from visits.models import NeedKind, Visit
from visits.tests.conftest import day, feng, neighbours  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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


def holds_nobodys_data(page, li):
    """The cache keeps the page that opens without a line, and nothing anybody typed or may see."""
    texts = page.evaluate(IN_THE_CACHE)
    assert any(text.startswith("/offline/\n") for text in texts)
    assert not any(text.startswith(("/sessions/", "/visits/", "/\n")) for text in texts)
    assert not any(
        "断网前写的" in text or li.display_name in text or "石桥村" in text for text in texts
    )


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
        holds_nobodys_data(page, li)

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
