"""How a page is asked for papers, and its answer: as a page to print, or as .docx."""

from django import forms
from django.shortcuts import render

from .answering import docx_answer, print_answer
from .refusing import DocumentRefused

PAGE, DOCX = "page", "docx"


class WayForm(forms.Form):
    """As a page to print, or as .docx."""

    format = forms.ChoiceField(choices=[(PAGE, "打印"), (DOCX, ".docx")], required=False)

    def way(self) -> str:
        """Nonsense is a page."""
        return DOCX if self.is_valid() and self.cleaned_data["format"] == DOCX else PAGE


def answer(request, papers, way, *, township_id, title, back_to, name=""):
    """The papers in the way asked for; a township's template that cannot be used is a sentence, not a fault."""
    try:
        if way == DOCX:
            return docx_answer(papers, by=request.user, township_id=township_id, name=name)
    except DocumentRefused as refusal:
        return refused(request, str(refusal), title=title, back_to=back_to)
    asked = request.GET.copy()
    asked["format"] = DOCX
    return print_answer(
        request, papers, township_id=township_id, title=title, back_to=back_to,
        docx_url=f"?{asked.urlencode()}",
    )  # fmt: skip


def refused(request, sentence, *, title, back_to):
    """422: why there is no paper."""
    context = {"title": title, "sentence": sentence, "back_to": back_to}
    return render(request, "liaison/print_refused.html", context, status=422)
