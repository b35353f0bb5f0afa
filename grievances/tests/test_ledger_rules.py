"""What an older ledger may look like, row by row: words, days, other offices' layouts, people, places."""

import datetime as dt

import pytest

from cadres.workcalendar import WorkCalendar
from grievances.imports.codes import LEDGER_CODES
from grievances.imports.days import read_day, read_limit
from grievances.imports.words import VOCABULARY, is_nobody, read_done
from grievances.models import Grievance, Status
from grievances.tests.older_ledgers import ON, problems, staged, take, workbook
from liaison.models import ImportLine
from liaison.reading.file_refused import FileRefused
from villages.models import Resident

HEAD = ["编号", "登记日期", "村", "反映人", "反映的主要问题", "是否办结", "办结日期"]
ROW = ["A1", "2019-03-05", "石桥村", "周大山", "路灯不亮", "是", "2019-03-09"]


def row(**said):
    """ROW with some cells said otherwise, by head."""
    return [said.get(head, cell) for head, cell in zip(HEAD, ROW, strict=True)]


def only(township, *rows, head=HEAD, **book):
    """The one matter of a file, taken in; its file beside it."""
    ledger = take(workbook(head, *rows, **book), township)
    return Grievance.objects.get(), ledger


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


def test_units_and_people_of_ours_are_found_by_name(shiqiao, chen, minzheng):
    head = [*HEAD, "承办单位", "承办人"]
    matter, _ = only(shiqiao.township, [*ROW, "民政办", "陈静"], head=head)
    assert (matter.department, matter.handler, matter.handler_words) == (minzheng, chen, "")


def test_units_and_people_that_are_gone_stay_as_words(shiqiao, chen, minzheng):
    head = [*HEAD, "承办单位", "承办人"]
    matter, _ = only(shiqiao.township, [*ROW, "计生办", "陈静"], head=head)
    assert (matter.department, matter.handler, matter.handler_words) == (None, None, "计生办 陈静")


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


# --- people and places -----------------------------------------------------------------------


@pytest.fixture
def resident(household):
    """周大山 of 石桥村, with a number and a phone."""
    person = Resident(
        township=household.township, village=household.village, household=household, name="周大山"
    )
    person.set_id_number("430181197001019017")
    person.set_phones(["15400001234"])
    person.save()
    return person


def with_person(township, name, phone="", number="", village="石桥村"):
    head = [*HEAD, "联系电话", "身份证号"]
    return only(township, [*row(反映人=name, 村=village), phone, number], head=head)[0]


def test_somebody_certain_is_linked_to_his_household(resident, household):
    matter = with_person(household.township, "周大山", "154-0000-1234")
    assert (matter.household, matter.phone) == (household, "15400001234")


def test_his_id_number_finds_him_and_is_not_kept(resident, household):
    matter = with_person(household.township, "周大山", number="430181197001019017")
    assert matter.household == household
    kept = " ".join(
        str(getattr(matter, field.attname)) for field in Grievance._meta.concrete_fields
    )
    assert "430181197001019017" not in kept


@pytest.mark.parametrize(
    ("name", "phone", "village"),
    [
        ("周大山", "", "石桥村"),  # a name alone is not certain
        ("周小山", "15400001234", "石桥村"),
        ("某先生", "15400001234", "石桥村"),
        ("周大山", "15400001234", "和平村"),
    ],
)
def test_whoever_is_not_certain_stays_a_name(resident, household, heping, name, phone, village):
    matter = with_person(household.township, name, phone, village=village)
    assert (matter.household, matter.complainant) == (None, name)


def test_rows_of_another_village_are_refused_in_a_file_for_one(shiqiao, heping):
    data = workbook(HEAD, ROW, row(村="和平村"), row(村=""))
    ledger = take(data, shiqiao.township, shiqiao)
    assert problems(ledger) == {(3, "R-VILLAGE"), (4, "W-NUMBER"), (4, "W-REPEAT"), (2, "W-REPEAT")}
    assert set(Grievance.objects.values_list("village__name", flat=True)) == {"石桥村"}


