"""赵 imports 石桥村's roster through the page: upload, look, confirm."""

import datetime as dt
import io

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from liaison import clock
from liaison.idempotency import new_key
from liaison.models import AuditEntry
from villages.models import Resident, RosterImport
from villages.roster.uploads import expire

from .roster_files import number, roster, row

ZHOU, MEI = number(), number("19720202", 902)
BAD = "430181" + "19950303" + "9030"
FAMILY = roster(
    row(id=ZHOU, phone="15400000001"), row("李梅", "妻", id=MEI), row("周三", "子", id=BAD)
)


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path


def files():
    folder = django_settings.PRIVATE_FILES / "rosters"
    return list(folder.iterdir()) if folder.exists() else []


@pytest.fixture
def office(signed_in, zhao, shiqiao):
    return signed_in(zhao)


def upload(client, village, data=FAMILY, name="名册.csv", key=None):
    file = SimpleUploadedFile(name, data)
    said = {"form_key": key or new_key(), "village": village.pk if village else "", "file": file}
    return client.post(reverse("villages:roster"), said)


def confirmation(client, address):
    form = client.get(address).context["form"]
    return {"form_key": form["form_key"].value(), "fingerprint": form["fingerprint"].value()}


def test_upload_preview_confirm_result(office, shiqiao, django_capture_on_commit_callbacks):
    address = upload(office, shiqiao).url
    page = office.get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert "尚未导入" in text
    assert "身份证号校验不通过" in text
    assert ZHOU not in text
    assert "15400000001" not in text
    assert not Resident.objects.exists()
    assert len(files()) == 1
    assert ZHOU.encode() not in files()[0].read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        done = office.post(address, confirmation(office, address))
    assert done.status_code == 302
    assert set(Resident.objects.values_list("name", flat=True)) == {"周大山", "李梅"}
    assert not files()
    result = office.get(address).content.decode()
    assert "导入结果" in result
    assert "身份证号校验不通过" in result
    assert AuditEntry.objects.filter(action="导入花名册", actor_name="赵敏").exists()


def test_a_double_tap_confirms_once(office, shiqiao, django_capture_on_commit_callbacks):
    address = upload(office, shiqiao).url
    said = confirmation(office, address)
    with django_capture_on_commit_callbacks(execute=True):
        first, second = office.post(address, said), office.post(address, said)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Resident.objects.count() == 2
    assert AuditEntry.objects.filter(action="导入花名册").count() == 1


def test_an_upload_sent_twice_is_one_import(office, shiqiao):
    key = new_key()
    assert upload(office, shiqiao, key=key).url == upload(office, shiqiao, key=key).url
    assert RosterImport.objects.count() == 1
    other = upload(office, shiqiao, data=roster(row(id=MEI)), key=key)
    assert other.status_code == 409


def test_a_registry_that_moved_on_shows_the_new_preview_instead(office, shiqiao, household):
    address = upload(office, shiqiao).url
    said = confirmation(office, address)
    person = Resident(
        township=shiqiao.township, village=shiqiao, household=household, name="周大山"
    )
    person.set_id_number(ZHOU)
    person.save()
    refused = office.post(address, said)
    assert refused.status_code == 409
    assert "又有变动" in refused.content.decode()
    assert Resident.objects.count() == 1
    assert office.post(address, confirmation(office, address)).status_code == 302
    assert Resident.objects.count() == 2


def test_the_second_roster_shows_who_changed_and_who_is_missing(office, shiqiao):
    address = upload(office, shiqiao).url
    office.post(address, confirmation(office, address))
    address = upload(office, shiqiao, data=roster(row(id=ZHOU, phone="15400000009"))).url
    text = office.get(address).content.decode()
    assert "154****0001 → 154****0009" in text
    assert "李梅（第1组 001户）" in text


