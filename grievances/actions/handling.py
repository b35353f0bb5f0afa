"""Handed to a unit, taken in hand or handed back, settled."""

from django.db import transaction

from grievances.deadlines import moment_of
from grievances.models import Grievance, Settlement, Status
from liaison.errors import NotAllowed

from ._move import begin, require_choice, require_words
from ._units import check_unit
from .assisting import assist
from .coming_back import Why, comes_back, lapse
from .naming import admit


@transaction.atomic
def assign(
    *, grievance, by, on, now, version, department, handler=None, words="", assisting=()
) -> Grievance:
    """交办 to a unit of the township, by name to one of its handlers if wished.

    Args:
        assisting: 协办, units asked in the same act to lend a hand; each has its own line of history.
    """
    move = begin("assign", grievance=grievance, by=by, on=on, now=now, version=version)
    matter = move.grievance
    check_unit(matter, department, handler, on, now)
    if matter.is_confidential:
        admit(matter, handler, by, on)
    matter.department, matter.handler, matter.assigned_on = department, handler, on
    to = f"交{department}{handler or ''}办理"
    move.words = "。".join(part for part in (to, words.strip()) if part)
    move.told = {"承办单位": str(department), "承办人": str(handler or "")}
    matter, asked = move.finish(), words.strip() or f"配合{department}办理"
    for unit in assisting:
        given = {"by": by, "on": on, "now": now, "version": matter.version}
        matter = assist(grievance=matter, department=unit, words=asked, **given)
    return matter


@transaction.atomic
def take_in_hand(*, grievance, by, on, now, version) -> Grievance:
    """接收办理 by somebody of the unit, who becomes the handler if none was named."""
    move = begin("take_in_hand", grievance=grievance, by=by, on=on, now=now, version=version)
    matter = move.grievance
    if matter.handler_id is None and matter.department_id in by.department_ids():
        matter.handler = by
    move.told = {"承办人": str(matter.handler or "")}
    return move.finish()


@transaction.atomic
def return_(*, grievance, by, on, now, version, words) -> Grievance:
    """退回 to the office with a reason; the unit still sees the matter until it is assigned anew."""
    move = begin("return_", grievance=grievance, by=by, on=on, now=now, version=version)
    move.words = require_words(words, "请写明退回的原因。")
    matter = move.grievance
    move.told = {"退回单位": str(matter.department or "")}
    return move.finish()


@transaction.atomic
def settle(
    *,
    grievance,
    by,
    on,
    now,
    version,
    settlement,
    method,
    words,
    without_assist="",
    comes_back_on=None,
) -> Grievance:
    """办结 with kind and method; on time or not is compared with the due moment, never typed.

    Args:
        without_assist: why it is settled though a unit asked to assist has not reported.
        comes_back_on: the day one looks again, for a method that promises something for later.
    """
    move = begin("settle", grievance=grievance, by=by, on=on, now=now, version=version)
    if move.grievance.status == Status.FORWARDED and settlement != Settlement.PROCEDURAL:
        raise NotAllowed("已转送其他单位的只能作程序性办结；镇里自己办好的，请先收回。")
    _check_assists(move.grievance, without_assist)
    record_settlement(move, settlement, method, words, comes_back_on)
    if without_assist.strip():
        move.words += f"。协办单位未回复仍办结：{without_assist.strip()}"
    return move.finish()


def _check_assists(matter, reason):
    waiting = [str(row.department) for row in matter.assists.waiting().select_related("department")]
    if waiting and not reason.strip():
        raise NotAllowed(f"{'、'.join(waiting)}的协办还没有回复；仍要办结的，请写明理由。")


def record_settlement(move, settlement, method, words, comes_back_on=None) -> None:
    """Set (not save) what settling writes, and the day one looks again; the method must be of the kind."""
    require_choice(settlement, Settlement, "办结类型")
    if method is None or not method.is_active:
        raise NotAllowed("请选择办结方式。")
    if method.settlement != settlement:
        raise NotAllowed(f"“{method}”不属于{Settlement(settlement).label}，请重新选择办结方式。")
    matter = move.grievance
    matter.settlement, matter.method, matter.result = settlement, method, words.strip()
    matter.settled_on, matter.settled_at = move.on, moment_of(move.on, move.now)
    matter.settled_by = move.by
    lapse(matter, move.on, Why.ON_BOOK)
    again = comes_back(matter, method, comes_back_on, move.on, move.now)
    head = f"{Settlement(settlement).label} {method}"
    move.words = "。".join(part for part in (head, matter.result, again) if part)
    move.told = {"办结类型": Settlement(settlement).label, "办结方式": str(method)}
