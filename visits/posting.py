"""Which liaison days the village has yet to be told of: one question, asked by list, desk and verbs alike."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from .models import LiaisonSession, NoticePolicy, PublicNotice
from .rules import all_rules

Status = LiaisonSession.Status
PERMISSION = "visits.announce"


def days_to_tell(user, on):
    """Days from ``on`` that concern the whole village: to come, or called off after they were announced.

    Each row has ``said`` (a notice with today's facts hangs) and ``hangs`` (any notice hangs).
    """
    hanging = PublicNotice.objects.hanging().filter(session=OuterRef("pk"))
    same = hanging.filter(
        on=OuterRef("on"), starts_at=OuterRef("starts_at"), ends_at=OuterRef("ends_at"),
        place=OuterRef("place"), people_changed=False,
    )  # fmt: skip
    planned, off = Q(status=Status.PLANNED), Q(status=Status.CANCELLED)
    rows = LiaisonSession.objects.visible_to(user, PERMISSION)
    rows = rows.open_to_all().filter(on__gte=on)
    return (
        rows.annotate(hangs=Exists(hanging))
        .filter(planned | (off & Q(hangs=True)))
        .annotate(
            said=Exists(same.filter(called_off=False, session__status=Status.PLANNED))
            | Exists(hanging.filter(called_off=True, session__status=Status.CANCELLED))
        )
    )


def due(user, on):
    """Of these, the days whose notice should hang by now and does not (待张贴公示).

    A plan that says how many days ahead goes before its township's row; a day that moved takes the longer,
    and one that makes up for another (补驻) as long as it had to be named beforehand.
    """
    rows = days_to_tell(user, on).filter(said=False)
    townships = rows.order_by().values_list("township_id", flat=True).distinct()
    policies, rules = NoticePolicy.in_force(list(townships), on), all_rules(on)
    within = Q(status=Status.CANCELLED)  # those who come in vain are told at once
    for pk, policy in policies.items():
        moved = Q(on__lte=_ahead(on, policy.days_moved)) & (
            Q(moved_from__isnull=False) | Q(hangs=True)
        )
        named = max(policy.days_moved, rules.get(pk, rules[None]).make_up_notice)
        made_up = Q(made_up_for__isnull=False, on__lte=_ahead(on, named))
        usual = Q(plan__notice_days=None, on__lte=_ahead(on, policy.days))
        within |= Q(township=pk) & (usual | moved | made_up)
    own = rows.order_by().exclude(plan__notice_days=None)
    for days in own.values_list("plan__notice_days", flat=True).distinct():
        within |= Q(plan__notice_days=days, on__lte=_ahead(on, days))
    return rows.filter(within)


def _ahead(on, days):
    return on + dt.timedelta(days=days)


def hang_notices(sessions) -> None:
    """Give each session ``notice``: what hangs for it, or None; one query for all of them."""
    rows = PublicNotice.objects.hanging().filter(session__in=[each.pk for each in sessions])
    found = {row.session_id: row for row in rows.select_related("posted_by")}
    for session in sessions:
        session.notice = found.get(session.pk)


def people_changed(session) -> None:
    """Somebody else sits there than what hangs on the board says: the day is to be announced anew."""
    PublicNotice.objects.hanging().filter(session=session.pk).update(people_changed=True)
