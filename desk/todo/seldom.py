"""What seldom is any, and is shown only while there is: all of them counted in one query."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Count, Value

from grievances.models import Extension, Grievance, LookBack, Meeting, Supervision
from grievances.nearing import Nearing
from grievances.reviews import KIND as REVIEW
from grievances.reviews import towns_without_review
from visits.models import LeaveRequest, LiaisonSession, Need, Proposal, Wish

from . import waiting as w
from .line import Todo, link

LEDGER, SUPERVISIONS = "grievances:ledger", "grievances:supervisions"


@dataclass(frozen=True)
class Seldom:
    """One number: its words, its rows for (user, on, now), and the list that shows exactly those.

    Args:
        asked: of the list; or, where it names the day, called with it.
    """

    words: str
    rows: Callable
    page: str
    asked: dict | Callable = field(default_factory=dict)
    unit: str = "件"
    is_late: bool = True

    def told(self, count, on) -> Todo:
        """The line of the desk."""
        asked = self.asked(on) if callable(self.asked) else self.asked
        return Todo(self.words, count, self.unit, link(self.page, asked), self.is_late)


def told_seldom(wanted, user, on, now) -> dict[str, Todo]:
    """Those of which there is any; one query whatever is wanted."""
    first, *others = [_counted(SELDOM[what].rows(user, on, now), what) for what in wanted] or [()]
    counts = dict(first.union(*others, all=True) if others else first)
    return {what: SELDOM[what].told(count, on) for what, count in counts.items() if count}


def _counted(rows, what):
    """One line (what, how many), to be joined to others."""
    rows = rows.order_by().values(what=Value(what)).annotate(count=Count("pk", distinct=True))
    return rows.values_list("what", "count")


def _matters(user):
    return Grievance.objects.visible_to(user)


def _near(user, on, now):
    """临期: within what the rows of the time limits warn before."""
    return _matters(user).near_due(now, Nearing.at(now, user.township_id).within())


def _look_backs(user, on, now):
    """挂账 are counted by themselves."""
    return LookBack.objects.visible_to(user).due(on).exclude(why=LookBack.Why.ON_BOOK)


def _coming(user, on, now):
    return LiaisonSession.objects.visible_to(user).special().filter(status="planned", on__gte=on)


SELDOM = {
    w.LEAVE: Seldom(
        "请假待批", lambda user, on, now: LeaveRequest.objects.visible_to(user).to_decide(user),
        "visits:leaves", {"whose": "decide"}, "份",
    ),
    w.COMING: Seldom(
        "近期约访下访", _coming, "visits:sessions",
        lambda on: {"coming": 1, "status": "planned", "on_from": on}, "天", is_late=False,
    ),
    w.NEEDS: Seldom(
        "需求线索待跟进", lambda user, on, now: Need.objects.visible_to(user).due(on),
        "visits:needs", {"look": "due"}, is_late=False,
    ),
    w.STUDY: Seldom(
        "金点子待研究", lambda user, on, now: Proposal.objects.visible_to(user).to_study(),
        "visits:proposals", {"state": "study"}, "条", is_late=False,
    ),
    w.WISHED: Seldom(
        "待认领的点单", lambda user, on, now: Wish.objects.visible_to(user).waiting(),
        "visits:wishes", {"state": "open"}, "条", is_late=False,
    ),
    w.WISHES: Seldom(
        "我认领的点单", lambda user, on, now: Wish.objects.visible_to(user).picked_up_by(user),
        "visits:wishes", {"whose": "mine"}, "条", is_late=False,
    ),
    w.EXTENDS: Seldom(
        "延期待审批", lambda user, on, now: Extension.objects.visible_to(user).to_decide(user, on),
        "grievances:extensions", {"whose": "decide"}, "份",
    ),
    w.LONGER: Seldom(
        "延期待告知反映人", lambda user, on, now: Extension.objects.visible_to(user).untold(),
        "grievances:extensions", {"whose": "untold"}, "份", is_late=False,
    ),
    w.NEAR: Seldom("临期", _near, LEDGER, {"state": "near"}, is_late=False),
    w.RESTED: Seldom(
        "挂起到期，待解挂", lambda user, on, now: _matters(user).suspended_past(on),
        LEDGER, {"suspended": "past"}, is_late=False,
    ),
    w.JOINED: Seldom(
        "告知并案", lambda user, on, now: _matters(user).joined_untold(), LEDGER,
        {"untold": "joined"}, is_late=False,
    ),
    w.TOGETHER: Seldom(
        "并案人待告知", lambda user, on, now: _matters(user).merged_untold(), LEDGER, {"untold": 1},
        is_late=False,
    ),
    w.HELP: Seldom(
        "协办待回复",
        lambda user, on, now: _matters(user).waiting_for_assist(user.department_ids()),
        LEDGER, {"assist": "waiting"}, is_late=False,
    ),
    # What comes after settling.
    w.REDO: Seldom(
        "不满意、反弹，待重办", lambda user, on, now: _matters(user).called_for(), LEDGER, {"redo": 1}
    ),
    w.ASKED: Seldom(
        "抽样回访，待我回访", lambda user, on, now: _matters(user).to_ask_by(user),
        LEDGER, {"sampled": "mine"},
    ),
    w.LOOK_BACK: Seldom(
        "回头看到期", _look_backs, "grievances:look_backs", {"state": "settled_due"}
    ),
    w.BOOK: Seldom(
        "挂账待复查", lambda user, on, now: _matters(user).book_due(on), LEDGER, {"book": "due"}
    ),
    # 督办 this person's units have to answer, and those whose day for the answer has passed; meetings he
    # keeps whose day has come and whose minutes are not written.
    w.SUPERVISED: Seldom(
        "督办待回复", lambda user, on, now: Supervision.objects.visible_to(user).to_answer_by(user),
        SUPERVISIONS, {"state": "mine"},
    ),
    w.UNREPLIED: Seldom(
        "督办回复超期", lambda user, on, now: Supervision.objects.visible_to(user).late(on),
        SUPERVISIONS, {"state": "late"},
    ),
    w.UNREVIEWED: Seldom(
        "工作点评待召开", lambda user, on, now: towns_without_review(user, on), "meetings:new",
        {"kind": REVIEW}, "次", is_late=False,
    ),
    w.UNWRITTEN_MEETINGS: Seldom(
        "会议待记录",
        lambda user, on, now: Meeting.objects.visible_to(user).kept_by(user).to_be_held(on),
        "meetings:meetings", {"state": "unwritten"}, "次", is_late=False,
    ),
}  # fmt: skip
