"""协办: another unit is asked to lend a hand, sees the matter and reports; who handles it stays the same."""

from django.db import transaction

from grievances import telling
from grievances.models import Assist, Grievance
from liaison.errors import NotAllowed

from ._move import begin, require_words
from ._units import check_unit


@transaction.atomic
def assist(*, grievance, by, on, now, version, department, words) -> Grievance:
    """请求协办: the handling unit, or the office for it, asks another unit."""
    move = begin("assist", grievance=grievance, by=by, on=on, now=now, version=version)
    asked, matter = require_words(words, "请写明请协办单位做什么。"), move.grievance
    check_unit(matter, department, None, on, now)
    if department.pk == matter.department_id:
        raise NotAllowed(f"{department}就是承办单位，请选择其他单位。")
    if matter.assists.waiting().filter(department=department).exists():
        raise NotAllowed(f"已经请{department}协办，还没有回复。")
    Assist.objects.create(
        grievance=matter, department=department, asked_on=on, words=asked, asked_by=by
    )
    move.words = f"请{department}协办：{asked}"
    move.told = {"协办单位": str(department)}
    matter = move.finish()
    telling.asked_to_assist(matter, department, by=by, now=now)
    return matter


@transaction.atomic
def report_assist(*, grievance, by, on, now, version, assist, words) -> Grievance:
    """协办回复 by the unit that was asked, or by the office for it."""
    move = begin("report_assist", grievance=grievance, by=by, on=on, now=now, version=version)
    said, matter = require_words(words, "请写明协办情况。"), move.grievance
    row = matter.assists.waiting().filter(pk=assist.pk).first() if assist else None
    if row is None:
        raise NotAllowed("请选择还没有回复的协办。")
    if row.department_id not in by.department_ids() and not by.has_perm("grievances.assign"):
        raise NotAllowed(f"请由{row.department}回复。")
    if on < row.asked_on:
        raise NotAllowed(f"日期{on}早于请求协办的日期{row.asked_on}，请核对。")
    row.done_on, row.done_words, row.done_by = on, said, by
    row.save()
    move.words = f"{row.department}协办：{said}"
    move.told = {"协办单位": str(row.department)}
    return move.finish()
