"""A year for the 22 villages of 营仔镇 in a real browser: by keyboard, and by a block copied from Excel."""

import datetime as dt

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from cadres.models import LiaisonPlan, LiaisonTeam
from cadres.roles import Role
from conftest import PASSWORD, appoint
from liaison import clock
from tests.browser import sign_in
from villages.models import Township, Village

from .import_files import DIVISIONS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = dt.date(2025, 12, 20)
# Tuesdays of 2026 that lie in a holiday (春节 15–23 February, 劳动节 1–5 May, 国庆 1–7 October) and where they go
MOVED = {
    dt.date(2026, 2, 17): dt.date(2026, 2, 24),
    dt.date(2026, 5, 5): dt.date(2026, 5, 6),
    dt.date(2026, 10, 6): dt.date(2026, 10, 8),
}
MAKE_UP_SATURDAYS = [
    dt.date(2026, 2, 14),
    dt.date(2026, 2, 28),
    dt.date(2026, 5, 9),
    dt.date(2026, 10, 10),
]


@pytest.fixture
def yingzai(monkeypatch):
    """营仔镇, its 22 villages and a team for each; it is 20 December 2025."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    call_command("import_divisions", str(DIVISIONS), township="440881109000", verbosity=0)
    township = Township.objects.get(code="440881109000")
    for number, village in enumerate(township.villages.in_order(), start=1):
        village.office = f"{village.name}一楼"
        village.save()
        team = LiaisonTeam.objects.create(township=township, name=f"{village.name}驻点团队")
        team.villages.add(village)
        lead = appoint(township, f"lead{number}", f"领导{number}", Role.CADRE)
        team.seats.create(post=lead.post, kind="lead")
    return township


@pytest.fixture
def grid(page, yingzai):
    """The clerk at the empty table of 2026, with the cursor in the first 驻点时间."""
    clerk = appoint(yingzai, "clerk", "赵敏", Role.OFFICE, title="驻点办干事")
    sign_in(page, clerk.username, PASSWORD, "/plans/grid/?year=2026")
    expect(page.locator(".grid-row")).to_have_count(22)
    page.locator('[name="r-0-rhythm"]').focus()
    return page


def press(page, word):
    """One of the buttons, as the clerk would."""
    page.get_by_role("button", name=word, exact=True).click()


def confirm(page):
    """Look at the days, then save them."""
    press(page, "核对全年日期")
    expect(page.locator("main")).to_contain_text("还没有保存。将新增 22 条")
    press(page, "确认保存")
    expect(page.locator("#messages")).to_contain_text("已保存：新增 22 条")


def paste(page, text):
    """Ctrl+V of cells that were copied in Excel."""
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def days(village):
    """What stands on the calendar for a village in 2026."""
    sessions = village.plans.get().sessions.filter(on__year=2026)
    return list(sessions.order_by("on").values_list("on", flat=True))


def check_tuesdays(village):
    """春节's Tuesday becomes one with the next, those of 劳动节 and 国庆 go to the first working day after."""
    tuesdays = {dt.date(2026, 1, 6) + dt.timedelta(weeks=week) for week in range(52)}
    assert tuesdays >= MOVED.keys()
    assert days(village) == sorted(tuesdays - MOVED.keys() | set(MOVED.values()))


def test_a_year_of_twenty_two_villages_by_keyboard(grid):
    """One cell is written, one key a village copies it down: 3 + 21 + 2 acts for the year."""
    keys = grid.keyboard
    keys.insert_text("每周二")
    acts = 1
    for _ in range(21):
        keys.press("ArrowDown")
        keys.press("Control+d")
        acts += 2
    expect(grid.locator('[name="r-21-rhythm"]')).to_have_value("每周二")
    # The last one sits another time: Enter and Tab as in a worksheet
    keys.insert_text("每月10日")
    keys.press("ArrowRight")
    keys.insert_text("14:30")
    keys.press("ArrowRight")
    keys.insert_text("17:00")
    acts += 5
    confirm(grid)
    acts += 2
    assert acts == 50
    villages = list(Village.objects.in_order())
    for village in villages[:21]:
        check_tuesdays(village)
    last = villages[21]
    assert last.plans.get().in_words() == "每月10日 14:30–17:00"
    assert dt.date(2026, 10, 10) in days(last)  # a Saturday that is worked
    assert dt.date(2026, 1, 10) not in days(last)  # one that is not
    assert dt.date(2026, 1, 12) in days(last)


