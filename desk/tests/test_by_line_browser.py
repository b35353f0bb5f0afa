"""A team's paper, from the printer to the ledger: printed, read back, and entered by the keyboard alone."""

import datetime as dt
import io
import os
import sys
import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from conftest import PASSWORD
from grievances.models import Grievance
from tests.browser import sign_in
from tests.test_drafts_browser import badge, until_kept
from visits.models import DaySheet, SessionPolicy, Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONDAY = dt.datetime(2026, 11, 16, 10, tzinfo=dt.UTC)
EVENING = dt.datetime(2026, 11, 17, 12, tzinfo=dt.UTC)
HOMES, PER_CHARACTER = 24, 3  # a Chinese character costs about three keys of an input method
# What one press takes somebody who is no typist; 0 in the suite, 250 to measure (SHEET_KEY_MS=250)
PAUSE = int(os.environ.get("SHEET_KEY_MS", "0")) / 1000
SLOW = 0.25


class Hand:
    """A hand on the keyboard that counts what it presses."""

    def __init__(self, page):
        self.keyboard, self.acts = page.keyboard, 0

    def press(self, *keys):
        for key in keys:
            self.keyboard.press(key)
            self._took(1)

    def write(self, text):
        for letter in text:
            if letter.isascii():
                self.keyboard.press(letter)
            else:
                self.keyboard.insert_text(letter)
            self._took(1 if letter.isascii() else PER_CHARACTER)

    def _took(self, acts):
        self.acts += acts
        time.sleep(acts * PAUSE)


@pytest.fixture
def village(shiqiao, household):
    """24 households in the roll, 20 of them on the sheet."""
    for number in range(2, HOMES + 1):
        shiqiao.households.create(
            township=shiqiao.township, group=household.group, number=f"{number:03d}",
            head_name=f"吴{chr(0x4E00 + number)}", head_pinyin="wu",
        )  # fmt: skip
    SessionPolicy.objects.create(
        township=shiqiao.township, since=dt.date(2026, 1, 1), sheet_households=20, sheet_blanks=10
    )
    return shiqiao


def print_from_home(page, day, li):
    """Press the button on the desk, then the one that prints; returns the pages' words and the edition."""
    sign_in(page, li.username, PASSWORD)
    page.get_by_role("link", name="打印明天的走访单").click()
    page.wait_for_url(f"**{reverse('desk:sheet', args=[day.pk])}")
    return printed(page, day)


