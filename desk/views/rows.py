"""What the pages of rows have in common: saved once, refused with everything kept, answered for htmx too."""

from django.views import View

from desk import forms
from liaison import errors
from liaison.errors import DifferentContent, NotAllowed, Stale
from liaison.form_pages import go_to, whole_page
from liaison.idempotency import submit_once


class RowsView(View):
    """Base of such pages.

    Subclasses answer ``purpose`` (tells their saves from others), ``save(page)`` (stores it, returns the
    address of the answer) and ``answer(page, status, **more)`` (draws the page).
    """

    purpose = ""

    def attempt(self, page):
        """Save once; a refusal keeps what was typed. Stale goes up."""
        try:
            outcome = submit_once(
                key=page.form.cleaned_data["form_key"],
                user=self.request.user,
                purpose=self.purpose,
                content=page.content(),
                do=lambda: self.save(page),
            )
        except DifferentContent as difference:
            return whole_page(self.request, errors.conflict(self.request, difference))
        except Stale:
            raise
        except NotAllowed as refusal:
            return self.answer(page, 422, refusal=str(refusal), checked=True)
        return go_to(self.request, outcome.url)

    def rows_context(self) -> dict:
        """What the template of the rows needs of the page."""
        return {
            "more_rows": forms.MORE_ROWS,
            "most_rows": forms.MOST_ROWS,
            "most_matters": forms.MOST_MATTERS,
            "asks": self.request.user.has_perm("grievances.register"),
        }
