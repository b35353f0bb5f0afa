"""赵 puts right what was not recognised: a header far away, the columns of many sheets."""

import io

import pytest
from openpyxl import Workbook

from liaison.models import ImportBatch, ImportLine

from .roster_pages import MEI, ZHOU, office, private_files, upload

__all__ = ["office", "private_files"]  # fixtures, asked for by name
pytestmark = pytest.mark.usefixtures("private_files")


def test_a_header_far_down_and_wide_is_pointed_at_but_never_a_blank_row(office, shiqiao):
    wide = [*"甲乙丙", *["" for _ in range(20)], "丁"]
    rows = [["名册"], [""], *[["说明"]] * 14, wide, ["1组", "周大山", "户主", *[""] * 20, ZHOU]]
    strange = "\n".join(",".join(row) for row in rows).encode()
    address = upload(office, shiqiao, data=strange).url
    assert office.post(f"{address}header/", {"at": "0-1"}).status_code == 422
    assert office.post(f"{address}header/", {"at": "0-16"}).status_code == 302
    fields = {"t0-0": "group", "t0-1": "name", "t0-2": "relation", "t0-23": "id"}
    assert office.post(f"{address}columns/", fields).status_code == 302
    assert ImportBatch.objects.get().counts["units"]["residents"]["new"] == 1


def test_sheets_of_one_layout_are_put_right_once(office, shiqiao):
    book = Workbook()
    book.remove(book.active)
    for group, identity in enumerate((ZHOU, MEI), 1):
        sheet = book.create_sheet(f"{group}组")
        sheet.append(["姓名", "与户主关系", "电话", "公安编码"])
        sheet.append(["周大山", "户主", "15400000001", identity])
    out = io.BytesIO()
    book.save(out)
    address = upload(office, shiqiao, data=out.getvalue(), name="名册.xlsx").url
    page = office.get(f"{address}columns/")
    assert "“1组”、“2组”" in page.content.decode()
    fields = {"t0-0": "name", "t0-1": "relation", "t0-2": "phone", "t0-3": "id"}
    assert set(page.context["form"].fields) == {*fields, "picked"}
    assert office.post(f"{address}columns/", fields).status_code == 302
    assert not ImportLine.objects.filter(code="W-NOID").exists()
