"""Ledgers of other offices, small ones in their own words; our own template and exports."""

import datetime as dt
from io import BytesIO

import pytest
from openpyxl import load_workbook

from grievances.exports import PROFILES
from grievances.imports.template import template_workbook
from grievances.models import Grievance, Status
from grievances.tests.older_ledgers import ON, problems, staged, take, workbook
from liaison.imports.kinds import KINDS, Place
from liaison.imports.returned import problem_workbook
from liaison.reading.excel_read import Book, Sheet


def taken(township, *rows, village=None, **book):
    """The matters of a file in its order."""
    ledger = take(workbook(*rows, **book), township, village)
    assert not ledger.refused
    return list(Grievance.objects.order_by("pk"))


def test_a_petition_ledger_with_its_columns_numbered(shiqiao):
    """Layout 9: a title, a row that counts the columns, 办理情况 in one word."""
    one, two = taken(
        shiqiao.township,
        ["信访台账", *[None] * 14],
        list(range(1, 16)),
        ["编号", "责任科室", "信访方式", "标题", "接件时间", "举报类型", "类型", "乡镇", "转办时间", "应结办日期",
         "办理情况 (是/否)", "办结时间", "接件人", "科室接办人", "办理人"],
        ["信1", "纪检办", "来信", "低保评定不公", "2018-05-02", "举报", "作风", "青山镇", "2018-05-03", "2018-07-01",
         "是", "2018-06-20", "张三", "李四", "王五"],
        ["信2", "民政办", "来访", "危房没有改造", "2018-05-04", "求助", "住房", "青山镇", "2018-05-05", "2018-07-03",
         "否", None, "张三", "李四", "王五"],
    )  # fmt: skip
    assert (one.status, str(one.settled_on), one.source.name) == ("settled", "2018-06-20", "来信")
    assert (one.kind, one.category.name) == ("complaint", "干部作风")
    assert (two.is_open, str(two.assigned_on), two.category.name) == (True, "2018-05-05", "住房")
    assert one.village is None


def test_a_list_of_what_was_settled(shiqiao):
    """信访办结表: two header rows, no column that says settled; the title does."""
    (matter,) = taken(
        shiqiao.township,
        ["信访办结表", *[None] * 8],
        ["序号", "标题", "信访方式", "责任科室", "信访日期", "要求办结时间", "举报类型", "乡镇", "办理人"],
        [1, "水渠堵塞", "来访", "农办", "2018-05-02", "2018-05-20", "求助", "青山镇", "王五"],
    )  # fmt: skip
    assert (matter.status, matter.settled_on, str(matter.due_on)) == ("settled", None, "2018-05-20")


def test_the_long_form(shiqiao):
    """Layout 10: 查处状态 says whether it is settled, 受理时间 stands for the day."""
    (matter,) = taken(
        shiqiao.township,
        ["编号", "受理时间", "被举报人", "单位及职务", "信访来源", "信访形式", "信访方式", "举报人姓名", "举报内容",
         "办理方式", "查处状态", "处置方式", "处理结果", "处理情况(简要)", "承办人", "备注"],
        ["7", "2017.3.6", "某某", "某村会计", "上级交办", "来信", "署名", "周大山", "账目没有公开", "自办", "已办结",
         "谈话", "已公开", "已整改", "赵六", None],
    )  # fmt: skip
    assert (matter.status, matter.result, matter.source.name) == ("settled", "已公开", "领导交办")
    assert str(matter.registered_on) == "2017-03-06"
    assert "办理方式：自办\n谈话\n已整改" in matter.origin_words


def test_a_ledger_of_letters_with_three_parts_of_handling(shiqiao):
    """Layout 11: 接件时间 to the hour, 办理情况 over three columns."""
    (matter,) = taken(
        shiqiao.township,
        ["序号或来信编号", "信访类型", "接件时间", "信访人姓名和相关信息", "信访内容", "案件地点", "联系电话",
         "办理情况", None, None],
        [None, None, None, None, None, None, None, "转办", "现场处理", "回访"],
        ["L-9", "咨询", "2016年4月5日 9:30", "某先生", "医保怎样报销", "石桥村", "15400001111", None,
         "当面答复", "满意"],
    )  # fmt: skip
    assert (matter.village, matter.source_number) == (shiqiao, "L-9")
    assert (matter.kind, str(matter.registered_on)) == ("inquiry", "2016-04-05")
    assert "当面答复" in matter.origin_words
    assert "回访：满意" in matter.origin_words


def test_the_ledger_of_a_duty_team(shiqiao):
    """Layout 12, 庐阳: problem, handling, day, feedback; settled where it was said."""
    (matter,) = taken(
        shiqiao.township,
        ["日期", "群众反映的问题", "办理情况", "办结时间", "反馈情况"],
        ["2018-06-01", "楼道灯坏了", "现场办结", "2018-06-01", "已电话告知"],
        village=shiqiao,
    )
    assert (matter.status, matter.on_the_spot, matter.village) == ("settled", True, shiqiao)
    assert "反馈情况：已电话告知" in matter.origin_words


def test_the_list_of_needs(shiqiao):
    """Layout 12, 鄌郚: 需求内容, 落实举措, 责任人, 完成时限."""
    (matter,) = taken(
        shiqiao.township,
        ["登记日期", "村", "需求内容", "落实举措", "责任人", "完成时限"],
        ["2018-06-01", "石桥", "修水渠", "正在协调水利站", "王五", "2018年6月底前"],
        name="问题诉求清单",
    )
    assert (matter.status, matter.handler_words) == (Status.IN_HAND, "王五")
    assert str(matter.due_on) == "2018-06-30"