def test_one_button_fills_the_column(grid):
    """Write one cell, 填到下面各行, look, save: four acts."""
    grid.keyboard.insert_text("每周二")
    press(grid, "填到下面各行")
    confirm(grid)
    assert LiaisonPlan.objects.count() == 22
    for village in Village.objects.in_order():
        check_tuesdays(village)


def test_a_block_of_cells_falls_where_the_cursor_is(grid):
    """Cells without village names: from the cell on, down and to the right."""
    lines = ["每周二\t9:00\t11:30"] * 20 + [
        "每周六\t9:00\t11:00\t\t取消当次",
        '每月10日\t14:30\t17:00\t"一楼\n东侧"\t照常驻点',
    ]
    paste(grid, "\r\n".join(lines) + "\r\n")
    expect(grid.locator('[name="r-21-rhythm"]')).to_have_value("每月10日")
    expect(grid.locator('[name="r-20-holiday_rule"]')).to_have_value("skip")
    confirm(grid)
    villages = list(Village.objects.in_order())
    for village in villages[:20]:
        check_tuesdays(village)
    # Of all Saturdays only those worked instead of a holiday are left
    assert days(villages[20]) == MAKE_UP_SATURDAYS
    # Kept through everything, the Saturdays too
    assert days(villages[21]) == [dt.date(2026, month, 10) for month in range(1, 13)]


def test_a_block_with_villages_goes_by_their_names(grid, yingzai):
    """In another order than the table's, with heads; one line is not understood and waits in its cell."""
    names = [village.name for village in yingzai.villages.in_order()]
    lines = ["驻点村\t驻点时间\t驻点地点"]
    lines += [
        f"{name.removesuffix('委会')}\t每周二上午9:00-11:30\t{name}二楼"
        for name in reversed(names[1:])
    ]
    lines.append(f"{names[0]}\t面议\t居委会大厅")
    paste(grid, "\n".join(lines))
    expect(grid.locator("main")).to_contain_text("已填入 22 行")
    wrong = grid.locator('[name="r-0-rhythm"]')
    expect(wrong).to_have_value("面议")
    expect(grid.locator("#f-0-rhythm")).to_contain_text("没有看懂")
    wrong.fill("每周二")
    confirm(grid)
    assert LiaisonPlan.objects.filter(place__endswith="二楼").count() == 21
    for village in Village.objects.in_order():
        check_tuesdays(village)


def test_enter_moves_down_and_leaving_a_typed_table_is_asked(grid):
    grid.keyboard.insert_text("每周二")
    grid.keyboard.press("Enter")
    expect(grid.locator('[name="r-1-rhythm"]')).to_be_focused()
    grid.keyboard.press("ArrowUp")
    expect(grid.locator('[name="r-0-rhythm"]')).to_be_focused()
    assert not LiaisonPlan.objects.exists()


def test_on_a_phone_the_table_reads_as_cards(phone, yingzai):
    clerk = appoint(yingzai, "clerk", "赵敏", Role.OFFICE, title="驻点办干事")
    sign_in(phone, clerk.username, PASSWORD, "/plans/grid/?year=2026")
    expect(phone.locator(".grid-row")).to_have_count(22)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


def test_at_the_width_of_an_office_pc_nothing_slides(grid):
    grid.set_viewport_size({"width": 1280, "height": 720})
    press(grid, "填到下面各行")
    grid.wait_for_load_state("load")
    assert grid.evaluate("document.documentElement.scrollWidth") == 1280
