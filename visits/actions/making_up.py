"""A day missed, cancelled or passed over is made up for on a named day (补驻)."""

import datetime as dt

from django.db import IntegrityError, transaction

from cadres.models import LiaisonPlan
from liaison import clock
from liaison.errors import NotAllowed
from liaison.versions import claim
from visits.leading import may_arrange
from visits.models import LiaisonSession
from visits.rules import rules_of
from visits.skipped import skipped_days
from visits.telling import tell_of_new_day

from ._shared import check_hours, mine, note, save

Status = LiaisonSession.Status
FARTHEST = dt.timedelta(days=366)
TAKEN_OVER = ("plan", "township", "team", "village", "starts_at", "ends_at", "place")


@transaction.atomic
def make_up(*, session, by, now, version, on, **changed) -> LiaisonSession:
    """Name the day on which a missed or cancelled one is made up for; the team is told.

    Args:
        on: at least the township's notice (补驻提前告知, SessionPolicy) from today: villagers must learn of it.
        changed: starts_at, ends_at, place, where they are not those of the day it makes up for.
    Returns:
        The make-up day. Planners leave it alone; it is not due besides the day it makes up for.
    Raises:
        NotAllowed: neither the lead nor the office, a day that needs none or has one, too short a notice,
            or a day on which the team sits already.
        Stale: the day was changed since ``version``.
    """
    session = claim(mine(LiaisonSession, session, by), session.pk, version)
    _check_original(session, by, now)
    day = LiaisonSession(
        on=on, made_up_for=session, kind=session.kind,
        **{name: getattr(session, name) for name in TAKEN_OVER} | changed,
    )  # fmt: skip
    check_hours(day)
    _check_day(day, clock.local_date(now))
    _store(day)
    save(session)
    note(session, by, "定补驻日", {}, {"补驻日期": str(on)})
    tell_of_new_day(day, by=by, now=now)
    return day


@transaction.atomic
def make_up_skipped(*, plan, skipped_on, by, now, on, **changed) -> LiaisonSession:
    """Name the day on which one that a plan passed over for a holiday is made up for.

    The day passed over gets a row of its own, cancelled for the holiday, so that both can be counted.

    Raises:
        NotAllowed: as make_up, and when the plan did not pass over that day.
    """
    plans = LiaisonPlan.objects.visible_to(by).select_for_update(of=("self",))
    plan = plans.filter(pk=plan.pk).first()
    if plan is None:
        raise NotAllowed("这条驻点安排不在您负责的村，请核对后再填。")
    if skipped_on not in skipped_days(plan, skipped_on, skipped_on):
        raise NotAllowed(
            f"{plan}没有因节假日跳过{skipped_on:%Y-%m-%d}；已排定的日子请在驻点日列表里取消后再定补驻日。"
        )
    facts = {"team": plan.team, "village": plan.village, "township": plan.village.township}
    original = LiaisonSession(
        plan=plan, on=skipped_on, starts_at=plan.starts_at, ends_at=plan.ends_at, place=plan.place,
        status=Status.CANCELLED, reason="遇节假日，当次取消", **facts,
    )  # fmt: skip
    if not may_arrange(original, by, now):
        raise NotAllowed(_whose(original))
    _store(original)
    return make_up(session=original, by=by, now=now, version=None, on=on, **changed)


def _whose(session):
    return f"补驻日由{session.team}的责任人或镇驻点办确定，请联系他们。"


def _check_original(session, by, now):
    """Only a day of the plan that was not held, and has no make-up day ahead, is made up for."""
    if not may_arrange(session, by, now):
        raise NotAllowed(_whose(session))
    if session.is_make_up:
        raise NotAllowed("这一天本身就是补驻日；请在原定的那一天重新定补驻日。")
    if session.kind != LiaisonSession.Kind.REGULAR:
        raise NotAllowed("约访、下访等单独安排的日子不用补驻，请另外安排一天。")
    if session.status == Status.HELD:
        raise NotAllowed("这一天已经驻点，不需要补驻。")
    if session.status == Status.PLANNED:
        raise NotAllowed("请先取消这一天，或在过后标记未驻点，再定补驻日。")
    named = session.make_ups.filter(status__in=(Status.PLANNED, Status.HELD)).first()
    if named:
        raise NotAllowed(f"这一天已定在{named.on:%Y-%m-%d}补驻；要改期请先取消那一天。")


def _check_day(day, today):
    notice = rules_of(day.township_id, today).make_up_notice
    earliest = today + dt.timedelta(days=notice)
    if day.on < earliest:
        raise NotAllowed(f"补驻要提前{notice}天告知群众，最早可以定在{earliest:%Y-%m-%d}。")
    if day.on > today + FARTHEST:
        raise NotAllowed("补驻日期在一年以后，请核对年份。")
    same_plan = LiaisonSession.objects.filter(plan=day.plan_id, on=day.on) if day.plan_id else None
    if same_plan is not None and same_plan.exists():
        raise NotAllowed(f"{day.village}在{day.on:%Y-%m-%d}已有驻点日，请改定别的日子。")
    if LiaisonSession.objects.filter(team=day.team_id).overlapping(day).exists():
        raise NotAllowed(f"{day.team}在{day.on:%Y-%m-%d}这段时间已有驻点，请改定别的日子或时间。")


def _store(day):
    """Write it; another planner may have taken the same day of the plan a moment ago."""
    try:
        with transaction.atomic():
            day.save(force_insert=True)
    except IntegrityError as taken:
        raise NotAllowed(f"{day.on:%Y-%m-%d}刚被排了驻点日，请刷新后重新选择。") from taken
