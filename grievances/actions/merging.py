"""并案: the same matter brought by several goes on as one, and everybody who brought it is told."""

from django.db import transaction

from grievances import telling
from grievances.models import Grievance
from grievances.models.states import Status
from liaison.errors import NotAllowed

from ._move import Move, another, begin, lock_together, require_choice, require_words
from .pausing import go_on

Mode = Grievance.AnswerMode


@transaction.atomic
def merge(*, grievance, by, on, now, version, main_number, words, told_mode="") -> Grievance:
    """并案 into another open matter of the township; what was merged into this one goes along.

    Who brought it is told of it, each of them (decision 0041): on the spot, or by ``tell_joined`` later.

    Args:
        main_number: 编号 of the matter that goes on.
        told_mode: how its complainant was told while it was merged; "" when that is still to be done.
    """
    lock_together(grievance, main_number)
    move = begin("merge", grievance=grievance, by=by, on=on, now=now, version=version)
    matter, reason = move.grievance, require_words(words, "请写明并案的原因。")
    main = another(main_number, matter, by)
    if not main.is_open:
        raise NotAllowed(
            f"{main.number}现在是“{main.get_status_display()}”，只能并入还在办的诉求；已办结的可标为重复反映。"
        )
    moved = go_on(matter, on, now)[1] if matter.status == Status.SUSPENDED else ""
    matter.merged_into = main
    move.words = "。".join(part for part in (f"并入{main.number}", reason, moved) if part)
    move.told = {"并入": main.number}
    if told_mode:
        move.words = f"{move.words}。{_note_joined(move, told_mode)}"
    _carry_along(matter, main, by, on, now)
    matter = move.finish()
    telling.merged_here(main, by=by, now=now)
    return matter


def _carry_along(matter, main, by, on, now):
    for row in matter.merged.select_for_update(of=("self",), no_key=True).order_by("pk"):
        row.merged_into = main
        row.version += 1
        row.save(update_fields=["merged_into", "version"])
        words, told = f"随{matter.number}并入{main.number}", {"并入": main.number}
        Move("carry_along", row, by, on, now, words, told).write("随案并入", row.status)


@transaction.atomic
def separate(*, grievance, by, on, now, version, words) -> Grievance:
    """取消并案 with a reason: the matter stands on its own again, to be handed to somebody; its due date is its own."""
    move = begin("separate", grievance=grievance, by=by, on=on, now=now, version=version)
    reason, matter = require_words(words, "请写明取消并案的原因。"), move.grievance
    move.words = f"原并入{matter.merged_into.number if matter.merged_into else ''}。{reason}"
    matter.merged_into = matter.department = matter.handler = None
    matter.forwarded_to = ""
    matter.told_joined_on, matter.told_joined_mode = None, ""  # merged anew, it is told anew
    matter.accepted_on = matter.accepted_on or on
    return move.finish()


@transaction.atomic
def tell_joined(*, grievance, by, on, now, version, mode, words="") -> Grievance:
    """告知并案: who brought a merged matter is told that it goes on together with another's."""
    move = begin("tell_joined", grievance=grievance, by=by, on=on, now=now, version=version)
    merged = move.grievance.steps.filter(act="merge").order_by("pk").last()
    if merged and on < merged.on:
        raise NotAllowed(f"日期{on}早于并案日期{merged.on}，请核对。")
    parts = (_note_joined(move, mode), words.strip())
    move.words = "。".join(part for part in parts if part)
    return move.finish()


def _note_joined(move, mode) -> str:
    """On which day and how, in words for the line of history, which says by whom."""
    require_choice(mode, Mode, "告知方式")
    move.grievance.told_joined_on, move.grievance.told_joined_mode = move.on, mode
    move.told |= {"告知并案": Mode(mode).label}
    return f"{Mode(mode).label}告知反映人并案办理"


@transaction.atomic
def tell_merged(*, grievance, by, on, now, version, mode, words="") -> Grievance:
    """告知并案人: who brought a merged matter is told how the main one ended."""
    move = begin("tell_merged", grievance=grievance, by=by, on=on, now=now, version=version)
    require_choice(mode, Mode, "告知方式")
    matter = move.grievance
    told_from = matter.merged_into.answered_on
    if told_from and on < told_from:
        raise NotAllowed(f"日期{on}早于{matter.merged_into.number}的反馈日期{told_from}，请核对。")
    matter.told_merged_on, matter.told_merged_mode = on, mode
    parts = (f"{Mode(mode).label}告知", words.strip())
    move.words = "。".join(part for part in parts if part)
    move.told = {"告知方式": Mode(mode).label}
    return move.finish()
