"""/ledger/<number>/promise/ — what the villager was promised, and by which day."""

from django.contrib import messages

from grievances import actions
from grievances.forms import PromiseForm
from liaison import clock

from .one_matter import MatterFormPage


class Promise(MatterFormPage):
    """Given, put off or taken back; every change stays in the history."""

    access = "grievances.register"
    title, submit = "答应群众的事", "保存"

    def about(self):
        """How long it stands on the desk."""
        return "到给群众反馈为止，列在待办里。"

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
