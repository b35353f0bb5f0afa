"""附件: known by their content, looked at through the gate at every download, taken away with a reason."""

import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cadres.models import Department
from grievances.actions import attach, take_away_file
from grievances.files import folder, read, sniff
from grievances.models import MatterFile, PaperPolicy
from grievances.tests.conftest import DAY, moment
from liaison.errors import NotAllowed
from liaison.models import AuditEntry

pytestmark = pytest.mark.django_db
NOW = moment(DAY, 15)
TEXT = ("说明.txt", "路灯已报修".encode())


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path


def photo(**exif):
    out = io.BytesIO()
    image = Image.new("RGB", (40, 30), "red")
    tags = image.getexif()
    tags[0x010F] = "SECRET-CAMERA"
    image.save(out, "JPEG", exif=tags)
    return out.getvalue()


def package(*parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in ("[Content_Types].xml", *parts):
            archive.writestr(part, "x")
    return out.getvalue()


TAKEN = [
    ("现场.png", photo(), "jpg"),
    ("批复.PDF", b"%PDF-1.4 ...", "pdf"),
    ("说明.doc", package("word/document.xml"), "docx"),
    ("名单.xlsx", package("xl/workbook.xml"), "xlsx"),
    ("记录.exe", "好".encode("gb18030"), "txt"),
]
REFUSED = [
    ("空.txt", b"", "是空的"),
    ("程序.pdf", b"MZ\x90\x00\x03", "格式不能上传"),
    ("旧.doc", b"\xd0\xcf\x11\xe0rest", "另存为"),
    ("宏.docx", package("word/document.xml", "word/vbaProject.bin"), "带有宏"),
    ("包.zip", package("a.exe"), "压缩包"),
    ("坏.docx", b"PK\x03\x04broken", "已损坏"),
    ("坏.jpg", b"\xff\xd8\xffnonsense", "重新选择|不是能识别"),
    ("大.txt", b"a" * (1024 * 1024 + 1), "超过1MB"),
]


@pytest.mark.parametrize(("name", "data", "kind"), TAKEN, ids=[each[0] for each in TAKEN])
def test_a_file_is_what_its_content_is(name, data, kind):
    kept = sniff(data, name, 1)
    assert (kept.kind, kept.name.rpartition(".")[2]) == (kind, kind)
    assert b"SECRET-CAMERA" not in kept.data


@pytest.mark.parametrize(("name", "data", "why"), REFUSED, ids=[each[0] for each in REFUSED])
def test_what_cannot_be_trusted_is_refused_with_what_to_do(name, data, why):
    with pytest.raises(NotAllowed, match=why):
        sniff(data, name, 1)


def test_a_handler_adds_a_file_and_takes_it_out_again_as_a_download(signed_in, chen, matter_at):
    matter, client = matter_at("in_hand"), signed_in(chen)
    url = reverse("grievances:attachments", args=[matter.number])
    sent = {"form_key": str(uuid.uuid4()), "attached": SimpleUploadedFile(*TEXT)}
    assert client.post(url, sent).status_code == 302
    row = MatterFile.objects.get()
    assert (
        "说明.txt"
        in client.get(reverse("grievances:detail", args=[matter.number])).content.decode()
    )
    answer = client.get(reverse("grievances:attachment", args=[row.pk]))
    assert answer.content == TEXT[1]
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert TEXT[1] not in (folder.place() / row.stored_name).read_bytes()
    assert AuditEntry.objects.filter(action="下载附件").count() == 1
    # Since then it is with another unit: what he saw a minute ago is gone for him.
    matter.department = Department.objects.create(township=matter.township, name="农业办")
    matter.save()
    assert client.get(reverse("grievances:attachment", args=[row.pk])).status_code == 404


def test_sent_again_it_is_one_file_and_another_of_its_name_and_size_is_told_apart(
    signed_in, chen, matter_at
):
    matter, client = matter_at("in_hand"), signed_in(chen)
    url, key, (name, words) = (
        reverse("grievances:attachments", args=[matter.number]),
        str(uuid.uuid4()),
        TEXT,
    )
    answers = [
        client.post(url, {"form_key": key, "attached": SimpleUploadedFile(name, data)}).status_code
        for data in (words, words, words[::-1])
    ]
    assert answers == [302, 302, 409]
    assert read(MatterFile.objects.get()) == words


def test_a_refused_upload_says_why_and_keeps_nothing(signed_in, chen, sun, matter_at):
    matter, client = matter_at("in_hand"), signed_in(chen)
    url = reverse("grievances:attachments", args=[matter.number])
    sent = {"form_key": str(uuid.uuid4()), "attached": SimpleUploadedFile("a.pdf", b"MZ\x90\x00")}
    answer = client.post(url, sent)
    assert (answer.status_code, "格式不能上传" in answer.content.decode()) == (422, True)
    PaperPolicy.objects.create(township=matter.township, most_files=1)
    with pytest.raises(NotAllowed, match="最多1个"):
        attach(grievance=matter, by=chen, now=NOW, given=[TEXT, TEXT])
    with pytest.raises(NotAllowed, match="承办的同志"):
        attach(grievance=matter, by=sun, now=NOW, given=[TEXT])
    assert list(folder.place().iterdir()) == []
    assert not MatterFile.objects.exists()


def test_taken_away_it_is_gone_from_the_pages_and_kept_for_the_record(
    signed_in, chen, zhao, li, matter_at
):
    matter = matter_at("in_hand")
    (row,) = attach(grievance=matter, by=chen, now=NOW, given=[TEXT])
    with pytest.raises(NotAllowed, match="上传的同志或镇驻点办"):
        take_away_file(file=row, by=li, now=NOW, reason="传错了")
    with pytest.raises(NotAllowed, match="原因"):
        take_away_file(file=row, by=zhao, now=NOW, reason=" ")
    take_away_file(file=row, by=zhao, now=NOW, reason="传错了")
    assert signed_in(zhao).get(reverse("grievances:attachment", args=[row.pk])).status_code == 404
    assert folder.read(row.stored_name) == TEXT[1]
    line = AuditEntry.objects.get(action="撤下附件")
    assert line.after["原因"] == "传错了"


def test_bytes_changed_on_the_disk_are_not_sent(signed_in, zhao, matter_at):
    (row,) = attach(grievance=matter_at("in_hand"), by=zhao, now=NOW, given=[TEXT])
    folder.write(row.stored_name, b"something else")
    assert signed_in(zhao).get(reverse("grievances:attachment", args=[row.pk])).status_code == 410
