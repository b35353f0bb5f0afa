"""延期: asked by who handles the matter, decided by another, told to the villager."""

from django.db import IntegrityError, transaction
from django.db.models import Sum

from cadres.workcalendar import WorkCalendar
from grievances import rules_extending as rules
from grievances.deadlines import extended
from grievances.models import Extension, Grievance
from liaison import versions
from liaison.errors import NotAllowed

from ._move import Move, check_day, claimed, require_choice, require_words

State = Extension.State
WAITS = "这件诉求已有一份延期申请待批，请等批复或先撤回。"


@transaction.atomic
def ask_extension(*, grievance, by, on, now, version, amount, reason) -> Extension:
    """申请延期: so much more time in the unit of the matter's policy row, within its cap in sum.

    Args:
        on: the day it was asked; not after the due day.
        amount: 小时, 自然日 or 工作日, as the matter's time limit counts.
    Raises:
        Stale: somebody saved in between. NotAllowed: wrong hands, late, beyond the cap, one waits already.
    """
    matter = claimed(grievance, by, version)
    if sentence := rules.asking_refused(matter, by, on, now):
        raise NotAllowed(sentence)
    check_day(on, now, matter, "registered_on")
    words = require_words(reason, "请写明延期的理由，批准后要告诉反映人。")
    _check_amount(matter, amount)
    try:
        with transaction.atomic():
            extension = Extension.objects.create(
                grievance=matter, round=matter.reopened_count, amount=amount, unit=matter.due_unit,
                reason=words, asked_by=by, asked_by_name=by.display_name, asked_on=on, asked_at=now,
                approver=matter.policy.approver, due_before=matter.due_at,
                due_on_before=matter.due_on,
            )  # fmt: skip
    except IntegrityError as twice:
        raise NotAllowed(WAITS) from twice
    words = f"申请延长{extension.span}，原应于{matter.due_on}前办结。理由：{words}"
    _written("ask_extension", "申请延期", matter, by, on, now, words)
    return extension


@transaction.atomic
def decide_extension(
    *, extension, by, on, now, version, approve, granted=None, words=""
) -> Extension:
    """批准 or 不批准, by somebody of the approving role who did not ask; approval moves the due date.

    Args:
        version: of the extension. granted: no more than was asked; None for all of it.
    Raises:
        Stale: decided or withdrawn in between. NotAllowed: not his to decide, the matter is done, the
            calendar of the year is not published.
    """
    extension, matter = _claim(extension, by, version)
    if sentence := rules.deciding_refused(extension, by):
        raise NotAllowed(sentence)
    check_day(on, now, extension, "asked_on")
    extension.decided_by, extension.decided_by_name, extension.decided_on = by, by.display_name, on
    extension.decision = words.strip()
    if not approve:
        extension.decision = require_words(words, "请写明不批准的理由。")
        return _closed(
            extension, matter, State.REFUSED, "refuse_extension", "不批准延期", by, on, now
        )
    extension.granted = extension.amount if granted is None else granted
    if not 1 <= extension.granted <= extension.amount:
        raise NotAllowed(f"批准的延长应在1至{extension.amount}之间，不超过申请的。")
    _move_due(extension, matter)
    return _closed(extension, matter, State.APPROVED, "extend", "批准延期", by, on, now)


@transaction.atomic
def withdraw_extension(*, extension, by, now, version, on) -> Extension:
    """撤回 by who asked, or by the office, while nobody has decided."""
    extension, matter = _claim(extension, by, version)
    if sentence := rules.withdrawing_refused(extension, by):
        raise NotAllowed(sentence)
    check_day(on, now, extension, "asked_on")
    return _closed(
        extension, matter, State.WITHDRAWN, "withdraw_extension", "撤回延期申请", by, on, now
    )


@transaction.atomic
def note_extension_told(*, extension, by, on, now, version, mode, words="") -> Extension:
    """告知: the villager was told that it takes longer and why; until then it waits on the desk."""
    extension, matter = _claim(extension, by, version)
    if sentence := rules.telling_refused(extension, by):
        raise NotAllowed(sentence)
    require_choice(mode, Grievance.AnswerMode, "告知方式")
    check_day(on, now, extension, "decided_on")
    extension.told_on, extension.told_mode, extension.told_by = on, mode, by
    _save(extension)
    said = f"{Grievance.AnswerMode(mode).label}告知反映人：延至{extension.due_on_after}。"
    _written("tell_extension", "告知延期", matter, by, on, now, said + words.strip())
    return extension


def approved_sum(matter) -> int:
    """How much longer the matter got already in its present round, in its own unit."""
    rows = matter.extensions.filter(state=State.APPROVED, round=matter.reopened_count)
    return rows.aggregate(sum=Sum("granted"))["sum"] or 0


def _check_amount(matter, amount):
    cap, had = matter.policy.extend_by, approved_sum(matter)
    unit = matter.get_due_unit_display()
    if amount < 1:
        raise NotAllowed("请填写要延长多少，至少为1。")
    if had + amount > cap:
        before = f"，已延{had}{unit}" if had else ""
        raise NotAllowed(f"这类诉求最多延长{cap}{unit}{before}，请改为不超过{cap - had}{unit}。")


def _move_due(extension, matter):
    """Set the matter's new due date and note both on the extension."""
    if matter.due_at is None:
        raise NotAllowed("这件诉求现在没有办理时限，不能延期。")
    if matter.due_unit != extension.unit:
        raise NotAllowed("办理时限的单位在申请之后改动了，请承办人撤回后重新申请。")
    calendar = WorkCalendar.load(matter.township_id)
    due = extended(matter.due_at, extension.granted, extension.unit, calendar)
    if due.due_at is None:
        raise NotAllowed(f"{due.why_unknown.rstrip('。')}，日历发布后再批。")
    extension.due_before, extension.due_on_before = matter.due_at, matter.due_on
    extension.due_after, extension.due_on_after = due.due_at, due.due_on
    matter.due_at, matter.due_on = due.due_at, due.due_on


def _claim(extension, by, version):
    """The locked extension at the version that was shown, and its locked matter."""
    matter = claimed(extension.grievance, by, None)
    try:
        row = versions.claim(Extension.objects.open_to(by), extension.pk, version)
    except Extension.DoesNotExist as gone:
        raise NotAllowed("没有这份延期申请，或不在您的工作范围内。") from gone
    row.grievance = matter
    return row, matter


def _closed(extension, matter, state, act, name, by, on, now):
    """Write a decision down: row, matter's history, audit and notice."""
    extension.state = state
    _save(extension)
    moved = ""
    if state == State.APPROVED:
        moved = (
            f"办理时限由{extension.due_on_before}延至{extension.due_on_after}（{extension.span}）。"
        )
    _written(act, name, matter, by, on, now, moved + extension.decision)
    return extension


def _save(extension):
    extension.version += 1
    extension.save()


def _written(act, name, matter, by, on, now, words):
    matter.version += 1
    matter.save(update_fields=["due_at", "due_on", "version"])
    told = {"应办结日": str(matter.due_on or "未定")}
    Move(act, matter, by, on, now, words, told).write(name, matter.status)
