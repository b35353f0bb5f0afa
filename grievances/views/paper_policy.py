"""/ledger/paper-policy/ — 附件和公示规定 of one's township."""

from django.urls import reverse

from grievances import actions
from grievances.actions.paper_policies import PERMISSION
from grievances.forms.publications import PaperPolicyForm
from grievances.models import PaperPolicy
from liaison.form_pages import FormPage


class PaperPolicyPage(FormPage):
    """One row, changed in place."""

    access = PERMISSION
    title = "附件和公示规定"
    crumbs = (("基础数据", "settings:index"),)
    lead = "从保存起用；已有的附件和公示不变。"
    done = "附件和公示规定已保存。"

    def cancel_url(self):
        """The publications it rules."""
        return reverse("grievances:publications")

    def policy(self):
        """The township's own."""
        self.township = next(iter(self.request.user.townships_for(PERMISSION)), None)
        return PaperPolicy.of(self.township.pk if self.township else None)

    def make_form(self, data=None):
        """As it holds now."""
        return PaperPolicyForm(data, policy=self.policy())

    def save(self, form):
        """Back to the page."""
        version = form.cleaned_data["version"]
        actions.set_paper_policy(
            by=self.request.user, township=self.township, version=version, **form.facts()
        )
        return self.request.path
