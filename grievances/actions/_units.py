"""Whether a unit and somebody of it may be given something."""

from cadres.models import Department
from liaison.clock import local_date
from liaison.errors import NotAllowed

from .passing import handles_at


def hand_to(matter, department, handler, *, by, on, now) -> None:
    """Set (not save) another unit, and perhaps somebody of it; it no longer lends a hand.

    Raises:
        NotAllowed: as ``check_unit``.
    """
    check_unit(matter, department, handler, on, now)
    for assist in matter.assists.waiting().filter(department=department):
        assist.done_on, assist.done_words, assist.done_by = on, "转为承办单位", by
        assist.save()
    matter.department, matter.handler, matter.assigned_on = department, handler, on


def check_unit(matter, department, handler, on, now) -> None:
    """A unit of the township that stands on the day, and somebody who handles there then and now.

    Raises:
        NotAllowed: with what to choose instead.
    """
    if department is None or department.township_id != matter.township_id:
        raise NotAllowed("请选择本镇的承办单位。")
    if not Department.objects.standing(on).filter(pk=department.pk).exists():
        raise NotAllowed(f"{department}已撤销，请选择其他承办单位。")
    if handler and not all(handles_at(handler, department, day) for day in (on, local_date(now))):
        raise NotAllowed(f"{handler}不是{department}的承办人，请重新选择。")