def test_a_number_that_is_another_familys_is_pointed_out(office, shiqiao):
    address = upload(office, shiqiao).url
    office.post(address, confirmation(office, address))
    other = row("王强", head="王强", id=number(order=905))
    text = office.get(upload(office, shiqiao, data=roster(other)).url).content.decode()
    assert "家里没有一个相同的人" in text
    same = office.get(upload(office, shiqiao).url).content.decode()
    assert "家里没有一个相同的人" not in same


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "不是电子表格"),
        ("姓名,年龄\n王伟,3\n".encode(), "没有找到表头"),
        (b"\0\0\0", "没有数据"),
        (b"PK\x03\x04" + b"x" * 500, "已损坏"),
        (b"", "文件是空的"),
    ],
)
def test_a_wrong_file_gets_a_sentence_beside_the_field(office, shiqiao, data, says):
    page = upload(office, shiqiao, data=data)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert not RosterImport.objects.exists()
    assert not files()


def test_an_empty_form_and_a_forged_confirmation_are_refused(office, shiqiao):
    assert office.post(reverse("villages:roster"), {}).status_code == 422
    address = upload(office, shiqiao).url
    assert office.post(address, {}).status_code == 422
    assert office.post(address, {"form_key": "x", "fingerprint": "y"}).status_code == 422
    assert office.post(address, {"form_key": "x", "fingerprint": "y\0"}).status_code == 400
    forged = {"form_key": new_key(), "fingerprint": "0" * 32}
    assert office.post(address, forged).status_code == 409
    assert not Resident.objects.exists()


def test_a_village_of_another_township_cannot_be_chosen(office, foreign_village):
    assert upload(office, foreign_village).status_code == 422


def test_nobody_else_sees_the_upload(office, shiqiao, signed_in, qian, li, client):
    address = upload(office, shiqiao).url
    office.logout()
    assert signed_in(qian).get(address).status_code == 404
    for path in (address, f"{address}problems/", reverse("villages:roster")):
        assert signed_in(li).get(path).status_code == 403


def test_the_rows_to_mend_come_as_a_workbook(office, shiqiao):
    address = upload(office, shiqiao).url
    answer = office.get(f"{address}problems/")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    words = " ".join(str(cell.value) for line in sheet for cell in line if cell.value)
    assert "身份证号校验不通过" in words
    assert BAD not in words


def test_the_template_is_read_back_without_its_example(office, shiqiao):
    data = office.get(reverse("villages:roster_template")).content
    page = upload(office, shiqiao, data=data, name="模板.xlsx")
    assert page.status_code == 422
    assert "表头下面没有人员" in page.content.decode()
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
    assert upload(office, shiqiao, data=out.getvalue(), name="模板.xlsx").status_code == 302


def test_giving_up_removes_the_file(office, shiqiao, django_capture_on_commit_callbacks):
    address = upload(office, shiqiao).url
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(f"{address}discard/").status_code == 302
    assert not files()
    assert "重新上传" in office.get(address).content.decode()
    assert office.post(address, {"form_key": new_key(), "fingerprint": "x"}).status_code == 409


def test_a_preview_nobody_confirmed_is_gone_after_a_day(
    office, shiqiao, django_capture_on_commit_callbacks
):
    upload(office, shiqiao)
    now = clock.now()
    expire(now + dt.timedelta(hours=23))
    assert len(files()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert expire(now + dt.timedelta(hours=25)) == 1
    assert not files()
    assert expire(now + dt.timedelta(hours=26)) == 0


def test_the_whole_township_goes_by_the_village_column(office, shiqiao, heping):
    head = "村,组,户编号,姓名,与户主关系,身份证号"
    rows = (f"石桥村委会,1组,001,周大山,户主,{ZHOU}", f"和平,1组,001,李梅,户主,{MEI}")
    address = upload(office, None, data=roster(*rows, head=head)).url
    office.post(address, confirmation(office, address))
    assert set(Resident.objects.values_list("village__name", flat=True)) == {"石桥村", "和平村"}
