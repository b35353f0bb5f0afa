"""本周清单待公示: the 问题清单 and 办结清单 of a week that do not hang yet (一台账两清单).

One of each for the township, or of each village where its rule says so. A list of which there would be no
line is not asked for: it could not be drafted.
"""

import datetime as dt
from dataclasses import dataclass

from grievances.models import Grievance, PaperPolicy, Publication
from liaison.idempotency import new_key
from villages.models import Township, Village

SIX_DAYS = dt.timedelta(days=6)
PERMISSION = "grievances.publish"
Kind = Publication.Kind


@dataclass(frozen=True)
class DueList:
    """A list of a week that is still to be hung.

    Args:
        village: None for the whole township. due_on: the township's day for it. draft: id of one begun, or None.
        ends_on: the last day of the week, or today.
    """

    township: Township
    village: Village | None
    kind: str
    starts_on: dt.date
    ends_on: dt.date
    due_on: dt.date
    draft: int | None
    shows_names: bool

    @property
    def label(self) -> str:
        """问题清单, 办结清单."""
        return str(Kind(self.kind).label)

    @property
    def place(self) -> str:
        """The village; or all of them."""
        return self.village.name if self.village else "全部村(社区)"

    @property
    def form_key(self) -> str:
        """For the form that drafts it, so that a double tap makes one."""
        return new_key()


def monday_of(on) -> dt.date:
    """The first day of its week."""
    return on - dt.timedelta(days=on.weekday())


def lists_due(user, on) -> int:
    """How many lists of this week this person has still to hang, once the township's day has come: 份."""
    return sum(due.due_on <= on for due in due_in_week(user, on, monday_of(on)))


def due_in_week(user, on, monday) -> list[DueList]:
    """Lists of a week this person has still to hang, in administrative order.

    Args:
        on: today; of the week that has begun nothing later is asked for. monday: the week's first day.
    """
    places = user.village_scope(PERMISSION).townships
    policies = PaperPolicy.objects.filter(township__in=places, reminds_weekly=True)
    policies = {row.township_id: row for row in policies.select_related("township")}
    if not policies:
        return []
    span = monday, min(on, monday + SIX_DAYS)
    wanted = _with_lines(user, policies, span)
    made = _made(policies, monday)
    villages = Village.objects.in_bulk({village for _, village, _ in wanted} - {None})
    found = [
        DueList(
            policies[township].township, villages.get(village), kind, *span,
            monday + dt.timedelta(days=policies[township].weekday - 1),
            made.get((township, village, kind)), policies[township].shows_names,
        )
        for township, village, kind in wanted
        if made.get((township, village, kind)) != HUNG
    ]  # fmt: skip
    return sorted(found, key=_order)


HUNG = 0  # in place of a draft's id


def _with_lines(user, policies, span) -> set:
    """{(township, village or None, kind)} of which a list would have a line."""
    rows = Grievance.objects.visible_to(user).public().exclude(village=None)
    rows = rows.filter(township__in=policies).order_by()
    of_kind = {
        Kind.PROBLEMS: rows.open().registered_within(*span),
        Kind.SETTLED: rows.settled_within(*span),
    }
    return {
        (township, village if policies[township].lists_by_village else None, str(kind))
        for kind, matters in of_kind.items()
        for township, village in matters.values_list("township", "village").distinct()
    }


def _made(policies, monday) -> dict:
    """{(township, village, kind): HUNG, or the id of the draft} of lists that end in the week."""
    rows = Publication.objects.filter(
        township__in=policies, ends_on__range=(monday, monday + SIX_DAYS)
    )
    made = {}
    for row in rows.only("township", "village", "kind", "status", "pk").order_by("pk"):
        key = (row.township_id, row.village_id, row.kind)
        if made.get(key) != HUNG:
            made[key] = row.pk if row.is_draft else HUNG
    return made


def _order(due):
    return (due.township.code, due.village.code if due.village else "", due.kind != Kind.PROBLEMS)
