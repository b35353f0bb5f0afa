"""The rows of the liaison-day page: who was met, and what was asked."""

from functools import partial

from django import forms
from django.forms import formset_factory

from desk.entries import Entry, Matter
from grievances.models import Category, Grievance, SettlementMethod
from visits.finding import Unclear, resolve
from visits.models import Visit
from visits.widgets import HouseholdInput

from .dress import dress

BLANK_ROWS = 6
MORE_ROWS = 4
MOST_ROWS = 60
EXPIRED = "页面已过期，请重新打开后再提交。"


class EntryForm(forms.Form):
    """One row: who was met is all it must say, and of a matter its summary."""

    household = forms.CharField(label="户", required=False, max_length=60, widget=HouseholdInput)
    visitor = forms.CharField(label="来访人", required=False, max_length=50)
    mode = forms.ChoiceField(label="方式", choices=Visit.Mode.choices, initial=Visit.Mode.RECEPTION)
    persons = forms.IntegerField(
        label="人数",
        required=False,
        min_value=1,
        max_value=9999,
        initial=1,
        error_messages={"min_value": "人数至少为1。"},
    )
    said = forms.CharField(label="反映情况", required=False, max_length=2000)
    nothing_asked = forms.BooleanField(label="无诉求", required=False)
    summary = forms.CharField(label="诉求摘要", required=False, max_length=60)
    kind = forms.ChoiceField(label="性质", choices=Grievance.Kind.choices)
    category = forms.TypedChoiceField(label="类别", required=False, empty_value=None)
    on_the_spot = forms.BooleanField(label="当场办结", required=False)
    method = forms.TypedChoiceField(label="办结方式", required=False, empty_value=None)
    words = forms.CharField(label="办理结果", required=False, max_length=500)
    phone = forms.CharField(label="联系电话", required=False, max_length=30)
    is_urgent = forms.BooleanField(label="加急", required=False)

    # Choices and numbers that stand there by themselves make no row.
    TELLING = (
        "household", "visitor", "said", "nothing_asked", "summary", "on_the_spot", "words", "phone",
        "is_urgent",
    )  # fmt: skip
    OF_MATTER = ("on_the_spot", "words", "phone", "is_urgent")

    def __init__(self, *args, village, lists, mode=Visit.Mode.RECEPTION, **kwargs):
        self.village = village
        super().__init__(*args, **kwargs)
        self.initial.setdefault("mode", mode)
        for name, (open_word, rows) in lists.items():
            self.fields[name].choices = [
                ("", open_word),
                *((pk, str(row)) for pk, row in rows.items()),
            ]
            self.fields[name].coerce = partial(_listed, rows)
        dress(self)

    def has_changed(self):
        """An empty row is one in which nothing was told."""
        return bool(set(self.changed_data) & set(self.TELLING))

    def clean_household(self):
        """The household of this village that was meant; several or none are a sentence."""
        text = self.cleaned_data["household"]
        if not text:
            return None
        try:
            return resolve(self.village, text)
        except Unclear as unclear:
            raise forms.ValidationError(str(unclear)) from unclear

    def clean(self):
        """Somebody was met; a matter has a summary; 无诉求 has none."""
        data = super().clean()
        if not (data.get("household") or data.get("visitor")) and "household" not in self.errors:
            self.add_error("household", "请填写户或来访人；不愿留名的，来访人写“匿名”。")
        if not data.get("summary") and any(data.get(name) for name in self.OF_MATTER):
            self.add_error("summary", "请填写诉求摘要，一句话即可。")
        if data.get("summary") and data.get("nothing_asked"):
            self.add_error("nothing_asked", "这一行已填诉求，请去掉“无诉求”。")
        return data

    def entry(self) -> Entry:
        """What the verb takes."""
        told = self.cleaned_data
        return Entry(
            mode=told["mode"],
            household=told["household"],
            visitor=told["visitor"],
            persons=told["persons"] or 1,
            said=told["said"],
            nothing_asked=told["nothing_asked"],
            matter=self._matter(told) if told["summary"] else None,
        )

    def _matter(self, told):
        names = (
            "summary",
            "kind",
            "category",
            "phone",
            "is_urgent",
            "on_the_spot",
            "method",
            "words",
        )
        return Matter(**{name: told[name] for name in names})

    def has_matter(self) -> bool:
        """Whether the part of the matter is shown open."""
        names = ("summary", *self.OF_MATTER)
        return any(self[name].value() for name in names)


class BaseRows(forms.BaseFormSet):
    """The rows of the page; too many, or a page gone wrong, is a sentence."""

    default_error_messages = {
        "missing_management_form": EXPIRED,
        "too_many_forms": f"一次最多填写{MOST_ROWS}行，请分两次保存。",
    }

    def filled(self) -> list[EntryForm]:
        """Rows in which something was told."""
        return [form for form in self.forms if form.has_changed()]


Rows = formset_factory(
    EntryForm, BaseRows, extra=BLANK_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS,
    validate_max=True,
)  # fmt: skip


def _listed(rows, pk):
    """The row of a code list; ValueError, as a field expects it, for one that is not in use."""
    if pk not in rows:
        raise ValueError(pk)
    return rows[pk]


def code_lists() -> dict:
    """{field: (what the empty choice says, {pk as text: row})}, read once for all rows."""
    lists = {
        "category": ("其他(可由驻点办改)", Category.objects),
        "method": ("按性质自动", SettlementMethod.objects),
    }
    return {
        name: (
            word,
            {str(row.pk): row for row in rows.filter(is_active=True).order_by("order", "pk")},
        )
        for name, (word, rows) in lists.items()
    }
