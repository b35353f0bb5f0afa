"""What stands before a township's own template: is it a .docx, small, without macros, with nothing from outside?"""

import io
import re
import stat
import zipfile
import zlib

from .kinds import Kind
from .refusing import DocumentRefused
from .rendering import check_template_words, fill_in

MOST_BYTES = 2_000_000  # as uploaded
MOST_UNPACKED = 20_000_000  # of all parts
MOST_XML = 3_000_000  # of one part that is read
RATIO, SMALL = 200, 200_000  # how far a part may unfold; below SMALL bytes it does not matter
MOST_PARTS = 400
ENCRYPTED = 1  # a flag of an entry
BODY, TYPES = "word/document.xml", "[content_types].xml"
BODY_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']External""", re.IGNORECASE)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)

NOT_DOCX = "这不是 .docx 文字文档，请用 WPS 或 Word 打开后另存为 .docx 再上传。"
OLD = "这是旧的 .doc 文档或设了密码的文档，请取消密码、另存为 .docx 后再上传。"
BROKEN_FILE = "文件不完整或已损坏，请在 WPS 或 Word 里确认能打开，另存为新的 .docx 后再上传。"
TOO_BIG = "模板过大：请控制在2MB以内，去掉图片后再上传。"
BOMB = "文件展开后过大，不像正常的文档，不能上传。"
MACRO = "模板里带有宏，为了安全不能上传，请在 WPS 或 Word 里另存为不带宏的 .docx 后再上传。"
OBJECT = "模板里嵌有其他文件或控件，请删除后再上传。"
OUTSIDE = "模板引用了外部的图片、模板或文件，请改为直接放在文档里，再上传。"


def check_template(data: bytes, kind: Kind) -> None:
    """Refuse bytes that are no template of this kind: the container, then what it says, filled in with the sample.

    Raises:
        DocumentRefused: each fault with its own sentence.
    """
    check_container(data)
    check_template_words(data, kind.sample())
    fill_in(data, kind.sample())


def check_container(data: bytes) -> None:
    """The zip and its parts, unpacked under a limit. Raises DocumentRefused."""
    if len(data) > MOST_BYTES:
        raise DocumentRefused(TOO_BIG)
    if data.startswith(OLE):
        raise DocumentRefused(OLD)
    if not data.startswith(ZIP):
        raise DocumentRefused(NOT_DOCX)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive)
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise DocumentRefused(OLD) from error
    except BROKEN as error:
        raise DocumentRefused(BROKEN_FILE) from error


def _check_parts(archive):
    infos = archive.infolist()
    names = [info.filename.lower() for info in infos]
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise DocumentRefused(BOMB)
    if len(set(names)) < len(names):
        raise DocumentRefused(BROKEN_FILE)
    for info, name in zip(infos, names, strict=True):
        _check_entry(info, name)
    if BODY not in names or TYPES not in names:
        raise DocumentRefused(NOT_DOCX)
    left = MOST_UNPACKED
    for info, name in zip(infos, names, strict=True):
        left -= _check_part(name, _unpack(archive, info, left))


def _check_entry(info, name):
    """What the directory of the zip says of one part."""
    if info.flag_bits & ENCRYPTED:
        raise DocumentRefused(OLD)
    outside = name.startswith("/") or ".." in name.replace("\\", "/").split("/")
    if outside or stat.S_ISLNK(info.external_attr >> 16):
        raise DocumentRefused(BROKEN_FILE)
    if info.file_size > SMALL and info.file_size > RATIO * max(info.compress_size, 1):
        raise DocumentRefused(BOMB)
    if "vbaproject" in name or "vbadata" in name or "macro" in name:
        raise DocumentRefused(MACRO)
    if "/embeddings/" in name or "/activex/" in name or "/afchunk" in name:
        raise DocumentRefused(OBJECT)


def _unpack(archive, info, left):
    """One part, and not a byte more than is left whatever the zip says of its size."""
    with archive.open(info) as part:
        body = part.read(left + 1)
    if len(body) > left:
        raise DocumentRefused(BOMB)
    return body


def _check_part(name, body) -> int:
    """What one part holds; returns its length."""
    if name.endswith((".xml", ".rels")):
        if len(body) > MOST_XML:
            raise DocumentRefused(BOMB)
        # A NUL byte: written in UTF-16, where nothing below would be found
        if b"\0" in body or b"<!DOCTYPE" in body or b"<!ENTITY" in body:
            raise DocumentRefused(BROKEN_FILE)
    if name == TYPES and b"macroEnabled" in body:
        raise DocumentRefused(MACRO)
    if name == TYPES and BODY_TYPE not in body:
        raise DocumentRefused(NOT_DOCX)
    if name.endswith(".rels") and any(map(_leads_outside, _RELATION.findall(body))):
        raise DocumentRefused(OUTSIDE)
    return len(body)


def _leads_outside(relation):
    """Whether WPS would fetch something by itself; a link that somebody clicks is none."""
    return _EXTERNAL.search(relation) and b"/hyperlink" not in relation
