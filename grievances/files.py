"""Attached files: what a file really is by its content, and where it lies."""

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass

from liaison.errors import NotAllowed
from liaison.pictures.drawing_anew import draw_anew
from liaison.private_files import PrivateFolder

from .models import MatterFile

folder = PrivateFolder("matter_files")
Kind = MatterFile.Kind
CONTENT_TYPES = {
    Kind.PICTURE: "image/jpeg",
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.TEXT: "text/plain; charset=utf-8",
}
_ZIP, _PDF, _OLE = b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"RIFF")
_BODIES = {"word/document.xml": Kind.DOCX, "xl/workbook.xml": Kind.XLSX}
_MOST_PARTS = 5000
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')
ACCEPTED = "可以传图片(jpg、png)、PDF、.docx、.xlsx 和 .txt 文件。"


@dataclass(frozen=True)
class Sniffed:
    """A file as it will be kept."""

    name: str
    kind: str
    data: bytes

    @property
    def digest(self) -> str:
        """Of what is kept."""
        return hashlib.sha256(self.data).hexdigest()


def sniff(data: bytes, name: str, most_megabytes: int) -> Sniffed:
    """What a file is by its first bytes and its inside, whatever it calls itself; pictures are drawn anew.

    Args:
        name: as it was called. most_megabytes: the township's limit.
    Raises:
        NotAllowed: empty, too large, with macros, or of no kind that is taken; says what to do.
    """
    shown = _NOT_IN_A_NAME.sub("", name).strip()[-100:] or "未命名"
    if not data:
        raise NotAllowed(f"“{shown}”是空的，请确认选对了文件。")
    if len(data) > most_megabytes * 1024 * 1024:
        raise NotAllowed(f"“{shown}”超过{most_megabytes}MB，请缩小后再传。")
    if data.startswith(_PICTURES) and not data.startswith(_PDF):
        return Sniffed(_called(shown, Kind.PICTURE), Kind.PICTURE, draw_anew(data, shown).whole)
    return Sniffed(_called(shown, kind := _kind(data, shown)), kind, data)


def _called(name, kind) -> str:
    """With the ending of what it is: a .exe that is a text is called .txt."""
    stem, dot, ending = name.rpartition(".")
    return f"{(stem if dot and len(ending) <= 5 else name) or '未命名'}.{kind}"


def _kind(data, name):
    if data.startswith(_PDF):
        return Kind.PDF
    if data.startswith(_ZIP):
        return _office_kind(data, name)
    if data.startswith(_OLE):
        raise NotAllowed(f"“{name}”是旧格式或加了密码的文件，请另存为 .docx 或 .xlsx 后再传。")
    if _is_text(data):
        return Kind.TEXT
    raise NotAllowed(f"“{name}”的格式不能上传。{ACCEPTED}")


def _office_kind(data, name):
    """Only the directory of the zip is read: nothing is unpacked here."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part.filename for part in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as broken:
        raise NotAllowed(f"“{name}”已损坏，打不开，请重新选择。") from broken
    if any("vbaproject" in part.lower() for part in parts):
        raise NotAllowed(f"“{name}”里带有宏，请另存为不带宏的文件后再传。")
    for part, kind in _BODIES.items():
        if part in parts and "[Content_Types].xml" in parts and len(parts) <= _MOST_PARTS:
            return kind
    raise NotAllowed(f"“{name}”的格式不能上传，压缩包请解开后再传。{ACCEPTED}")


def _is_text(data):
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def read(row: MatterFile) -> bytes | None:
    """The bytes, if they are still there and what was stored."""
    data = folder.read(row.stored_name)
    return data if data and hashlib.sha256(data).hexdigest() == row.digest else None
