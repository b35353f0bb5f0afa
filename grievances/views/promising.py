"""/ledger/<number>/promise/ — what the villager was promised, and by which day."""

from django.contrib import messages
from django.urls import reverse

from grievances import actions
from grievances.forms import PromiseForm
from grievances.models import Grievance
from liaison import clock
from liaison.form_pages import FormPage
from liaison.scoping import get_visible_or_404


class Promise(FormPage):
    """Given, put off or taken back; every change stays in the history."""

    access = "grievances.register"
    title, submit = "答应群众的事", "保存"
    crumbs = (("民情台账", "grievances:ledger"),)

    def dispatch(self, request, *args, number, **kwargs):
        """A foreign number is a missing one."""
        self.matter = get_visible_or_404(Grievance.objects, request.user, number=number)
        return super().dispatch(request, *args, **kwargs)

    def cancel_url(self):
        """The matter."""
        return reverse("grievances:detail", args=[self.matter.number])

    def page(self, form, status=200, **more):
        """Which matter it is about."""
        lead = f"{self.matter.number} {self.matter.summary}。到给群众反馈为止，列在待办里。"
        return super().page(form, status, lead=lead, **more)

    def get(self, request):
        """What stands promised."""
        return self.page(PromiseForm(matter=self.matter))

    def post(self, request):
        """Save unless somebody else did in between."""
        form = PromiseForm(request.POST, matter=self.matter)
        return self.attempt(form, lambda: self.save(form))

    def save(self, form):
        """Returns the matter's address."""
        data = form.cleaned_data
        actions.promise(
            grievance=self.matter,
            by=self.request.user,
            now=clock.now(),
            version=data["version"],
            words=data["promise"],
            due_on=data["promise_due_on"],
        )
        messages.success(self.request, f"{self.matter.number}：答应的事已保存。")
        return self.cancel_url()
