"""/ledger/policies/recalculate/ — what today's time limits and calendar would move, and doing it."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from grievances import actions
from grievances.actions.redating import own_matters
from grievances.exports_due import RedatingExport
from grievances.redating import preview
from liaison import clock
from liaison.errors import NotAllowed

SHOWN = 500


class Recalculate(View):
    """A list by GET (the whole of it as .xlsx), all of them moved by POST."""

    access = "grievances.policies"

    def get(self, request):
        """What would move."""
        found = preview(own_matters(request.user))
        if request.GET.get("format") == "xlsx":
            export = RedatingExport(queryset=found.moves, user=request.user, on=clock.today())
            return export.response(filters="全部")
        return self.page(found)

    def post(self, request):
        """All of what was shown, or nothing."""
        try:
            count = actions.redate(
                by=request.user, now=clock.now(), seen=request.POST.get("seen", "")[:64]
            )
        except NotAllowed as refusal:
            return self.page(preview(own_matters(request.user)), 409, refusal=str(refusal))
        messages.success(request, f"已重算{count}件在办诉求的办理时限，各件办理过程里有记录。")
        return HttpResponseRedirect(reverse("grievances:policies"))

    def page(self, found, status=200, **more):
        """The preview."""
        context = {
            "title": "重算在办件时限",
            "crumbs": (("办理时限", "grievances:policies"),),
            "found": found,
            "rows": found.moves[:SHOWN],
            "count": len(found.moves),
            "left": max(0, len(found.moves) - SHOWN),
            **more,
        }
        return render(self.request, "grievances/recalculate.html", context, status=status)
