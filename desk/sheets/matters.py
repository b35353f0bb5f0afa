"""Which matters a team speaks of on its day: open ones with what was promised, settled ones to answer or ask about."""

from django.db.models import F

from grievances.models import Grievance, Status, TakenAlong
from grievances.models.states import OPEN
from visits.actions.sheets import Line
from visits.models import SheetLine

LONGEST = SheetLine._meta.get_field("why").max_length


def open_matters(session, by, most) -> list[Line]:
    """在办: those taken along first, then by the day that was promised, then by their due day; at most ``most`` 件."""
    taken = TakenAlong.objects.visible_to(by).filter(session=session.pk, grievance__status__in=OPEN)
    matters = {row.grievance: "带去" for row in taken.select_related("grievance__department")}
    nearest = (F(name).asc(nulls_last=True) for name in ("promise_due_on", "due_at"))
    rows = _of_village(session, by).open().order_by(*nearest, "pk")
    for matter in rows[:most]:
        if len(matters) < most:
            matters.setdefault(matter, "")
    return [_line(SheetLine.Kind.MATTER, each, _promised(each)) for each in matters]


def open_count(session, by) -> int:
    """在办诉求 of the village, in 件."""
    return _of_village(session, by).open().count()


def call_backs(session, by, sitting, most) -> list[Line]:
    """办结 and not answered (待反馈), answered and not asked about (待回访) by somebody else than who settled it.

    Args:
        sitting: ids of the people who sit on the day: what one of them settled is not theirs to verify.
    """
    rows = _of_village(session, by).done_here().order_by("settled_on", "pk")
    waiting = list(rows.filter(status=Status.SETTLED)[:most])
    asked = rows.filter(status=Status.ANSWERED).exclude(settled_by__in=sitting)
    waiting += list(asked.exclude(handler__in=sitting)[:most])
    return [_line(SheetLine.Kind.CALL_BACK, each, _told(each)) for each in waiting[:most]]


def _of_village(session, by):
    rows = Grievance.objects.visible_to(by).filter(village=session.village_id)
    return rows.select_related("department", "household__group")


def _line(kind, matter, why):
    return Line(kind, matter.household, matter.number, why)


def _promised(matter) -> str:
    """「答应11-24前：清渠；办理中，民政办；应于2026-11-30前办结」."""
    where = f"{matter.get_status_display()}{f'，{matter.department}' if matter.department else ''}"
    runs = matter.due_on and not matter.is_suspended
    said = [where, f"应于{matter.due_on}前办结" if runs else ""]
    return _short(_given(matter), *said)


def _given(matter) -> str:
    return f"答应{matter.promise_due_on:%m-%d}前：{matter.promise}" if matter.is_promised else ""


def _short(promise, *said) -> str:
    """What fits a line of the sheet: of a long promise the beginning, and a mark that it goes on."""
    rest = "；".join(each for each in said if each)
    room = LONGEST - len(rest) - 1
    promise = promise if len(promise) <= room else f"{promise[: room - 1]}…"
    return f"{promise}；{rest}" if promise else rest


def _told(matter) -> str:
    if matter.status == Status.SETTLED:
        done = f"{matter.settled_on or ''}{matter.get_settlement_display()}，待答复"
        return _short(_given(matter), done)
    return f"{matter.answered_on or ''}已答复，待回访"
