"""The shape of a paper, once: the shipped .docx (shipped.py) and the print page are both made of it."""

from dataclasses import dataclass

TITLE = "标题"  # every kind has this field


@dataclass(frozen=True)
class Facts:
    """A line of 「词：值」 above the table; the word is the field's name unless said otherwise."""

    fields: tuple[str, ...]
    block = "facts"

    def filled(self, context) -> dict:
        """[(word, value)]."""
        return {"facts": [(name, context[name]) for name in self.fields]}


@dataclass(frozen=True)
class Grid:
    """A framed table of words and values: one tuple a line, one or two fields in it."""

    lines: tuple[tuple[str, ...], ...]
    block = "grid"

    def filled(self, context) -> dict:
        """[[(word, value)]]."""
        return {"lines": [[(name, context[name]) for name in line] for line in self.lines]}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Args:
        field: of the row; also the head unless ``head`` says otherwise.
        width: its share of the line.
        across: "left" or "center".
    """

    field: str
    width: int
    across: str = "left"
    head: str = ""

    @property
    def heading(self) -> str:
        """The words above it."""
        return self.head or self.field


@dataclass(frozen=True)
class Table:
    """A framed table with a row for each of a list."""

    rows: str
    columns: tuple[Column, ...]
    is_small: bool = False  # of many columns
    is_tall: bool = False  # with room to write by hand
    block = "table"

    def filled(self, context) -> dict:
        """(column, its share in percent) and rows of (value, column)."""
        whole = sum(column.width for column in self.columns)
        rows = [
            [(row[column.field], column) for column in self.columns] for row in context[self.rows]
        ]
        columns = [(column, round(column.width * 100 / whole)) for column in self.columns]
        return {"columns": columns, "rows": rows, "table": self}


@dataclass(frozen=True)
class Blank:
    """A framed room to write in by hand or in WPS."""

    word: str
    lines: int = 4
    block = "blank"

    def filled(self, context) -> dict:
        """The word beside the room."""
        return {"word": self.word}


@dataclass(frozen=True)
class Note:
    """A line of words below the table, from a field; nothing where the field is empty.

    Args:
        part: of a letter, set as official letters are: "call" 称呼, "body" 正文, "signed" 落款; else "".
    """

    field: str
    part: str = ""
    block = "note"

    def filled(self, context) -> dict:
        """The words, and which part of a letter they are."""
        return {"text": context[self.field], "part": self.part}


@dataclass(frozen=True)
class Signs:
    """Where people sign."""

    words: tuple[str, ...]
    block = "signs"

    def filled(self, context) -> dict:
        """The words before the lines."""
        return {"words": self.words}


@dataclass(frozen=True)
class Paper:
    """One paper filled in: what the print page shows and the .docx says.

    Args:
        context: {field: text, list: [{field: text}]}, nothing else.
        place: what its file's name begins with: 青山镇, 石桥村. when: what it ends with: 20261121.
    """

    kind: object
    context: dict
    place: tuple[str, ...]
    when: str

    @property
    def title(self) -> str:
        """Its heading."""
        return self.context[TITLE]

    def blocks(self) -> list[tuple[str, dict]]:
        """(name of the block, what is in it) in order, for templates/liaison/paper.html."""
        return [(block.block, block.filled(self.context)) for block in self.kind.layout]
