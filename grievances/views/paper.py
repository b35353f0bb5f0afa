"""/ledger/<number>/slip/ and /file/ — 受理回执 for the villager, 一事一档 for the archive."""

from django.shortcuts import render
from django.urls import reverse

from cadres.models import CardText
from grievances import panels
from grievances.forms.paper import SlipForm
from grievances.models import FollowUp
from grievances.progress import due_words
from liaison import clock

from .matter import MatterPage


class Slip(MatterPage):
    """受理回执: number, day, subject, unit, telephone, due date; nothing else about anybody."""

    def get(self, request):
        """On A5, or A6 if asked."""
        form = SlipForm(request.GET)
        size = form.cleaned_data["size"] or "a5" if form.is_valid() else "a5"
        matter = self.matter
        context = {
            "title": f"受理回执 {matter.number}",
            "matter": matter,
            "size": size,
            "form": form,
            "office": CardText.of([matter.township])[matter.township_id],
            "due": due_words(matter),
            "today": clock.today(),
            "back_to": self.back(),
        }
        return render(request, "grievances/print/slip.html", context)

    def back(self):
        """The matter."""
        return reverse("grievances:detail", args=[self.matter.number])


class File(MatterPage):
    """一事一档: everything about one matter on A4, read by who reads the matter; the phone masked."""

    def get(self, request):
        """Facts, course, and each kind of row there is of it."""
        matter, now = self.matter, clock.now()
        context = {
            "title": f"一事一档 {matter.number}",
            "matter": matter,
            "steps": matter.steps.order_by("pk"),
            "visits": [matter.visit] if matter.visit_id else [],
            "follow_ups": matter.follow_ups.select_related("asked_by").order_by("pk"),
            "look_backs": matter.look_backs.select_related("by").order_by("due_on", "pk"),
            "calls": matter.redo_calls.select_related("decided_by").order_by("pk"),
            "satisfaction": dict(FollowUp.Answer.choices).get(matter.satisfaction, ""),
            "due": due_words(matter),
            "panels": panels.drawn(panels.on_file(), matter, request.user, now),
            "today": clock.today(),
            "back_to": reverse("grievances:detail", args=[matter.number]),
        }
        return render(request, "grievances/print/file.html", context)
