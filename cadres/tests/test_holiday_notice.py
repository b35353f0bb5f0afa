"""The text of the State Council's notice gives the days: a table of thirteen years, and what is refused."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadres import calendar_csv, holiday_notice

HERE = Path(__file__).parent / "notices"
YEARS = range(2014, 2027)
# Years whose notice and the carried file name the very same days; elsewhere the file also names
# weekends that a holiday touches, or what a later notice added.
SAME_TO_THE_DAY = (2016, 2017, 2018, 2021, 2022, 2024, 2025, 2026)
# Days that notices of their own settled later: the anniversary of 2015, 劳动节 2019, 春节 2020.
SETTLED_LATER = {
    *(dt.date(2015, 9, day) for day in (3, 4, 6)),
    *(dt.date(2019, 4, 28), dt.date(2019, 5, 2), dt.date(2019, 5, 3), dt.date(2019, 5, 5)),
    *(dt.date(2020, 1, 31), dt.date(2020, 2, 1)),
}


def notice_of(year):
    return holiday_notice.read((HERE / f"{year}.txt").read_text(encoding="utf-8"))


def said_of(year):
    """{day: kind} of a year, from its own notice and from what the next one says of its last days."""
    notices = [notice_of(each) for each in (year, year + 1) if each in YEARS]
    return {day.on: day.kind for notice in notices for day in notice.days if day.on.year == year}


def carried(year):
    with calendar_csv.CARRIED.open(encoding="utf-8") as stream:
        rows = [(dt.date.fromisoformat(row["date"]), row["kind"]) for row in csv.DictReader(stream)]
    return {on: kind for on, kind in rows if on.year == year}


def is_worked(on, days):
    return days[on] == "workday" if on in days else on.weekday() < 5


@pytest.mark.parametrize("year", YEARS)
def test_every_notice_is_read_whole(year):
    notice = notice_of(year)
    assert (notice.year, notice.faults, notice.unused) == (year, [], [])
    assert notice.names_lacking() == []
    assert notice.source.startswith(f"国务院办公厅关于{year}年部分节假日安排的通知 国办发明电〔")
    assert len(notice.source) <= 100


@pytest.mark.parametrize("gap", ["\n", "\r\n　　", "\n\n"])
def test_a_title_that_is_set_in_two_lines_is_read_as_one(gap):
    """As the government's own page sets it."""
    text = (HERE / "2026.txt").read_text(encoding="utf-8").replace("2026年部分", f"2026年{gap}部分")
    notice = holiday_notice.read(text)
    assert (notice.year, notice.faults) == (2026, [])
    assert notice.source == "国务院办公厅关于2026年部分节假日安排的通知 国办发明电〔2025〕7号"


@pytest.mark.parametrize("year", SAME_TO_THE_DAY)
def test_a_notice_names_exactly_the_carried_days(year):
    assert said_of(year) == carried(year)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year_is_worked_or_not_as_carried(year):
    said, known = said_of(year), carried(year)
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(365)]
    differ = {on for on in days if is_worked(on, said) != is_worked(on, known)}
    assert differ == {on for on in SETTLED_LATER if on.year == year}


def read(body, year=2026):
    return holiday_notice.read(body, year)


def days(notice):
    return [(f"{day.on:%Y-%m-%d}", day.kind) for day in notice.days]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        # Pasted from a chat: half-width, blanks, no line breaks between the items.
        (
            "一、元旦: 1月1日 (周四) 放假1天,不调休。 二、清明节: 4月6日 (周一) 补休。",
            [("2026-01-01", "holiday"), ("2026-04-06", "holiday")],
        ),
        # 元旦 that begins in December, with and without its year
        ("一、元旦：12月31日至1月1日放假，共2天。", [("2025-12-31", "holiday"), ("2026-01-01", "holiday")]),
        (
            "一、元旦：2025年12月31日放假。2025年12月28日（周日）上班。",
            [("2025-12-28", "workday"), ("2025-12-31", "holiday")],
        ),
        # The wording of 2015's anniversary: 调休 alone is a day off, 调休上班 is none
        (
            "一、纪念日：9月3日（星期四）放假，9月4日（星期五）调休，9月6日（星期日）调休上班。",
            [("2026-09-03", "holiday"), ("2026-09-04", "holiday"), ("2026-09-06", "workday")],
        ),
        # A plea is no holiday
        ("一、春节：2月16日放假。鼓励各单位安排职工在除夕（2月15日）放假。", [("2026-02-16", "holiday")]),
    ],
)  # fmt: skip
def test_wordings(body, found):
    notice = read(body)
    assert days(notice) == found
    assert notice.faults == []


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("一、元旦：1月1日（周五）放假。", "2026-01-01是周四，通知里写的是周五"),
        ("一、国庆节：10月1日至7日放假调休，共8天。", "通知写放假8天，读出来是7天"),
        ("一、国庆节：10月8日（周四）上班。", "2026-10-08本来就是工作日"),
        ("一、国庆节：10月4日放假。10月4日上班。", "既写了放假又写了上班"),
        ("一、国庆节：13月1日放假。", "不是日期"),
        ("一、国庆节：10月1日至2月1日放假。", "起止日期不对"),
        ("1月1日放假", "没有读到放假安排"),
        ("", "没有读到放假安排"),
        ("国务院办公厅关于2027年部分节假日安排的通知", "通知标题写的是2027年，您选的是2026年"),
    ],
)
def test_what_does_not_fit_is_said_and_not_guessed(body, sentence):
    faults = read(body).faults
    assert any(sentence in fault for fault in faults), faults


def test_without_any_year_nothing_is_read():
    notice = holiday_notice.read("一、元旦：1月1日放假。")
    assert notice.days == []
    assert "没有读到是哪一年" in notice.faults[0]


def test_a_date_with_no_word_of_what_happens_is_told():
    notice = read("一、元旦：1月1日放假。其中1月2日为公休日。")
    assert days(notice) == [("2026-01-01", "holiday")]
    assert notice.unused == ["元旦：其中1月2日为公休日"]


def test_a_holiday_no_item_speaks_of_is_missed():
    assert read("一、元旦：1月1日放假。二、国庆节、中秋节：10月1日放假。").names_lacking() == [
        "春节", "清明", "劳动", "端午",
    ]  # fmt: skip


@given(
    st.text(alphabet="一二三、：；。，0123456789年月日至放假上班共天（）周五星期 \n", max_size=200)
)
def test_no_text_breaks_it(text):
    notice = holiday_notice.read(text, 2026)
    assert [day.on for day in notice.days] == sorted({day.on for day in notice.days})