def printed(page, day):
    """What the button of the page prints, as the browser sends it."""
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    answer = page.request.post(
        reverse("desk:sheet", args=[day.pk]),
        form={
            "csrfmiddlewaretoken": page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        },
        headers={"Referer": page.url, "X-CSRFToken": cookies["csrftoken"]},
    )
    assert answer.headers["content-type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.body())).pages
    words = "".join("".join(each.extract_text().split()) for each in pages)
    return words, day.sheets.order_by("-number").first()


def focused(page):
    """The name of the field a key would go to."""
    return page.evaluate("document.activeElement.name || document.activeElement.id")


def stand_in_order(lines, words):
    """Names and numbers of the paper's lines, the twenty households first."""
    at = 0
    for line in lines[:20]:
        home = line.household
        said = f"{line.number}{home.head_name}{home.group}{home.number}"
        at = words.index(said, at) + 1  # names and numbers stand in order
    for line in lines[20:]:
        at = words.index(f"{line.number}接访", at) + 1


def enter_those_visited(hand):
    """Lines 1 to 20: nothing asked, but at a few doors something was said or asked."""
    for number in range(1, 21):
        if number in (5, 10, 15, 20):  # something was said
            hand.press("Shift+Tab")
            hand.write("想问医保怎么交")
        elif number in (7, 14):  # something was asked
            hand.press("Control+ArrowDown")
            hand.write("门前水渠堵了")
        else:
            hand.press("Space")
        hand.press("Enter")


def enter_those_who_came(hand):
    """Lines 21 to 30, which the paper left empty."""
    for number in range(21, 31):
        if number <= 24:  # a household that came by itself, by its number
            hand.write(f"{number:03d}")
            hand.press("Tab", "Tab", "Space")
        elif number <= 28:  # somebody from elsewhere
            hand.press("Tab")
            hand.write("问低保政策")
            hand.press("Tab", "Tab")
            hand.write("匿名")
        else:  # who stands at line 3 came again, with a matter
            hand.write("3")
            hand.press("Tab", "Control+ArrowDown")
            hand.write("路灯不亮")
        hand.press("Enter")


def test_thirty_lines_go_from_the_paper_into_the_book_by_keys_alone(
    page, li, feng, day, village, time_machine
):
    time_machine.move_to(MONDAY, tick=False)
    words, sheet = print_from_home(page, day, li)
    lines = list(sheet.lines.select_related("household__group").order_by("number"))
    stand_in_order(lines, words)
    assert f"第{sheet.number}版" in words

    time_machine.move_to(EVENING, tick=False)
    sign_in(page, li.username, PASSWORD, reverse("desk:by_line", args=[day.pk]))
    start, hand = time.monotonic(), Hand(page)
    hand.press("F2")
    hand.write("1")
    hand.press("Enter")
    assert focused(page) == "row-0-nothing_asked"
    enter_those_visited(hand)
    assert focused(page) == "row-20-household"
    enter_those_who_came(hand)
    hand.press("Control+Enter")
    page.wait_for_url("**/saved/**")
    took = time.monotonic() - start
    sys.stdout.write(f"\n30 lines: {hand.acts} key acts, {took:.0f} s\n")

    assert Visit.objects.count() == 30
    assert list(Visit.objects.order_by("line").values_list("line", flat=True)) == [*range(1, 31)]
    assert Visit.objects.filter(nothing_asked=True).count() == 18
    assert Grievance.objects.count() == 4
    third = lines[2].household
    assert Visit.objects.filter(household=third).count() == 3
    assert {line.visit.line for line in sheet.lines.exclude(visit=None)} == set(range(1, 31))
    assert hand.acts * SLOW <= 300


def test_a_number_leads_to_its_line_and_a_line_in_the_book_says_so(
    page, li, feng, day, village, time_machine
):
    time_machine.move_to(MONDAY, tick=False)
    print_from_home(page, day, li)
    time_machine.move_to(EVENING, tick=False)
    address = reverse("desk:by_line", args=[day.pk])
    sign_in(page, li.username, PASSWORD, address)
    hand = Hand(page)
    hand.press("F2")
    hand.write("17")
    hand.press("Enter")
    assert focused(page) == "row-16-nothing_asked"
    hand.press("Space")
    hand.write("4")  # on a tick, a figure is the beginning of a line's number
    hand.press("Enter")
    assert focused(page) == "row-3-nothing_asked"
    hand.press("Space", "Control+Enter")
    page.wait_for_url("**/saved/**")
    assert [each.line for each in Visit.objects.order_by("line")] == [4, 17]

    page.goto(address)
    page.wait_for_load_state("load")
    hand.press("F2")
    hand.write("17")
    hand.press("Enter")
    page.get_by_text("第17行").locator("visible=true").first.wait_for()
    assert "已录入" in page.locator("#day-word").inner_text()


def test_a_bare_number_that_a_household_has_is_that_household(
    page, li, feng, day, village, time_machine
):
    for home in village.households.all():
        village.households.filter(pk=home.pk).update(number=home.number.lstrip("0"))
    time_machine.move_to(MONDAY, tick=False)
    print_from_home(page, day, li)
    lines = {line.number: line for line in day.sheets.get().lines.select_related("household")}
    line = next(
        n for n, each in lines.items() if each.household and each.household.number != str(n)
    )
    time_machine.move_to(EVENING, tick=False)
    sign_in(page, li.username, PASSWORD, reverse("desk:by_line", args=[day.pk]))
    hand = Hand(page)
    hand.press("F2")
    hand.write("21")
    hand.press("Enter")
    hand.write(str(line))
    page.locator("#entry-21 [data-fill]").first.wait_for()
    hand.press("Enter", "Tab", "Tab", "Space", "Control+Enter")
    page.wait_for_url("**/saved/**")
    assert Visit.objects.get().household.number == str(line)


def test_after_a_change_there_is_a_second_edition_and_both_papers_enter_right(
    page, li, feng, day, village, time_machine
):
    time_machine.move_to(MONDAY, tick=False)
    first_words, _ = print_from_home(page, day, li)
    village.households.filter(number="001").update(residence="away")
    page.reload()
    second_words, _ = printed(page, day)
    assert ("第1版" in first_words, "第2版" in second_words) == (True, True)
    assert second_words.index("1吴丂") < second_words.index("2吴七")

    time_machine.move_to(EVENING, tick=False)
    sign_in(page, li.username, PASSWORD, f"{reverse('desk:by_line', args=[day.pk])}?sheet=1")
    page.get_by_role("link", name="第2版").wait_for()
    assert page.input_value("#id_row-0-household").startswith("001")
    page.check('[name="row-1-nothing_asked"]')
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/saved/**")
    page.goto(reverse("desk:by_line", args=[day.pk]))
    assert page.input_value("#id_row-0-household").startswith("002")
    page.check('[name="row-1-nothing_asked"]')
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/saved/**")
    met = Visit.objects.order_by("pk").values_list("line", "household__number")
    assert list(met) == [(2, "002"), (2, "003")]
    assert DaySheet.objects.count() == 2


def test_what_was_typed_from_one_paper_is_not_offered_on_another(
    page, li, feng, day, village, time_machine
):
    time_machine.move_to(MONDAY, tick=False)
    print_from_home(page, day, li)
    village.households.filter(number="001").update(residence="away")
    page.reload()
    printed(page, day)

    time_machine.move_to(EVENING, tick=False)
    first, second = (f"{reverse('desk:by_line', args=[day.pk])}?sheet={n}" for n in (1, 2))
    sign_in(page, li.username, PASSWORD, first)
    page.fill("#id_row-1-said", "说给第1版第2行的")
    page.locator("#id_row-2-said").focus()
    until_kept(page, state="draft")
    page.goto(second)
    page.wait_for_load_state("load")
    expect(badge(page)).to_have_text("1")
    assert page.locator(".draft-offer").count() == 0
    page.goto(first)
    page.get_by_role("button", name="恢复").click()
    expect(page.locator("#id_row-1-said")).to_have_value("说给第1版第2行的")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/saved/**")
    assert Visit.objects.get().household.number == "002"
