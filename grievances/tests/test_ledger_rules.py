"""What an older ledger may look like, row by row: days, words, refusals, what a row holds."""

import datetime as dt

import pytest

from cadres.workcalendar import WorkCalendar
from grievances.imports.codes import LEDGER_CODES
from grievances.imports.days import read_day, read_limit
from grievances.imports.words import is_nobody, read_done
from grievances.models import Grievance, Status
from grievances.tests.older_ledgers import ON, problems, staged, take, workbook
from liaison.models import ImportLine
from liaison.reading.file_refused import FileRefused

from .ledger_rows import HEAD, ROW, only, row


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (dt.datetime(2014, 9, 2, tzinfo=None), "2014-09-02"),  # noqa: DTZ001 (cells know no zone)
        ("2014-09-02", "2014-09-02"),
        ("2014.9.2", "2014-09-02"),
        ("2014年9月2日", "2014-09-02"),
        ("2014/9/2", "2014-09-02"),
        ("14.9.2", "2014-09-02"),
        ("２０１４．９．２", "2014-09-02"),
        ("2014-09-02 15:30", "2014-09-02"),
        (41884.0, "2014-09-02"),
        ("41884", "2014-09-02"),
        ("20140902", "2014-09-02"),
    ],
)
def test_a_day_in_any_spelling(value, day):
    assert str(read_day(value, on=ON).on) == day


def test_serial_numbers_follow_the_calendar_of_the_workbook():
    assert str(read_day(40422.0, on=ON, date_1904=True).on) == "2014-09-02"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("15个工作日", "2014-12-18"), ("15个工作日内办结", "2014-12-18"), ("一个月内", "2014-12-27"),
        ("三个月", "2015-02-27"), ("半个月内", "2014-12-12"), ("两周内", "2014-12-11"), ("十天", "2014-12-07"),
        ("24小时内", "2014-11-28"), ("当日办结", "2014-11-27"), ("2015年6月底前", "2015-06-30"),
        ("6月底前", "2015-06-30"), ("12月底", "2014-12-31"), ("年底前", "2014-12-31"), ("月底前", "2014-11-30"),
        ("2015年2月末", "2015-02-28"), ("2015年6月30日前", "2015-06-30"), ("2014-12-05(工作日)", "2014-12-05"),
        ("尽快", "None"), ("长期", "None"), ("2013年9个工作日", "None"), ("999999999年", "None"), ("13月底", "None"),
    ],
)  # fmt: skip
def test_a_limit_in_words_counts_from_the_registration(text, due):
    calendar = WorkCalendar([2014, 2015], {})
    limit = read_limit(text, start=dt.date(2014, 11, 27), on=ON, calendar=calendar)
    assert str(limit.due_on) == due
    assert limit.words == ("" if "(" in text else text)


def test_a_year_without_a_work_calendar_leaves_the_words():
    limit = read_limit(
        "15个工作日", start=dt.date(1999, 12, 30), on=ON, calendar=WorkCalendar([2014], {})
    )
    assert (limit.due_on, limit.words) == (None, "15个工作日")


@pytest.mark.parametrize("word", ["是", "已办结", "办结", "√", "已结", " 已 结 ", "已销号"])
def test_words_for_settled(word):
    assert read_done(word) is True


@pytest.mark.parametrize(
    "word", ["否", "办理中", "正在处理", "未办结", "", None, "已受理", "不予受理"]
)
def test_words_for_open(word):
    assert read_done(word) is False


def test_a_word_that_does_not_tell_is_open_with_a_warning(shiqiao):
    matter, ledger = only(shiqiao.township, row(是否办结="基本办结了吧"))
    assert matter.is_open
    assert problems(ledger) == {(2, "W-DONE-WORD"), (2, "W-OPEN-SETTLED")}


@pytest.mark.parametrize("name", ["匿名", "群众", "某先生", "王女士", "", "/", "部分村民"])
def test_words_that_are_nobody(name):
    assert is_nobody(name)


def test_names_are_somebody():
    assert not any(map(is_nobody, ("王兵红", "上官洁", "买买提·艾力")))


# --- days and refusals -----------------------------------------------------------------------


