"""Cards and notices as a browser prints them: one sheet a page, of the size that is said, nothing cut off."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from cadres.models import CardText
from cadres.notices import notify
from conftest import PASSWORD
from liaison import clock
from liaison.models import AuditEntry
from tests.browser import sign_in
from visits.models import LiaisonSession, PublicNotice
from visits.planning import plan_sessions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Every box whose words run out of it. What is hidden there would be missing on paper.
CUT_OFF = """() => [...document.querySelectorAll('.card-small, .card-large, .poster, .card-promises, .poster dl')]
    .filter(box => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
    .map(box => box.className)"""


@pytest.fixture
def office(page, zhao, plan, li, shiqiao):
    """The clerk's PC, signed in; 石桥村's card and notice have something to say."""
    li.set_phones(["15455500001"])
    li.save()
    CardText.objects.create(township=shiqiao.township, office_phone="0555-6100000")
    return sign_in(page, zhao.username, PASSWORD)


@pytest.fixture
def tomorrow(plan):
    """A day whose notice is due."""
    return LiaisonSession.objects.create(
        plan=plan, township=plan.village.township, team=plan.team, village=plan.village,
        on=clock.today() + dt.timedelta(days=1), starts_at=plan.starts_at, ends_at=plan.ends_at,
        place=plan.place,
    )  # fmt: skip


def test_what_hangs_on_a_wall_says_nothing_of_the_service_behind_it(office, plan, li):
    """A page a village, though reminders are late."""
    plan_sessions(today=dt.date(2026, 1, 1))
    long_ago = clock.now() - dt.timedelta(hours=1)
    notify(
        recipient=li, kind="test", subject="session:1", slot="s", title="驻点提醒", text="", url="/",
        due_at=long_ago, now=long_ago,
    )  # fmt: skip
    office.goto("/sessions/year-plan/?year=2026&layout=pages", wait_until="load")
    banner = office.get_by_text("提醒服务延迟")
    expect(banner).to_be_visible()
    villages = office.locator(".plan-page").count()
    office.emulate_media(media="print")
    expect(banner).to_be_hidden()
    assert len(printed(office)) == villages


def opened(page, button):
    """The page that a button opens beside this one, and its faults."""
    with page.expect_popup() as popup:
        button.click()
    sheet = popup.value
    sheet.wait_for_load_state("load")
    return sheet


def printed(sheet):
    """[(width, height) in mm] of the pages it prints to."""
    pages = PdfReader(io.BytesIO(sheet.pdf(prefer_css_page_size=True))).pages
    return [
        tuple(
            round(float(side) / 72 * 25.4) for side in (page.mediabox.width, page.mediabox.height)
        )
        for page in pages
    ]


@pytest.mark.parametrize(
    ("size", "pages"), [("a7", [(210, 297), (210, 297)]), ("a5", [(148, 210)])]
)
def test_cards_print_a_sheet_to_a_page(office, size, pages):
    office.goto(reverse("cadres:cards"))
    office.check(f"input[name=size][value={size}]")
    office.check("input[name=way][value=page]")
    sheet = opened(office, office.get_by_role("button", name="打印全部1个村"))
    sheet.get_by_text("154 5550 0001").first.wait_for()
    assert sheet.evaluate(CUT_OFF) == []
    assert printed(sheet) == pages
    assert AuditEntry.objects.filter(action="打印便民服务卡").count() == 1


def test_a_notice_prints_to_one_a4_and_its_words_are_copied(office, tomorrow):
    office.goto(reverse("visits:public_notices"))
    sheet = opened(office, office.get_by_role("button", name="公示(网页)"))
    sheet.get_by_text("各位村民").wait_for()
    assert sheet.evaluate(CUT_OFF) == []
    assert printed(sheet) == [(210, 297)]
    chat = opened(office, office.get_by_role("button", name="群消息文字"))
    assert "地点：石桥村委会一楼" in chat.locator("textarea").input_value()
    chat.get_by_role("button", name="复制").click()
    chat.get_by_text("已复制，可以粘贴了。").wait_for()


def test_one_tap_ticks_one_day(office, tomorrow):
    office.goto(reverse("visits:public_notices"))
    office.locator("tbody").get_by_role("button", name="已张贴").click()
    office.get_by_text("已登记1份公示张贴").wait_for()
    assert PublicNotice.objects.get().says(tomorrow)
