"""The sample ledger of 营仔镇, 200 matters as an office kept them: each planted problem, and the numbers."""

import datetime as dt

import pytest

from grievances.models import Grievance, Settlement, Status
from grievances.tests.older_ledgers import SAMPLE, problems, staged, take, yingzai
from liaison.excel import Export
from liaison.imports.kinds import UNCHANGED

LETTERS = (35, 38, 39, 40, 41, 42, 43)
WARNED = {(row, "W-REPEAT") for row in LETTERS} | {
    (132, "W-DUE"), (62, "W-END-NONE"), (77, "W-END-NONE"), (128, "W-END-NONE"),
    (7, "W-END-EARLY"), (177, "W-END-EARLY"), (161, "W-OPEN-SETTLED"), (158, "W-VILLAGE"),
}  # fmt: skip
CLOSED = (Status.SETTLED, Status.ANSWERED, Status.VERIFIED, Status.CLOSED_OUT)


@pytest.fixture
def township(db):
    """营仔镇."""
    return yingzai()


@pytest.fixture
def ledger(township):
    """The sample, taken in."""
    return take(SAMPLE.read_bytes(), township, name=SAMPLE.name)


def matter(row):
    """The matter of a row of the sample: 编号 counts on from row 4, the year changes with the day."""
    return Grievance.objects.get(source_number__endswith=f"{row - 3:03d}")


def test_everything_is_taken_and_only_what_is_odd_is_told(ledger):
    assert ledger.counts() == {"items": {"new": 200, "changed": 0, "unchanged": 0, "missing": 0}}
    assert problems(ledger) == WARNED
    assert (ledger.data_rows, Grievance.objects.count()) == (200, 200)


@pytest.mark.parametrize(
    ("kind", "total", "done"),
    [("suggestion", 58, 47), ("dispute", 106, 68), ("help", 22, 17), ("inquiry", 14, 11)],
)
def test_each_kind_has_the_numbers_counted_by_hand(ledger, kind, total, done):
    rows = Grievance.objects.filter(kind=kind)
    assert (rows.count(), rows.filter(status__in=CLOSED).count()) == (total, done)


def test_the_file_says_settled_and_no_more(ledger):
    """Neither answered nor crossed off is written anywhere: nobody is said to have done it."""
    assert set(Grievance.objects.filter(status__in=CLOSED).values_list("status", flat=True)) == {
        Status.SETTLED
    }
    assert not Grievance.objects.exclude(answered_on=None, closed_out_on=None).exists()
    assert not Grievance.objects.exclude(settlement="").exists()
    assert Grievance.objects.filter(satisfaction="satisfied").count() == 53


def test_open_ones_stand_where_the_words_leave_them(ledger):
    assert matter(5).status == Status.IN_HAND  # 已转相关部门
    assert matter(6).status == Status.IN_HAND  # 正在调查
    assert matter(18).status == Status.ACCEPTED  # nothing but a day of acceptance


@pytest.mark.parametrize(
    ("row", "registered", "settled"),
    [
        (4, "2014-09-02", "2014-10-19"),  # serial numbers
        (5, "2014-09-02", None),  # real dates
        (8, "2014-09-03", "2014-10-15"),  # 2014-09-03
        (10, "2014-09-07", "2014-10-24"),  # 14.9.7
        (25, "2014-10-07", "2014-10-15"),  # 2014.10.7
        (60, "2014-11-25", "2015-01-14"),  # 2014年11月25日
        (149, "2015-03-31", "2015-05-18"),  # 2015/3/31
    ],
)
def test_each_spelling_of_a_day_is_the_day(ledger, row, registered, settled):
    found = matter(row)
    assert str(found.registered_on) == registered
    assert (found.settled_on and str(found.settled_on)) == settled


@pytest.mark.parametrize(
    ("row", "due", "words"),
    [
        (63, "2014-12-18", "15个工作日"),
        (120, "2015-03-13", "一个月内"),
        (84, "2015-06-30", "2015年6月底前"),
        (132, None, "尽快"),
    ],
)
def test_a_limit_in_words_is_worked_out_or_kept(ledger, row, due, words):
    found = matter(row)
    assert (found.due_on and str(found.due_on), found.due_words) == (due, words)


