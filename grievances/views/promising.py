"""/ledger/<number>/promise/ — what the villager was promised, and by which day."""

from grievances import actions
from grievances.forms import PromiseForm
from liaison import clock

from .one_matter import MatterFormPage


class Promise(MatterFormPage):
    """Given, put off or taken back; every change stays in the history."""

    access = "grievances.register"
    title, submit, done = "答应群众的事", "保存", "答应的事已保存。"

    def about(self):
        """How long it stands on the desk."""
        return "到给群众反馈为止，列在待办里。"

    def make_form(self, data=None):
        """What stands promised."""
        return PromiseForm(data, matter=self.matter)

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
        return self.cancel_url()
