"""基础数据 brought in by files: shown before it is stored, refused row by row, and nothing comes in unseen."""

import pytest
from django.urls import reverse

from grievances.models import Category, DeadlinePolicy, SettlementMethod, Source
from liaison.models import AuditEntry
from liaison.reference import actions
from liaison.reference.reading import read_rows
from liaison.reference.staging import stage
from liaison.reference.tables import TABLES
from tests.reference_files import HEADS, book, confirm, confirmation, counts, office, text, upload
from villages.models import ResidentTag

__all__ = ["office"]  # fixtures, asked for by name


def test_a_preview_shows_each_row_and_stores_nothing(office):
    page = upload(
        office, book([["01", "农田水利", "1", "在用"], ["", "防汛", "", ""], ["02", "", "", ""]])
    )
    assert page.status_code == 200
    told = counts(page)
    assert (told["新增"], told["变更"], told["未收"], told["未列"]) == (1, 1, 1, 20)
    shown = text(page)
    assert "名称：水利 → 农田水利" in shown
    assert "名称没有填写" in shown
    assert Category.objects.filter(name="水利").exists()
    assert not Category.objects.filter(name="防汛").exists()
    assert not AuditEntry.objects.exists()


def test_confirming_stores_it_once_with_a_line_for_each_row(office):
    page = upload(office, book([["01", "农田水利", "1", "在用"], ["", "防汛", "", ""]]))
    said = confirmation(page)
    answers = [office.post(reverse("settings:categories_import"), said) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Category.objects.get(code="01").name == "农田水利"
    new = Category.objects.get(name="防汛")
    assert (new.code, new.is_active) == ("22", True)
    lines = AuditEntry.objects.values_list("action", flat=True)
    assert sorted(lines) == ["修改诉求类别", "导入诉求类别", "新增诉求类别"]
    again = upload(office, book([["01", "农田水利", "1", "在用"], ["22", "防汛", "", ""]]))
    assert counts(again)["未变"] == 2


def test_what_changed_since_the_preview_is_shown_again(office):
    page = upload(office, book([["01", "农田水利", "1", "在用"]]))
    Category.objects.filter(code="01").update(name="水利设施", version=2)
    answer = confirm(office, page)
    assert answer.status_code == 409
    assert "预览之后又有变动" in text(answer)
    assert "水利设施 → 农田水利" in text(answer)
    assert Category.objects.get(code="01").name == "水利设施"
    assert confirm(office, answer).status_code == 302
    assert Category.objects.get(code="01").name == "农田水利"


def test_rows_missing_in_the_file_stay(office):
    confirm(office, upload(office, book([["", "防汛", "", ""]])))
    assert Category.objects.count() == 22
    assert Category.objects.filter(is_active=True).count() == 22


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (["02", "水利", "", ""], "B", "“水利”已经有了"),
        (["77", "水利", "", ""], "A", "编码是01，编码不能改"),
        (["", "防汛", "abc", ""], "C", "应为1至9999的整数"),
        (["", "防汛", 1.5, ""], "C", "应为1至9999的整数"),
        (["", "防汛", 9**20, ""], "C", "应为1至9999的整数"),
        (["", "防汛", "", "可能"], "D", "应填“在用”或“停用”"),
        (["", "防" * 41, "", ""], "B", "有41个字，请缩短到40个字以内"),
        (["编号一", "防汛", "", ""], "A", "只能是数字、字母和短横线"),
        (["03", "", "", ""], "B", "名称没有填写"),
    ],
)
def test_a_refused_row_says_where_and_what_to_do(office, row, column, sentence):
    page = upload(office, book([row, ["", "抗旱", "", ""]]))
    line = page.context["refused"][0]
    assert (line.number, line.faults[0].column) == (2, column)
    assert sentence in line.faults[0].sentence
    assert sentence in text(page)
    assert counts(page)["新增"] == 1
    confirm(office, page)
    assert Category.objects.filter(name="抗旱").exists()
    assert Category.objects.count() == 22


def test_new_lines_are_numbered_beyond_the_codes_the_file_gives(office):
    rows = [["", "防汛", "", ""], ["22", "抗旱", "", ""], ["", "数字农业", "", ""]]
    confirm(office, upload(office, book(rows)))
    new = Category.objects.filter(name__in=["防汛", "抗旱", "数字农业"]).order_by("order")
    assert [(row.code, row.order) for row in new] == [("23", 22), ("22", 23), ("24", 24)]