@pytest.mark.parametrize("row", [62, 77, 128, 7, 177])
def test_a_day_of_settling_that_lacks_or_cannot_be_true_is_kept_off(ledger, row):
    found = matter(row)
    assert (found.status, found.settled_on) == (Status.SETTLED, None)
    assert (row in (7, 177)) == ("办结时间：201" in found.origin_words)


def test_a_day_beside_an_open_matter_settles_nothing(ledger):
    found = matter(161)
    assert (found.is_open, found.settled_on) == (True, None)
    assert "办结时间：2015-04-24" in found.origin_words


@pytest.mark.parametrize(("row", "name"), [(157, "匿名"), (167, "群众"), (171, "某先生")])
def test_nobody_is_made_of_anonymous(ledger, row, name):
    found = matter(row)
    assert (found.complainant, found.household) == (name, None)


@pytest.mark.parametrize(("row", "words"), [(155, ""), (88, ""), (99, "包墩村面前领村")])
def test_each_spelling_of_a_village_is_the_village(ledger, row, words):
    found = matter(row)
    assert (found.village.name, found.village_words) == ("包墩村委会", words)


def test_a_village_nobody_knows_waits_and_no_village_is_made(ledger, township):
    found = matter(158)
    assert (found.village, found.village_name) == (None, "李家庄(村待核)")
    assert township.villages.count() == 22


def test_seven_letters_stay_seven(ledger):
    letters = Grievance.objects.filter(complainant="王兵红", registered_on=dt.date(2014, 10, 21))
    assert letters.count() == 7


def test_line_breaks_are_kept(ledger):
    assert matter(67).detail == "村口路灯坏了5盏，晚上出行不便\n（已拍照，见附件）"


def test_a_text_that_begins_with_an_equals_sign_stays_text(ledger, tmp_path):
    from openpyxl import load_workbook

    from grievances.exports import LedgerExport

    found = matter(111)
    assert found.summary == "=反映祖坟迁移补偿标准与公示不一致"
    rows = Grievance.objects.filter(pk=found.pk)
    export = LedgerExport(
        queryset=rows, user=None, on=dt.date(2026, 11, 20), township=found.township
    )
    assert isinstance(export, Export)
    export.save(tmp_path / "out.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "out.xlsx").active for cell in row]
    said = [cell for cell in cells if str(cell.value).endswith("反映祖坟迁移补偿标准与公示不一致")]
    assert said
    assert {cell.data_type for cell in said} == {"s"}


def test_numbers_are_of_our_series_in_the_year_of_registration(ledger):
    first, last = matter(4), matter(203)
    assert (first.number, first.source_number) == ("109-2014-00001", "MQ2014001")
    assert (last.number, last.source_number) == ("109-2015-00120", "MQ2015200")


def test_history_has_one_line_that_names_the_row(ledger):
    found = matter(4)
    step = found.steps.get()
    assert (step.act_name, step.by_name, step.to_status) == ("历史台账导入", "系统", "settled")
    assert step.words == f"《{SAMPLE.name}》工作表“民情台帐”第4行，原编号MQ2014001"
    assert found.registered_on < found.entered_at.date()


def test_what_has_no_field_is_kept_word_for_word(ledger):
    assert matter(4).origin_words == (
        "反映方式：重点约访\n性别：女\n事项大类：意见建议\n事项小类：意见建议\n驻点团队：凌禄村驻点团队\n"
        "责任领导：韩旭群\n承办人：胡毅\n办理情况：已答复\n是否办结：已结\n群众是否满意：未回访"
    )
    assert (matter(4).handler_words, matter(4).result) == ("胡毅", "已答复")


def test_categories_follow_the_smaller_class(ledger):
    names = {row: matter(row).category.name for row in (8, 9, 10, 4, 18)}
    assert names == {8: "征地拆迁", 9: "林水土权属", 10: "邻里婚姻家庭", 4: "其他", 18: "政策咨询"}
    assert not Grievance.objects.filter(settlement__in=Settlement.values).exists()


def test_the_same_file_again_changes_nothing(ledger, township):
    again = take(SAMPLE.read_bytes(), township)
    assert again.counts() == {"items": {"new": 0, "changed": 0, "unchanged": 200, "missing": 0}}
    assert {each.kind for each in again.lines()} == {UNCHANGED}
    assert Grievance.objects.count() == 200


def test_two_stagings_of_one_file_are_one_and_the_same(township):
    first, second = (staged(SAMPLE.read_bytes(), township) for _ in range(2))
    assert first.fingerprint() == second.fingerprint()
