"""督办, 催办, 超期提醒 and meetings on a matter's page."""

from grievances.actions.supervising import PERMISSION, answers_for, may_supervise
from grievances.models import MeetingItem
from liaison import clock

from .panel import Panel


class LookingAfter(Panel):
    """Beside the facts: the 督办 in force, and what this person may do about it."""

    template = "grievances/panels/looking_after.html"

    def say(self, matter, user, now):
        """Silent where nothing stands and nothing may be done."""
        current = next((row for row in matter.supervisions.all() if row.is_in_force), None)
        supervises = not may_supervise(matter, user)
        today = clock.local_date(now)
        urges = [step.on for step in matter.steps.all() if step.act == "urge"]
        if not (current or supervises or urges):
            return None
        return {
            "current": current,
            "is_late": bool(current) and current.is_late(today),
            "supervises": supervises,
            "lifts": bool(current) and user.has_perm(PERMISSION),
            "answers": bool(current) and current.waits and answers_for(matter, user),
            "raises": supervises and (current is None or current.level != current.Level.RED),
            "urged": {"n": len(urges), "last": max(urges, default=None)},
            "urged_today": today in urges,
        }


class LookedAfter(Panel):
    """Under the facts: which rungs were told of it, and every 督办 there was."""

    template = "grievances/panels/looked_after.html"

    def say(self, matter, user, now):
        """Silent where there is neither."""
        rises = list(matter.rises.select_related("rung").order_by("told_at", "rung__order", "pk"))
        supervisions = list(matter.supervisions.all())[::-1]
        return {"rises": rises, "supervisions": supervisions} if rises or supervisions else None


class InMeetings(Panel):
    """Which meetings went through it, and what they decided."""

    template = "grievances/panels/in_meetings.html"

    def say(self, matter, user, now):
        """Silent where none did."""
        items = MeetingItem.objects.visible_to(user).filter(grievance=matter)
        items = list(items.select_related("meeting__village", "meeting__township"))
        return {"items": items} if items else None
