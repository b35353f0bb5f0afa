"""流转情况: where a matter went aside, who helps, what it is one with."""

from grievances.ladder import answering_at
from grievances.models import Grievance, Status
from grievances.treating import treated_at
from liaison import clock

from .panel import Panel

SHOWN = 50


class HandsPanel(Panel):
    """转送, 呈报, 挂起, 协办, 并案, 重复反映 and 标记 of a matter, as far as there are any."""

    template = "grievances/_hands.html"

    def say(self, matter, user, now):
        """None for a matter that went the straight way."""
        on = clock.local_date(now)
        said = {
            "marks": _marks(matter, on),
            "forwarded": matter.forwarded_to,
            "rung": matter.rung,
            "answering": _answering(matter, on),
            "treated": _treated(matter, on),
            "rests": list(matter.suspensions.select_related("reason")),
            "assists": list(matter.assists.all()),
            **_one_with(matter, user),
        }
        return {"today": on, **said} if any(said.values()) else None


def _marks(matter, on):
    flags = (("历史遗留", matter.is_legacy), ("上年接转", matter.is_carried_over(on)))
    return [name for name, given in flags if given]


def _answering(matter, on):
    return answering_at(matter.rung, matter, on) if matter.status == Status.ESCALATED else []


def _treated(matter, on):
    """When the rung's meeting next sits, while the matter waits there."""
    waits = matter.status == Status.ESCALATED and matter.rung
    return treated_at(matter.rung, on, matter.calendar) if waits else None


def _one_with(matter, user):
    """Merged and repeated matters: those the reader sees, and how many there are in all."""
    seen = Grievance.objects.visible_to(user)
    merged, repeats = matter.merged.count(), matter.repeats.count()
    first = matter.repeat_of
    return {
        "main": matter.merged_into,
        "merged_count": merged,
        "merged": _listed(seen.filter(merged_into=matter)) if merged else [],
        "untold": matter.merged.filter(told_merged_on=None).count() if merged else 0,
        "unjoined": matter.merged.joined_untold().count() if merged else 0,
        "repeat_count": repeats,
        "repeats": _listed(seen.filter(repeat_of=matter)) if repeats else [],
        "first": first,
        "others": first.repeats.count() if first else 0,
    }


def _listed(rows):
    rows = rows.select_related("village").defer("phone", "detail", "result")
    return list(rows.order_by("registered_on", "pk")[:SHOWN])
