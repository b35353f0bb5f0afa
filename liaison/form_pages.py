"""A page with one form: shown, refused beside the field (422), stale (409) or done."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from . import errors
from .errors import DifferentContent, NotAllowed, Stale
from .idempotency import submit_once
from .lists import wants_fragment
from .versions import differences


def go_to(request, url):
    """On to the answer; htmx is told to open it as a page of its own."""
    if wants_fragment(request):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def whole_page(request, response):
    """A page that is no part of this one: htmx puts it in place of the content."""
    if wants_fragment(request):
        places = {
            "HX-Retarget": "#content",
            "HX-Reselect": "#content > *",
            "HX-Reswap": "innerHTML",
        }
        for name, value in places.items():
            response.headers[name] = value
    return response


class FormPage(View):
    """Base of form pages.

    Subclasses set ``access``, ``title``, ``submit`` (the word on the button), ``crumbs``, ``lead`` (said above
    the form) and ``done`` (said once it is saved), and give ``make_form(data)``, ``save(form)`` (returns the
    address to go on to, or a response) and ``cancel_url()``.
    A page of a form with a ``form_key`` whose words the browser is to keep until they are stored
    (docs/decisions/0035) sets ``draft``: {"title": what it is, "of": names of fields that tell which,
    "here": whether it belongs to this very address, its query included}.
    """

    access = ""
    title = ""
    submit = "保存"
    crumbs = ()
    lead = ""
    done = "已保存。"
    draft = None
    template_name = "forms/page.html"

    def get(self, request, *args, **kwargs):
        return self.page(self.make_form())

    def post(self, request, *args, **kwargs):
        form = self.make_form(request.POST)
        return self.attempt(form, lambda: self.saved(form))

    def make_form(self, data=None):
        """The form as it is shown, or with what was sent."""
        raise NotImplementedError(f"{type(self).__name__} does not say what its form is")

    def save(self, form):
        """Do what the form is for; returns the address to go on to, or a response of its own."""
        raise NotImplementedError(f"{type(self).__name__} saves nothing")

    def cancel_url(self) -> str:
        """Where 「返回」 leads."""
        raise NotImplementedError(f"{type(self).__name__} does not say where 返回 leads")

    def done_words(self) -> str:
        """What is said on the next page; nothing where it speaks for itself."""
        return self.done

    def once(self, form, do) -> str:
        """Run a creating verb once for this form; returns the address of what it made."""
        outcome = submit_once(
            key=form.cleaned_data["form_key"],
            user=self.request.user,
            purpose=self.request.path,
            content=[*self.content_head(), *form.content()],
            do=do,
        )
        return outcome.url

    def content_head(self) -> list[tuple[str, str]]:
        """What the address says beside the form, e.g. whose account it is."""
        return []

    def page(self, form, status=200, **more):
        """The page around the form; ``more`` may hold ``lead``, ``refusal``, ``differences``."""
        context = {
            "title": self.title,
            "crumbs": self.crumbs,
            "submit": self.submit,
            "cancel_url": self.cancel_url(),
            "form": form,
            "draft": self.draft,
            "lead": self.lead,
            **self.more(form),
            **more,
        }
        return render(self.request, self.template_name, context, status=status)

    def more(self, form) -> dict:
        """More for the template."""
        return {}

    def attempt(self, form, act):
        """Run ``act`` on a valid form; a refusal keeps what was typed.

        Args:
            act: returns the address to go on to, or a response of its own.
        """
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            answer = act()
        except DifferentContent as difference:
            return whole_page(self.request, errors.conflict(self.request, difference))
        except Stale as stale:
            changed = differences(form, stale.current)
            form.data = form.data.copy()
            form.data["version"] = stale.current.version
            # Changed elsewhere than in what this form asks: then the sentence alone says so.
            refusal = "" if changed else str(stale)
            return self.page(form, status=409, differences=changed, refusal=refusal)
        except NotAllowed as refusal:
            return self.page(form, status=422, refusal=str(refusal))
        return go_to(self.request, answer) if isinstance(answer, str) else answer

    def saved(self, form):
        """Save, and say so on the page that comes next; for a ``post`` that asks something first."""
        answer = self.save(form)
        if isinstance(answer, str) and (words := self.done_words()):
            messages.success(self.request, words)
        return answer
