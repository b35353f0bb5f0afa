"""/settings/documents/ — a township's own template: taken, used, kept, put back; a bad one leaves no trace."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from liaison.documents import store
from liaison.documents.kinds import KINDS
from liaison.models import AuditEntry, DocumentTemplate
from tests import docx_reading

pytestmark = pytest.mark.django_db
PAGE = "/settings/documents/log/"
OURS = "本镇样式 {{ 标题 }} 由{{ 驻点人员 }}驻点"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path


def docx(*paragraphs):
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def send(client, data, name="本镇日志.docx", key=None):
    file = SimpleUploadedFile(name, data)
    return client.post(PAGE, {"form_key": key or str(uuid.uuid4()), "file": file})


def log_of(client, day):
    return client.get(reverse("desk:paper_log", args=[day.pk]), {"format": "docx"})


@pytest.fixture
def day(ours):
    return ours["LiaisonSession"]


def test_a_township_uploads_its_own_and_every_paper_is_made_of_it(signed_in, zhao, li, day):
    client = signed_in(zhao)
    answer = send(client, docx(OURS))
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    said = docx_reading.paragraphs(log_of(client, day).content)
    assert said == ["本镇样式 青山镇石桥村驻点日志 由李明（党委委员）驻点"]
    page = client.get(PAGE).content.decode()
    assert "本镇日志.docx" in page
    assert "本镇模板" in client.get("/settings/documents/").content.decode()
    line = AuditEntry.objects.filter(action="设定文书模板").get()
    assert (line.before, line.after["模板"]) == ({"模板": "自带模板"}, "本镇模板")


def test_the_shipped_one_comes_back_and_the_own_one_is_kept(signed_in, zhao, day):
    client = signed_in(zhao)
    send(client, docx(OURS))
    own = DocumentTemplate.objects.first()
    answer = client.post(f"{PAGE}restore/", follow=True)
    assert "已恢复自带模板" in answer.content.decode()
    assert "现在用的就是自带模板" in client.post(f"{PAGE}restore/", follow=True).content.decode()
    assert docx_reading.paragraphs(log_of(client, day).content)[0] == "青山镇石桥村驻点日志"
    kept = client.get(reverse("settings:document_version", args=[own.pk]))
    assert docx_reading.paragraphs(kept.content) == [OURS]
    assert (
        DocumentTemplate.objects.filter(kind="log").count() == 3
    )  # the fixture's, its own, the shipped


def test_what_is_downloaded_can_be_sent_back(signed_in, zhao):
    client = signed_in(zhao)
    for kind in KINDS.values():
        page = reverse(f"settings:document_{kind.key}")
        template = client.get(f"{page}template/")
        assert template["Content-Type"].endswith("wordprocessingml.document")
        assert (
            docx_reading.paragraphs(client.get(f"{page}sample/").content)[0]
            == kind.sample()["标题"]
        )
        sent = client.post(
            page,
            {"form_key": str(uuid.uuid4()), "file": SimpleUploadedFile("a.docx", template.content)},
        )
        assert sent.status_code == 302, kind.key


def test_a_bad_template_is_told_why_and_nothing_of_it_stays(signed_in, zhao, tmp_path):
    client, before = signed_in(zhao), DocumentTemplate.objects.count()
    refusals = {
        "“驻点人名”": docx("{{ 驻点人名 }}"),
        "__class__": docx("{{ ''.__class__ }}"),
        "没有写对": docx("{{ 标题"),
        "这不是 .docx": b"PK hello",
        "旧的 .doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "2MB以内": b"\0" * 2_100_000,
    }
    for told, data in refusals.items():
        answer = send(client, data)
        assert answer.status_code == 422
        assert told in answer.content.decode().replace("&#x27;", "'"), told
    assert client.post(PAGE, {"form_key": str(uuid.uuid4())}).status_code == 422
    assert DocumentTemplate.objects.count() == before
    assert (
        not list((tmp_path / "documents").glob("*")) if (tmp_path / "documents").exists() else True
    )
    assert not AuditEntry.objects.filter(action="设定文书模板").exists()


def test_a_double_tap_keeps_one_and_other_words_under_the_same_form_are_told(signed_in, zhao):
    client, key = signed_in(zhao), str(uuid.uuid4())
    before = DocumentTemplate.objects.count()
    assert send(client, docx(OURS), key=key).status_code == 302
    assert DocumentTemplate.objects.count() == before + 1
    assert send(client, docx("{{ 标题 }}"), key=key).status_code == 409
    assert DocumentTemplate.objects.count() == before + 1


def test_a_file_changed_on_the_disk_is_not_used(signed_in, zhao, day):
    client = signed_in(zhao)
    send(client, docx(OURS))
    row = DocumentTemplate.objects.first()
    (store.folder() / row.stored_name).write_bytes(b"something else")
    answer = log_of(client, day)
    assert answer.status_code == 422
    assert "请镇驻点办重新上传" in answer.content.decode()
    told = client.get(f"{PAGE}template/", follow=True).content.decode()
    assert "已损坏" in told


def test_another_townships_templates_are_its_own(signed_in, zhao, qian, li, theirs, day):
    send(signed_in(zhao), docx(OURS))
    own = DocumentTemplate.objects.first()
    client = signed_in(qian)
    assert client.get(reverse("settings:document_version", args=[own.pk])).status_code == 404
    assert "本镇日志.docx" not in client.get(PAGE).content.decode()
    said = docx_reading.paragraphs(log_of(client, theirs["LiaisonSession"]).content)
    assert said[0].endswith("驻点日志")
    assert signed_in(li).get(PAGE).status_code == 403
