"""待办 of what comes after settling: 待重办, 抽样回访, 回头看, 挂账复查."""

from collections.abc import Callable
from dataclasses import dataclass

from grievances.models import Grievance, LookBack

REDO, ASKED, LOOK_BACK, BOOK = "redo", "asked", "look_back", "book"


@dataclass(frozen=True)
class End:
    """One number: its words, its rows for a person and a day, and the list that shows exactly those."""

    words: str
    rows: Callable
    page: str
    asked: dict


def _redo(user, on):
    return Grievance.objects.visible_to(user).called_for()


def _asked(user, on):
    return Grievance.objects.visible_to(user).to_ask_by(user)


def _look_backs(user, on):
    """挂账 are counted by themselves."""
    return LookBack.objects.visible_to(user).due(on).exclude(why=LookBack.Why.ON_BOOK)


def _book(user, on):
    return Grievance.objects.visible_to(user).book_due(on)


LEDGER = "grievances:ledger"
ENDS = {
    REDO: End("不满意、反弹，待重办", _redo, LEDGER, {"redo": 1}),
    ASKED: End("抽样回访，待我回访", _asked, LEDGER, {"sampled": "mine"}),
    LOOK_BACK: End("回头看到期", _look_backs, "grievances:look_backs", {"state": "settled_due"}),
    BOOK: End("挂账待复查", _book, LEDGER, {"book": "due"}),
}
