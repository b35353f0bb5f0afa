"""Who is told after an act. Notices hold the number and the act, never what was said or by whom.

What may wait is gathered: one notice a day says that matters stand to be accepted, called back or
crossed off, and links to exactly those. What is handed to somebody is told to him at once.
"""

from django.urls import reverse

from cadres.notices import Message, notify_many
from cadres.roles import Role
from liaison import clock

from . import secrecy
from .desks import OFFICE, UNIT
from .ladder import answering_at
from .models import FollowUp, Grievance, Status
from .models.alert_parts import RANK, Level
from .people import holders
from .promises import answering
from .turns import turn_of

# act -> what the liaison office finds in its daily notice
DAILY = {
    "register": (Status.REGISTERED, "有新登记的诉求待受理"),
    "answer": (Status.ANSWERED, "有已反馈的诉求待回访"),
    "verify": (Status.VERIFIED, "有已回访的诉求待销号"),
}
# act -> what the unit that has it finds at once
TO_THE_UNIT = {
    "assign": "已交办，请接收办理",
    "transfer": "已转到您单位，请接收办理",
    "send_down": "已有批示，请继续办理",
    "suspend": "已挂起，暂停计时",
    "resume": "已解挂，请继续办理",
    "report_assist": "有了协办回复",
    "mark": "的标记有改动，请查看",
    "reopen": "须重新办理",
}

# act -> what who answers to the villager finds
TO_THE_VILLAGER = {
    "settle": "已办结，请向反映人反馈",
    "merge": "已并案，请告知反映人",
    "answer_merged": "已并案的事有了结果，请告知反映人",
}
# act -> what is said of more time, or of a level
TOLD_OF_TIME = {
    "ask_extension": "申请延期，请审批",
    "extend": "已批准延期，请把理由和新的期限告诉反映人",
    "refuse_extension": "未批准延期，请按原时限办结",
    "alert": "列为",
}


def tell(act: str, grievance: Grievance, *, by, now) -> None:
    """Write the notices an act calls for, in its transaction; never to the one who acted (None: the system)."""
    day = clock.local_date(now)
    if grievance.is_confidential:
        people = (each for each in secrecy.sighted(grievance, day) if each != by)
        told = {"subject": f"grievance:{grievance.pk}", "slot": f"v{grievance.version}"}
        notify_many([quiet_notice(each, due_at=now, **told) for each in people], now=now)
    elif act == "verify" and grievance.satisfaction == FollowUp.Answer.DISSATISFIED:
        _each(_office(grievance, day), by, now, **_about(grievance, "群众不满意，建议重办"))
    elif act in DAILY:
        if act == "answer":
            _of_merged(grievance, by, now)
        _each(_office(grievance, day), by, now, **_daily(act, grievance, day))
    elif act in TO_THE_UNIT:
        _each(_handlers(grievance, day), by, now, **_about(grievance, TO_THE_UNIT[act]))
    elif act in ("decline", "readmit"):
        _tell_whether_taken_up(act, grievance, by, now, day)
    elif act in TOLD_OF_TIME:
        _tell_of_time(act, grievance, by, now, day)
    else:
        _tell_once(act, grievance, by, now, day)


def _daily(act, grievance, day):
    """What the office finds once a day, however many there are."""
    status, words = DAILY[act]
    return {
        "kind": f"ledger-{act}",
        "subject": f"township:{grievance.township_id}",
        "slot": day.isoformat(),
        "title": words,
        "url": f"{reverse('grievances:ledger')}?status={status}",
        "channels": (),
    }


def _tell_once(act, grievance, by, now, day):
    """Up the ladder, back to the office, on to who answers to the villager."""
    if act in ("escalate", "call_up"):
        people = answering_at(grievance.rung, grievance, day)
        _each(people, by, now, **_about(grievance, f"已到“{grievance.rung}”，请阅处"))
    elif act == "return_":
        _each(_office(grievance, day), by, now, **_about(grievance, "被承办单位退回，请重新交办"))
    elif act == "merge" and grievance.told_joined_on:
        return  # told on the spot: nobody has anything left to do
    elif act in TO_THE_VILLAGER:
        told = _about(grievance, TO_THE_VILLAGER[act], channels=())
        if act == "answer_merged":  # its own version may be the one of the merging, which was told
            told["slot"] += f"-v{grievance.merged_into.version}"
        _each(answering(grievance, day), by, now, **told)


