"""A look over a sheet's XML: how far its content reaches, and what the parser will not tell.

The parser keeps a sheet as one full rectangle, so a single word at XFD1048576 would cost it 17 thousand
million cells. It also hides formulas and error values. Both are seen here, without building anything.

A sheet as spreadsheets write it is searched (`_plain`); one that is spelled otherwise, which may be an
attempt to hide something from that search, is read tag by tag, five times slower.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from xml.parsers import expat

from liaison.reading.excel_limits import LIMITS, check_reach
from liaison.reading.file_refused import FileRefused

REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")
UTF_8 = re.compile(
    rb"\s*(<\?xml(?![^>]*encoding)[^>]*\?>|<\?xml[^>]*encoding=[\"']utf-?8[\"'][^>]*\?>)?\s*<\w",
    re.I,
)
PREFIXED_CELL = re.compile(rb":c[\s/>]")
HOLDS = re.compile(rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})"[^<>]*(?<!/)>(?!</c>)')
EMPTY = re.compile(rb'<c r="[A-Z]{1,3}[1-9]\d{0,6}"[^<>]*></c>')
ERROR = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]* t="e"')
FORMULA = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^<>]*)>\s*<f[\s/>]')
ERROR_VALUE = re.compile(
    rb'(<c [^<>]*t="e"[^<>]*>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?<v>)[^<]*(?=</v>)'
)
SHARED = re.compile(rb'<c [^<>]*t="s"[^<>]*>\s*<v>(\d{1,9})</v>')
STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
CELL_STARTS = (b"<c ", b"<c>", b"<c/", b"<c\t", b"<c\n", b"<c\r")
STEP = 1 << 20  # bytes searched at once, so that what is found does not fill the memory


@dataclass
class Scan:
    """`rows`, `columns`: how far content reaches; `suspects`: cells (row, column from zero) with an error value or
    a formula; `strings`: shared-string cells."""

    rows: int = 0
    columns: int = 0
    suspects: set = field(default_factory=set)
    strings: int = 0


MARKED_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def column_number(letters):
    """A -> 0, Z -> 25, AA -> 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def scan_sheet(xml):
    """Scan a worksheet part (bytes). Raises FileRefused F-ROWS or F-SIZE, naming the cell that lies too far."""
    tags = xml.count(b"<")
    if tags > LIMITS.tags:
        raise FileRefused("F-SIZE", "单元格太多，多为只有边框的空行")
    if b"\0" in xml[:100] and not xml.startswith(MARKED_UTF_16):
        raise FileRefused("F-BROKEN", "内容的编码没有写明")  # the reader would find nothing in it
    scan = _plain(xml)
    if scan is not None:
        return scan
    if tags > LIMITS.slow_tags:
        raise FileRefused("F-SIZE", "单元格太多，多为只有边框的空行")
    return _tag_by_tag(xml)


def _plain(xml):
    """The Scan by searching, or None where the sheet is spelled so that a search could miss a cell."""
    cells = sum(map(xml.count, CELL_STARTS))
    is_plain = (
        UTF_8.match(xml)
        and b"<!" not in xml
        and b"\0" not in xml
        and cells == xml.count(b'<c r="')
        and not PREFIXED_CELL.search(xml)
    )
    if not is_plain:
        return None
    check_counts(cells, xml.count(b"<mergeCell "))
    columns, rows, holding = set(), set(), 0
    for start, end in _steps(xml):
        found = HOLDS.findall(xml, start, end)
        holding += len(found)
        if found:
            letters, digits = zip(*found, strict=True)
            columns.update(letters)
            rows.update(digits)
    closed = xml.count(b"</c>")
    if holding != closed and holding + len(EMPTY.findall(xml)) != closed:
        return None
    scan = Scan(
        rows=max(map(int, rows), default=0),
        columns=1 + max((column_number(each.decode()) for each in columns), default=-1),
        strings=xml.count(b' t="s"'),
    )
    check_reach(scan.rows, scan.columns)
    if b' t="e"' in xml:
        scan.suspects |= {_at(*match.groups()) for match in ERROR.finditer(xml)}
    if b"<f" in xml:
        # A formula that gave "" is a text with nothing in it
        scan.suspects |= {
            _at(letters, digits)
            for letters, digits, attrs in FORMULA.findall(xml)
            if b't="str"' not in attrs
        }
    return scan


def _at(letters, digits):
    return int(digits) - 1, column_number(letters.decode())


