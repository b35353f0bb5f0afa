"""What pages with one form about one matter have in common."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from grievances import actions
from grievances.models import Grievance
from liaison.form_pages import FormPage
from liaison.scoping import get_visible_or_404


def matter_of(request, number, rows=None):
    """The matter of an address, by its door; a look at a confidential one is written down.

    Args:
        rows: ``Grievance.every`` with what the page needs beside the row itself.
    Raises:
        Http404: missing, foreign or not to be opened by this reader alike.
    """
    rows = Grievance.every.all() if rows is None else rows
    matter = get_visible_or_404(rows, request.user, number=number)
    if matter.is_confidential:
        actions.note_view(grievance=matter, by=request.user)
    return matter


def crumbs_of(matter):
    """The way to a matter's page: the ledger, or the list of the confidential ones."""
    if matter.is_confidential:
        return (("涉密事项", "grievances:confidential"),)
    return (("民情台账", "grievances:ledger"),)


def back(page, sentence):
    """To the matter, with the reason why there is no such form."""
    messages.warning(page.request, sentence)
    return HttpResponseRedirect(page.cancel_url())


class MatterFormPage(FormPage):
    """Base of them: subclasses say ``about()``, the sentence above the form."""

    @property
    def crumbs(self):
        """The list it stands in."""
        return crumbs_of(self.matter)

    def dispatch(self, request, *args, number, **kwargs):
        """A foreign number is a missing one."""
        self.matter = matter_of(request, number)
        return super().dispatch(request, *args, **kwargs)

    def cancel_url(self):
        """The matter."""
        return reverse("grievances:detail", args=[self.matter.number])

    def about(self) -> str:
        """What the form is for, said after the matter's number and summary."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it is about")

    def done_words(self):
        """Of which matter, what was done."""
        return f"{self.matter.number}：{self.done}"

    def page(self, form, status=200, **more):
        """Which matter it is about."""
        lead = f"{self.matter.number} {self.matter.summary}。{self.about()}"
        return super().page(form, status, lead=lead, **more)