def test_without_a_day_of_registration_another_day_stands_for_it(shiqiao):
    matter, ledger = only(shiqiao.township, row(登记日期=None))
    assert str(matter.registered_on) == "2019-03-09"
    assert problems(ledger) == {(2, "W-REGISTERED")}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"登记日期": None, "办结日期": None}, "R-DAY"),
        ({"登记日期": "去年", "办结日期": "上月"}, "R-DAY"),
        ({"登记日期": "2031-01-01"}, "R-DAY-FUTURE"),
        ({"登记日期": "1900-01-01"}, "R-DAY-OLD"),
        ({"反映的主要问题": "无"}, "R-CONTENT"),
    ],
)
def test_a_row_that_cannot_be_a_matter_is_refused_and_the_others_taken(shiqiao, said, code):
    ledger = take(workbook(HEAD, row(**said), ROW), shiqiao.township)
    assert (2, code) in problems(ledger)
    assert [each.row for each in ledger.refused] == [2]
    assert Grievance.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "code", "settled"),
    [
        ({"办结日期": "2030-01-01"}, "W-END-FUTURE", None),
        ({"办结日期": "某日"}, "W-DAY", None),
        ({"办结日期": "2019年4月"}, "W-DAY-MONTH", "2019-04-01"),
    ],
)
def test_an_odd_day_of_settling_is_told(shiqiao, said, code, settled):
    matter, ledger = only(shiqiao.township, row(**said))
    assert matter.status == Status.SETTLED
    assert str(matter.settled_on) == str(settled)
    assert (2, code) in problems(ledger)


@pytest.mark.parametrize("heads", [["编号", "姓名", "电话"], ["户主", "姓名", "与户主关系"]])
def test_a_table_that_is_no_ledger_is_refused_whole(shiqiao, heads):
    with pytest.raises(FileRefused) as refusal:
        staged(workbook(heads, ["1", "2", "3"]), shiqiao.township)
    assert refusal.value.code == "F-HEADER"


def test_a_header_with_nothing_under_it_is_refused_whole(shiqiao):
    with pytest.raises(FileRefused) as refusal:
        staged(workbook(HEAD, ["合计", "", "", "", "", "", ""]), shiqiao.township)
    assert refusal.value.code == "F-EMPTY"


# --- what a row holds ------------------------------------------------------------------------


def test_a_long_matter_keeps_every_word(shiqiao):
    text = "路灯" * 100 + "\n第二段"
    matter, _ = only(shiqiao.township, row(反映的主要问题=text))
    assert (matter.summary, matter.detail) == (text[:60], text)


def test_an_unknown_class_goes_to_other_with_a_warning(shiqiao):
    head = [*HEAD, "类别"]
    matter, ledger = only(shiqiao.township, [*ROW, "航空航天"], head=head)
    assert matter.category.name == "其他"
    assert "类别：航空航天" in matter.origin_words
    assert problems(ledger) == {(2, "W-TOPIC")}


@pytest.mark.parametrize(
    ("days", "status"),
    [
        (["", "", ""], Status.SETTLED),
        (["2019-03-10", "", ""], Status.ANSWERED),
        (["2019-03-10", "2019-03-11", ""], Status.VERIFIED),
        (["2019-03-10", "", "2019-03-12"], Status.CLOSED_OUT),
        (["", "2019-03-11", ""], Status.SETTLED),
    ],
)
def test_settled_answered_and_crossed_off_are_three_days(shiqiao, days, status):
    head = [*HEAD, "反馈日期", "回访日期", "销号日期"]
    matter, _ = only(shiqiao.township, [*ROW, *days], head=head)
    assert matter.status == status
    assert str(matter.closed_out_on or "") == days[2]


def test_declined_needs_no_reason_when_the_file_has_none(shiqiao):
    matter, _ = only(shiqiao.township, row(是否办结="不予受理", 办结日期=None))
    assert (matter.status, matter.decline_reason) == (Status.DECLINED, None)


@pytest.mark.parametrize(
    ("head", "day"),
    [("受理日期", "2019-02-01"), ("受理日期", "2030-01-01"), ("办理时限", "2019-02-01")],
)
def test_a_day_that_cannot_be_is_kept_as_words_only(shiqiao, head, day):
    matter, ledger = only(shiqiao.township, [*ROW, day], head=[*HEAD, head])
    assert (matter.accepted_on, matter.due_on) == (None, None)
    assert day in matter.origin_words + matter.due_words
    assert problems(ledger) == {(2, "W-ORDER")}


def test_codes_and_sentences_fit_where_previews_keep_them():
    """PostgreSQL counts characters where SQLite does not."""
    longest = {
        name: ImportLine._meta.get_field(name).max_length for name in ("code", "reason", "fix")
    }
    for code, (reason, fix) in LEDGER_CODES.items():
        assert len(code) <= longest["code"], code
        assert len(reason) + 40 <= longest["reason"], code
        assert len(fix) <= longest["fix"], code
