"""A page with one form and one verb; subclasses say which form and which verb."""

from django.contrib import messages

from liaison import form_pages
from liaison.idempotency import submit_once


class FormPage(form_pages.FormPage):
    """Base of pages with one form.

    Subclasses set title, crumbs, submit and access, and give ``make_form(data)``, ``save(form)``
    (returns the address to go to, or a response) and ``cancel_url()``.
    """

    lead = ""
    done = "已保存。"

    def get(self, request, *args, **kwargs):
        return self.page(self.make_form())

    def post(self, request, *args, **kwargs):
        form = self.make_form(request.POST)
        return self.attempt(form, lambda: self._saved(form))

    def once(self, form, do) -> str:
        """Run a creating verb once for this form; returns the address of what it made."""
        outcome = submit_once(
            key=form.cleaned_data["form_key"],
            user=self.request.user,
            purpose=f"{type(self).__module__}.{type(self).__qualname__}",
            content=[*self.content_head(), *form.content()],
            do=do,
        )
        return outcome.url

    def content_head(self) -> list[tuple[str, str]]:
        """What the address says beside the form, e.g. whose account it is."""
        return []

    def page(self, form, status=200, **more):
        """The form, as it stands."""
        return super().page(form, status, **{"lead": self.lead, **self.more(form), **more})

    def more(self, form) -> dict:
        """More for the template."""
        return {}

    def cancel_url(self) -> str:
        """Where 「返回」 leads."""
        return ""

    def _saved(self, form):
        answer = self.save(form)
        if isinstance(answer, str):
            messages.success(self.request, self.done)
        return answer