def test_rows_outside_the_uploaders_territory_are_refused(shiqiao, heping, li):
    data = workbook(HEAD, ROW, row(村="和平村"), row(村="李家庄"))
    ledger = staged(data, shiqiao.township, within=li.village_scope())
    assert {(3, "R-TERRITORY"), (4, "R-TERRITORY")} <= problems(ledger)
    assert ledger.counts()["items"]["new"] == 1


def test_a_group_behind_the_village_is_kept(shiqiao):
    matter, ledger = only(shiqiao.township, row(村="石桥村第3组"))
    assert (matter.village, matter.village_words) == (shiqiao, "石桥村第3组")
    assert not problems(ledger)


def test_a_title_names_the_village_of_a_ledger_without_the_column(shiqiao):
    head = ["编号", "登记日期", "反映人", "反映的主要问题"]
    data = workbook(["青山镇石桥村民情台账"], head, ["1", "2019-03-05", "周大山", "路灯不亮"])
    ledger = take(data, shiqiao.township)
    assert Grievance.objects.get().village == shiqiao
    assert not ledger.notes()


@pytest.mark.parametrize(
    ("head", "day"),
    [("受理日期", "2019-02-01"), ("受理日期", "2030-01-01"), ("办理时限", "2019-02-01")],
)
def test_a_day_that_cannot_be_is_kept_as_words_only(shiqiao, head, day):
    matter, ledger = only(shiqiao.township, [*ROW, day], head=[*HEAD, head])
    assert (matter.accepted_on, matter.due_on) == (None, None)
    assert day in matter.origin_words + matter.due_words
    assert problems(ledger) == {(2, "W-ORDER")}


def test_a_ledger_without_villages_is_told_once(shiqiao):
    head = ["编号", "登记日期", "反映人", "反映的主要问题"]
    matter, ledger = only(shiqiao.township, ["1", "2019-03-05", "周大山", "路灯不亮"], head=head)
    assert matter.village is None
    assert not problems(ledger)
    assert "没有“村”一栏" in ledger.notes()[0]


NASTY = (
    "=1+1", "'", "9" * 30, "-1", "0000012345678", "①②③", "\U00020000王", "甲" * 3000, "1e999", "二〇一四年九月二日",
    "2014-13-45", "0000-00-00", "9999年12月底前", "百百百个工作日", "<script>alert(1)</script>", "%_%", "\u200b\ufeff",
    99999999999.0, -5.5, True,
)  # fmt: skip


def test_whatever_stands_in_a_cell_is_taken_or_refused_in_words(shiqiao):
    """Each field with each nasty value, in one file: nothing breaks, and twice is once."""
    heads = [VOCABULARY.label(name) for name in VOCABULARY.words]
    usual = {
        "登记日期": "2019-03-05",
        "村": "石桥村",
        "诉求摘要": "路灯不亮",
        "是否办结": "是",
        "办结日期": "2019-03-09",
    }
    rows = [
        [{**usual, head: nasty}.get(each) for each in heads] for head in heads for nasty in NASTY
    ]
    ledger = take(workbook(heads, *rows), shiqiao.township)
    assert Grievance.objects.count() + len(ledger.refused) == ledger.data_rows
    assert all(each.reason and each.fix for each in [*ledger.refused, *ledger.warnings])
    again = take(workbook(heads, *rows), shiqiao.township)
    assert again.counts()["items"]["new"] == again.counts()["items"]["changed"] == 0


def test_codes_and_sentences_fit_where_previews_keep_them():
    """PostgreSQL counts characters where SQLite does not."""
    longest = {
        name: ImportLine._meta.get_field(name).max_length for name in ("code", "reason", "fix")
    }
    for code, (reason, fix) in LEDGER_CODES.items():
        assert len(code) <= longest["code"], code
        assert len(reason) + 40 <= longest["reason"], code
        assert len(fix) <= longest["fix"], code
