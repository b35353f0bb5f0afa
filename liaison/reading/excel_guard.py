"""What stands before the parser of .xlsx and .ods: is it a table we read, and is it small enough to unpack?

The parts that matter are unpacked here under a limit, scanned as a stream, and packed again without
compression; the parser only ever sees those. So a part that lies about its size cannot reach it.
"""

import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

from liaison.reading.excel_limits import LIMITS, MAX_FILE
from liaison.reading.excel_scan import (
    known_errors,
    parse_xml,
    scan_sheet,
    string_lengths,
    weigh_strings,
)
from liaison.reading.file_refused import FileRefused
from liaison.reading.ods_scan import scan_ods

__all__ = ["MAX_FILE", "MAX_ROWS", "FileRefused", "Package", "open_package"]

MAX_ROWS = LIMITS.rows
ENTRY = b"PK\x01\x02"  # One for each file in a zip's directory
ENCRYPTED = 1  # a flag of an entry
SMALL = 20_000_000  # bytes; below it the ratio does not matter
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OSError,
    KeyError,
    expat.ExpatError,
)
# A name in the archive that begins so -> what the archive is.
NAMED_BY = (
    ("word/", "文字文档，不是电子表格"),
    ("ppt/", "演示文稿，不是电子表格"),
    ("OFD.xml", "版式文件（OFD），不是电子表格"),
    ("Index/Document.iwa", "苹果 Numbers 表格"),
    ("META-INF/container.xml", "电子书"),
    ("AndroidManifest.xml", "程序文件，不是电子表格"),
)
WORKBOOK, STRINGS = "xl/workbook.xml", "xl/sharedstrings.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
XLSX_PARTS = ("[content_types].xml", "_rels/.rels", RELATIONS, WORKBOOK, "xl/styles.xml")
ODS_PARTS = ("mimetype", "meta-inf/manifest.xml", "content.xml")


@dataclass
class Package:
    """A checked xlsx or ods. `scans` maps the sheet's name to what the scan saw there."""

    kind: str
    repacked: bytes
    date_1904: bool = False
    scans: dict = field(default_factory=dict)


def open_package(data, budget, *, wants):
    """Check `data` (a zip) and hand back a Package.

    Args:
        budget: Budget of the file.
        wants: ``wants(sheet name)`` for a hidden sheet: only those that are wanted are unpacked.
    Raises:
        FileRefused: F-FORMAT, F-BROKEN, F-PASSWORD, F-SIZE, F-ROWS or F-EMPTY.
    """
    if data.count(ENTRY) > 10 * LIMITS.parts:
        raise FileRefused("F-SIZE", "里面的部件过多")
    out = BytesIO()
    try:
        with (
            zipfile.ZipFile(BytesIO(data)) as archive,
            zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed,
        ):
            parts = _Parts(archive, packed)
            kind = _kind(archive, parts)
            package = _ods(parts, budget) if kind == "ods" else _xlsx(parts, budget, wants)
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise FileRefused("F-PASSWORD" if "encrypted" in str(error) else "F-BROKEN") from error
    except BROKEN as error:
        raise FileRefused("F-BROKEN") from error
    package.repacked = out.getvalue()
    return package


class _Parts:
    """The archive's parts by lower-case name, unpacked under one limit, and the clean archive they go into."""

    def __init__(self, archive, packed):
        self.archive, self.packed, self.left = archive, packed, LIMITS.unpacked
        self.infos = {info.filename.lower(): info for info in archive.infolist()}
        if len(self.infos) > LIMITS.parts:
            raise FileRefused("F-SIZE", "里面的部件过多")
        if len(self.infos) < len(archive.infolist()):
            raise FileRefused("F-BROKEN", "里面有两个同名的部件")
        for info in archive.infolist():
            _check_entry(info)

    def expect(self, names):
        """Refuse before unpacking when these parts (None among them) say themselves that they are too large."""
        infos = [self.infos.get(name.lower()) for name in names if name]
        if sum(info.file_size for info in infos if info) > self.left:
            raise FileRefused("F-SIZE")

    def take(self, name):
        """Unpack one part and put it into the clean archive; returns its bytes, b"" when there is none."""
        info = self.infos.get(name.lower())
        if info is None:
            return b""
        if info.file_size > self.left or (
            info.file_size > SMALL and info.file_size > LIMITS.ratio * max(info.compress_size, 1)
        ):
            raise FileRefused("F-SIZE")
        with self.archive.open(info) as part:
            body = part.read(self.left + 1)
        self.left -= len(body)
        if self.left < 0:
            raise FileRefused("F-SIZE")
        if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
            raise FileRefused("F-BROKEN", "含有不该出现的 DOCTYPE 声明")
        if info.filename in self.packed.namelist():
            raise FileRefused("F-BROKEN", "部件指向了自己")
        self.packed.writestr(info.filename, known_errors(body))
        return body