def _tell_whether_taken_up(act, grievance, by, now, day):
    """Who wrote it down tells the villager: the coded reason and where to go; or that it is taken up after all."""
    told = _about(grievance, "不予受理，请告知反映人", channels=())
    if act == "decline":
        reason = grievance.decline_reason
        parts = (f"原因：{reason.name}", reason.go_to and f"去向：{reason.go_to}")
        told["text"] = "。".join(part for part in parts if part)
    else:
        told["title"] = f"诉求{grievance.number}已重新受理，请告知反映人"
        due = _about(grievance, "已重新受理，请交办")
        _each(_office(grievance, day), by, now, **due)
    _each(answering(grievance, day), by, now, **told)


def _tell_of_time(act, grievance, by, now, day):
    """延期 and 预警: who approves learns of a request, who handles it of the answer, leaders of orange and red."""
    words = TOLD_OF_TIME[act]
    if act == "ask_extension":
        people = _approving(grievance, by, day)
    elif act == "alert":
        words = f"{words}{grievance.get_alert_level_display()}"
        serious = RANK[grievance.alert_level] >= RANK[Level.ORANGE]
        roles = {"role__in": [Role.LEADER, Role.OFFICE]} if serious else {"role": Role.OFFICE}
        people = holders(day, township=grievance.township_id, **roles)
    else:
        people = _handlers(grievance, day)
    _each(people, by, now, **_about(grievance, words))


def _approving(grievance, by, day):
    """Who decides on more time; the leaders where nobody sits in the office but who asked."""
    people = holders(day, role=grievance.policy.approver, township=grievance.township_id)
    if grievance.policy.approver == Role.OFFICE and not people.exclude(pk=by.pk).exists():
        return holders(day, role=Role.LEADER, township=grievance.township_id)
    return people


def _of_merged(grievance, by, now):
    """The main matter is answered: whoever gave his word about a merged one passes it on."""
    for row in grievance.merged.select_related("registered_by"):
        tell("answer_merged", row, by=by, now=now)


def gone_elsewhere(grievance, unit, *, by, now) -> None:
    """A unit no longer has a matter: those who handled it there need not look for it."""
    if unit is not None:
        people = holders(clock.local_date(now), role=Role.HANDLER, department=unit.pk)
        told = _about(grievance, f"已转由{grievance.department}办理", channels=())
        _each(people, by, now, **told | {"url": reverse("grievances:ledger")})


def merged_here(grievance, *, by, now) -> None:
    """Who handles the main matter, that others brought it too."""
    people = _handlers(grievance, clock.local_date(now))
    _each(people, by, now, **_about(grievance, "有其他诉求并入", channels=()))


def asked_to_assist(grievance, unit, *, by, now) -> None:
    """The unit that is asked to lend a hand."""
    people = holders(clock.local_date(now), role=Role.HANDLER, department=unit.pk)
    _each(people, by, now, **_about(grievance, "请您单位协办"))


def _about(grievance, words, channels=("mail",)):
    return {
        "kind": "ledger",
        "subject": f"grievance:{grievance.pk}",
        "slot": f"v{grievance.version}",
        "title": f"诉求{grievance.number}{words}",
        "url": reverse("grievances:detail", args=[grievance.number]),
        "channels": channels,
    }


def quiet_notice(person, *, subject, slot, due_at, count=1) -> Message:
    """Of confidential matters: neither number nor act, by no way but the site, an address that names nothing."""
    return Message(
        recipient=person, kind="ledger", subject=subject, slot=slot, text="", due_at=due_at, channels=(),
        title=f"有{count}件需您办理的事项" if count > 1 else "有一件需您办理的事项",
        url=reverse("grievances:confidential"),
    )  # fmt: skip


def _each(people, by, now, **told):
    others = (person for person in people if person.pk != by.pk)
    told = {"text": "", "due_at": now, **told}
    notify_many([Message(recipient=each, **told) for each in others], now=now)


def _office(grievance, day):
    return holders(day, role=Role.OFFICE, township=grievance.township_id)


def acting(grievance, day) -> list:
    """Who is to act now: all of the office or of the unit where it is theirs, else the one whose turn it is."""
    turn = turn_of(grievance, day)
    if turn is None:
        return []
    shared = {OFFICE: _office, UNIT: _handlers}.get(turn.desk)
    people = list(shared(grievance, day)) if shared else []
    return people or ([turn.person] if turn.person else [])


def _handlers(grievance, day):
    """The named handler while he handles there; else everybody who does; else who answers to the villager."""
    if not grievance.department_id:
        return answering(grievance, day)
    unit = holders(day, role=Role.HANDLER, department=grievance.department_id)
    named = unit.filter(pk=grievance.handler_id)
    return named if named.exists() else unit