def _steps(xml):
    """(start, end) of pieces of about STEP bytes, each beginning with a cell."""
    start = 0
    while start < len(xml):
        end = xml.find(b"<c ", start + STEP)
        end = len(xml) if end < 0 else end
        yield start, end
        start = end


def check_counts(cells, merges):
    """Refuse a sheet of too many cells, formatted ones counted, or too many merges. Raises FileRefused F-SIZE."""
    if cells > LIMITS.cells:
        raise FileRefused("F-SIZE", "单元格太多，多为只有边框的空行")
    if merges > LIMITS.merges:
        raise FileRefused("F-SIZE", "合并单元格过多")


def _tag_by_tag(xml):
    at = _Position()

    def start(name, attrs):
        tag = name.rpartition(":")[2]
        if tag == "c":
            at.cell(attrs.get("r"), attrs.get("t"))
        elif tag in ("v", "is"):
            at.holds_value()
        elif tag == "row":
            at.next_row(attrs.get("r"))
        elif tag == "f":
            at.formula()
        elif tag == "mergeCell":
            at.merges += 1
            check_counts(0, at.merges)

    parse_xml(xml, start)
    return at.scan


class _Position:
    """Where the scan stands, and the far corner of what it has met."""

    def __init__(self):
        self.row = self.column = -1
        self.cells = self.merges = 0
        self.kind = None
        self.scan = Scan()

    def next_row(self, number):
        self.row = int(number) - 1 if number else self.row + 1
        self.column = -1

    def cell(self, ref, kind):
        self.cells += 1
        check_counts(self.cells, 0)
        if ref:
            match = REF.fullmatch(ref)
            if not match:
                raise FileRefused("F-BROKEN", "有单元格的位置不对")
            self.column, self.row = column_number(match[1]), int(match[2]) - 1
        else:
            self.column += 1
        self.kind = kind
        if kind == "s":
            self.scan.strings += 1
        elif kind == "e":
            self.scan.suspects.add((self.row, self.column))

    def formula(self):
        if self.kind != "str":
            self.scan.suspects.add((self.row, self.column))

    def holds_value(self):
        scan = self.scan
        if self.row >= scan.rows or self.column >= scan.columns:
            scan.rows = max(self.row + 1, scan.rows)
            scan.columns = max(self.column + 1, scan.columns)
            check_reach(scan.rows, scan.columns)


def known_errors(xml):
    """The same part with every error value one the parser knows: it gives up the file at #SPILL! and others."""
    return ERROR_VALUE.sub(rb"\1#N/A", xml) if b' t="e"' in xml else xml


def string_lengths(xml):
    """The length in bytes of every shared string. Raises FileRefused F-SIZE for more than any roster has."""
    if xml.count(b"<si") > LIMITS.strings or xml.count(b"<") > LIMITS.slow_tags:
        raise FileRefused("F-SIZE", "文字过多")
    starts = [match.start() for match in STRING.finditer(xml)]
    return [end - start for start, end in pairwise([*starts, len(xml)])]


def weigh_strings(xml, scan, lengths, budget):
    """Count what a sheet draws from the shared strings: the parser copies the text per cell.

    Raises FileRefused F-SIZE where a few very long texts are shown very many times.
    """
    if scan.strings * max(lengths, default=0) <= budget.text // 4:
        return
    found, total = 0, 0
    for start, end in _steps(xml):
        indexes = [int(digits) for digits in SHARED.findall(xml, start, end)]
        found += len(indexes)
        total += sum(lengths[index] for index in indexes if index < len(lengths))
        if total > budget.text:
            break
    if (
        found < scan.strings and total <= budget.text
    ):  # Spelled otherwise: weigh every cell as the longest
        total += (scan.strings - found) * max(lengths)
    budget.read(total)


def parse_xml(xml, start, characters=None, end=None):
    """Run expat over an XML document (bytes or str); DOCTYPE, entities and deep nesting refuse the file."""
    depth = 0

    def open_tag(name, attrs):
        nonlocal depth
        depth += 1
        if depth > LIMITS.depth:
            raise FileRefused("F-BROKEN", "标签套得过深")
        start(name, attrs)

    def close_tag(name):
        nonlocal depth
        depth -= 1
        if end:
            end(name)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = open_tag
    parser.EndElementHandler = close_tag
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = no_doctype
    parser.EntityDeclHandler = no_doctype
    parser.Parse(xml, True)


def no_doctype(*_):
    """Refuse: a spreadsheet has none, and it is the door for entities. Raises FileRefused F-BROKEN."""
    raise FileRefused("F-BROKEN", "含有不该出现的 DOCTYPE 声明")
