"""安排本月抽查回头看: settled matters drawn by a seed nobody chooses, each to be looked at again by a day.

Who looks is not named beforehand: ``look_back`` refuses whoever had a hand in the matter.
"""

import secrets

from django.db import transaction

from grievances import sampling
from grievances.models import Grievance, LookBack, LookBackDraw
from liaison import audit
from liaison.clock import local_date
from liaison.errors import NotAllowed

from ._move import Move
from .coming_back import check_ahead
from .drawing import PERMISSION, size_asked

REASON_LONGEST = 200


def population_of(township, starts_on, ends_on, month):
    """What is drawn from: settled in the days, not drawn this month yet, and with no 抽查 before it.

    Confidential matters are not among ``Grievance.objects``.
    """
    rows = Grievance.objects.filter(township=township, settled_on__range=(starts_on, ends_on))
    rows = rows.settled().done_here().exclude(village=None)
    drawn = LookBack.objects.filter(draw__township=township, draw__month=month)
    open_ones = LookBack.objects.filter(why=LookBack.Why.SPOT_CHECK, done_on=None)
    return rows.exclude(pk__in=drawn.values("grievance")).exclude(
        pk__in=open_ones.values("grievance")
    )


@transaction.atomic
def draw_look_backs(
    *, by, now, township, starts_on, ends_on, due_on, size=None, share=None, reason=""
) -> LookBackDraw:
    """Draw this month's spot checks, once; again in the same month only with a reason, which is kept.

    Args:
        starts_on, ends_on: the days of settling. due_on: by when each is looked at. size: how many 件, or
        share: how many percent, rounded up.
    Raises:
        NotAllowed: wrong hands, days that do not fit, drawn already, nothing to draw.
    """
    if not by.has_perm(PERMISSION) or township.pk not in by.village_scope(PERMISSION).townships:
        raise NotAllowed("抽查回头看由镇驻点办、镇领导或督查组安排。")
    today = local_date(now)
    _check_days(starts_on, ends_on, due_on, today)
    type(township).objects.select_for_update(no_key=True).get(pk=township.pk)
    month, reason = today.replace(day=1), reason.strip()[:REASON_LONGEST]
    reason = _once_or_why(township, month, reason)
    rows = population_of(township, starts_on, ends_on, month).order_by("pk")
    population = [list(pair) for pair in rows.values_list("pk", "village")]
    if not population:
        raise NotAllowed("这段时间没有可以抽查的已办结诉求，请核对办结日期。")
    seed = secrets.token_hex(8)
    drawn = sampling.draw(population, size_asked(len(population), size, share), seed)
    draw = LookBackDraw.objects.create(
        township=township, month=month, starts_on=starts_on, ends_on=ends_on, due_on=due_on,
        size=len(drawn), share=share, seed=seed, rule=sampling.RULE,
        population_count=len(population), population=population, reason=reason, drawn_by=by,
        drawn_at=now,
    )  # fmt: skip
    _arrange(draw, drawn, by, today, now)
    told = {"总体": len(population), "抽取": len(drawn), "种子": seed, "再抽原因": reason}
    audit.record(by=by, action="抽查回头看", subject=draw, after=told, township_id=township.pk)
    return draw


def _check_days(starts_on, ends_on, due_on, today):
    if starts_on > ends_on:
        raise NotAllowed("起始日期在截止日期之后，请核对。")
    if ends_on > today:
        raise NotAllowed(f"截止日期{ends_on}还没有到，请填写已经过去的日子。")
    check_ahead(due_on, today)


def _once_or_why(township, month, reason) -> str:
    """The reason that is kept: none for the first draw of a month, one for each further."""
    earlier = LookBackDraw.objects.filter(township=township, month=month)
    earlier = earlier.select_related("drawn_by").first()
    if earlier is None:
        return ""
    if not reason:
        raise NotAllowed(
            f"{earlier}已由{earlier.drawn_by}于{local_date(earlier.drawn_at)}抽过"
            f"({earlier.population_count}件中抽{earlier.size}件)，没有再抽；确需再抽的请填写再抽原因。"
        )
    return reason


def _arrange(draw, drawn, by, on, now):
    """A day for each, and its line of history; rows are locked in one order."""
    matters = Grievance.objects.select_for_update(of=("self",)).filter(pk__in=drawn)
    for matter in matters.order_by("pk"):
        LookBack.objects.create(
            grievance=matter, due_on=draw.due_on, why=LookBack.Why.SPOT_CHECK, draw=draw,
            entered_at=now,
        )  # fmt: skip
        matter.version += 1
        matter.save(update_fields=["version"])
        said = f"每月抽查抽中，安排{draw.due_on}回头看"
        Move("arrange", matter, by, on, now, said).write("安排回头看", matter.status)
