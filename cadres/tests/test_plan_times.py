"""驻点时间 in the words of offices, and names in a cell: tables, no database."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadres.imports.names import read_people
from cadres.imports.posts import is_named, numbered
from cadres.imports.times import AFTERNOON, MORNING, read_holiday_rule, read_time, read_title
from cadres.models import LiaisonPlan
from cadres.rhythm import LAST, Recurrence, Rhythm
from cadres.tests.tables import rows

TUESDAY = Rhythm.tidy(Recurrence.WEEKLY, weekdays=[1])
TENTH = Rhythm.tidy(Recurrence.MONTHLY_DAY, month_days=[10])


@pytest.mark.parametrize(("text", "words", "why"), rows("rhythms.csv"))
def test_a_rhythm_is_read_as_the_table_says(text, words, why):
    said = read_time(text)
    assert not said.wrong, why
    assert said.rhythm.in_words() == words, why
    assert read_time(words).rhythm == said.rhythm, "what we write we read"


@pytest.mark.parametrize("text", ["驻点时间", ""])
def test_no_rhythm_is_none(text):
    said = read_time(text)
    assert (said.wrong, said.rhythm) == ("", None)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("每周二上午9:00-11:30", "09:00", "11:30"),
        ("每周二 上午9：00—12：00", "09:00", "12:00"),
        ("每周二9点至11点半", "09:00", "11:30"),
        ("每周二 9时到11时30分", "09:00", "11:30"),
        ("每周二下午2:30-5:00", "14:30", "17:00"),
        ("每周二下午3点~5点", "15:00", "17:00"),
        ("上午9:00至下午5:00", "09:00", "17:00"),
        ("每周二上午9:00—12:00，下午3:00—5:30", "09:00", "17:30"),
        ("每周二14:30-17:00", "14:30", "17:00"),
        ("每周二晚上7:00-9:00", "19:00", "21:00"),
    ],
)
def test_hours_are_read(text, start, end):
    said = read_time(text)
    assert not said.wrong
    assert said.hours == (dt.time.fromisoformat(start), dt.time.fromisoformat(end))


def test_a_half_day_is_no_hour():
    said = read_time("每月10日下午")
    assert (said.rhythm, said.hours, said.half) == (TENTH, None, AFTERNOON)
    assert read_time("周二上午").half == MORNING
    assert read_time("每周二全天").half == ""


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("每周二（遇节假日顺延）", "next"),
        ("每周二，节假日照常", "keep"),
        ("每周二(法定节假日除外)", "skip"),
        ("每周二，遇法定节假日则取消", "skip"),
        ("每周二，遇节假日补驻", "make_up"),
        ("每月第一个工作日", ""),
        ("每周二", ""),
    ],
)
def test_what_holidays_do_is_read(text, rule):
    said = read_time(text)
    assert not said.wrong
    assert said.holiday_rule == rule
    assert said.make_up_weekday is None


@pytest.mark.parametrize(
    "text",
    [
        "每周二（遇节假日周六补驻）",
        "每周二，遇节假日改在下一个星期六补",
        "周二,逢节假日于节后的周六补驻",
    ],
)
def test_the_weekday_for_making_up_is_read_with_it(text):
    said = read_time(text)
    assert (said.wrong, said.holiday_rule, said.make_up_weekday) == ("", "make_up", 5)
    assert said.rhythm == TUESDAY


@pytest.mark.parametrize("rule", LiaisonPlan.HolidayRule.values)
def test_what_a_list_says_of_holidays_is_read_back(rule):
    plan = LiaisonPlan(holiday_rule=rule, make_up_weekday=2)
    read, weekday = read_holiday_rule(plan.holiday_in_words())
    assert (read, weekday) == (rule, 2 if rule == "make_up" else None)


@pytest.mark.parametrize("text", ["补习中心", "村部", ""])
def test_another_cell_says_nothing_of_holidays(text):
    assert read_holiday_rule(text) == ("", None)


def test_what_older_lists_said_of_making_up_is_read_too():
    assert read_holiday_rule("在指定的星期几补") == ("make_up", None)


@pytest.mark.parametrize(
    "text",
    [
        "单周周二", "每月32日", "每月10日、32日", "每月第六个周二", "每旬第三个周三", "每月第24个工作日", "周五至周一",
        "每两周周二（自2026年2月30日起）", "指定3月5日", "指定2026年2月30日", "每季度第一个周一",
        "每天", "周末", "面议", "随时", "每周二，雨天改期", "每两周", "每月第二个", "每周二、面议",
        "每周二上午9:00开始", "每周二 2:30-5:00", "每周二9:00-8:00", "周二25:00-26:00", "每周二9:70-11:00",
        "2024年3月10日", "工作日", "每周二或周三", "=1+1", "9" * 40, "每周二" * 9000,
    ],
)  # fmt: skip
def test_what_a_plan_cannot_hold_is_refused_in_words(text):
    said = read_time(text)
    assert said.wrong
    assert said.rhythm is None


def test_a_number_in_the_wrong_cell_is_told_masked():
    assert "15400000001" not in read_time("每周二15400000001").wrong


def test_a_title_gives_the_day_and_the_hours():
    said = read_title(
        [
            "营仔镇领导干部驻点普遍直接联系群众工作安排表",
            "联系日：每周星期二    联系时间：上午9:00—12:00，下午3:00—5:30    监督电话：0759-0000000",
        ]
    )
    assert said.rhythm == TUESDAY
    assert said.hours == (dt.time(9), dt.time(17, 30))
    assert len(said.spans) == 2


@pytest.mark.parametrize(
    "text", ["2024年3月10日印发", "监督电话：0759-1234567", "序号", "单位：人"]
)
def test_a_title_without_a_time_gives_none(text):
    said = read_title([text])
    assert (said.rhythm, said.spans) == (None, ())


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("张平、王娜、林雪红", "张平 王娜 林雪红"),
        ("贾涛军，王峰步,李刚民", "贾涛军 王峰步 李刚民"),
        ("朱群辉  王利红  赵进涛", "朱群辉 王利红 赵进涛"),
        ("朱群辉　王利红", "朱群辉 王利红"),
        ("郝民\n冯浩强\r\n李进", "郝民 冯浩强 李进"),
        ("李 明、王　伟", "李明 王伟"),
        ("李　明　王利红　赵 进", "李明 王利红 赵进"),
        ("张平；王娜/林雪红", "张平 王娜 林雪红"),
        ("组长：周东军；成员：孙立、李明", "周东军 孙立 李明"),
        ("1.张平 2.王娜", "张平 王娜"),
        ("阿卜杜拉·买买提、迪丽 ", "阿卜杜拉·买买提 迪丽"),
        ("张平、、王娜、", "张平 王娜"),
        ("张平、张平", "张平"),
        ("无", ""),
        ("", ""),
        (" 　", ""),
    ],
)
def test_people_of_a_cell_are_parted(cell, names):
    assert " ".join(person.name for person in read_people(cell)) == names


def test_brackets_give_titles_and_phones():
    first, second, third = read_people(
        "王磊 （镇长，15400000001）、李进15400000002、高敏(154 0000 0003)"
    )
    assert (first.name, first.note, first.phones) == ("王磊", "镇长", ("15400000001",))
    assert (second.name, second.phones) == ("李进", ("15400000002",))
    assert (third.name, third.phones) == ("高敏", ("15400000003",))


@pytest.mark.parametrize("cell", ["孙新立等5人", "全体干部@", "张平、修"])
def test_what_is_no_name_is_told(cell):
    assert any(person.wrong for person in read_people(cell))


def test_posts_of_one_name_are_numbered():
    assert [numbered("副镇长", n) for n in (1, 2, 10, 11, 23)] == [
        "副镇长", "副镇长（二）", "副镇长（十）", "副镇长（十一）", "副镇长（二十三）",
    ]  # fmt: skip
    assert is_named("副镇长（三）", "副镇长")
    assert not is_named("副镇长助理", "副镇长")


def some(*values):
    """A few of these, at least one."""
    return st.lists(st.sampled_from(values), min_size=1, max_size=4)


rhythms = st.builds(
    Rhythm.tidy,
    st.sampled_from(Recurrence),
    weekdays=some(*range(7)),
    month_days=some(*range(1, 32), LAST),
    nth=st.sampled_from([1, 2, LAST]),
    month_parts=some(1, 2, 3),
    phase_from=st.none() | st.dates(dt.date(2004, 1, 1), dt.date(2099, 12, 31)),
    days=st.lists(st.dates(dt.date(2004, 1, 1), dt.date(2099, 12, 31)), min_size=1, max_size=9),
)


@given(rhythms, st.tuples(st.times(dt.time(6)), st.times(dt.time(6))))
def test_a_plan_in_words_reads_back_as_it_was(rhythm, hours):
    start, end = sorted(each.replace(second=0, microsecond=0) for each in hours)
    if start == end:
        return
    if rhythm.recurrence == Recurrence.FIRST_WORKING_WEEKDAY:
        rhythm = replace(rhythm, weekdays=rhythm.weekdays[:1])
    plan = LiaisonPlan(**rhythm.as_fields(), starts_at=start, ends_at=end)
    said = read_time(plan.in_words())
    assert not said.wrong
    assert (said.rhythm, said.hours) == (rhythm, (start, end))
