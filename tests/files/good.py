"""Small good files of every kind, to be spoilt: bytes in memory, invented people (order codes 9xx, phones 154…)."""

import struct
import zipfile
from io import BytesIO

from openpyxl import Workbook

from liaison.reading.ole_file import write_ole
from villages.tests.roster_files import number

HEAD = ["组", "户编号", "姓名", "与户主关系", "身份证号", "联系电话", "备注"]
PEOPLE = [
    ["第1组", "001", "周大山", "户主", number(), "15400000001", "=1+1"],
    ["第1组", "001", "李梅", "妻", number("19720202", 902), "", ""],
    ["第2组", "002", "王三", "户主", number("19650505", 903), "15400000002", ""],
]
ROWS = [HEAD, *PEOPLE]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
FAR_ROW = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'


def workbook(rows=ROWS, *, prepare=None):
    """An .xlsx; `prepare(book)` may change it before it is written. A text stays a text, whatever it begins with."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in book.active.iter_rows():
        for cell in cells:
            if cell.data_type == "f":
                cell.data_type = "s"
    if prepare:
        prepare(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def parts_of(data):
    """{name: bytes} of a zip."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts, *, method=zipfile.ZIP_DEFLATED):
    """A zip of {name: bytes or str}; None leaves a part out."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, body in parts.items():
            if body is not None:
                archive.writestr(name, body)
    return out.getvalue()


def package(changes, base=None):
    """A good .xlsx with some of its parts replaced (None takes one away)."""
    return zipped(parts_of(base or workbook()) | changes)


def sheet_xml(cells, after=""):
    """A worksheet part."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData>{after}</worksheet>'


def strings_xml(*texts):
    """A shared-strings part."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<sst xmlns="{MAIN}">{items}</sst>'


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Sheet1">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
ODS_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}'
    "</manifest:manifest>"
)


def ods_cell(text, attrs=""):
    """A text cell."""
    cell = f'<table:table-cell office:value-type="string" {attrs}><text:p>{text}</text:p>'
    return f"{cell}</table:table-cell>"


def ods_row(*texts, attrs=""):
    """A row of text cells."""
    return f"<table:table-row {attrs}>{''.join(map(ods_cell, texts))}</table:table-row>"


def ods(rows="", *, manifest="", content=None):
    """An .ods from rows of XML; without them the good roster."""
    rows = rows or "".join(ods_row(*row) for row in ROWS)
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": ODS_MANIFEST.format(manifest),
            "content.xml": content or ODS.format(rows),
        }
    )


def record(kind, body=b""):
    """One BIFF record."""
    return struct.pack("<HH", kind, len(body)) + body


def begin(kind):
    """BOF of the globals (5) or a sheet (0x10)."""
    return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0xDBB, 0x7CC, 0, 6))


END = record(0x0A)


def label(row, column, index):
    """A cell that shows a shared text."""
    return record(0xFD, struct.pack("<HHHI", row, column, 0, index))


def dimensions(rows, columns):
    """What a sheet says of its own size."""
    return record(0x200, struct.pack("<IIHHH", 0, rows, 0, columns, 0))


def shared(texts):
    """The shared texts, continued after each text as Excel may do."""
    first, *others = [
        struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts
    ] or [b""]
    count = struct.pack("<II", len(texts), len(texts))
    return record(0xFC, count + first) + b"".join(record(0x3C, each) for each in others)


def bound_sheet(position, name, hidden=0, kind=0):
    """The entry of a sheet in the globals."""
    text = name.encode("utf-16-le")
    return record(0x85, struct.pack("<IBBBB", position, hidden, kind, len(name), 1) + text)


def xls_stream(rows=ROWS, *, globals_=b"", cells=b"", size=None, sheets=(("名单", 0, 0),)):
    """A workbook's records: every entry of `sheets` (name, hidden, kind) shows the same rows."""
    texts = list(dict.fromkeys(text for row in rows for text in row))
    body = begin(0x10) + dimensions(*(size or (len(rows), 7)))
    for number_, row in enumerate(rows):
        for column, text in enumerate(row):
            body += label(number_, column, texts.index(text)) if text else b""
    body += cells + END
    start = begin(5) + globals_ + shared(texts)
    first = len(start + b"".join(bound_sheet(0, *each) for each in sheets) + END)
    entries = b"".join(bound_sheet(first, *each) for each in sheets)
    return start + entries + END + body


def xls(rows=ROWS, **options):
    """An .xls; see `xls_stream`."""
    return write_ole("Workbook", xls_stream(rows, **options))


def csv(rows=ROWS, separator=","):
    """A .csv in UTF-8."""
    return "\r\n".join(separator.join(row) for row in rows).encode()


def html(rows=ROWS, *, before="", after="", charset="utf-8"):
    """A page with one table, as systems hand it out under the name of .xls."""
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    head = f'<html><head><meta charset="{charset}"><style>td{{color:#000}}</style></head><body>'
    page = f"{head}{before}<table border=1>{body}</table>{after}</body></html>"
    return page.encode("gb18030" if charset.startswith("gb") else charset)


XML_2003 = (
    '<?xml version="1.0"?>{doctype}<?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{sheets}</Workbook>'
)


def xml_cell(text, attrs="", kind="String"):
    """A cell of an XML Spreadsheet."""
    return f'<Cell {attrs}><Data ss:Type="{kind}">{text}</Data></Cell>'


def xml_sheet(rows, *, name="名单", options=""):
    """A sheet of it from rows of XML."""
    table = f"<Table>{''.join(f'<Row>{row}</Row>' for row in rows)}</Table>"
    return f'<Worksheet ss:Name="{name}">{table}{options}</Worksheet>'


def xml_2003(rows=None, *, doctype="", sheets=None):
    """An XML Spreadsheet 2003; without rows the good roster."""
    rows = rows or ["".join(map(xml_cell, row)) for row in ROWS]
    return XML_2003.format(doctype=doctype, sheets=sheets or xml_sheet(rows)).encode()


def good_sheet():
    return parts_of(workbook())[SHEET].decode()


GOOD = {"xlsx": workbook, "ods": ods, "xls": xls, "csv": csv, "html": html, "xml-2003": xml_2003}
