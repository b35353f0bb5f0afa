"""待办: what waits for a person, by role; each number is the length of the list behind its link."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Min, Value
from django.urls import reverse

from cadres.link_rows import in_state
from cadres.models import HouseholdLink
from cadres.reference import NationalDays
from cadres.roles import Role
from cadres.workcalendar import year_wanted
from desk.todo_ends import ASKED, BOOK, ENDS, LOOK_BACK, REDO
from grievances.models import Grievance, Status
from grievances.models.states import SETTLED
from villages.models import Household
from visits.contacting import due_today
from visits.models import LeaveRequest, LiaisonSession, Need, Proposal, Wish
from visits.posting import due
from visits.rounds import current_round, missing
from visits.rules import days_to_confirm, days_to_escalate

DAY = dt.timedelta(days=1)
UNWRITTEN, OVERDUE, UNLINKED, MINE = "unwritten", "overdue", "unlinked", "mine"
LEAVE, CONFIRM, ESCALATED, COMING = "leave", "confirm", "escalated", "coming"
UNTOLD = "untold"
PROMISED = "promised"
DUE, WISHED, WISHES = "due", "wished", "wishes"
NEXT_YEAR = "next_year"
NEEDS, STUDY = "needs", "study"
ROUND = "round"

# What waits for each role, in the order the work goes: a state of matters, or one of those above.
WAITING = {
    Role.CADRE: (
        LEAVE, UNWRITTEN, CONFIRM, UNTOLD, COMING, OVERDUE, PROMISED, Status.SETTLED, ASKED,
        LOOK_BACK, NEEDS, STUDY, DUE, ROUND, WISHED, WISHES,
    ),
    Role.OFFICE: (
        LEAVE, Status.REGISTERED, Status.ACCEPTED, Status.RETURNED, OVERDUE, REDO, Status.VERIFIED,
        ASKED, LOOK_BACK, BOOK, ESCALATED, UNTOLD, COMING, NEEDS, STUDY, UNLINKED, NEXT_YEAR,
    ),
    Role.CONTACT: (MINE, DUE, WISHED, WISHES),
    Role.HANDLER: (Status.ASSIGNED, Status.IN_HAND, OVERDUE),
    Role.LEADER: (LEAVE, CONFIRM, OVERDUE, ASKED, Status.ANSWERED),
    Role.SUPERVISOR: (OVERDUE, ASKED, LOOK_BACK, Status.ANSWERED),
    Role.ADMIN: (NEXT_YEAR,),
}  # fmt: skip
WORDS = {
    UNWRITTEN: "驻点日待补记",
    UNTOLD: "待张贴公示",
    LEAVE: "请假待批",
    CONFIRM: "驻点日待确认",
    ESCALATED: "驻点日逾期未确认",
    COMING: "近期约访下访",
    OVERDUE: "超期未结",
    PROMISED: "答应群众的事",
    UNLINKED: "未联系的户",
    MINE: "我的联系户",
    NEEDS: "需求线索待跟进",
    STUDY: "金点子待研究",
    ROUND: "本轮未走访",
    DUE: "应走访的户",
    WISHED: "待认领的点单",
    WISHES: "我认领的点单",
    Status.REGISTERED: "待受理",
    Status.ACCEPTED: "待交办",
    Status.RETURNED: "已退回，待重新交办",
    Status.ASSIGNED: "已交办，待接收",
    Status.IN_HAND: "办理中",
    Status.SETTLED: "已办结，待反馈",
    Status.ANSWERED: "已反馈，待回访",
    Status.VERIFIED: "已核实，待销号",
}
OF_WISHES = (WISHED, WISHES)
OF_DAYS = (LEAVE, UNWRITTEN, CONFIRM, ESCALATED, COMING)
# Pages a role opens without a number: (role, words, url name, permission of the page)
DOORS = (
    (Role.LEADER, "工作一览", "reports:dashboard"),
    (Role.SUPERVISOR, "工作一览", "reports:dashboard"),
    (Role.COUNTY, "工作一览", "reports:dashboard"),
    (Role.ADMIN, "账号", "accounts:users"),
    (Role.AUDITOR, "审计记录", "audit"),
)


@dataclass(frozen=True)
class Todo:
    """One number of the desk: so many 件 (or 天), and the list of exactly those."""

    label: str
    count: int
    unit: str
    url: str
    is_late: bool = False


def todos(user, on, now) -> list[Todo]:
    """What waits for this person's roles; a few queries whatever the roles.

    Args:
        on: today; now: the moment overdue is compared with.
    """
    waiting = {what: None for role in WAITING if role in user.roles for what in WAITING[role]}
    by_status = _by_status(user, [what for what in waiting if what in Status.values])
    seldom = _seldom(user, on, waiting)
    found = [
        seldom.get(what) if what in (NEEDS, STUDY, *ENDS) else _todo(what, by_status, user, on, now)
        for what in waiting
    ]
    return [todo for todo in found if todo]


def doors(user) -> list[tuple[str, str]]:
    """(words, address) of the pages this person's roles begin with."""
    return list({(word, reverse(name)): 0 for role, word, name in DOORS if role in user.roles})