def _check_entry(info):
    if info.flag_bits & ENCRYPTED:
        raise FileRefused("F-PASSWORD")
    if info.filename.startswith("/") or ".." in info.filename.replace("\\", "/").split("/"):
        raise FileRefused("F-BROKEN", "部件的路径不对")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise FileRefused("F-BROKEN", "里面有指向别处的链接")


def _kind(archive, parts):
    names = archive.namelist()
    if "xl/workbook.bin" in parts.infos:
        raise FileRefused("F-FORMAT", "这是二进制工作簿（.xlsb）")
    if any(name.startswith("xl/") for name in parts.infos):
        return "xlsx"
    if "content.xml" in parts.infos:
        mimetype = archive.open("mimetype").read(200) if "mimetype" in parts.infos else b""
        if b"spreadsheet" in mimetype:
            return "ods"
        raise FileRefused("F-FORMAT", "这是文字文档或演示文稿，不是电子表格")
    for start, what in NAMED_BY:
        if any(name.startswith(start) for name in names):
            raise FileRefused("F-FORMAT", f"这是{what}")
    raise FileRefused("F-FORMAT", "这是压缩包，请先解压再传其中的表格")


def _ods(parts, budget):
    if b"encryption-data" in parts.take("META-INF/manifest.xml"):
        raise FileRefused("F-PASSWORD")
    parts.take("mimetype")
    scan_ods(parts.take("content.xml"), budget)
    return Package("ods", b"")


def _xlsx(parts, budget, wants):
    lengths = string_lengths(parts.take(STRINGS))
    bodies = {name: parts.take(name) for name in XLSX_PARTS}
    if any(body.count(b"<") > LIMITS.small_tags for body in bodies.values()):
        raise FileRefused("F-SIZE", "样式或工作表过多")
    book = _Workbook()
    parse_xml(bodies[RELATIONS] or b"<none/>", book.relation)
    parse_xml(bodies[WORKBOOK], book.tag)
    if not book.sheets:
        raise FileRefused("F-EMPTY", "里面没有工作表")
    if len(book.sheets) > LIMITS.sheets:
        raise FileRefused("F-SIZE", "工作表过多")
    package = Package("xlsx", b"", book.date_1904)
    wanted = [(name, part) for name, part, hidden in book.sheets if not hidden or wants(name)]
    parts.expect({part for _, part in wanted})
    taken = {}
    for name, part in wanted:
        if part is None:
            continue
        if part not in taken:
            taken[part] = _scan(parts.take(part), lengths, budget)
        budget.spend(taken[part].rows * taken[part].columns)
        package.scans[name] = taken[part]
    return package


def _scan(body, lengths, budget):
    scan = scan_sheet(body)
    weigh_strings(body, scan, lengths, budget)
    return scan


class _Workbook:
    """What workbook.xml says: the sheets as (name, part, hidden) and the calendar."""

    def __init__(self):
        self.targets, self.sheets, self.date_1904 = {}, [], False

    def relation(self, tag, attrs):
        if tag.rpartition(":")[2] == "Relationship":
            target = attrs.get("Target", "")
            if not target.startswith("/") and not target.startswith("xl/"):
                target = f"xl/{target}"
            self.targets[attrs.get("Id")] = target.lstrip("/")

    def tag(self, tag, attrs):
        tag = tag.rpartition(":")[2]
        if tag == "workbookPr":
            self.date_1904 = attrs.get("date1904") in ("1", "true")
        elif tag == "sheet":
            ids = [value for key, value in attrs.items() if key.rpartition(":")[2] == "id"]
            part = self.targets.get(ids[0]) if ids else None
            hidden = attrs.get("state", "visible") != "visible"
            self.sheets.append((attrs.get("name", ""), part, hidden))