def test_serial_numbers_of_a_1904_workbook(shiqiao):
    (matter,) = taken(
        shiqiao.township,
        ["登记日期", "村", "反映的主要问题"],
        [40422, "石桥村", "路灯不亮"],
        date_1904=True,
    )
    assert str(matter.registered_on) == "2014-09-02"


def test_our_template_is_read_and_its_example_skipped(shiqiao):
    book = load_workbook(BytesIO(template_workbook()))
    assert book.sheetnames == ["民情台账", "填写说明"]
    heads = [cell.value for cell in book["民情台账"][1]]
    said = {
        "登记日期": "2019-03-05",
        "村": "石桥村",
        "反映的主要问题": "路灯不亮",
        "是否办结": "是",
    }
    for column, head in enumerate(heads, 1):
        book["民情台账"].cell(3, column, said.get(head))
    out = BytesIO()
    book.save(out)
    ledger = staged(out.getvalue(), shiqiao.township)
    assert ledger.counts()["items"]["new"] == 1
    assert not ledger.ignored_columns
    assert problems(ledger) == {(3, "W-END-NONE")}


@pytest.mark.parametrize("profile", PROFILES)
def test_our_own_export_is_a_ledger_that_changes_nothing(profile, matter_at, tmp_path):
    """Every profile is recognised; what the house has written itself stays as it is."""
    matter = matter_at("closed_out")
    version = matter.version
    path = tmp_path / "out.xlsx"
    export = PROFILES[profile](
        queryset=Grievance.objects.all(), user=None, on=ON, township=matter.township
    )
    export.save(path)
    ledger = take(path.read_bytes(), matter.township)
    assert ledger.counts() == {"items": {"new": 0, "changed": 0, "unchanged": 1, "missing": 0}}
    assert not ledger.refused
    matter.refresh_from_db()
    assert matter.version == version


def test_our_export_says_the_same_in_another_house(matter_at, elsewhere, foreign_village, tmp_path):
    """The columns are read back: days, state, kinds and words, in a township that knows nothing of it."""
    matter, path = matter_at("closed_out"), tmp_path / "out.xlsx"
    rows = Grievance.objects.all()
    PROFILES["internal"](queryset=rows, user=None, on=ON, township=matter.township).save(path)
    ledger = take(path.read_bytes(), elsewhere)
    copy = Grievance.objects.get(township=elsewhere)
    for name in ("registered_on", "complainant", "phone", "persons", "summary", "kind", "category", "source", "due_on",
                 "due_unit", "status", "settled_on", "settlement", "method", "result", "answered_on", "answer_mode",
                 "satisfaction", "closed_out_on"):  # fmt: skip
        assert getattr(copy, name) == getattr(matter, name), name
    assert copy.source_number == matter.number
    assert copy.village_words == "石桥村"
    assert problems(ledger) == {(each.row, "W-VILLAGE") for each in ledger.warnings}


def test_problem_rows_come_back_as_they_are(shiqiao):
    """下载问题行: put right and uploaded again they are taken, and nobody else is missing."""
    head = ["编号", "登记日期", "村", "反映人", "反映的主要问题", "是否办结", "办结日期"]
    good = ["A1", dt.date(2019, 3, 5), "石桥村", "周大山", "路灯不亮", "是", dt.date(2019, 3, 9)]
    odd = ["A2", dt.date(2019, 3, 6), "石桥村", "周小山", "水渠堵塞", "是", None]
    bad = ["A3", "去年", "石桥村", "周中山", "道路坑洼", "否", None]
    first = take(workbook(head, good, odd, bad), shiqiao.township)
    book = load_workbook(BytesIO(problem_workbook(first)))
    sheet = book.worksheets[0]
    for line in sheet.iter_rows(min_row=2):
        if line[0].value == "A2":
            line[6].value = "2019-03-20"
        else:
            line[1].value = "2019.3.7"
    out = BytesIO()
    book.save(out)
    again = take(out.getvalue(), shiqiao.township)
    assert again.counts()["items"] == {"new": 1, "changed": 1, "unchanged": 0, "missing": 0}
    assert not again.refused
    assert str(Grievance.objects.get(source_number="A2").settled_on) == "2019-03-20"


@pytest.mark.parametrize("cell", ["፩", "፩2", float("inf"), float("nan")])
def test_a_number_nobody_writes_costs_the_row_nothing(shiqiao, cell):
    head = [
        "编号",
        "登记日期",
        "村",
        "反映人",
        "反映人数",
        "反映的主要问题",
        "是否办结",
        "办结日期",
    ]
    row = ["A1", "2019.3.5", "石桥村", "周大山", cell, "路灯不亮", "否", cell]
    ledger = KINDS["ledger"].stage(
        Book("xlsx", [Sheet("台账", [head, row])]), Place(shiqiao.township, ON)
    )
    assert ledger.counts()["items"]["new"] == 1


@pytest.mark.parametrize("said", ["负责人：王强", "经办人：王五", "备注：已电话告知", "小计"])
def test_no_matter_is_passed_over_for_what_stands_beside_it(shiqiao, said):
    head = ["编号", "登记日期", "村", "反映人", "反映的主要问题", "承办人", "是否办结"]
    row = ["A1", "2019.3.5", "石桥村", "周大山", "路灯不亮", said, "否"]
    signed = ["", "", "", "", "审核人：王强", "2019年3月5日", ""]
    assert len(taken(shiqiao.township, head, row, signed)) == 1