def sessions_ahead(user, on, most=3) -> list[LiaisonSession]:
    """The liaison days of one's villages: today's, else the next ones not called off."""
    if not (user.roles & {Role.CADRE, Role.CONTACT}):
        return []
    rows = LiaisonSession.objects.visible_to(user).filter(on__gte=on).exclude(status="cancelled")
    rows = list(rows.select_related("village", "team").order_by("on", "starts_at", "pk")[:20])
    return [row for row in rows if row.on == on] or rows[:most]


def _by_status(user, wanted) -> dict:
    rows = Grievance.objects.visible_to(user).filter(status__in=wanted).done_here().order_by()
    return dict(rows.values_list("status").annotate(Count("pk"))) if wanted else {}


def _todo(what, by_status, user, on, now) -> Todo | None:
    if what in _OF_A_DAY:
        return _OF_A_DAY[what](user, on)
    if what == MINE:
        count = Household.objects.visible_to(user).count()
        return Todo(WORDS[what], count, "户", reverse("villages:households"))
    if what in OF_WISHES:
        return _of_wishes(what, user)
    if what in OF_DAYS:
        return _of_days(what, user, on, now)
    if what == UNTOLD:
        return Todo(WORDS[what], due(user, on).count(), "天", reverse("visits:public_notices"))
    if what == OVERDUE:
        count = Grievance.objects.visible_to(user).overdue(now).count()
        return Todo(
            WORDS[what], count, "件", _link("grievances:ledger", {"state": what}), bool(count)
        )
    asked = {"status": str(what)} | ({"done_here": 1} if what in SETTLED else {})
    link = _link("grievances:ledger", asked)
    return Todo(WORDS[what], by_status.get(what, 0), "件", link)


def _of_days(what, user, on, now) -> Todo | None:
    """A number of liaison days, or of leaves; what seldom is any is shown only when it is."""
    if what == LEAVE:
        count = LeaveRequest.objects.visible_to(user).to_decide(user).count()
        link = _link("visits:leaves", {"whose": "decide"})
        return Todo(WORDS[what], count, "份", link, True) if count else None
    days = LiaisonSession.objects.visible_to(user)
    if what == COMING:
        count = days.special().filter(status="planned", on__gte=on).count()
        link = _link("visits:sessions", {"coming": 1, "status": "planned", "on_from": on})
        return Todo(WORDS[what], count, "天", link) if count else None
    if what == UNWRITTEN:
        count, asked = days.unwritten(on).count(), {"status": "planned", "on_to": on - DAY}
    elif what == CONFIRM:
        rows = days.unconfirmed_for(now, days_to_confirm(on)).led_by(user)
        count, asked = rows.count(), {"confirm": "lead"}
        if not count and Role.CADRE not in user.roles:
            return None  # a leader of the township who leads no team
    else:
        rows = days.unconfirmed_for(now, days_to_escalate(on))
        count, asked = rows.count(), {"confirm": "office"}
    return Todo(WORDS[what], count, "天", _link("visits:sessions", asked), bool(count))


