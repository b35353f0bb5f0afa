"""How much a file may hold. Honest files stay far below; what exceeds it is refused before it costs memory."""

from dataclasses import dataclass

from liaison.reading.file_refused import FileRefused

MAX_FILE = 40_000_000  # bytes as uploaded


@dataclass(frozen=True)
class Limits:
    """rows and columns: how far content may reach; area: rows x columns of the sheets that are read, together."""

    rows: int = 200_000
    columns: int = 1_000
    area: int = 8_000_000
    cells: int = 8_000_000  # formatted ones too
    merges: int = 200_000
    text: int = 120_000_000  # bytes of text in the cells, repeats counted
    unpacked: int = 256_000_000  # bytes of all parts; 100,000 people take about 80 MB
    parts: int = 2_000
    ratio: int = 400  # A sheet of nothing but borders packs about 100 : 1; only a bomb reaches this
    tags: int = 30_000_000  # in one part
    slow_tags: int = 12_000_000  # in one part that must be read tag by tag
    small_tags: int = 2_000_000  # in a part that is no sheet
    strings: int = 3_000_000  # shared by the sheets
    depth: int = 200  # of nested tags
    sheets: int = 1_000
    heads: int = (
        300_000  # filled cells in the first rows of all sheets, where a table's head is looked for
    )


LIMITS = Limits()


class Budget:
    """What is left of the limits for one file."""

    def __init__(self):
        self.area, self.text, self.merges = LIMITS.area, LIMITS.text, LIMITS.merges

    def spend(self, cells, why="内容铺得过大"):
        """Count cells. Raises FileRefused F-SIZE."""
        self.area -= cells
        if self.area < 0:
            raise FileRefused("F-SIZE", why)

    def read(self, length):
        """Count the length of a text. Raises FileRefused F-SIZE."""
        self.text -= length
        if self.text < 0:
            raise FileRefused("F-SIZE", "文字过长或重复过多")

    def merge(self, count=1):
        """Count merged cells. Raises FileRefused F-SIZE."""
        self.merges -= count
        if self.merges < 0:
            raise FileRefused("F-SIZE", "合并单元格过多")


def check_reach(rows, columns):
    """Refuse a sheet whose content reaches too far down or right. Raises FileRefused F-ROWS or F-SIZE."""
    if rows > LIMITS.rows:
        raise FileRefused("F-ROWS", f"第 {rows} 行还有内容")
    if columns > LIMITS.columns:
        raise FileRefused("F-SIZE", f"第 {columns} 列还有内容")
    if rows * columns > LIMITS.area:
        raise FileRefused("F-SIZE", f"内容铺到第 {rows} 行、第 {columns} 列")
