"""From one unit to another, or to an organ outside the township and back."""

from django.db import transaction

from grievances import telling
from grievances.models import Grievance
from liaison.errors import NotAllowed

from ._move import begin, require_words
from ._units import hand_to


@transaction.atomic
def transfer(*, grievance, by, on, now, version, department, words, handler=None) -> Grievance:
    """转办: what stands with one unit goes to another of the township; its due date stays."""
    move = begin("transfer", grievance=grievance, by=by, on=on, now=now, version=version)
    matter, reason = move.grievance, require_words(words, "请写明转办的原因。")
    was = matter.department
    if department is not None and department == was:
        raise NotAllowed(f"这件诉求已经由{was}承办，请选择其他单位。")
    hand_to(matter, department, handler, by=by, on=on, now=now)
    moved = f"由{was}转" if was else "转"
    move.words = f"{moved}{department}{handler or ''}办理。{reason}"
    move.told = {"原承办单位": str(was or ""), "承办单位": str(department)}
    matter = move.finish()
    telling.gone_elsewhere(matter, was, by=by, now=now)
    return matter


@transaction.atomic
def forward(*, grievance, by, on, now, version, organ, words="") -> Grievance:
    """转送 to an organ outside the township, by its name; the due date stays, the office keeps watch."""
    move = begin("forward", grievance=grievance, by=by, on=on, now=now, version=version)
    matter = move.grievance
    matter.forwarded_to = require_words(organ, "请填写转送到哪个单位。")
    if len(matter.forwarded_to) > matter._meta.get_field("forwarded_to").max_length:
        raise NotAllowed("转送单位请控制在60字以内。")
    matter.department = matter.handler = None
    parts = (f"转送{matter.forwarded_to}", words.strip())
    move.words = "。".join(part for part in parts if part)
    move.told = {"转送单位": matter.forwarded_to}
    return move.finish()


@transaction.atomic
def take_back(*, grievance, by, on, now, version, words) -> Grievance:
    """收回 from the organ outside, with a reason: the township handles it after all."""
    move = begin("take_back", grievance=grievance, by=by, on=on, now=now, version=version)
    reason = require_words(words, "请写明收回的原因。")
    matter = move.grievance
    move.words = f"从{matter.forwarded_to or '转送单位'}收回。{reason}"
    move.told = {"转送单位": matter.forwarded_to}
    matter.forwarded_to = ""
    return move.finish()
