"""What of this app hangs on a post: matters in hand, promises not kept yet, and the person's own lines."""

from urllib.parse import urlencode

from django.urls import reverse

from cadres.handover import Fate, Share, counted
from cadres.notices import Message, notify_many
from cadres.roles import Role

from .actions.passing import handles_at, pass_on
from .actions.tending import leave_to_desk
from .models import FollowUp, Grievance, SampledMatter, Step
from .people import holders
from .promises import promises_of

VIEW = "grievances.view"


class GrievanceShare(Share):
    """Promises follow the post; matters in hand name their handler, so they are carried."""

    key = "grievances"
    name = "在办诉求"

    def listed(self, change, *, reader, today):
        """Matters in hand at the post's unit, promises of the post, and what keeps the person's name."""
        note = "" if change.successor else "没有接任人时退回单位，由本单位其他承办人办理"
        registered = Grievance.objects.filter(registered_by=change.user)
        return [
            *_in_hand(change.user, change.post, reader, note),
            *_promises(change.post, reader),
            *counted("登记的诉求", "件", Fate.STAYS, registered),
            *counted(
                "办理过程记录", "条", Fate.STAYS, Step.objects.ordinary().filter(by=change.user)
            ),
            *counted(
                "回访记录",
                "条",
                Fate.STAYS,
                FollowUp.objects.ordinary().filter(asked_by=change.user),
            ),
        ]

    def warnings(self, change, *, today):
        """A unit that would have nobody to handle its matters."""
        post, unit = change.post, change.post.department
        if change.successor or post.role != Role.HANDLER or unit is None:
            return []
        others = holders(change.carry_on, role=Role.HANDLER, department=unit.pk)
        if others.exclude(pk=change.user.pk).exists():
            return []
        return [f"{unit}自{change.carry_on}起没有承办人，在办诉求将无人办理。"]

    def named(self, user, *, today):
        """Open matters that name him as their handler, at whatever unit."""
        rows = Grievance.objects.open().filter(handler=user)
        return [
            *counted("在办诉求的承办人", "件", Fate.ATTENTION, rows),
            *counted("抽样回访还没有问的", "件", Fate.ATTENTION, _to_ask(user)),
        ]

    def carry(self, handover, *, today, now):
        """Open matters of his at the post's unit: to the successor, without one to the unit."""
        holding = handover.holding
        unit, user = holding.post.department, holding.user
        if holding.post.role != Role.HANDLER or unit is None or handles_at(user, unit, today):
            return []
        to = handover.successor
        to = to if to and handles_at(to, unit, today) else None
        rows = in_hand(user, holding.post).select_for_update(of=("self",)).order_by("pk")
        moved = [
            pass_on(matter, to=to, by=handover.ordered_by, on=today, now=now).pk for matter in rows
        ]
        if moved and to is None:
            _tell_the_unit(handover, now, today)
        # Without a trace on the sheet: to the desk, who alone knows whom it may be given to
        for matter in Grievance.every.confidential().open().filter(handler=user, department=unit):
            leave_to_desk(matter, today, now, "已交接岗位")
        return moved


def _to_ask(user):
    """Drawn matters given to him and not asked about: others ask instead (换人回访 on the sample's page)."""
    return SampledMatter.objects.waiting_for(user)


def in_hand(user, post):
    """Open matters of this handler at the post's unit."""
    if post.role != Role.HANDLER or post.department_id is None:
        return Grievance.objects.none()
    return Grievance.objects.open().filter(handler=user, department=post.department_id)


def _in_hand(user, post, reader, note):
    rows = in_hand(user, post)
    asked = {"handler": user.pk, "department": post.department_id, "state": "open"}
    return counted(
        "在办诉求", "件", Fate.MOVES, rows, seen=_seen(rows, reader), url=_link(asked), note=note
    )


def _promises(post, reader):
    rows = promises_of(post)
    note = "向反映人反馈由此后在任的人承担"
    return counted(
        "待反馈的承诺", "件", Fate.MOVES, rows,
        seen=_seen(rows, reader), url=_link({"promise_of": post.pk}), note=note,
    )  # fmt: skip


def _seen(rows, reader):
    if not reader.has_perm(VIEW):
        return rows.none()
    return Grievance.objects.visible_to(reader).filter(pk__in=rows.values("pk"))


def _link(asked):
    return f"{reverse('grievances:ledger')}?{urlencode(asked)}"


def _tell_the_unit(handover, now, today):
    """One notice to each who handles at the unit: matters stand there without a name."""
    people = holders(today, role=Role.HANDLER, department=handover.holding.post.department_id)
    messages = [
        Message(
            recipient=person, kind="handover-unit", subject=f"handover:{handover.pk}",
            slot=handover.carry_on.isoformat(), title="有在办诉求因人员变动回到本单位，请安排承办人",
            text="", url=_link({"handed_over": handover.pk}), due_at=now,
        )
        for person in people
    ]  # fmt: skip
    notify_many(messages, now=now)
