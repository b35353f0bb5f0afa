"""The records of an .xls workbook ([MS-XLS]), looked over before the parser builds anything from them.

The parser makes room for what a sheet's DIMENSIONS record says and copies a shared text into each cell that
shows it. So the cells themselves are counted here, and DIMENSIONS is set to what they really reach.
"""

import struct
from dataclasses import dataclass, field

from liaison.reading.excel_limits import LIMITS, check_reach
from liaison.reading.excel_scan import Scan
from liaison.reading.file_refused import FileRefused
from liaison.reading.ole_file import BrokenFile

BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C
FILEPASS, DATEMODE, BOUNDSHEET, SST = 0x002F, 0x0022, 0x0085, 0x00FC
DIMENSIONS, MERGED, LABELSST, MULRK, FORMULA, BOOLERR = 0x200, 0xE5, 0xFD, 0xBD, 0x06, 0x205
# LABEL, RSTRING, NUMBER, RK and those above: a value at (row, column).
CELLS = frozenset((LABELSST, MULRK, FORMULA, BOOLERR, 0x204, 0xD6, 0x203, 0x27E))
BIFF8, BIFF5 = 0x0600, 0x0500
WORKSHEET = 0
RECORDS = 6_000_000  # in all sheets; 65,536 rows of 50 cells are half of it
ERROR = 2  # kind of a formula's result
HEADER = struct.Struct("<HH")
AT = struct.Struct("<HH")


@dataclass
class Scanned:
    """`stream` with its DIMENSIONS put right; `version` 8 or 5; `scans` as of an xlsx."""

    stream: bytes
    version: int
    date_1904: bool = False
    scans: dict = field(default_factory=dict)


def scan_workbook(stream, budget):
    """Look over a workbook stream (bytes).

    Raises:
        FileRefused: F-PASSWORD, F-SIZE, F-ROWS, F-EMPTY, F-FORMAT (older than Excel 5).
        BrokenFile: the records contradict themselves.
    """
    try:
        return _Workbook(bytearray(stream), budget).scan()
    except (struct.error, IndexError) as error:
        raise BrokenFile from error


