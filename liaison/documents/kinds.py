"""The registry of papers: what a kind is called, what its template may say, how the shipped one looks.

Field names are the office's own words, because the office writes them into its .docx: 「{{ 驻点团队 }}」. A value
is always a text or a list of rows of texts: a template never gets hold of an object of ours.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One word a template may use.

    Args:
        name: as it is written in the template.
        about: what it says, for the page of fields; "" where the name tells it.
        example: what the sample has in its place.
    """

    name: str
    about: str = ""
    example: str = ""


@dataclass(frozen=True)
class Rows:
    """A list a template may repeat a table row for.

    Args:
        name: of the list. each: what one row is called in the shipped template.
    """

    name: str
    each: str
    fields: tuple[Field, ...]
    about: str = ""


@dataclass(frozen=True)
class Kind:
    """One paper.

    Args:
        key: its part of addresses. title: what pages and file names call it.
        about: one sentence for the settings page.
        fields, lists: everything its template may use.
        layout: the blocks of the shipped one and of the print page (layout.py).
        is_landscape: A4 across.
    """

    key: str
    title: str
    about: str
    fields: tuple[Field, ...]
    lists: tuple[Rows, ...]
    layout: tuple
    is_landscape: bool = False

    def sample(self) -> dict:
        """A filled-in context with every field, as the page of fields shows it."""
        said = {field.name: field.example for field in self.fields}
        rows = {
            rows.name: [{field.name: field.example for field in rows.fields}] for rows in self.lists
        }
        return said | rows

    def rows_named(self, name: str) -> Rows:
        """One of its lists."""
        return next(rows for rows in self.lists if rows.name == name)


KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Enter papers, from an app's ``ready()``."""
    for kind in kinds:
        KINDS[kind.key] = kind
