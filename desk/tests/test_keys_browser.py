"""A liaison day of 12 rows and 5 matters: by the keyboard alone on a PC, and under a thumb at 360 px."""

import time

import pytest
from django.urls import reverse

from conftest import PASSWORD
from grievances.models import Grievance
from tests.browser import PHONE, sign_in
from villages.models import Household
from visits.models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECONDS_A_KEY = 0.28  # an ordinary typist's: 40 words a minute
A_ROW = 15  # seconds the office allows


@pytest.fixture
def twelve(shiqiao, household):
    """Twelve households, each found by the sound of its head."""
    heads = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子")
    place = {"township": shiqiao.township, "village": shiqiao, "group": household.group}
    for at, head in enumerate(heads, 2):
        Household.objects.create(number=f"{at:03}", head_name=f"周{head}", **place)
    return [f"{at:03}" for at in range(1, 13)]


class Hand:
    """A writer who only presses keys, and counts them."""

    def __init__(self, page):
        self.keyboard, self.acts = page.keyboard, 0

    def press(self, *keys):
        for key in keys:
            self.keyboard.press(key)
            self.acts += 1

    def type(self, text):
        """Digits and letters a key each; Chinese by pinyin, about three keys a character."""
        self.keyboard.insert_text(text)
        self.acts += sum(1 if each.isascii() else 3 for each in text)


MATTERS = {
    0: ["路灯不亮"],
    3: ["水渠堵了", "问低保怎么办"],
    7: ["村道坑洼"],
    11: ["垃圾没人清"],
}


def test_twelve_rows_and_five_matters_by_the_keyboard(page, li, day, twelve):
    sign_in(page, li.username, PASSWORD, reverse("desk:day", args=[day.pk]))
    page.evaluate(
        "window.mice = 0; addEventListener('pointerdown', () => { window.mice += 1 }, true)"
    )
    page.locator("#id_row-0-household").focus()
    hand, longest = Hand(page), 0
    for at, number in enumerate(twelve):
        assert page.evaluate("document.activeElement.name") == f"row-{at}-household"
        before = hand.acts
        hand.type(number)
        hand.press("Tab")
        if at % 2:
            hand.press("Tab", "Space")  # 无诉求
        else:
            hand.type("家里都好")
        for summary in MATTERS.get(at, ()):
            if at % 2 and page.evaluate("document.activeElement.type === 'checkbox'"):
                hand.press("Space")  # no 无诉求 after all
            hand.press("Control+ArrowDown")
            hand.type(summary)
        if at < 11:
            hand.press("Enter")
        longest = max(longest, hand.acts - before)
    hand.press("Control+Enter")
    page.wait_for_url("**/saved/**")
    page.get_by_text("走访接待 12 条、诉求 5 件").wait_for()
    assert [each.household.number for each in Visit.objects.order_by("line")] == twelve
    assert Visit.objects.filter(nothing_asked=True).count() == 3
    assert [matter.category.name for matter in Grievance.objects.order_by("pk")] == [
        "供电能源",
        "水利",
        "困难救助(低保/特困/临时救助)",
        "道路交通",
        "生态环境/人居环境",
    ]
    rows_alone = hand.acts / 12
    assert longest * SECONDS_A_KEY < A_ROW, f"{longest} key acts in the longest row"
    assert rows_alone * SECONDS_A_KEY < A_ROW


def test_no_mouse_is_needed_to_choose_a_household(page, li, day, neighbours):
    sign_in(page, li.username, PASSWORD, reverse("desk:day", args=[day.pk]))
    page.locator("#id_row-0-household").focus()
    page.keyboard.type("z", delay=20)
    page.locator("#entry-1 .found-one.is-chosen").wait_for()
    second = page.locator("#entry-1 .found-one").nth(1).get_attribute("data-fill")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#id_row-0-household") == second
    assert page.locator(".found-one").count() == 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "row-1-household"


def test_rows_and_matters_come_and_go_in_place(page, li, day, household):
    sign_in(page, li.username, PASSWORD, reverse("desk:day", args=[day.pk]))
    page.locator("#id_row-5-visitor").fill("匿名")
    page.locator("#entry-7").wait_for()  # a new row by itself, after the last one
    assert page.input_value("#id_row-TOTAL_FORMS") == "7"
    row = page.locator("#entry-6")
    for summary in ("头一件", "第二件"):
        row.get_by_role("button", name="加一件诉求").click()
        page.keyboard.insert_text(summary)
    row.locator(".entry-matter").first.get_by_role("button", name="去掉").click()
    row.get_by_role("button", name="加一件诉求").click()
    page.keyboard.insert_text("村口路灯不亮")
    row.get_by_text("按“路灯”归为“供电能源”").wait_for()
    row.get_by_label("当场办结").last.check()
    row.get_by_label("办理结果").last.fill("换了灯泡")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/saved/**")
    second, lamp = Grievance.objects.order_by("pk")
    assert (second.summary, lamp.summary, lamp.result) == ("第二件", "村口路灯不亮", "换了灯泡")


@pytest.mark.parametrize("door", ["填写今天的驻点日", "登记走访"])
def test_one_tap_leads_from_home_to_either_form(phone, li, day, door):
    """Four are allowed."""
    sign_in(phone, li.username, PASSWORD)
    phone.get_by_role("link", name=door).tap()
    phone.locator("#id_row-0-household").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_twelve_rows_and_five_matters_under_a_thumb(phone, li, day, twelve):
    sign_in(phone, li.username, PASSWORD)
    phone.get_by_role("link", name="填写今天的驻点日").tap()
    phone.locator("#day").wait_for()
    phone.wait_for_load_state("load")
    started = time.monotonic()
    for at, number in enumerate(twelve):
        phone.locator(f"#id_row-{at}-household").fill(number)
        row = phone.locator(f"#entry-{at + 1}")
        if at in MATTERS:
            phone.locator(f"#id_row-{at}-said").fill("家里都好")
            for summary in MATTERS[at]:
                row.get_by_role("button", name="加一件诉求").tap()
                row.get_by_label("诉求摘要").last.fill(summary)
        else:
            row.get_by_label("无诉求").check()
        phone.locator(f"#id_row-{at + 1}-household").wait_for()
    promised = phone.locator("#entry-1")
    promised.get_by_label("答应的事").fill("派电工来看")
    promised.get_by_label("几号以前").fill(str(day.on))
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.get_by_role("button", name="保存").tap()
    phone.wait_for_url("**/saved/**")
    phone.get_by_text("走访接待 12 条、诉求 5 件").wait_for()
    assert Visit.objects.count() == 12
    assert Grievance.objects.get(promise="派电工来看").promise_due_on == day.on
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert time.monotonic() - started < 12 * A_ROW