def _seldom(user, on, waiting) -> dict[str, Todo]:
    """What visits left behind and what comes after settling, as far as there is any; all counts in one query."""
    rows = {what: ENDS[what].rows(user, on) for what in waiting if what in ENDS}
    if NEEDS in waiting:
        rows[NEEDS] = Need.objects.visible_to(user).due(on)
        rows[STUDY] = Proposal.objects.visible_to(user).to_study()
    first, *more = [_counted(each, what) for what, each in rows.items()] or [None]
    counts = dict(first.union(*more, all=True)) if rows else {}
    return {what: _of_seldom(what, count) for what, count in counts.items() if count}


def _of_seldom(what, count) -> Todo:
    if what == NEEDS:
        return Todo(WORDS[what], count, "件", _link("visits:needs", {"look": "due"}))
    if what == STUDY:
        return Todo(WORDS[what], count, "条", _link("visits:proposals", {"state": "study"}))
    end = ENDS[what]
    return Todo(end.words, count, "件", _link(end.page, end.asked), True)


def _counted(rows, what):
    """One line (what, how many), to be joined to others."""
    rows = rows.order_by().values(what=Value(what)).annotate(count=Count("pk"))
    return rows.values_list("what", "count")


def _promised(user, on) -> Todo | None:
    """What was promised by a day and not answered; shown only while there is any."""
    rows = Grievance.objects.visible_to(user).promised().order_by()
    told = rows.aggregate(count=Count("pk"), first=Min("promise_due_on"))
    if not told["count"]:
        return None
    link = _link("grievances:ledger", {"promise": "open"})
    return Todo(WORDS[PROMISED], told["count"], "件", link, told["first"] < on)


def _round(user, on) -> Todo | None:
    """Households the newest round under way has not reached in one's villages; None where none is."""
    visit_round = current_round(user, on)
    if visit_round is None:
        return None
    count = missing(Household.objects.visible_to(user), visit_round).count()
    asked = {"round": visit_round.pk, "reached": "no", "order": "longest"}
    return Todo(WORDS[ROUND], count, "户", _link("visits:coverage", asked))


def _due(user, on) -> Todo:
    """By the contact intervals; of the whole village for a cadre, of his households for a contact."""
    rows = Household.objects.visible_to(user).resident()
    count = due_today(rows, user, on).count()
    return Todo(WORDS[DUE], count, "户", reverse("visits:due"))


def _of_wishes(what, user) -> Todo | None:
    """What nobody has picked up yet, and what he or his team has; shown only when there is any."""
    wishes = Wish.objects.visible_to(user)
    rows = wishes.waiting() if what == WISHED else wishes.picked_up_by(user)
    asked = {"state": "open"} if what == WISHED else {"whose": "mine"}
    count = rows.count()
    return Todo(WORDS[what], count, "条", _link("visits:wishes", asked)) if count else None


def _unlinked(user, on) -> Todo | None:
    """None for an office that does not link households at all."""
    if not HouseholdLink.objects.visible_to(user, "cadres.manage_links").exists():
        return None
    rows = Household.objects.visible_to(user, "cadres.view_links")
    count = in_state(rows, "none", on).count()
    return Todo(WORDS[UNLINKED], count, "户", _link("cadres:links", {"state": "none"}))


def _next_year(user, on) -> Todo | None:
    """From November on, while next year's work calendar is missing: where this person publishes it, or sees it."""
    year = year_wanted(on)
    if year is None:
        return None
    publishes = NationalDays().may_change(user)
    url = (
        reverse("settings:years_notice") if publishes else _link("cadres:calendar", {"year": year})
    )
    return Todo(f"{year}年工作日历待发布", 1, "年", url, is_late=True)


def _link(name, asked) -> str:
    return f"{reverse(name)}?{urlencode(asked)}"


# What needs nothing but the person and the day
_OF_A_DAY = {
    UNLINKED: _unlinked,
    NEXT_YEAR: _next_year,
    ROUND: _round,
    PROMISED: _promised,
    DUE: _due,
}
