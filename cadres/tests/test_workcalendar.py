"""工作日: over 春节 and 国庆, with 调休, with a local day, and where nothing was published yet."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from cadres.models import CalendarDay, CalendarYear
from cadres.tests.tables import day, rows
from cadres.workcalendar import CalendarNotPublished, WorkCalendar

NEW_YEAR_2027 = dt.date(2027, 1, 1)


@pytest.fixture
def calendar(db):
    """The country's calendar, as the migration loaded it."""
    return WorkCalendar.load()


@pytest.mark.parametrize(("on", "works", "why"), rows("workdays.csv"))
def test_workdays_match_the_table(calendar, on, works, why):
    assert calendar.is_workday(day(on)) is (works == "是"), why


@pytest.mark.parametrize(("start", "count", "due", "why"), rows("added_workdays.csv"))
def test_counted_workdays_match_the_table(calendar, start, count, due, why):
    assert calendar.add_workdays(day(start), int(count)) == day(due), why


def test_every_year_from_2004_to_2026_is_published(calendar):
    assert calendar.years == set(range(2004, 2027))


def test_an_unpublished_year_is_said_not_guessed(calendar):
    with pytest.raises(CalendarNotPublished, match="2027年工作日历未发布，请"):
        calendar.is_workday(NEW_YEAR_2027)
    with pytest.raises(CalendarNotPublished, match="2027年"):
        calendar.add_workdays(dt.date(2026, 12, 30), 2)
    with pytest.raises(CalendarNotPublished, match="2003年"):
        calendar.is_workday(dt.date(2003, 12, 31))


def test_days_are_not_counted_backwards(calendar):
    with pytest.raises(ValueError, match="forwards"):
        calendar.add_workdays(dt.date(2026, 11, 23), -1)


def test_a_local_day_counts_in_its_own_township_only(qingshan, elsewhere):
    market_day = dt.date(2026, 11, 24)
    CalendarDay.objects.create(township=qingshan, on=market_day, kind="holiday", name="庙会")
    assert not WorkCalendar.load(qingshan).is_workday(market_day)
    assert WorkCalendar.load(elsewhere).is_workday(market_day)
    assert WorkCalendar.load().is_workday(market_day)


def test_a_local_day_goes_before_the_countrys(qingshan):
    national_day = dt.date(2026, 10, 1)
    CalendarDay.objects.create(township=qingshan, on=national_day, kind="workday", name="防汛")
    assert WorkCalendar.load(qingshan).is_workday(national_day)
    assert not WorkCalendar.load().is_workday(national_day)


def test_the_calendar_is_read_in_two_queries(qingshan, django_assert_num_queries):
    with django_assert_num_queries(2):
        WorkCalendar.load(qingshan)


@pytest.fixture
def file_2027(tmp_path):
    """A made-up notice for 2027."""
    path = tmp_path / "2027.csv"
    path.write_text(
        "date,kind,name\n2027-01-01,holiday,元旦\n2027-01-03,workday,元旦\n", encoding="utf-8"
    )
    return path


def test_a_year_is_published_from_a_file_and_again_without_doubling(db, file_2027):
    for _ in range(2):
        call_command("load_work_calendar", str(file_2027), source="国办发明电〔2026〕0号")
    calendar = WorkCalendar.load()
    assert not calendar.is_workday(NEW_YEAR_2027)
    assert calendar.is_workday(dt.date(2027, 1, 3))
    assert CalendarDay.objects.filter(on__year=2027).count() == 2
    assert CalendarYear.objects.get(year=2027).source == "国办发明电〔2026〕0号"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("日期,类型\n2027-01-01,holiday\n", "首行应为"),
        ("date,kind,name\n2027年元旦,holiday,元旦\n", "第 2 行不对"),
        ("date,kind,name\n2027-01-01,festival,元旦\n", "第 2 行不对"),
        ("date,kind,name\n2027-01-01,holiday\n", "第 2 行不对"),
        ("date,kind,name\n2027-01-01,holiday,元旦\n2027-01-01,holiday,元旦\n", "出现了两次"),
        ("", "首行应为"),
    ],
)
def test_a_wrong_file_publishes_nothing(db, tmp_path, text, sentence):
    path = tmp_path / "wrong.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=sentence):
        call_command("load_work_calendar", str(path))
    assert not CalendarYear.objects.filter(year=2027).exists()
