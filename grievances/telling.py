"""Who is told after an act. Notices hold the number and the act, never what was said or by whom.

What may wait is gathered: one notice a day says that matters stand to be accepted, called back or
crossed off, and links to exactly those. What is handed to somebody is told to him at once.
"""

from django.db.models import Q
from django.urls import reverse

from cadres.models import User
from cadres.notices import Message, notify_many
from cadres.roles import Role
from liaison import clock

from . import secrecy
from .models import FollowUp, Grievance, Status
from .promises import answering

# act -> what the liaison office finds in its daily notice
DAILY = {
    "register": (Status.REGISTERED, "有新登记的诉求待受理"),
    "answer": (Status.ANSWERED, "有已反馈的诉求待回访"),
    "verify": (Status.VERIFIED, "有已回访的诉求待销号"),
}


def tell(act: str, grievance: Grievance, *, by, now) -> None:
    """Write the notices an act calls for, in its transaction; never to the one who acted."""
    day = clock.local_date(now)
    if grievance.is_confidential:
        _each(secrecy.sighted(grievance, day), by, now, **_quietly(grievance))
    elif act == "verify" and grievance.satisfaction == FollowUp.Answer.DISSATISFIED:
        _each(_office(grievance, day), by, now, **_about(grievance, "群众不满意，建议重办"))
    elif act in DAILY:
        status, words = DAILY[act]
        daily = {
            "kind": f"ledger-{act}",
            "subject": f"township:{grievance.township_id}",
            "slot": day.isoformat(),
            "title": words,
            "url": f"{reverse('grievances:ledger')}?status={status}",
            "channels": (),
        }
        _each(_office(grievance, day), by, now, **daily)
    elif act in ("assign", "reopen"):
        words = "已交办，请接收办理" if act == "assign" else "须重新办理"
        _each(_handlers(grievance, day), by, now, **_about(grievance, words))
    elif act == "return_":
        _each(_office(grievance, day), by, now, **_about(grievance, "被承办单位退回，请重新交办"))
    elif act == "settle":
        words = "已办结，请向反映人反馈"
        _each(answering(grievance, day), by, now, **_about(grievance, words, channels=()))


def _about(grievance, words, channels=("mail",)):
    return {
        "kind": "ledger",
        "subject": f"grievance:{grievance.pk}",
        "slot": f"v{grievance.version}",
        "title": f"诉求{grievance.number}{words}",
        "url": reverse("grievances:detail", args=[grievance.number]),
        "channels": channels,
    }


def _quietly(grievance):
    """Neither number nor act, by no way but the site, and an address that names nothing."""
    return {
        "kind": "ledger",
        "subject": f"grievance:{grievance.pk}",
        "slot": f"v{grievance.version}",
        "title": "有一件需您办理的事项",
        "url": reverse("grievances:confidential"),
        "channels": (),
    }


def _each(people, by, now, **told):
    others = (person for person in people if person.pk != by.pk)
    notify_many([Message(recipient=each, text="", due_at=now, **told) for each in others], now=now)


def holders(day, **post):
    """People in use who hold such a post on a day."""
    current = Q(holdings__until=None) | Q(holdings__until__gte=day)
    held = {f"holdings__post__{name}": value for name, value in post.items()}
    people = User.objects.filter(current, holdings__since__lte=day, is_active=True, **held)
    return people.distinct().order_by("pk")


def _office(grievance, day):
    return holders(day, role=Role.OFFICE, township=grievance.township_id)


def _handlers(grievance, day):
    """The named handler while he handles there; else everybody who does; else who answers to the villager."""
    if not grievance.department_id:
        return answering(grievance, day)
    unit = holders(day, role=Role.HANDLER, department=grievance.department_id)
    named = unit.filter(pk=grievance.handler_id)
    return named if named.exists() else unit