class _Workbook:
    def __init__(self, stream, budget):
        self.stream, self.budget = stream, budget
        self.records = 0

    def scan(self):
        version = self._version()
        found = Scanned(b"", 8 if version == BIFF8 else 5)
        sheets, lengths = [], []
        for kind, at, size in self._substream(0):
            if kind == FILEPASS:
                raise FileRefused("F-PASSWORD")
            if kind == DATEMODE:
                found.date_1904 = self._word(at) == 1
            elif kind == BOUNDSHEET:
                sheets.append(self._sheet(at, size, version))
            elif kind == SST:
                lengths = _string_lengths(self._pieces(at, size))
        if not sheets:
            raise FileRefused("F-EMPTY", "里面没有工作表")
        if len(sheets) > LIMITS.sheets:
            raise FileRefused("F-SIZE", "工作表过多")
        for position, name, kind in sheets:
            scan = self._cells(position, lengths)
            if kind == WORKSHEET:
                found.scans[name] = scan
        found.stream = bytes(self.stream)
        return found

    def _version(self):
        kind, size = HEADER.unpack_from(self.stream, 0)
        if kind in (0x0009, 0x0209, 0x0409):
            raise FileRefused("F-FORMAT", "这是很旧的 Excel 工作表，本系统读不了")
        version = self._word(4)
        if kind != BOF or size < 4 or version not in (BIFF8, BIFF5):
            raise BrokenFile
        return version

    def _word(self, at):
        return struct.unpack_from("<H", self.stream, at)[0]

    def _substream(self, at):
        """(kind, position of the data, its size) of each record up to the EOF that belongs to the first BOF."""
        depth, end, stream = 0, len(self.stream), self.stream
        while at + 4 <= end:
            kind, size = HEADER.unpack_from(stream, at)
            at += 4
            if at + size > end:
                raise BrokenFile
            self.records += 1
            if self.records > RECORDS:
                raise FileRefused("F-SIZE", "单元格太多，多为只有边框的空行")
            if kind == BOF:
                depth += 1
            elif kind == EOF:
                depth -= 1
                if depth <= 0:
                    return
            yield kind, at, size
            at += size
        raise BrokenFile  # cut off

    def _sheet(self, at, size, version):
        """(position, name, kind) of a BOUNDSHEET."""
        position, _hidden, kind, length = struct.unpack_from("<IBBB", self.stream, at)
        if position + 4 > len(self.stream):
            raise BrokenFile
        text = bytes(self.stream[at + 7 : at + size])
        if version == BIFF5:
            return position, text[:length].decode("gb18030", "replace"), kind
        wide = text[0] & 1
        name = (
            text[1 : 1 + 2 * length].decode("utf-16-le", "replace")
            if wide
            else text[1 : 1 + length].decode("latin-1")
        )
        return position, name, kind

    def _cells(self, position, lengths):
        """The Scan of one sheet; its DIMENSIONS are set to what it reaches."""
        scan, last_row, last_column, dimensions = Scan(), -1, -1, []
        stream = self.stream
        for kind, at, size in self._substream(position):
            if kind in CELLS:
                row, column = AT.unpack_from(stream, at)
                if kind == MULRK:
                    column = self._word(at + size - 2)
                elif kind == LABELSST:
                    (index,) = struct.unpack_from("<I", stream, at + 6)
                    self.budget.read(lengths[index] if index < len(lengths) else 0)
                elif self._is_error(kind, at):
                    scan.suspects.add((row, column))
                if row > last_row or column > last_column:
                    last_row, last_column = max(row, last_row), max(column, last_column)
                    check_reach(last_row + 1, last_column + 1)
            elif kind == DIMENSIONS:
                dimensions.append((at, size))
            elif kind == MERGED:
                self.budget.merge(self._word(at))
        scan.rows, scan.columns = last_row + 1, last_column + 1
        self.budget.spend(scan.rows * scan.columns)
        for at, size in dimensions:
            self._set_dimensions(at, size, scan)
        return scan

    def _is_error(self, kind, at):
        if kind == BOOLERR:
            return self.stream[at + 7] == 1
        return kind == FORMULA and self._word(at + 12) == 0xFFFF and self.stream[at + 6] == ERROR

    def _set_dimensions(self, at, size, scan):
        if size >= 14:
            struct.pack_into("<IIHH", self.stream, at, 0, scan.rows, 0, scan.columns)
        else:
            struct.pack_into("<HHHH", self.stream, at, 0, scan.rows, 0, scan.columns)

    def _pieces(self, at, size):
        """The data of a record and of the CONTINUE records behind it."""
        pieces = [bytes(self.stream[at : at + size])]
        at += size
        while at + 4 <= len(self.stream):
            kind, size = HEADER.unpack_from(self.stream, at)
            if kind != CONTINUE:
                break
            pieces.append(bytes(self.stream[at + 4 : at + 4 + size]))
            at += 4 + size
        return pieces


def _string_lengths(pieces):
    """The length in characters of every shared string."""
    reader, lengths = _Pieces(pieces), []
    (count,) = struct.unpack("<4xI", reader.take(8))
    if count > LIMITS.cells:
        raise FileRefused("F-SIZE")
    while len(lengths) < count and not reader.is_done:
        length, flags = struct.unpack("<HB", reader.take(3))
        runs = struct.unpack("<H", reader.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", reader.take(4))[0] if flags & 4 else 0
        reader.skip_text(length, wide=flags & 1)
        reader.skip(4 * runs + extra)
        lengths.append(length)
    return lengths


class _Pieces:
    """Reads on over the borders of CONTINUE records; a text that is cut there says its width again."""

    def __init__(self, pieces):
        self.pieces, self.number, self.at = pieces, 0, 0

    @property
    def is_done(self):
        return self.number >= len(self.pieces) - 1 and self.at >= len(self.pieces[-1])

    def _left(self):
        while self.at >= len(self.pieces[self.number]):
            self.number, self.at = self.number + 1, 0  # IndexError: cut off
        return len(self.pieces[self.number]) - self.at

    def take(self, size):
        taken = b""
        while len(taken) < size:
            step = min(self._left(), size - len(taken))
            taken += self.pieces[self.number][self.at : self.at + step]
            self.at += step
        return taken

    def skip(self, size):
        while size:
            step = min(self._left(), size)
            self.at += step
            size -= step

    def skip_text(self, length, wide):
        width = 2 if wide else 1
        while length:
            if self.at >= len(self.pieces[self.number]):
                self._left()
                width = 2 if self.pieces[self.number][0] & 1 else 1
                self.at = 1
            step = min((len(self.pieces[self.number]) - self.at) // width, length)
            if step == 0 and length:
                self.at = len(self.pieces[self.number])  # an odd byte at the border
                continue
            self.at += step * width
            length -= step
