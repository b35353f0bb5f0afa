"""Verbs on 交接: ordered at once, carried out on its day. The machine carries what is due."""

from types import SimpleNamespace

import structlog
from django.db import transaction

from cadres import handover_notices
from cadres.handover import Change, shares, survey
from cadres.models import Handover, Holding
from liaison import audit, clock
from liaison.errors import NotAllowed, Stale

from .checks import MANAGE_ACCOUNTS, require
from .posts import appoint, end_holding

log = structlog.get_logger(__name__)
CHANGED = "情况有变化，下面已按最新情况重新列出，请核对后再确认。"


@transaction.atomic
def hand_over_post(
    *, by, holding, until, today, now, successor=None, since=None, seen=None
) -> Handover:
    """A person leaves a post and the next one takes it, in one act.

    Seats, household links and plans belong to the post and follow it on the day; what names the person is
    carried by the apps' shares, now or, for a day to come, by the first tick of that day.

    Args:
        until: the last day in the post; of a holding that ended already, the day it ended.
        successor: None leaves the post vacant. since: his first day, the day after ``until`` when not said.
        seen: the digest of the survey that was shown; None when nobody chose from a page.
    Raises:
        NotAllowed: not his to do, elsewhere, handed over already, days that do not fit, or as ``appoint``
            and ``end_holding``.
        Stale: what was shown has changed since.
    """
    row = _order(by, holding, until, successor, since, today, now, seen)
    handover_notices.tell(row, now=now)
    if row.carry_on <= today:
        _carry_out(row, today, now)
    return row


def rehearse(**facts) -> str:
    """Why ``hand_over_post`` would refuse, "" when it would not; nothing is kept and nobody told."""
    names = ("by", "holding", "until", "successor", "since", "today", "now")
    try:
        with transaction.atomic():
            _order(*(facts.get(name) for name in names), None)
            transaction.set_rollback(True)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def change_of(holding, until, successor, since) -> Change:
    """The change as it was filled in; a first day that was left open is the next one."""
    if successor is None:
        return Change(holding.user, holding.post, until)
    there = holding.post.holdings.filter(user=successor, since__gt=until).order_by("since").first()
    return _starting(Change(holding.user, holding.post, until), successor, since, there)


def _starting(change, successor, since, there):
    first = there.since if there else since or change.carry_on
    return Change(change.user, change.post, change.until, successor, first)


def _order(by, holding, until, successor, since, today, now, seen) -> Handover:
    require(by, MANAGE_ACCOUNTS, holding.post.township)
    rows = Holding.objects.select_for_update(of=("self",))
    holding = rows.select_related("user", "post__township").get(pk=holding.pk)
    change = change_of(holding, until, successor, since)
    shown = survey(change, holding=holding, reader=by, today=today)
    if seen is not None and shown.digest != seen:
        raise Stale(SimpleNamespace(version=1, pk=None), CHANGED)
    _require_fitting(holding, change, today)
    ends = holding.until is None
    if ends:
        end_holding(by=by, holding=holding, until=until)
    if successor and not holding.post.holdings.filter(user=successor, since=change.since).exists():
        appoint(by=by, user=successor, post=holding.post, since=change.since)
    lines = [
        {"title": item.title, "count": item.count, "unit": item.unit, "fate": str(item.fate)}
        for item in shown.items
    ]
    row = Handover.objects.create(
        holding=holding, until=until, ends_holding=ends, successor=successor, carry_on=change.carry_on,
        ordered_by=by, ordered_at=now, lines=lines,
    )  # fmt: skip
    _record(row, "办理交接", {"最后一天": str(until), "生效日期": str(row.carry_on)})
    return row


def _require_fitting(holding, change, today):
    earlier = holding.handovers.filter(withdrawn_at=None).order_by("-pk").first()
    if earlier and earlier.is_pending:
        raise NotAllowed(f"这项任职的交接已经办理，{earlier.carry_on}起生效。")
    left = [item for share in shares() for item in share.named(holding.user, today=today)]
    if earlier and not left:
        raise NotAllowed(f"这项任职的交接已于{clock.local_date(earlier.ordered_at)}办理。")
    if holding.until and holding.until != change.until:
        raise NotAllowed(f"这项任职到{holding.until}为止，最后一天请填这一天。")
    if change.successor and change.successor.pk == holding.user_id:
        raise NotAllowed("接任人不能是本人，请另选一位，或留空表示暂缺。")
    if change.successor and change.since <= change.until:
        raise NotAllowed("接任日期须在最后一天之后：同一岗位同一天只有一人任职。")


@transaction.atomic
def withdraw_handover(*, by, handover, today, now) -> Handover:
    """Before the last day has passed: he stays, and the successor who has not begun is not appointed.

    The sheet stays, marked as withdrawn; the trail holds the appointment that never came into force.

    Raises:
        NotAllowed: not his to do, carried out or withdrawn already, the last day is past, or the successor's
            holding was itself handed over meanwhile.
    """
    require(by, MANAGE_ACCOUNTS, handover.holding.post.township)
    holding = Holding.objects.select_for_update(of=("self",)).get(pk=handover.holding_id)
    row = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if not row.may_be_withdrawn(today):
        raise NotAllowed(
            "这张交接单已经生效、已撤回，或最后一天已过，不能再撤回；如有变动请另行办理交接。"
        )
    coming = holding.post.holdings.filter(user=row.successor_id, since=row.carry_on)
    if coming.filter(handovers__isnull=False).exists():
        raise NotAllowed("接任人的这一岗位也办理了交接，请先撤回那一张。")
    coming.delete()
    holding.until = None
    holding.save(update_fields=["until"])
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    _record(row, "撤回交接", {"继续任职": str(holding.user)}, by=by)
    handover_notices.tell_withdrawn(row, now=now)
    return row


def carry_due(*, now) -> int:
    """Carry out the handovers whose day has come; safe to repeat and to run in parallel. Returns how many."""
    today, done = clock.local_date(now), 0
    for pk in list(Handover.objects.to_carry(today).order_by("pk").values_list("pk", flat=True)):
        try:
            done += _carry_one(pk, today, now)
        except Exception:
            log.exception("handover.not_carried", handover=pk)  # the next tick tries again
    return done


@transaction.atomic
def _carry_one(pk, today, now) -> bool:
    rows = Handover.objects.select_for_update(of=("self",)).to_carry(today)
    row = rows.select_related("holding__post", "holding__user", "ordered_by").filter(pk=pk).first()
    if row is None:
        return False
    _carry_out(row, today, now)
    return True


def _carry_out(row, today, now):
    moved = {share.key: share.carry(row, today=today, now=now) for share in shares()}
    row.moved = {key: ids for key, ids in moved.items() if ids}
    row.carried_at = now
    row.save(update_fields=["moved", "carried_at"])
    told = {share.name: f"{len(moved[share.key])}项" for share in shares() if moved[share.key]}
    _record(row, "交接生效", told)


def _record(row, action, after, by=None):
    audit.record(
        by=by or row.ordered_by,
        action=action,
        subject=row,
        after={"接任人": str(row.successor or "暂缺"), **after},
        township_id=row.holding.post.township_id,
    )
