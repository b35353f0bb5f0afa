"""Which household a row belongs to: empty cells take the value above, inside the same household or group."""

import re
from dataclasses import dataclass, field

from liaison.imports.text import half_width, is_nothing, tidy, tidy_lines

from .text import looks_like_group, read_group, read_name, same_name
from .words import HEAD, read_relation

LARGEST = 60  # rows of one household that are looked through for its head


@dataclass(slots=True)
class ParsedHousehold:
    """户 as the file tells it. `village` is what the village finder made of `village_name`; `number` may be empty."""

    village: object
    village_name: str
    section: str
    group: str
    group_number: int
    number: str
    head_cell: str
    address: str
    sheet: str
    row: int
    residents: list = field(default_factory=list)
    listed: int = 0  # rows listed, refused ones too, repeated ones not
    has_head: bool = False  # a row says 户主, accepted or not
    head_said: str = ""  # the name in that row
    said_count: int | None = None
    count_row: int = 0
    told: bool = (
        False  # some row says 户编号, 户主 or 与户主关系; else nobody knows who lives with whom
    )
    # The same number stands in another group too: numbering starts again in each group.
    number_repeats: bool = False
    # Once matched: which household of the registry it is, its number and its group's name there.
    stored: object = None
    stored_number: str = ""
    stored_group: str = ""

    def carried(self):
        """What a row of it takes from the rows above, by field: so that the row can stand alone."""
        return {
            "village": self.village_name,
            "section": self.section,
            "group": self.group,
            "number": self.number or self.stored_number,
            "head": self.head_cell or self.head_said,
            "address": self.address,
        }

    @property
    def head(self):
        """The first accepted resident who is 户主, or None."""
        return next((each for each in self.residents if each.relation == HEAD), None)

    @property
    def head_name(self):
        """The head's name, or what the 户主 column says; empty while the head is not settled."""
        return self.head.name if self.head else self.head_cell


class Grouping:
    """Walks the rows of a file in order and hands each its household."""

    def __init__(self, find_village):
        self._find_village = find_village
        self._found = {}
        self._numbered = {}
        self.households, self.last = [], None
        self.start_sheet(None, numbered=False)

    def start_sheet(self, table, *, numbered):
        """Begin a sheet; `numbered` when its rows carry household numbers."""
        self.table = table
        self.numbered = numbered
        self.village_name = self.section = ""
        self.group = ("", 0)
        self.current = None
        in_title = getattr(self._find_village, "in_title", None)
        if table and "village" not in table.columns and in_title:
            self.village_name = in_title(table.title())
        if table and "group" not in table.columns and looks_like_group(table.sheet.name):
            self.group = read_group(table.sheet.name)

    def announce_group(self, text):
        """A line across the table that names the group of the rows under it."""
        self.group, self.current = read_group(text), None

    def village_of(self, name):
        """(village, "") or (None, what is wrong) for a village name; asked once per name."""
        if name not in self._found:
            self._found[name] = self._find_village(name)
        return self._found[name]

    def place(self, row, cells):
        """The household of a row; begins one where the row does."""
        self._carry_places(cells)
        household = self._household(row, cells)
        self._complete(household, row, cells)
        self.current = self.last = household
        return household

    def carry(self, row, cells):
        """A row without a person: its place, and the household it begins, hold for the rows below."""
        self._carry_places(cells)
        if not is_nothing(self._own(cells, "number")):
            self.place(row, cells)

    def _own(self, cells, name):
        value = self.table.value(cells, name)
        return "" if is_nothing(value) else value

    def _carry_places(self, cells):
        village = tidy(self._own(cells, "village"))
        section = tidy(self._own(cells, "section"))[:30]
        group = self._own(cells, "group")
        if village and village != self.village_name:
            self.village_name, self.section, self.group, self.current = village, "", ("", 0), None
        if section and section != self.section:
            if self.section:
                self.group, self.current = ("", 0), None
            self.section = section
        if group != "" and (read := read_group(group)) != self.group:
            self.group, self.current = (read[0][:30], read[1]), None

    def _household(self, row, cells):
        number = half_width(self._own(cells, "number"))[:30]
        head_cell = same_name(self._own(cells, "head"))[:50]
        is_head = read_relation(self.table.value(cells, "relation")) == HEAD
        if number:
            return self._by_number(number, head_cell, row)
        if self.current is None or self._begins(head_cell, is_head):
            return self._new("", head_cell, row)
        return self.current

    def _begins(self, head_cell, is_head):
        """Does a row without a number begin a household, though one is open?"""
        other_head = bool(
            head_cell and self.current.head_cell and head_cell != self.current.head_cell
        )
        if self.numbered:
            return other_head and is_head
        joins_its_own = (
            head_cell and head_cell == self.current.head_cell and not self.current.has_head
        )
        return other_head or (is_head and not joins_its_own)

    def _by_number(self, number, head_cell, row):
        village = self.village_of(self.village_name)[0]
        # One object each for as long as the file is read; its own hash would ask for its key every time.
        village = id(village) if village else self.village_name
        here, anywhere = (village, number, self.group[0]), (village, number)
        known = self._numbered.get(here)
        if known is None and (other := self._numbered.get(anywhere)):
            if self._begins_again(number, other, head_cell, row):
                other.number_repeats = True
            else:
                known = other
        if known is None:
            known = self._new(number, head_cell, row)
            known.number_repeats = anywhere in self._numbered
            self._numbered.setdefault(anywhere, known)
        self._numbered[here] = known
        return known

    def _begins_again(self, number, other, head_cell, row):
        """Is a number met in another group before another household's here? Told by the heads, if anything tells them.

        Args:
            other: the household of the group before.
        """
        head, relation = self._head_below(number, row)
        if head_cell and other.head_cell:
            return head_cell != other.head_cell and bool(head or not relation)
        mine, theirs = head or head_cell, other.head_said or other.head_cell
        if mine and theirs:
            return mine != theirs
        return not (mine or theirs or relation or self.last is other)

    def _head_below(self, number, row):
        """(the name of who is 户主 in the rows of a number from this one on, whether they tell relations at all)."""
        told = False
        for cells in self.table.sheet.rows[row - 1 : row + LARGEST]:
            here = self._own(cells, "number")
            if here != "" and half_width(here)[:30] != number:
                break
            relation = read_relation(self.table.value(cells, "relation"))
            told = told or bool(relation)
            if relation == HEAD:
                return read_name(self.table.value(cells, "name")).text, True
        return "", told

    def _new(self, number, head_cell, row):
        household = ParsedHousehold(
            village=self.village_of(self.village_name)[0],
            village_name=self.village_name,
            section=self.section,
            group=self.group[0],
            group_number=self.group[1],
            number=number,
            head_cell=head_cell,
            address="",
            sheet=self.table.sheet.name,
            row=row,
        )
        self.households.append(household)
        return household

    def _complete(self, household, row, cells):
        household.head_cell = household.head_cell or same_name(self._own(cells, "head"))[:50]
        household.address = household.address or tidy_lines(self._own(cells, "address"))
        relation = read_relation(self.table.value(cells, "relation"))
        household.told = household.told or bool(household.number or household.head_cell or relation)
        if relation == HEAD and not household.has_head:
            household.has_head = True
            name = read_name(self.table.value(cells, "name"))
            household.head_said = "" if name.wrong else name.text
        said = re.match(r"\d{1,3}", half_width(self._own(cells, "count")))
        if household.said_count is None and said:
            household.said_count, household.count_row = int(said[0]), row
