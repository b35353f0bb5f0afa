"""Papers in a browser: printed from the day's page on A4 each its own way, downloaded; a template sent up."""

import io

import pytest
from docx import Document
from playwright.sync_api import expect
from pypdf import PdfReader

from conftest import PASSWORD
from tests import docx_reading
from tests.browser import sign_in
from visits import actions as field

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(page, zhao, day):
    """The clerk's PC, signed in."""
    return sign_in(page, zhao.username, PASSWORD)


def printed(page):
    """[((width, height) in mm, words)] of the pages it prints to."""
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    sizes = [(one.mediabox.width, one.mediabox.height) for one in pages]
    return [
        (tuple(round(float(side) / 72 * 25.4) for side in size), one.extract_text())
        for size, one in zip(sizes, pages, strict=True)
    ]


def test_a_day_is_printed_and_downloaded_from_its_page(
    office, live_server, li, day, shiqiao, household
):
    for line in range(1, 30):
        field.log_visit(
            by=li, now=day.ends(), occurred_on=day.on, village=shiqiao, mode="reception", session=day,
            line=line, household=household, said="路灯坏了一个多月，老人夜里不敢出门" * 3,
        )  # fmt: skip
    office.goto(f"{live_server.url}/sessions/{day.pk}/")
    office.get_by_text("打印和导出").click()
    with office.expect_download() as download:
        office.locator(".day-papers li", has_text="驻点日志").get_by_text(".docx").click()
    name = download.value.suggested_filename
    assert name == f"青山镇_石桥村_驻点日志_{day.on:%Y%m%d}.docx"
    with open(download.value.path(), "rb") as file:
        assert docx_reading.paragraphs(file.read())[0] == "青山镇石桥村驻点日志"
    office.locator(".day-papers li", has_text="接待登记表").get_by_text("打印").click()
    expect(
        office.get_by_role("heading", name="青山镇石桥村群众来访接待登记表", level=2)
    ).to_be_visible()
    sheets = printed(office)
    assert {size for size, _ in sheets} == {(297, 210)}
    assert len(sheets) > 1
    assert all("来访事由" in words for _, words in sheets[:-1])  # the head on each page
    office.goto(f"{live_server.url}/sessions/{day.pk}/")
    office.get_by_text("打印和导出").click()
    office.locator(".day-papers li", has_text="考勤表").get_by_text("打印").click()
    expect(office.get_by_role("heading", name="青山镇石桥村驻点日考勤表", level=2)).to_be_visible()
    ((size, words),) = printed(office)
    assert size == (210, 297)
    assert "— 1 —" in words


def test_a_bad_template_is_told_beside_the_field_and_a_good_one_is_in_use(
    office, live_server, settings, tmp_path
):
    settings.PRIVATE_FILES = tmp_path

    def send(words):
        document = Document()
        document.add_paragraph(words)
        document.save(tmp_path / "本镇.docx")
        office.get_by_label("模板文件").set_input_files(tmp_path / "本镇.docx")
        office.get_by_role("button", name="上传并启用").click()

    office.goto(f"{live_server.url}/settings/documents/")
    office.get_by_role("link", name="驻点日志", exact=True).click()
    send("{{ 驻点人名 }}")
    expect(office.get_by_text("不认识的栏目“驻点人名”").first).to_be_visible()
    send("{{ 标题 }}")
    expect(office.get_by_text("驻点日志模板已启用")).to_be_visible()
    office.get_by_role("button", name="恢复自带模板").click()
    expect(office.get_by_text("已恢复自带模板")).to_be_visible()
    expect(office.get_by_role("link", name="下载", exact=True)).to_have_count(1)
