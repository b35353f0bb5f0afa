"""What one row of the desk's forms says, and what the office takes for granted where it is silent.

The defaults are the page's policy, so that a tick is enough:

* 来源 follows the way of contact: who came to us is 驻点日接待, all else 入户走访; what a village contact
  heard is 代表反映, however he heard it.
* 类别 left open is guessed from the summary by the categories' own keywords (grievances/guessing.py);
  without a guess it is 其他. The office puts it right when it accepts the matter.
* 当场办结 without a method: 咨询 and 意见建议 were explained (程序性, ③政策解答), anything else was
  done (实质性, ①实质办结). Passed up or put off is never assumed.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from grievances.guessing import guess
from grievances.models import Category, Grievance, Settlement, SettlementMethod, Source
from liaison.errors import NotAllowed
from villages.models import Household
from visits.models import NeedKind, Visit

CAME_TO_US = (Visit.Mode.RECEPTION, Visit.Mode.APPOINTMENT)
# Codes of 来源: 驻点日接待, 入户走访, 代表反映
RECEPTION_SOURCE, VISIT_SOURCE, REPORTED_SOURCE = "01", "02", "03"
OPEN_CATEGORY = "21"  # code of 类别: 其他
EXPLAINED = (Grievance.Kind.INQUIRY, Grievance.Kind.SUGGESTION)
DONE_ON_THE_SPOT = "当场办结"


@dataclass(frozen=True)
class Matter:
    """What was asked, to become a row of the ledger; and what was promised, by which day."""

    summary: str
    kind: str = Grievance.Kind.DEMAND
    category: Category | None = None
    phone: str = ""
    is_urgent: bool = False
    on_the_spot: bool = False
    method: SettlementMethod | None = None
    words: str = ""
    promise: str = ""
    promise_due_on: dt.date | None = None


@dataclass(frozen=True)
class Entry:
    """Who was met and how, what was said; the matters (件), the proposal and the needs if there were any."""

    mode: str
    household: Household | None = None
    visitor: str = ""
    persons: int = 1
    said: str = ""
    nothing_asked: bool = False
    matters: tuple[Matter, ...] = ()
    proposal: str = ""
    needs: tuple[NeedKind, ...] = ()
    need_words: str = ""


class Defaults:
    """What is taken for granted in one save; each code list is read once, and only when it is asked.

    Args:
        reported: a village contact tells what he heard.
    """

    def __init__(self, reported=False):
        self.reported = reported

    def source_of(self, mode) -> Source:
        """The ledger's 来源 for a way of contact; the first one in use where the office switched it off."""
        code = RECEPTION_SOURCE if mode in CAME_TO_US else VISIT_SOURCE
        code = REPORTED_SOURCE if self.reported else code
        return _coded(self._sources, code) or _first(self._sources, "来源")

    def category_of(self, matter) -> tuple[Category, str]:
        """The chosen 类别, else the guessed one, else 其他; and why, where it was guessed."""
        if matter.category:
            return matter.category, ""
        if guessed := guess(matter.summary, self._categories):
            return guessed.category, f"类别{guessed.reason}。"
        open_one = _coded(self._categories, OPEN_CATEGORY) or _first(self._categories, "类别")
        return open_one, ""

    def method_of(self, matter) -> SettlementMethod:
        """The chosen 办结方式, or the first in use of the kind the policy above names."""
        if matter.method:
            return matter.method
        done = Settlement.PROCEDURAL if matter.kind in EXPLAINED else Settlement.SUBSTANTIVE
        return _first(
            [each for each in self._methods if each.settlement == done and not each.comes_back],
            "办结方式",
        )

    @cached_property
    def _sources(self):
        return in_use(Source)

    @cached_property
    def _categories(self):
        return in_use(Category)

    @cached_property
    def _methods(self):
        return in_use(SettlementMethod)


def in_use(model) -> list:
    """The lines of a code list that are in use, in their order; one query."""
    return list(model.objects.filter(is_active=True).order_by("order", "pk"))


def _coded(rows, code):
    return next((row for row in rows if row.code == code), None)


def _first(rows, label):
    if not rows:
        raise NotAllowed(f"没有可用的{label}，请镇驻点办先启用一项。")
    return rows[0]