def test_a_code_said_twice_is_refused_the_second_time(office):
    page = upload(
        office, book([["01", "水利", "", ""], ["01", "防汛", "", ""], ["", "水利", "", ""]])
    )
    assert counts(page)["未变"] == 1
    assert [line.faults[0].sentence for line in page.context["refused"]] == [
        "与第2行重复，同一项请只留一行"
    ] * 2


def test_a_formula_without_a_value_is_refused(office):
    page = upload(office, book([["", "=CONCATENATE(1,2)", "", ""]]))
    assert (page.status_code, counts(page)["未收"]) == (200, 1)
    assert "公式或错误值" in page.context["refused"][0].faults[0].sentence


def test_not_every_row_can_be_switched_off(office):
    rows = [[row.code, row.name, "", "停用"] for row in Category.objects.all()]
    page = upload(office, book(rows))
    told = counts(page)
    assert (told["变更"], told["未收"]) == (20, 1)
    assert "最后一条在用的" in page.context["refused"][0].faults[0].sentence


def test_an_unknown_category_of_a_time_limit_is_refused(office):
    heads = ["名称", "类别", "时限", "单位"]
    rows = [["修路", "天文", "5", "自然日"], ["修桥", "道路交通", "5", "个工作日"]]
    page = upload(office, book(rows, heads), "policies")
    fault = page.context["refused"][0].faults[0]
    assert (fault.column, fault.value) == ("B", "天文")
    assert "请先在“诉求类别”中新增" in fault.sentence
    confirm(office, page, "policies")
    own = DeadlinePolicy.objects.get(name="修桥")
    assert (own.township.name, own.unit, own.start) == ("青山镇", "workday", "next_day")


def test_a_general_time_limit_is_not_changed_by_a_file(office):
    heads = ["名称", "适用", "时限", "单位"]
    page = upload(office, book([["一般事项", "通用", "3", "自然日"]], heads), "policies")
    assert "通用时限不能直接修改" in page.context["refused"][0].faults[0].sentence


def test_another_townships_time_limits_are_out_of_reach(office, ours, theirs):
    heads = ["名称", "适用", "时限", "单位"]
    theirs["DeadlinePolicy"].name = "白水时限"
    theirs["DeadlinePolicy"].save()
    confirm(
        office,
        upload(office, book([["白水时限", "白水镇", "3", "自然日"]], heads), "policies"),
        "policies",
    )
    assert DeadlinePolicy.objects.get(pk=theirs["DeadlinePolicy"].pk).amount == 5
    assert DeadlinePolicy.objects.filter(name="白水时限", township__name="青山镇").count() == 1


def test_other_words_of_offices_are_understood(office):
    heads = ["名称", "敏感", "有效期月数", "在用"]
    rows = [["监测户", "否", "长期", "是"], ["低保", "是", "１２", ""]]
    confirm(office, upload(office, book(rows, heads), "tags"), "tags")
    assert ResidentTag.objects.get(name="监测户").sensitive is False
    assert ResidentTag.objects.get(name="低保").valid_months == 12


def test_a_kind_of_settlement_that_is_none_is_refused(office):
    page = upload(office, book([["⑫转送", "办了"]], ["名称", "办结类型"]), "settlement-methods")
    assert "应填“实质性办结”或“阶段性办结”或“程序性办结”" in text(page)
    assert not SettlementMethod.objects.filter(name="⑫转送").exists()


def test_a_confirmation_made_up_or_of_somebody_else_is_refused(office, signed_in, admin):
    page = upload(office, book([["", "防汛", "", ""]]))
    said = confirmation(page)
    forged = office.post(
        reverse("settings:categories_import"), {**said, "payload": said["payload"] + "x"}
    )
    other_table = office.post(reverse("settings:sources_import"), said)
    other_person = signed_in(admin).post(reverse("settings:categories_import"), said)
    for answer in (forged, other_table, other_person):
        assert answer.status_code == 422
        assert "请重新选择文件上传" in text(answer)
    assert not Category.objects.filter(name="防汛").exists()
    assert not Source.objects.filter(name="防汛").exists()


def test_two_townships_office_cannot_take_in_by_the_verb_either(zhao, qian):
    read = read_rows(book([["", "防汛", "", ""]]), title="诉求类别", heads=HEADS, required=["名称"])
    table = TABLES["categories"]
    with pytest.raises(Exception, match="请系统管理员修改"):
        actions.take_in(
            table=table, rows=read, by=zhao, today=None,
            fingerprint=stage(table, read, by=zhao, today=None).fingerprint(),
            file_name="类别.xlsx", said={},
        )  # fmt: skip
    assert not Category.objects.filter(name="防汛").exists()
