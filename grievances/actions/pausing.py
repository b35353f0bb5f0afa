"""挂起 and 解挂: the clock stands still while a matter cannot be worked on, for a coded reason, not for ever."""

from django.db import transaction

from cadres.workcalendar import WorkCalendar
from grievances.deadlines import Due, moment_of, resumed
from grievances.models import Grievance, Suspension
from liaison.clock import local_date
from liaison.errors import NotAllowed

from ._move import begin


@transaction.atomic
def suspend(*, grievance, by, on, now, version, reason, until, words="") -> Grievance:
    """挂起 until a day, by the office, who asked for it and why in words; never to save what is late.

    Args:
        until: at most ``reason.most_days`` 自然日 of rest in one round of handling.
    """
    move = begin("suspend", grievance=grievance, by=by, on=on, now=now, version=version)
    matter, stopped = move.grievance, moment_of(on, now)
    if reason is None or not reason.is_active:
        raise NotAllowed("请选择挂起的原因。")
    if matter.is_overdue(now) or matter.is_overdue(stopped):
        raise NotAllowed("已经超过办理时限的不能挂起，请继续办理。")
    _check_rest(matter, reason, on, until, now)
    Suspension.objects.create(
        grievance=matter, reason=reason, on=on, stopped_at=stopped, until=until
    )
    parts = (f"{reason}，挂起至{until}", words.strip())
    move.words = "。".join(part for part in parts if part)
    move.told = {"挂起原因": reason.name, "挂起至": str(until)}
    return move.finish()


def _check_rest(matter, reason, on, until, now):
    if until <= max(on, local_date(now)):
        raise NotAllowed("挂起的期限要晚于今天，请重新填写。")
    rests = _of_this_round(matter)
    if rests and on < rests[-1].resumed_on:
        raise NotAllowed(f"日期{on}早于上次解挂{rests[-1].resumed_on}，请核对。")
    used = sum(rest.days for rest in rests)
    if (until - on).days + used > reason.most_days:
        before = f"，之前已挂起{used}天" if used else ""
        raise NotAllowed(
            f"因“{reason}”挂起合计最长{reason.most_days}个自然日{before}，请把期限提前。"
        )


def _of_this_round(matter):
    """Rests since the matter was last opened again, oldest first."""
    step = matter.steps.filter(act="reopen").order_by("pk").last()
    rests = matter.suspensions.order_by("pk")
    return list(
        rests.filter(stopped_at__gte=moment_of(step.on, step.entered_at)) if step else rests
    )


@transaction.atomic
def resume(*, grievance, by, on, now, version, words="") -> Grievance:
    """解挂: what was left of the time limit when it stopped is left again from this day on."""
    move = begin("resume", grievance=grievance, by=by, on=on, now=now, version=version)
    matter = move.grievance
    rest, moved = go_on(matter, on, now)
    parts = (moved, words.strip())
    move.words = "。".join(part for part in parts if part)
    move.told = {
        "应办结日": str(matter.due_on or "未定"),
        "挂起天数": rest.days if rest else "不详",
    }
    return move.finish()


def go_on(matter, on, now) -> tuple[Suspension | None, str]:
    """End the rest a matter is in and move (not save) its due date past it.

    Returns:
        The rest, and what the history says of the date; None and "" where there is none.
    """
    rest = _end_rest(matter, on, now)
    return rest, _past(matter, rest) if rest else ""


def _past(matter, rest) -> str:
    was, calendar = Due(matter.due_at, matter.due_on), WorkCalendar.load(matter.township_id)
    due = resumed(was, matter.due_unit, rest.stopped_at, rest.resumed_at, calendar)
    matter.due_at, matter.due_on = due.due_at, due.due_on
    return _moved(was, due)


def _moved(was, due):
    if due.due_on == was.due_on:
        return f"办理时限不变，应于{due.due_on}前办结" if due.due_on else "办理时限未定"
    if due.due_on is None:
        return f"办理时限待定：{due.why_unknown.strip('。')}"
    return f"办理时限由{was.due_on}顺延至{due.due_on}"


def _end_rest(matter, on, now) -> Suspension | None:
    """End (and save) the rest a matter is in; the row, None where an older ledger alone calls it 挂起.

    Raises:
        NotAllowed: on a day before it began.
    """
    rest = matter.suspensions.running().first()
    if rest is None:
        return None
    if on < rest.on:
        raise NotAllowed(f"日期{on}早于挂起日期{rest.on}，请核对。")
    rest.resumed_on, rest.resumed_at = on, max(moment_of(on, now), rest.stopped_at)
    rest.save(update_fields=["resumed_on", "resumed_at"])
    return rest
