"""/ledger/publications/due/ — 问题清单 and 办结清单 of this week and the last that do not hang yet."""

import datetime as dt

from django.shortcuts import render
from django.views import View

from grievances.publishing.weekly import PERMISSION, due_in_week, monday_of
from liaison import clock

from .publications import CRUMBS

WEEK = dt.timedelta(days=7)


class DueLists(View):
    """Which list of which village is missing; a click drafts it and shows the preview."""

    access = PERMISSION

    def get(self, request):
        """This week's first."""
        on = clock.today()
        mondays = (("本周", monday_of(on)), ("上周", monday_of(on) - WEEK))
        weeks = [
            (
                name,
                monday,
                monday + WEEK - dt.timedelta(days=1),
                due_in_week(request.user, on, monday),
            )
            for name, monday in mondays
        ]
        context = {"title": "待公示清单", "crumbs": CRUMBS, "weeks": weeks, "today": on}
        return render(request, "grievances/publications/due.html", context)
