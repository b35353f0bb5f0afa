"""Workbooks for the tests of imports, and how they are read."""

import datetime as dt
import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import Workbook

from liaison.imports.kinds import KINDS, Place
from liaison.imports.trace import NoTrace
from liaison.reading.excel_read import read_book

FILES = Path(__file__).parent / "files"
SAMPLE = FILES / "d-驻点安排表-营仔镇.xlsx"
DIVISIONS = FILES / "divisions-yingzai.csv"
ON = dt.date(2026, 11, 21)
HEADS = (
    "驻点村", "责任领导", "责任领导职务", "责任领导电话", "组长", "成员", "辅助团队",
    "联络员", "联络员电话", "驻点时间", "驻点地点",
)  # fmt: skip


def workbook(*sheets) -> bytes:
    """A workbook of (name, rows)."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def line(village, **more):
    """One row under HEADS; what is not said is a plain team of three on Tuesdays."""
    said = {
        "驻点村": village, "责任领导": "高亮", "责任领导职务": "人大主席", "责任领导电话": "15400000001",
        "组长": "周立", "成员": "张平、王娜", "驻点时间": "每周二上午9:00-11:30", "驻点地点": "村委会一楼",
    } | more  # fmt: skip
    return [said.get(head, "") for head in HEADS]


def schedule(*lines, title=None) -> bytes:
    """A schedule with these rows."""
    above = [[title]] if title else []
    return workbook(("安排表", [*above, HEADS, *lines]))


def staged(kind, data, township, **more):
    """The staged file."""
    place = Place(township=township, on=more.pop("on", ON), **more)
    return KINDS[kind].stage(read_book(data), place)


def told(problems):
    """[(row, column letter, code)]."""
    return [(each.row, each.column, each.code) for each in problems]


def answer(command, file, **options):
    """(exit code, the JSON object) of an import command."""
    out, code = StringIO(), 0
    try:
        call_command(command, str(file), json=True, stdout=out, **options)
    except SystemExit as left:
        code = left.code
    return code, json.loads(out.getvalue())


def take(data, township, **more):
    """Stage and store; the staged file."""
    stage = staged("plans", data, township, **more)
    stage.write(by=None, file_name="安排表.xlsx", trace=NoTrace())
    return stage


@pytest.fixture
def villages(shiqiao, heping):
    """石桥村 and 和平村, without teams."""
    return shiqiao, heping
