"""基础数据 in and out by files: what goes out comes in without a change, and nothing comes in unseen."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from grievances.models import Category, DeadlinePolicy, DeclineReason, SettlementMethod, Source
from liaison.idempotency import new_key
from liaison.models import AuditEntry
from liaison.reference import actions
from liaison.reference.reading import read_rows
from liaison.reference.staging import stage
from liaison.reference.tables import TABLES
from liaison.reference.views import export_of
from villages.models import ResidentTag

HEADS = ["编码", "名称", "顺序", "在用"]


def text(answer):
    return answer.content.decode()


def book(rows, heads=HEADS, title="Sheet1"):
    """An .xlsx of these rows."""
    workbook = Workbook()
    workbook.active.title = title
    for row in [heads, *rows]:
        workbook.active.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.fixture
def office(signed_in, zhao):
    return signed_in(zhao)


def upload(client, data, key="categories", name="类别.xlsx", **said):
    file = SimpleUploadedFile(name, data)
    return client.post(
        reverse(f"settings:{key}_import"), {"form_key": new_key(), "file": file, **said}
    )


def confirmation(page):
    form = page.context["form"]
    return {name: form[name].value() for name in ("form_key", "fingerprint", "payload")}


def confirm(client, page, key="categories"):
    return client.post(reverse(f"settings:{key}_import"), confirmation(page))


def counts(page):
    return dict(page.context["staged"].counts())


# --- Out and in -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key",
    [
        "categories", "sources", "decline-reasons", "settlement-methods", "suspend-reasons", "tags", "years",
        "local-days", "need-kinds", "supervision-rules", "rungs", "routing",
    ],
)  # fmt: skip
def test_what_goes_out_comes_in_without_a_change(office, ours, key):
    data = office.get(reverse(f"settings:{key}"), {"format": "xlsx"}).content
    page = upload(office, data, key)
    assert page.status_code == 200, text(page)
    told = counts(page)
    assert told["未变"] == TABLES[key].own_rows(page.wsgi_request.user).count()
    assert (told["新增"], told["变更"], told["未收"], told["未列"]) == (0, 0, 0, 0)
    assert "没有要导入的内容" in text(page)


def test_every_head_we_write_is_one_we_read(db):
    """「跟进间隔(天)」 too: what stands in brackets is noise in others' heads, not in ours."""
    kept = [each.resource_class for each in TABLES.values() if each.resource_class]
    assert any("(" in head for resource in kept for head in resource.heads())
    for resource in kept:
        heads = resource.heads()
        said = {"title": "表", "heads": heads, "required": resource.required_heads()}
        read = read_rows(book([["x"] * len(heads)], heads=heads), **said)
        assert (list(read.columns), read.ignored) == (heads, ()), resource


def test_the_time_limits_go_out_and_in_with_the_general_rows(office, ours):
    data = office.get(reverse("grievances:policies"), {"format": "xlsx"}).content
    told = counts(upload(office, data, "policies"))
    assert told["未变"] == DeadlinePolicy.objects.count()
    assert (told["新增"], told["变更"], told["未收"]) == (0, 0, 0)


@pytest.mark.parametrize("name", ["=1+1", "+8613", "-其他", "@国土", "'引号", "#N/A", "01", "1.0"])
def test_a_text_that_looks_like_a_formula_stays_that_text(office, zhao, name):
    actions.add_row(table=TABLES["categories"], by=zhao, name=name)
    data = office.get(reverse("settings:categories"), {"format": "xlsx"}).content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == name]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)
    assert counts(upload(office, data))["未变"] == Category.objects.count()


NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Cn", "Co"]),
    min_size=1,
    max_size=40,
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES, st.booleans()), max_size=6, unique_by=lambda row: row[0]))
def test_any_rows_survive_the_round_trip(zhao, rows):
    table = TABLES["decline-reasons"]
    DeclineReason.objects.all().delete()
    DeclineReason.objects.create(name="始终在用")
    for name, go_to, is_active in rows:
        DeclineReason.objects.create(name=name, go_to=go_to, is_active=is_active)
    out = io.BytesIO()
    export_of(table)(queryset=table.rows(zhao).order_by("pk"), user=zhao, on=None).write(out)
    read = read_rows(
        out.getvalue(),
        title=table.title,
        heads=table.resource_class.heads(),
        required=table.resource_class.required_heads(),
    )
    staged = stage(table, read, by=zhao, today=None)
    assert dict(staged.counts())["未变"] == len(staged.lines) == DeclineReason.objects.count()


# --- In -------------------------------------------------------------------------------------


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


# --- Files that are none ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (book([["周大山", "15400000001"]], ["姓名", "电话"]), "没有找到“诉求类别”的表头"),
        (book([], HEADS), "表头下面没有数据"),
        (book([["01", "水利", "水利"]], ["编码", "名称", "名称"]), "表头“名称”出现了两次"),
        (book([["", f"类{n}"] for n in range(2001)], HEADS[:2]), "一次最多2000行"),
        (b"\x89PNG\r\n", "图片"),
        (b"PK\x03\x04 broken", "请"),
        (b"", "请"),
    ],
)
def test_a_file_that_is_not_this_table_is_refused_whole(office, data, sentence):
    answer = upload(office, data)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert Category.objects.count() == 21


def test_a_csv_of_an_office_comes_in(office):
    data = "编码,名称\n,防汛\n".encode("gb18030")
    assert counts(upload(office, data, name="类别.csv"))["新增"] == 1


def test_heads_under_a_title_and_columns_of_others_are_found(office):
    workbook = Workbook()
    for row in (["青山镇诉求类别"], [], ["序号", "名称", "负责人"], [1, "防汛", "某人"]):
        workbook.active.append(row)
    out = io.BytesIO()
    workbook.save(out)
    page = upload(office, out.getvalue())
    assert counts(page)["新增"] == 1
    assert "没有读取的栏目：负责人" in text(page)


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
