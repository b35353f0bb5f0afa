"""A messy roster in a real browser: upload, look, confirm, mend the problem rows, upload them again, take back."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from conftest import PASSWORD
from liaison import clock, jobs
from liaison.imports import actions
from liaison.models import ImportBatch
from tests.browser import sign_in
from villages.models import Resident

from .roster_files import number

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MESSY = next((Path(__file__).parent / "files").glob("b-*.xlsx"))


@pytest.fixture
def qiangsheng(qingshan):
    """强盛村, which the sample file speaks of."""
    return qingshan.villages.create(code=f"{qingshan.code[:9]}237", name="强盛村")


@pytest.fixture
def office(page, zhao, qiangsheng, settings, tmp_path):
    """赵 at the upload page."""
    settings.PRIVATE_FILES = tmp_path
    return sign_in(page, "zhao", PASSWORD, "/roster/")


def send(page, village, path):
    page.goto("/roster/")
    page.select_option("#id_village", str(village.pk))
    page.set_input_files("#id_file", path)
    page.get_by_role("button", name="上传并核对").click()
    expect(page.locator("#counts")).to_be_visible()


def count(page, words):
    """The number a count of the preview shows, by what stands beside it."""
    return page.locator("#counts dd").filter(has_text=re.compile(words))


def test_from_upload_to_taking_back(office, qiangsheng, tmp_path):
    send(office, qiangsheng, MESSY)
    expect(count(office, "25 未收")).to_be_visible()
    expect(count(office, "135 新增")).to_be_visible()
    expect(count(office, "408 新增")).to_be_visible()
    count(office, "408 新增").get_by_role("link").click()
    expect(office.locator("#list")).to_contain_text("共 408 条")
    office.go_back()
    with office.expect_download() as download:
        office.get_by_role("link", name="下载问题行").click()
    returned = tmp_path / "问题行.xlsx"
    download.value.save_as(returned)
    office.get_by_role("button", name=re.compile("确认导入")).click()
    expect(office.locator("#counts")).to_contain_text("导入结果")
    assert Resident.objects.count() == 408

    mend(returned)
    send(office, qiangsheng, returned)
    expect(count(office, "1 新增")).to_be_visible()
    office.get_by_role("button", name=re.compile("确认导入")).click()
    expect(office.locator("#counts")).to_contain_text("导入结果")
    assert Resident.objects.count() == 409

    office.locator("summary", has_text="撤销本次导入").click()
    office.get_by_role("button", name="整批撤销").click()
    expect(office.locator("main")).to_contain_text("整批撤销")
    expect(office.locator("h1")).to_contain_text("已撤销")
    assert Resident.objects.count() == 408


def mend(path):
    """Put the first row with lost digits right, leave the others out."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = {re.sub(r"\s", "", str(cell.value)): cell.column for cell in sheet[1]}
    reasons = [
        sheet.cell(row, heads["问题说明"]).value or "" for row in range(2, sheet.max_row + 1)
    ]
    row = next(n for n, reason in enumerate(reasons, start=2) if "末三位已丢失" in reason)
    sheet.cell(row, heads["身份证号码"]).value = number("19630707", 971)
    for other in range(sheet.max_row, 1, -1):
        if other != row:
            sheet.delete_rows(other)
    book.save(path)


def test_a_big_file_shows_its_progress(office, qiangsheng, monkeypatch):
    monkeypatch.setattr(actions, "SMALL_FILE", 10)
    office.select_option("#id_village", str(qiangsheng.pk))
    office.set_input_files("#id_file", MESSY)
    office.get_by_role("button", name="上传并核对").click()
    expect(office.locator("#progress")).to_contain_text("正在排队")
    jobs.run_waiting(clock.now())
    expect(office.locator("#counts")).to_be_visible()
    assert ImportBatch.objects.get().state == "previewed"
