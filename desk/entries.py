"""What one row of the liaison-day page says, and what the office takes for granted where it is silent.

The defaults are the page's policy, so that a tick is enough:

* 来源 follows the way of contact: who came to us is 驻点日接待, all else 入户走访.
* 类别 left open is 其他; the office puts it right when it accepts the matter.
* 当场办结 without a method: 咨询 and 意见建议 were explained (程序性, ③政策解答), anything else was
  done (实质性, ①实质办结). Passed up or put off is never assumed.
"""

from dataclasses import dataclass

from grievances.models import Category, Grievance, Settlement, SettlementMethod, Source
from liaison.errors import NotAllowed
from villages.models import Household
from visits.models import Visit

CAME_TO_US = (Visit.Mode.RECEPTION, Visit.Mode.APPOINTMENT)
RECEPTION_SOURCE, VISIT_SOURCE = "01", "02"  # codes of 来源: 驻点日接待, 入户走访
OPEN_CATEGORY = "21"  # code of 类别: 其他
EXPLAINED = (Grievance.Kind.INQUIRY, Grievance.Kind.SUGGESTION)
DONE_ON_THE_SPOT = "当场办结"


@dataclass(frozen=True)
class Matter:
    """What was asked, to become a row of the ledger."""

    summary: str
    kind: str = Grievance.Kind.DEMAND
    category: Category | None = None
    phone: str = ""
    is_urgent: bool = False
    on_the_spot: bool = False
    method: SettlementMethod | None = None
    words: str = ""


@dataclass(frozen=True)
class Entry:
    """Who was met and how, what was said, and the matter if there was one."""

    mode: str
    household: Household | None = None
    visitor: str = ""
    persons: int = 1
    said: str = ""
    nothing_asked: bool = False
    matter: Matter | None = None


def source_of(mode) -> Source:
    """The ledger's 来源 for a way of contact; the first one in use where the office switched it off."""
    code = RECEPTION_SOURCE if mode in CAME_TO_US else VISIT_SOURCE
    return _in_use(Source.objects, "来源", code=code)


def category_of(matter) -> Category:
    """The chosen 类别, or 其他."""
    return matter.category or _in_use(Category.objects, "类别", code=OPEN_CATEGORY)


def method_of(matter) -> SettlementMethod:
    """The chosen 办结方式, or the first in use of the kind the policy above names."""
    if matter.method:
        return matter.method
    done = Settlement.PROCEDURAL if matter.kind in EXPLAINED else Settlement.SUBSTANTIVE
    return _in_use(SettlementMethod.objects.filter(settlement=done), "办结方式")


def _in_use(rows, label, **wanted):
    """The wanted row of a code list if it is in use, else the first that is."""
    rows = rows.filter(is_active=True).order_by("order", "pk")
    row = rows.filter(**wanted).first() or rows.first()
    if row is None:
        raise NotAllowed(f"没有可用的{label}，请镇驻点办先启用一项。")
    return row
