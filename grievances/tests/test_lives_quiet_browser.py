"""The two lives that are told to few, in a real browser: a 举报 from its registration to 销号, and a matter declined.

The six other kinds are in ``test_lives_browser.py``.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cadres.models import Seat
from cadres.roles import Role
from conftest import appoint
from grievances.models import DeclineReason, Grievance, IssuedPaper
from tests import docx_reading

from .test_lives_browser import ASKED, REAL, Desk, fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUMMARY, TELLER = "驻点干部收了修路回扣", "何大嫂"


@pytest.fixture
def feng(qingshan, li):
    """冯: sits in the team 李 leads; the villager speaks of him."""
    user = appoint(qingshan, "feng", "冯军", Role.CADRE, title="石桥村驻点干部")
    Seat.objects.create(team=li.team, post=user.post, kind=Seat.Kind.MEMBER)
    return user


def confided(desk):
    """孙 takes it down on the page for such matters; its number."""
    desk.sit("sun", reverse("grievances:confide"))
    form = desk.page.locator("form.house-form")
    fill(form, {"village": "石桥村", "ground": "report", "complainant": TELLER, "summary": SUMMARY})
    fill(form, {"category": "干部作风", "source": "来信"})
    form.locator("[name=people]").select_option(label="冯军")
    form.locator("button[type=submit]").last.click()
    desk.page.wait_for_url("**/ledger/100-M-*/")
    desk.at = ("sun", None)
    return desk.page.url.rstrip("/").rpartition("/")[2]


def sees(desk, name, number):
    """What the matter's own address answers to somebody."""
    desk.sit(name, "/ledger/")
    answer = desk.page.goto(reverse("grievances:detail", args=[number]))
    desk.at = (name, None)
    return answer.status


def test_a_report_lives_among_its_readers_from_registration_to_the_end(
    page, zhao, chen, sun, zhou, feng
):
    """Registered by 孙, on 周's desk, handled by 陈, verified by 周; the accused and the office find nothing."""
    people = {"zhao": zhao, "chen": chen, "sun": sun, "zhou": zhou, "feng": feng}
    desk = Desk(page, people)
    number = confided(desk)
    assert (sees(desk, "sun", number), sees(desk, "zhou", number)) == (200, 200)
    desk.act(number, "zhou", "accept", {})
    assert sees(desk, "sun", number) == 404  # taken up: of it he keeps the number
    desk.sit("sun", reverse("grievances:confidential"))
    expect(page.get_by_text(number)).to_be_visible()
    expect(page.get_by_text(SUMMARY)).to_have_count(0)
    assert sees(desk, "chen", number) == 404

    desk.act(number, "zhou", "assign", {"department": "民政办", "handler": "民政办 陈静"})
    life = [
        ("chen", "take_in_hand", {}), ("chen", "settle", REAL), ("chen", "answer", {"mode": "oral"}),
        ("zhou", "verify", ASKED), ("zhou", "close_out", {}),
    ]  # fmt: skip
    for name, act, said in life:
        desk.act(number, name, act, said)
    assert [sees(desk, other, number) for other in ("feng", "zhao", "sun", "chen")] == [404] * 3 + [
        200
    ]
    for other in ("feng", "zhou"):  # nor in the ledger of anybody, a reader's own among them
        desk.sit(other, "/ledger/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text(number)).to_have_count(0)
    desk.sit("zhou", reverse("grievances:detail", args=[number]))
    expect(page.get_by_text("已销号").first).to_be_visible()
    looks = page.locator("section[aria-label=涉密]")
    expect(looks).to_contain_text("陈静(民政办主任) 查看")
    expect(looks).not_to_contain_text("冯军(")  # who was refused did not look
    page.goto("about:blank")

    matter = Grievance.every.get(number=number)
    assert (matter.kind, matter.status, matter.satisfaction) == (
        "report",
        "closed_out",
        "satisfied",
    )
    assert not Grievance.objects.filter(pk=matter.pk).exists()


def test_a_declined_matter_is_told_why_and_where_to_go_and_its_letter_is_printed(page, li, zhao):
    """不予受理 with reason and channel; what to say stands on 李's page; the letter is numbered, printed, taken out."""
    desk = Desk(page, {"li": li, "zhao": zhao})
    number, reason = desk.register("demand"), DeclineReason.objects.exclude(go_to="").first()
    desk.act(
        number, "zhao", "decline", {"reason": f"{reason.name}({reason.go_to})", "words": "已立案"}
    )
    for act in ("accept", "assign", "settle", "answer"):  # nothing is left to be done with it
        expect(page.locator(f"#act-{act}")).to_have_count(0)

    desk.sit("li", reverse("grievances:detail", args=[number]))
    told = page.get_by_text(f"这件事没有受理：{reason.name}。")
    expect(told).to_contain_text(reason.go_to)

    desk.sit("zhao", reverse("grievances:detail", args=[number]))
    papers = page.get_by_role("region", name="打印和导出")
    papers.get_by_role("button", name="编号并打印").click()
    for words in ("不予受理告知书", "青山镇不受理〔2026〕1号".replace("2026", _year(number)), number,
                  reason.name, reason.go_to, "周大山："):  # fmt: skip
        expect(page.get_by_text(words).first).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name=".docx").first.click()
    said = docx_reading.text(coming.value.path().read_bytes())
    page.goto("about:blank")
    for words in ("周大山：", number, reason.name, reason.go_to):
        assert words in said, words
    assert IssuedPaper.objects.get().kind == "declined_notice"


def _year(number):
    return number.split("-")[1]
