"""The container old Office files come in (compound file, [MS-CFB]): read with bounds, written anew with one stream.

Every chain of sectors is followed at most once around, so a file that points in circles ends.
"""

import struct
from array import array
from dataclasses import dataclass

FREE, END_OF_CHAIN, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NONE = 0xFFFFFFFF
STREAM, ROOT = 2, 5  # kinds of directory entries
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IN_HEADER = 109  # FAT sectors the header itself can name
SECTOR = 4096  # of the files written here: with it the header names enough for any upload


class BrokenFile(ValueError):
    """The container contradicts itself or is cut off."""


@dataclass
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class OleFile:
    """A compound file. `names` are the streams and folders at its top level.

    Raises:
        BrokenFile: it cannot be read.
    """

    def __init__(self, data):
        try:
            self._open(data)
        except (struct.error, IndexError) as error:
            raise BrokenFile from error

    def _open(self, data):
        self.data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise BrokenFile
        self.size = 1 << shift
        self.sectors = max(len(data) // self.size - 1, 0)
        (directory,) = struct.unpack_from("<I", data, 48)
        (self.cutoff, mini_fat) = struct.unpack_from("<II", data, 56)
        self.fat = self._table(self._fat_sectors())
        self.mini_fat = self._table(self._chain(self.fat, mini_fat))
        entries = self._join(self._chain(self.fat, directory))
        self.entries = [_entry(entries, at) for at in range(0, len(entries) - 127, 128)]
        if not self.entries or self.entries[0].kind != ROOT:
            raise BrokenFile
        self.top = self._children(self.entries[0].child)

    @property
    def names(self):
        return [entry.name for entry in self.top]

    def read(self, name):
        """The bytes of a stream at the top level, None when there is none."""
        entry = next((e for e in self.top if e.kind == STREAM and e.name == name), None)
        if entry is None:
            return None
        if entry.size >= self.cutoff:
            body = self._join(self._chain(self.fat, entry.start))
        else:
            small = self._join(self._chain(self.fat, self.entries[0].start))
            chain = self._chain(self.mini_fat, entry.start)
            body = b"".join(small[at * 64 : at * 64 + 64] for at in chain)
        if len(body) < entry.size:
            raise BrokenFile
        return body[: entry.size]

    def _fat_sectors(self):
        (extra,) = struct.unpack_from("<I", self.data, 68)
        found = list(struct.unpack_from(f"<{IN_HEADER}I", self.data, 76))
        seen = set()
        while extra < self.sectors:
            if extra in seen:
                raise BrokenFile
            seen.add(extra)
            numbers = struct.unpack_from(f"<{self.size // 4}I", self.data, self._at(extra))
            found += numbers[:-1]
            extra = numbers[-1]
        return [number for number in found if number < self.sectors]

    def _table(self, chain):
        table = array("I")
        table.frombytes(self._join(chain))
        return table

    def _chain(self, table, start):
        """The sectors of a chain, in order."""
        chain, limit = [], len(table)
        while start < FAT_SECTOR:
            if start >= limit or len(chain) >= limit:
                raise BrokenFile
            chain.append(start)
            start = table[start]
        return chain

    def _at(self, sector):
        return (sector + 1) * self.size

    def _join(self, chain):
        return b"".join(self.data[self._at(each) : self._at(each) + self.size] for each in chain)

    def _children(self, number):
        """The entries of a folder: a tree that must not run in circles."""
        waiting, found, seen = [number], [], set()
        while waiting:
            number = waiting.pop()
            if number == NONE or number in seen or number >= len(self.entries):
                continue
            seen.add(number)
            entry = self.entries[number]
            found.append(entry)
            waiting += (entry.left, entry.right)
        return found


def _entry(data, at):
    (length, kind) = struct.unpack_from("<HB", data, at + 64)
    left, right, child = struct.unpack_from("<III", data, at + 68)
    start, size = struct.unpack_from("<II", data, at + 116)
    name = data[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
    return _Entry(name, kind, left, right, child, start, size)


def write_ole(name, body):
    """A compound file (bytes) that holds one stream."""
    body += bytes(-len(body) % SECTOR)
    count = len(body) // SECTOR
    per_fat = SECTOR // 4
    fats = -(-(count + 2) // (per_fat - 1))
    # Sectors: the FAT, the directory, the root's own stream (readers want one, though nothing is in it), the stream.
    fat = array("I", [FAT_SECTOR] * fats + [END_OF_CHAIN] * 2)
    first = len(fat)
    fat.extend(range(first + 1, first + count))
    fat.append(END_OF_CHAIN)
    fat.extend([FREE] * (fats * per_fat - len(fat)))
    header = struct.pack(
        "<8s16x5H6x9I", MAGIC, 0x3E, 4, 0xFFFE, 12, 6,
        1, fats, fats, 0, SECTOR, END_OF_CHAIN, 0, END_OF_CHAIN, 0,
    )  # fmt: skip
    named = list(range(fats)) + [FREE] * (IN_HEADER - fats)
    header += struct.pack(f"<{IN_HEADER}I", *named)
    root = _packed("Root Entry", ROOT, child=1, start=fats + 1, size=0)
    stream = _packed(name, STREAM, child=NONE, start=first, size=len(body))
    directory = root + stream
    return b"".join(
        part + bytes(-len(part) % SECTOR)
        for part in (header, fat.tobytes(), directory, bytes(1), body)
    )


def _packed(name, kind, *, child, start, size):
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", text, len(text) + 2, kind, 1, NONE, NONE, child, start, size
    )
