"""Registered, then accepted or declined; or settled where it was said."""

from django.db import transaction

from grievances.models import Grievance, SettlementMethod, Status
from liaison.errors import NotAllowed
from liaison.models import NumberSeries

from ._move import Move, begin, check_day, require_choice
from .dating import clear_deadline, clock_start, set_deadline
from .handling import record_settlement
from .promising import check_promise, promised_in_words
from .reporting import check_may_register
from .routing import assign_by_rule

Kind = Grievance.Kind


@transaction.atomic
def register(
    *, by, on, now, village, summary, category, kind, source,
    household=None, visit=None, complainant="", phone="", persons=1, detail="", is_urgent=False,
    promise="", promise_due_on=None, category_words="",
) -> Grievance:  # fmt: skip
    """登记: a matter gets its number, ``{prefix}-{year}-{serial}`` of township and year, without gaps.

    ``on`` is the day it was said, ``now`` the moment it is typed; both are kept and neither refuses
    the other. The time limit runs from ``on``; acceptance dates it anew if a fact was put right.

    Args:
        promise, promise_due_on: 答应的事, what was promised to the villager and by which day.
        category_words: why the category was taken for granted, where nobody chose it; for the history.
    """
    check_may_register(by, village, household, visit)
    check_day(on, now)
    require_choice(kind, Kind, "诉求性质")
    if kind == Kind.REPORT:
        raise NotAllowed("举报请在“登记涉密反映”里登记，只有专办人看得到。")
    check_facts(village, household, visit, category, source, summary, persons)
    check_promise(promise, promise_due_on, on)
    matter = Grievance(
        number=next_number(village.township, on.year),
        township=village.township, village=village, household=household, visit=visit,
        complainant=complainant.strip() or (household.head_name if household else ""),
        phone=phone.strip(), persons=persons, summary=summary.strip(), detail=detail, kind=kind,
        category=category, source=source, is_urgent=is_urgent, status=Status.REGISTERED,
        registered_on=on, entered_at=now, registered_by=by,
        promise=promise.strip(), promise_due_on=promise_due_on,
    )  # fmt: skip
    words = set_deadline(matter, clock_start(matter)) + category_words + promised_in_words(matter)
    matter.save(force_insert=True)
    told = {"编号": matter.number, "应办结日": str(matter.due_on or "未定")}
    if matter.promise_due_on:
        told["答应的期限"] = str(matter.promise_due_on)
    Move("register", matter, by, on, now, words, told).write("登记")
    return matter


def check_facts(village, household, visit, category, source, summary, persons) -> None:
    """NotAllowed when what was written down does not fit together."""
    if any(row and row.village_id != village.pk for row in (household, visit)):
        raise NotAllowed("所选的户或走访不属于这个村，请重新选择。")
    if not (category.is_active and source.is_active):
        raise NotAllowed("所选类别或来源已停用，请重新选择。")
    if not summary.strip():
        raise NotAllowed("请填写诉求摘要，一句话即可。")
    if len(summary.strip()) > Grievance._meta.get_field("summary").max_length:
        raise NotAllowed("诉求摘要请控制在60字以内，其余内容写在详情里。")
    if not 1 <= persons <= 9999:
        raise NotAllowed("人数请填1至9999。")


def next_number(township, year) -> str:
    """The next public number of a township and year."""
    serial = NumberSeries.next(f"ledger:{township.pk}:{year}")
    return f"{township.ledger_prefix}-{year}-{serial:05d}"


@transaction.atomic
def settle_on_the_spot(
    *, grievance, by, on, now, settlement, method: SettlementMethod, words, version=None,
    comes_back_on=None,
) -> Grievance:  # fmt: skip
    """当场办结: accepted and settled in one act; it needs no deadline, so the one it had goes."""
    move = begin("settle_on_the_spot", grievance=grievance, by=by, on=on, now=now, version=version)
    move.grievance.accepted_on, move.grievance.on_the_spot = on, True
    clear_deadline(move.grievance)
    record_settlement(move, settlement, method, words, comes_back_on)
    return move.finish()


@transaction.atomic
def accept(
    *, grievance, by, on, now, version, category=None, is_urgent=None, also_assign=False, rule=""
) -> Grievance:
    """受理: ``category`` and ``is_urgent`` put right what was registered; None leaves it.

    A fact put right dates the matter anew, still from its registration; otherwise its date stands,
    whatever became of the policy row in between.

    Args:
        also_assign: 受理并交办, to the unit of the routing rule ``rule`` (as ``assign_by_rule``); both
            or neither is done.
    """
    move = begin("accept", grievance=grievance, by=by, on=on, now=now, version=version)
    matter = move.grievance
    matter.accepted_on = on
    if _put_right(matter, category, is_urgent) or matter.due_at is None:
        move.words = set_deadline(matter, clock_start(matter))
    move.told = {"应办结日": str(matter.due_on or "未定"), "类别": matter.category.name}
    matter = move.finish()
    if not also_assign:
        return matter
    return assign_by_rule(
        grievance=matter, by=by, on=on, now=now, version=matter.version, rule=rule
    )


def _put_right(matter, category, is_urgent) -> bool:
    """Set what is given; whether anything differs from before."""
    before = matter.category_id, matter.is_urgent
    if category is not None:
        matter.category = category
    if is_urgent is not None:
        matter.is_urgent = is_urgent
    return (matter.category_id, matter.is_urgent) != before


@transaction.atomic
def decline(*, grievance, by, on, now, version, reason, words="") -> Grievance:
    """不予受理, with a coded reason and where the villager is sent instead."""
    move = begin("decline", grievance=grievance, by=by, on=on, now=now, version=version)
    if reason is None or not reason.is_active:
        raise NotAllowed("请选择不予受理的原因。")
    move.grievance.decline_reason = reason
    parts = (reason.name, reason.go_to, words.strip())
    move.words = "。".join(part for part in parts if part)
    move.told = {"原因": reason.name}
    return move.finish()
