"""What pages with one form about one matter have in common."""

from django.urls import reverse

from grievances.models import Grievance
from liaison.form_pages import FormPage
from liaison.scoping import get_visible_or_404


class MatterFormPage(FormPage):
    """Base of them: subclasses say ``about()``, the sentence above the form."""

    crumbs = (("民情台账", "grievances:ledger"),)

    def dispatch(self, request, *args, number, **kwargs):
        """A foreign number is a missing one."""
        self.matter = get_visible_or_404(Grievance.objects, request.user, number=number)
        return super().dispatch(request, *args, **kwargs)

    def cancel_url(self):
        """The matter."""
        return reverse("grievances:detail", args=[self.matter.number])

    def about(self) -> str:
        """What the form is for, said after the matter's number and summary."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it is about")

    def page(self, form, status=200, **more):
        """Which matter it is about."""
        lead = f"{self.matter.number} {self.matter.summary}。{self.about()}"
        return super().page(form, status, lead=lead, **more)
