"""A streamed look over a sheet's XML: how far its content reaches, and what the parser will not tell.

The parser keeps a sheet as one full rectangle, so a single word at XFD1048576 would cost it 17 thousand
million cells. It also hides formulas and error values. Both are seen here, without building anything.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from liaison.file_refused import FileRefused


@dataclass(frozen=True)
class Limits:
    """rows and columns: how far content may reach; area: rows x columns; cells: formatted ones too."""

    rows: int = 200_000
    columns: int = 1_000
    area: int = 8_000_000
    cells: int = 8_000_000
    merges: int = 200_000
    text: int = 400_000_000  # characters a sheet may draw from the shared strings


LIMITS = Limits()
REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")
ODS_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
ODS_VALUE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 value-type"


@dataclass
class Scan:
    """`suspects`: cells (row, column from zero) with an error value or a formula; `strings`: shared-string cells."""

    suspects: set = field(default_factory=set)
    strings: int = 0


def column_number(letters):
    """A -> 0, Z -> 25, AA -> 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def scan_sheet(xml):
    """Scan a worksheet part (bytes). Raises FileRefused F-ROWS or F-SIZE, naming the cell that lies too far."""
    scan, at = Scan(), _Position()
    kind = None

    def start(name, attrs):
        nonlocal kind
        tag = name.rpartition(" ")[2]
        if tag == "c":
            at.cell(attrs.get("r"))
            kind = attrs.get("t")
            if kind == "s":
                scan.strings += 1
            elif kind == "e":
                scan.suspects.add((at.row, at.column))
        elif tag == "v" or tag == "is":
            at.holds_value()
        elif tag == "row":
            at.next_row(attrs.get("r"))
        elif tag == "f" and kind != "str":  # A formula that gave "" is a text with nothing in it
            scan.suspects.add((at.row, at.column))
        elif tag == "mergeCell":
            at.merge()

    _parse(xml, start)
    return scan


class _Position:
    """Where the scan stands, and the far corner of what it has met."""

    def __init__(self):
        self.row = self.column = -1
        self.last_row = self.last_column = -1
        self.cells = self.merges = 0

    def next_row(self, number):
        self.row = int(number) - 1 if number else self.row + 1
        self.column = -1

    def cell(self, ref):
        self.cells += 1
        if self.cells > LIMITS.cells:
            raise FileRefused("F-SIZE", "单元格太多，多为只有边框的空行")
        match = REF.fullmatch(ref) if ref else None
        if match:
            self.column, self.row = column_number(match[1]), int(match[2]) - 1
        else:
            self.column += 1

    def holds_value(self):
        if self.row > self.last_row or self.column > self.last_column:
            self.last_row = max(self.row, self.last_row)
            self.last_column = max(self.column, self.last_column)
            check_reach(self.last_row + 1, self.last_column + 1)

    def merge(self):
        self.merges += 1
        if self.merges > LIMITS.merges:
            raise FileRefused("F-SIZE", "合并单元格过多")


def check_reach(rows, columns):
    """Refuse a sheet whose content reaches too far down or right."""
    if rows > LIMITS.rows:
        raise FileRefused("F-ROWS", f"第 {rows} 行还有内容")
    if columns > LIMITS.columns:
        raise FileRefused("F-SIZE", f"第 {columns} 列还有内容")
    if rows * columns > LIMITS.area:
        raise FileRefused("F-SIZE", f"内容铺到第 {rows} 行、第 {columns} 列")


def scan_ods(xml):
    """The same for an .ods: there one cell or row may stand for a million by a repeat count."""
    reach = {"row": 0, "row_repeat": 0, "column": 0}

    def start(name, attrs):
        space, _, tag = name.rpartition(" ")
        if space != ODS_TABLE:
            return
        if tag == "table":
            reach.update(row=0, row_repeat=0)
        elif tag == "table-row":
            reach["row"] += reach["row_repeat"]
            reach.update(row_repeat=_repeat(attrs, "rows"), column=0)
        elif tag in ("table-cell", "covered-table-cell"):
            reach["column"] += _repeat(attrs, "columns")
            if ODS_VALUE in attrs:
                check_reach(reach["row"] + reach["row_repeat"], reach["column"])

    _parse(xml, start)


def _repeat(attrs, what):
    return int(attrs.get(f"{ODS_TABLE} number-{what}-repeated", 1))


def weigh_shared_strings(strings, sheets):
    """Refuse a workbook in which a few very long texts are shown very many times.

    `strings` is the shared-strings part, `sheets` pairs of (sheet part, Scan). The parser copies the text per cell.
    """
    lengths = [len(piece) for piece in re.split(rb"<(?:\w+:)?si\b", strings)[1:]]
    for xml, scan in sheets:
        if scan.strings * max(lengths, default=0) > LIMITS.text:
            _weigh_sheet(xml, lengths)


def _weigh_sheet(xml, lengths):
    total, text, inside = 0, "", False

    def start(name, attrs):
        nonlocal text, inside
        tag = name.rpartition(" ")[2]
        if tag == "c":
            inside = attrs.get("t") == "s"
        text = ""

    def characters(data):
        nonlocal text
        text += data

    def end(name):
        nonlocal total
        if inside and name.rpartition(" ")[2] == "v":
            index = int(text)
            total += lengths[index] if index < len(lengths) else 0
            if total > LIMITS.text:
                raise FileRefused("F-SIZE", "文字过长且重复过多")

    _parse(xml, start, characters, end)


def _parse(xml, start, characters=None, end=None):
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.CharacterDataHandler = characters
    parser.EndElementHandler = end
    parser.EntityDeclHandler = _no_entities
    parser.Parse(xml, True)


def _no_entities(*_):
    raise FileRefused("F-BROKEN")
