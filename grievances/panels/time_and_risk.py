"""延期 and 预警 of a matter: how it stands, its history, and what this reader may do about it."""

from grievances import alerting
from grievances import rules_extending as rules
from grievances.models.alert_parts import RANK
from liaison.clock import local_date

from .panel import Panel


class ExtensionPanel(Panel):
    """Requests for more time, and the door to ask."""

    template = "grievances/panels/extensions.html"

    def say(self, matter, user, now):
        """Silent where nothing was asked and this reader may not ask."""
        rows = list(matter.extensions.all())
        for row in rows:
            row.grievance = matter
        asks = not rules.asking_refused(matter, user, local_date(now), now)
        if not (rows or asks):
            return None
        lines = [
            {
                "row": row,
                "decides": not rules.deciding_refused(row, user),
                "tells": not rules.telling_refused(row, user),
                "withdraws": not rules.withdrawing_refused(row, user),
            }
            for row in rows
        ]
        return {"lines": lines, "asks": asks, "quiet": matter.is_confidential}


class AlertPanel(Panel):
    """The level in force, what is suggested and why, and every change of it."""

    template = "grievances/panels/alert.html"

    def say(self, matter, user, now):
        """Silent where no level was ever set, none is suggested, and this reader may not set one."""
        rows = list(matter.alerts.all())[::-1]
        persons, trend = (rows[0].persons, rows[0].trend) if rows else alerting.as_known(matter)
        found = alerting.suggested(matter, now, persons=persons, trend=trend)
        sets = not alerting.refusal(matter, user)
        if not (rows or found or sets):
            return None
        higher = found and RANK[found.level] > RANK[matter.alert]
        return {"rows": rows, "suggested": found, "higher": higher, "sets": sets}
