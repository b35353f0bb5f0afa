"""便民服务卡: label and value side by side, one card under another. Read to complete the schedule, not stored."""

from dataclasses import dataclass

from liaison.imports.tables import header_word
from liaison.imports.text import cell_text, is_nothing, tidy
from villages.roster.text import read_phones

from .names import Person, read_people

LABELS = {
    "village": "驻点村 驻点社区 村 社区 联系村",
    "lead": "责任领导 责任人 驻点领导 带队领导",
    "phone": "联系电话 电话 手机",
    "members": "团队成员 驻点团队成员 成员",
    "time": "驻点时间 联系时间",
}
LABEL_OF = {word: name for name, words in LABELS.items() for word in words.split()}
_LEFT = {"members", "time"}  # the schedule says them


@dataclass
class Card:
    """One card: whose village, who leads, with which title and phone."""

    village: str = ""
    lead: Person | None = None
    phones: tuple[str, ...] = ()
    sheet: str = ""
    row: int = 0
    column: int = 0


def read_cards(sheet) -> tuple[list[Card], list[str]]:
    """(the cards of a sheet, its labels that nobody reads); both empty for any other sheet."""
    cards, ignored = [], []
    width = max((len(row) for row in sheet.rows), default=0)
    for column in range(width - 1):
        card = None
        for index, cells in enumerate(sheet.rows):
            label, value = _pair(cells, column)
            name = LABEL_OF.get(label, "")
            if name == "village":
                card = Card(tidy(value), sheet=sheet.name, row=index + 1, column=column + 1)
                cards.append(card)
            elif card and name:
                _fill(card, name, value)
            elif card and label and not is_nothing(value):
                ignored.append(label)
    whole = [card for card in cards if card.lead]
    return whole, list(dict.fromkeys(ignored)) if whole else []


def _pair(cells, column):
    if column + 1 >= len(cells):
        return "", ""
    return header_word(cells[column]) if isinstance(cells[column], str) else "", cells[column + 1]


def _fill(card, name, value):
    if name in _LEFT:
        return
    if name == "lead":
        people = read_people(value)
        card.lead = people[0] if people else None
    else:
        card.phones = tuple(read_phones(cell_text(value))[0])
