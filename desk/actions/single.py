"""A single day outside the plans, with the matters taken along."""

from django.db import transaction

from grievances import actions as ledger
from grievances.models import TakenAlong
from liaison.errors import NotAllowed
from liaison.versions import claim
from visits import actions as field
from visits.models import LiaisonSession


@transaction.atomic
def plan_single_day(*, by, now, matters=(), **day) -> LiaisonSession:
    """Set a single day outside the plans, with the matters taken along.

    Args:
        matters: open Grievance rows of the village; 带案下访 takes at least one.
        day: what visits.actions.plan_single takes.
    Raises:
        NotAllowed: any refusal of the verbs below; nothing is stored then.
    """
    if day["kind"] == LiaisonSession.Kind.CASE_VISIT and not matters:
        raise NotAllowed("带案下访要写明带哪件诉求，请至少选一件；还没有登记的，请先登记诉求。")
    session = field.plan_single(by=by, now=now, **day)
    for matter in matters:
        ledger.take_along(session=session, grievance=matter, by=by, now=now)
    return session


@transaction.atomic
def set_matters(*, session, by, now, version, matters) -> LiaisonSession:
    """The matters taken along are these: put on what is new, take off what is not among them.

    Raises:
        Stale: the day was changed since ``version``.
        NotAllowed: any refusal of the verbs below; nothing is stored then.
    """
    session = claim(LiaisonSession.objects.visible_to(by), session.pk, version)
    taken = TakenAlong.objects.visible_to(by).filter(session=session).select_related("grievance")
    for row in taken:
        if row.grievance not in matters:
            ledger.leave_behind(session=session, grievance=row.grievance, by=by, now=now)
    for matter in matters:
        ledger.take_along(session=session, grievance=matter, by=by, now=now)
    return session
