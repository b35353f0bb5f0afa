"""What stands before the parser: is it a table we read, and is it small enough to unpack?

The parts that matter are unpacked here under a limit, scanned as a stream, and packed again without
compression; the parser only ever sees those. So a part that lies about its size cannot reach it.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

from liaison.excel_scan import LIMITS, scan_ods, scan_sheet, weigh_shared_strings
from liaison.file_refused import FileRefused

__all__ = ["MAX_AREA", "MAX_FILE", "MAX_ROWS", "FileRefused", "Package", "open_package"]

MAX_FILE = 40_000_000  # bytes as uploaded
MAX_UNPACKED = 256_000_000  # bytes of all parts we read; 100,000 people take about 70 MB
MAX_PARTS = 2_000
MAX_RATIO = 400  # A sheet of nothing but borders packs about 100 : 1; only a bomb reaches this
MAX_ROWS = LIMITS.rows
MAX_AREA = LIMITS.area

NEEDED = re.compile(
    r"(\[Content_Types\]\.xml|mimetype|content\.xml|META-INF/manifest\.xml|.*\.rels|xl/.*\.xml)"
)
NOT_NEEDED = re.compile(
    r"xl/(media|drawings|charts|externalLinks|pivot\w*|comments\w*|customXml|queryTables)\b"
)
DATE_1904 = re.compile(rb"date1904\s*=\s*[\"'](1|true)[\"']")
CONTENT = re.compile(r"xl/.*\.xml")
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


@dataclass
class Package:
    """A checked xlsx or ods. `scans` maps the sheet's name to what the scan saw there."""

    kind: str
    repacked: bytes
    date_1904: bool = False
    scans: dict = field(default_factory=dict)


def open_package(data):
    """Check `data` (a zip) and hand back a Package. Raises FileRefused."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            kind = _kind(archive)
            parts = _unpack(archive)
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise FileRefused("F-PASSWORD" if "encrypted" in str(error) else "F-BROKEN") from error
    except BROKEN as error:
        raise FileRefused("F-BROKEN") from error
    try:
        return _checked(kind, parts)
    except BROKEN as error:
        raise FileRefused("F-BROKEN") from error


def _kind(archive):
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        raise FileRefused("F-FORMAT", "这是二进制工作簿（.xlsb）")
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names:
        if b"spreadsheet" in archive.read("mimetype")[:200]:
            return "ods"
        raise FileRefused("F-FORMAT", "这不是电子表格")
    if any(name.startswith("word/") for name in names):
        raise FileRefused("F-FORMAT", "这是文字文档，不是电子表格")
    raise FileRefused("F-FORMAT", "这是压缩包，请先解压再传其中的表格")


def _unpack(archive):
    """Name -> bytes of the parts a reader needs, never more than MAX_UNPACKED altogether."""
    infos = [
        i
        for i in archive.infolist()
        if NEEDED.fullmatch(i.filename) and not NOT_NEEDED.match(i.filename)
    ]
    if len(infos) > MAX_PARTS or sum(i.file_size for i in infos) > MAX_UNPACKED:
        raise FileRefused("F-SIZE")
    parts, left = {}, MAX_UNPACKED
    for info in infos:
        if info.file_size > 20_000_000 and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise FileRefused("F-SIZE")
        with archive.open(info) as part:
            parts[info.filename] = part.read(left + 1)
        left -= len(parts[info.filename])
        if left < 0:
            raise FileRefused("F-SIZE")
    return parts


def _checked(kind, parts):
    if kind == "ods":
        scan_ods(parts["content.xml"])
        return Package(kind, _repack(parts))
    workbook = parts.get("xl/workbook.xml", b"")
    strings = parts.get("xl/sharedStrings.xml", b"")
    # Every part, not only worksheets/*: which of them is a sheet is for the file to say.
    bodies = {name: body for name, body in parts.items() if CONTENT.fullmatch(name)}
    scans = {name: scan_sheet(body) for name, body in bodies.items()}
    weigh_shared_strings(strings, [(bodies[name], scan) for name, scan in scans.items()])
    named = {sheet: scans[part] for sheet, part in _sheet_parts(parts) if part in scans}
    return Package(kind, _repack(parts), bool(DATE_1904.search(workbook)), named)


def _repack(parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def _sheet_parts(parts):
    """(sheet name, part name) pairs, by way of the workbook's relations."""
    targets = {}

    def relation(tag, attrs):
        if tag == "Relationship":
            target = attrs.get("Target", "")
            targets[attrs.get("Id")] = (
                target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            )

    pairs = []

    def sheet(tag, attrs):
        if tag.rpartition(":")[2] == "sheet":
            rid = next(
                (value for key, value in attrs.items() if key.rpartition(":")[2] == "id"),
                None,
            )
            pairs.append((attrs.get("name", ""), targets.get(rid)))

    for part, handler in (
        ("xl/_rels/workbook.xml.rels", relation),
        ("xl/workbook.xml", sheet),
    ):
        parser = expat.ParserCreate()
        parser.StartElementHandler = handler
        if part in parts:
            parser.Parse(parts[part], True)
    return pairs
