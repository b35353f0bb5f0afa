"""赵 imports 石桥村's roster through the page: upload, look, put right, confirm."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from liaison.idempotency import new_key
from liaison.models import AuditEntry, ImportBatch, ImportLayout, ImportLine
from villages.models import Household, Resident

from .roster_files import HEAD, number, roster, row
from .roster_pages import BAD, MEI, ZHOU, confirm, files, office, private_files, text, upload

__all__ = ["office", "private_files"]  # fixtures, asked for by name
pytestmark = pytest.mark.usefixtures("private_files")


def test_upload_preview_confirm_result(office, shiqiao, django_capture_on_commit_callbacks):
    address = upload(office, shiqiao).url
    page = text(office, address)
    assert "尚未导入" in page
    assert "身份证号校验不通过" in page
    assert ZHOU not in page
    assert "15400000001" not in page
    assert not Resident.objects.exists()
    assert len(files()) == 4  # the upload, what was read and worked out of it, its problem rows
    assert not any(ZHOU.encode() in each.read_bytes() for each in files())
    with django_capture_on_commit_callbacks(execute=True):
        assert confirm(office, address).status_code == 302
    assert set(Resident.objects.values_list("name", flat=True)) == {"周大山", "李梅"}
    assert len(files()) == 1  # the problem rows stay for a month
    result = text(office, address)
    assert "导入结果" in result
    assert "身份证号校验不通过" in result
    assert AuditEntry.objects.filter(action="导入花名册", actor_name="赵敏").exists()


def test_every_count_leads_to_its_lines(office, shiqiao):
    address = upload(office, shiqiao).url
    rows = text(office, f"{address}lines/?unit=residents&kind=new")
    assert "周大山" in rows
    assert "李梅" in rows
    assert "周三" not in rows
    refused = text(office, f"{address}lines/?unit=rows&kind=refused")
    assert "身份证号校验不通过" in refused
    assert BAD not in refused
    assert office.get(f"{address}lines/?unit=nonsense").status_code == 422
    sheet = load_workbook(io.BytesIO(office.get(f"{address}lines/?format=xlsx").content)).active
    assert "周大山" in {cell.value for line in sheet for cell in line}


def test_a_double_tap_confirms_once(office, shiqiao, django_capture_on_commit_callbacks):
    address = upload(office, shiqiao).url
    with django_capture_on_commit_callbacks(execute=True):
        said = {"fingerprint": ImportBatch.objects.get().fingerprint}
        first, second = (office.post(f"{address}confirm/", said) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert Resident.objects.count() == 2
    assert AuditEntry.objects.filter(action="导入花名册").count() == 1


def test_an_upload_sent_twice_is_one_import(office, shiqiao):
    key = new_key()
    assert upload(office, shiqiao, key=key).url == upload(office, shiqiao, key=key).url
    assert ImportBatch.objects.count() == 1
    other = upload(office, shiqiao, data=roster(row(id=MEI)), key=key)
    assert other.status_code == 409


def test_a_registry_that_moved_on_shows_the_new_preview_instead(office, shiqiao, household):
    address = upload(office, shiqiao).url
    said = {"fingerprint": ImportBatch.objects.get().fingerprint}
    person = Resident(
        township=shiqiao.township, village=shiqiao, household=household, name="周大山"
    )
    person.set_id_number(ZHOU)
    person.save()
    office.post(f"{address}confirm/", said)
    assert Resident.objects.count() == 1
    assert "又有变动" in text(office, address)
    assert confirm(office, address).status_code == 302
    assert Resident.objects.count() == 2


def test_the_second_roster_shows_who_changed_and_who_is_missing(office, shiqiao):
    confirm(office, upload(office, shiqiao).url)
    address = upload(office, shiqiao, data=roster(row(id=ZHOU, phone="15400000009"))).url
    changed = text(office, f"{address}lines/?unit=residents&kind=changed")
    assert "154****0001" in changed
    assert "154****0009" in changed
    missing = text(office, f"{address}lines/?unit=residents&kind=missing")
    assert "李梅" in missing
    assert "第1组 001户" in missing


def test_a_number_that_is_another_familys_is_pointed_out(office, shiqiao):
    confirm(office, upload(office, shiqiao).url)
    other = row("王强", head="王强", id=number(order=905))
    page = text(office, upload(office, shiqiao, data=roster(other)).url)
    assert "家里没有一个相同的人" in page
    assert "家里没有一个相同的人" not in text(office, upload(office, shiqiao).url)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "这是图片"),
        ("姓名,年龄\n王伟,3\n".encode(), "没有找到表头"),
        (b"\0\0\0", "没有数据"),
        (b"PK\x03\x04" + b"x" * 500, "已损坏"),
    ],
)
def test_a_wrong_file_gets_a_sentence_that_says_what_to_do(office, shiqiao, data, says):
    page = text(office, upload(office, shiqiao, data=data).url)
    assert says in page
    assert "重新上传" in page
    assert not Resident.objects.exists()
    assert not ImportLine.objects.exists()


def test_an_empty_file_and_an_empty_form_are_refused_beside_the_field(office, shiqiao):
    assert "文件是空的" in upload(office, shiqiao, data=b"").content.decode()
    assert office.post(reverse("villages:roster"), {}).status_code == 422
    assert not ImportBatch.objects.exists()


def test_a_forged_confirmation_takes_nothing_in(office, shiqiao):
    address = upload(office, shiqiao).url
    assert office.post(f"{address}confirm/", {}).status_code == 422
    assert office.post(f"{address}confirm/", {"fingerprint": "y\0"}).status_code == 400
    assert office.post(f"{address}confirm/", {"fingerprint": "0" * 32}).status_code == 409
    assert not Resident.objects.exists()


def test_a_village_of_another_township_cannot_be_chosen(office, foreign_village):
    assert upload(office, foreign_village).status_code == 422


def test_another_township_and_a_cadre_see_nothing_of_it(office, shiqiao, signed_in, qian, li):
    address = upload(office, shiqiao).url
    paths = [address, *(f"{address}{each}/" for each in ("lines", "problems", "columns"))]
    office.logout()
    for person in (qian, li):
        client = signed_in(person)
        assert {client.get(path).status_code for path in paths} == {404}
    assert signed_in(li).get(reverse("villages:roster")).status_code == 403


def test_problem_rows_are_put_right_and_uploaded_again(office, shiqiao):
    address = upload(office, shiqiao).url
    confirm(office, address)
    book = load_workbook(io.BytesIO(office.get(f"{address}problems/").content))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.max_row == 2
    assert "身份证号校验不通过" in sheet.cell(2, heads["问题说明"]).value
    sheet.cell(2, heads["身份证号"]).value = number("19950303", 903)
    out = io.BytesIO()
    book.save(out)
    again = upload(office, shiqiao, data=out.getvalue(), name="名册_问题行.xlsx").url
    counts = ImportBatch.objects.latest("pk").counts
    assert counts["units"]["residents"]["new"] == 1
    assert counts["units"]["residents"]["missing"] == 0
    assert counts["refused"] == 0
    confirm(office, again)
    assert Resident.objects.filter(name="周三", household__number="001").exists()
    assert Household.objects.count() == 1
    assert AuditEntry.objects.filter(action="下载导入问题行", actor_name="赵敏").exists()


def test_a_column_named_otherwise_is_put_right_and_remembered(office, shiqiao):
    odd = roster(row(id=ZHOU), head=HEAD.replace("身份证号", "公安编码"))
    address = upload(office, shiqiao, data=odd).url
    assert "W-NOID" in {line.code for line in ImportLine.objects.all()}
    page = office.get(f"{address}columns/").context["form"]
    assert ZHOU not in str(page.shown())
    said = {name: page[name].value() or "" for name in page.fields if name != "picked"}
    column = next(n for n, field in page.fields.items() if "公安编码" in str(field.label))
    assert office.post(f"{address}columns/", said | {column: "id"}).status_code == 302
    assert not ImportLine.objects.filter(code="W-NOID").exists()
    assert ImportLayout.objects.get().saved_by_name == "赵敏"
    upload(office, shiqiao, data=odd)
    assert not ImportLine.objects.filter(code="W-NOID").exists()
    twice = said | {column: "name"}
    assert office.post(f"{address}columns/", twice).status_code == 422


def test_a_header_nobody_knows_is_pointed_at(office, shiqiao):
    strange = f"甲,乙,丙,丁\n1组,周大山,户主,{ZHOU}\n".encode()
    address = upload(office, shiqiao, data=strange).url
    assert "指出表头" in text(office, address)
    assert office.post(f"{address}header/", {"at": "9-9"}).status_code == 422
    assert office.post(f"{address}header/", {"at": "0-0"}).status_code == 302
    fields = {"t0-0": "group", "t0-1": "name", "t0-2": "relation", "t0-3": "id"}
    assert office.post(f"{address}columns/", fields).status_code == 302
    assert ImportBatch.objects.get().counts["units"]["residents"]["new"] == 1


def test_the_template_is_read_back_without_its_example(office, shiqiao):
    data = office.get(reverse("villages:roster"), {"template": "1"}).content
    page = text(office, upload(office, shiqiao, data=data, name="模板.xlsx").url)
    assert "表头下面没有人员" in page
    book = load_workbook(io.BytesIO(data))
    sheet = book.active
    heads = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(200, heads["身份证号"]).number_format == "@"
    sheet.cell(3, heads["姓名"]).value = "周大山"
    sheet.cell(3, heads["与户主关系"]).value = "户主"
    sheet.cell(3, heads["身份证号"]).value = ZHOU
    sheet.cell(3, heads["组"]).value = "第1组"
    out = io.BytesIO()
    book.save(out)
    upload(office, shiqiao, data=out.getvalue(), name="模板.xlsx")
    assert ImportBatch.objects.latest("pk").counts["units"]["residents"]["new"] == 1


def test_the_whole_township_goes_by_the_village_column(office, shiqiao, heping):
    head = "村,组,户编号,姓名,与户主关系,身份证号"
    rows = (f"石桥村委会,1组,001,周大山,户主,{ZHOU}", f"和平,1组,001,李梅,户主,{MEI}")
    confirm(office, upload(office, None, data=roster(*rows, head=head)).url)
    assert set(Resident.objects.values_list("village__name", flat=True)) == {"石桥村", "和平村"}
