"""What was asked in a row: any number of matters, each a small form of its own inside the row.

The fields of the second matter of the fourth row are named ``row-3-m1-summary`` and so on. Nothing
counts them: a matter is there because its summary was sent, so a row may lose one in the middle.
"""

import re
from collections import defaultdict
from functools import partial

from django import forms
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from desk.entries import Matter, in_use
from grievances.actions.promising import LONGEST as LONGEST_PROMISE
from grievances.guessing import guess
from grievances.models import Category, Grievance, SettlementMethod
from liaison.forms import DateInput, LightTextInput

from .dress import QuietField, dress

MOST_MATTERS = 20  # 件 of one row; more is no conversation but a list to be taken in by itself
_NAMED = re.compile(r"^(?P<row>.+)-m(?P<at>\d{1,3})-summary$")


class SummaryInput(LightTextInput):
    """The summary; where scripts run, the server says while one types which category it would be."""

    def get_context(self, name, value, attrs):
        asks = {
            "hx-post": reverse("grievances:guess"),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": "next .guessed",
            "hx-params": name,
        }
        return super().get_context(name, value, {**(attrs or {}), **asks})


class MatterForm(forms.Form):
    """One matter: its summary is all it must say."""

    bound_field_class = QuietField

    summary = forms.CharField(label="诉求摘要", required=False, max_length=60, widget=SummaryInput)
    category = forms.TypedChoiceField(label="类别", required=False, empty_value=None)
    kind = forms.ChoiceField(label="性质", choices=Grievance.Kind.ordinary)
    on_the_spot = forms.BooleanField(label="当场办结", required=False)
    is_urgent = forms.BooleanField(label="加急", required=False)
    phone = forms.CharField(label="联系电话", required=False, max_length=30)
    method = forms.TypedChoiceField(label="办结方式", required=False, empty_value=None)
    words = forms.CharField(label="办理结果", required=False, max_length=500)
    promise = forms.CharField(label="答应的事", required=False, max_length=LONGEST_PROMISE)
    promise_due_on = forms.DateField(label="几号以前", required=False, widget=DateInput)

    # Choices that stand there by themselves make no matter.
    TELLING = ("on_the_spot", "is_urgent", "phone", "words", "promise", "promise_due_on")

    def __init__(self, *args, lists, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
        self._lists = lists
        for name, (open_word, rows) in lists.items():
            self.fields[name].choices = [
                ("", open_word),
                *((pk, str(row)) for pk, row in rows.items()),
            ]
            self.fields[name].coerce = partial(_listed, rows)
        dress(self)

    def has_changed(self):
        """An empty matter is one of which nothing was told."""
        return bool(set(self.changed_data) & {"summary", *self.TELLING})

    def clean(self):
        """What is told of a matter belongs to a summary; a promise has its day."""
        data = super().clean()
        if not data.get("summary") and "summary" not in self.errors and self.has_changed():
            self.add_error("summary", "请填写诉求摘要，一句话即可。")
        dated = data.get("promise_due_on") or "promise_due_on" in self.errors
        if data.get("promise") and not dated:
            self.add_error("promise_due_on", "请填写答应在哪一天之前办到。")
        return data

    @property
    def guessed(self) -> str:
        """What is said below a summary that has no category yet; as the server says while one types."""
        summary, lists = self["summary"].value(), self._lists
        if not summary or self["category"].value():
            return ""
        found = guess(summary, lists["category"][1].values())
        return f"{found.reason}；不合适的请选类别。" if found else ""

    def matter(self) -> Matter:
        """What the verb takes."""
        return Matter(**self.cleaned_data)


def code_lists() -> dict:
    """{field: (what the empty choice says, {pk as text: row})}, read once for all rows, when a matter asks."""
    return SimpleLazyObject(_code_lists)


def _code_lists():
    lists = {"category": ("自动归类", Category), "method": ("按性质自动", SettlementMethod)}
    return {
        name: (word, {str(row.pk): row for row in in_use(model) if _done_at_once(row)})
        for name, (word, model) in lists.items()
    }


def _done_at_once(row) -> bool:
    """A method that promises something for later names its day on the matter's own page."""
    return not getattr(row, "comes_back", False)


def matters_sent(data) -> dict[str, list[int]]:
    """{prefix of a row: the numbers of the matters sent with it, in order}, at most one more than allowed."""
    sent = defaultdict(list)
    for name in data or ():
        if found := _NAMED.match(name):
            sent[found["row"]].append(int(found["at"]))
    return {row: sorted(set(numbers))[: MOST_MATTERS + 1] for row, numbers in sent.items()}


def with_one_more(data, row: str) -> None:
    """Add a blank matter to a row of what was posted (a QueryDict one may change)."""
    numbers = matters_sent(data).get(row, [])
    if len(numbers) < MOST_MATTERS:
        data[f"{row}-m{max(numbers, default=-1) + 1}-summary"] = ""


def without(data, matter: str) -> None:
    """Take a matter, 「row-3-m1」, out of what was posted."""
    for name in [each for each in data if each.startswith(f"{matter}-")]:
        del data[name]


def _listed(rows, pk):
    """The row of a code list; ValueError, as a field expects it, for one that is not in use."""
    if pk not in rows:
        raise ValueError(pk)
    return rows[pk]
