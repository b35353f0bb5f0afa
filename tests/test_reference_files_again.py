"""基础数据 go out and come in without a change; and files that are none are refused whole."""

import io

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from grievances.models import Category, DeadlinePolicy, DeclineReason
from liaison.reference import actions
from liaison.reference.reading import read_rows
from liaison.reference.staging import stage
from liaison.reference.tables import TABLES
from liaison.reference.views import export_of
from tests.reference_files import HEADS, book, counts, office, text, upload

__all__ = ["office"]  # fixtures, asked for by name


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
