"""The rows of the desk's forms: who was met, and what was asked there."""

from functools import cached_property

from django import forms
from django.forms import formset_factory

from desk.entries import Entry
from visits.finding import Unclear, resolve
from visits.models import Visit
from visits.widgets import HouseholdInput

from .dress import QuietField, dress
from .matters import MOST_MATTERS, MatterForm, matters_sent
from .noted import MARK, NotedForm, is_sent

BLANK_ROWS = 6
MORE_ROWS = 4
MOST_ROWS = 60
# A browser would cut what is pasted there without a word; the server says so and keeps it. Twelve rows are lighter too.
UNCUT = ("household", "said", "visitor")
EXPIRED = "页面已过期，请重新打开后再提交。"


class EntryForm(forms.Form):
    """One row: who was met is all it must say. Its matters are forms of their own (matters.py)."""

    bound_field_class = QuietField

    household = forms.CharField(label="户", required=False, max_length=60, widget=HouseholdInput)
    said = forms.CharField(label="反映情况", required=False, max_length=2000)
    nothing_asked = forms.BooleanField(label="无诉求", required=False)
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

    # Choices and numbers that stand there by themselves make no row.
    TELLING = ("household", "visitor", "said", "nothing_asked")

    def __init__(
        self, *args, village, lists, mode=Visit.Mode.RECEPTION, matters=(), kinds=(), noted=False, **kwargs
    ):  # fmt: skip
        self.village = village
        super().__init__(*args, **kwargs)
        self.initial.setdefault("mode", mode)
        self.matters = [
            MatterForm(
                self.data if self.is_bound else None, prefix=f"{self.prefix}-m{at}", lists=lists
            )
            for at in matters
        ]
        self.noted = None
        if noted:
            self.noted = NotedForm(self.data, prefix=f"{self.prefix}-{MARK}", kinds=kinds)
        dress(self)
        for name in UNCUT:
            self.fields[name].widget.attrs.pop("maxlength", None)

    def has_changed(self):
        """An empty row is one in which nothing was told."""
        told = set(self.changed_data) & set(self.TELLING)
        return bool(told or self.asked or self.noticed)

    @cached_property
    def asked(self) -> list[MatterForm]:
        """The matters of which something was told."""
        return [matter for matter in self.matters if matter.has_changed()]

    @cached_property
    def noticed(self) -> NotedForm | None:
        """金点子 and 需求线索, if anything of them was told."""
        return self.noted if self.noted and self.noted.has_changed() else None

    def clean_household(self):
        """The household of this village that was meant; several or none are a sentence."""
        text = self.cleaned_data["household"]
        if not text or not self.village:
            return None
        try:
            return resolve(self.village, text)
        except Unclear as unclear:
            raise forms.ValidationError(str(unclear)) from unclear

    def clean(self):
        """Somebody was met; 无诉求 has no matter; every matter is right too."""
        data = super().clean()
        named = data.get("visitor") or self["household"].value()
        if not named and not {"household", "visitor"} & set(self.errors):
            self.add_error("household", "请填写户或来访人；不愿留名的，来访人写“匿名”。")
        if self.asked and data.get("nothing_asked"):
            self.add_error("nothing_asked", "这一行已填诉求，请去掉“无诉求”。")
        if len(self.matters) > MOST_MATTERS:
            self.add_error("said", f"一行最多填{MOST_MATTERS}件诉求，其余的请另起一行。")
        return data

    def is_valid(self):
        """The row and all its matters; all faults are found at once."""
        parts = [*self.asked, *filter(None, [self.noticed])]
        return all([super().is_valid(), *[part.is_valid() for part in parts]])

    def has_faults(self) -> bool:
        """Whether anything in the row or its matters is to be put right."""
        parts = [*self.asked, *filter(None, [self.noticed])]
        return bool(self.errors) or any(part.errors for part in parts)

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
            matters=tuple(matter.matter() for matter in self.asked),
            **self._noticed(),
        )

    def _noticed(self):
        told = self.noticed.cleaned_data if self.noticed else {}
        return {
            "proposal": told.get("proposal", ""),
            "needs": tuple(told.get("kinds", ())),
            "need_words": told.get("need_words", ""),
        }


class BlankRow:
    """A posted row in which nothing was told: nothing to check, so no form is made until it is drawn again."""

    empty_permitted = True
    errors: dict = {}

    def has_changed(self) -> bool:
        """It has not."""
        return False

    def is_valid(self) -> bool:
        """There is nothing to refuse."""
        return True

    def has_faults(self) -> bool:
        """Nor to put right."""
        return False


class BaseRows(forms.BaseFormSet):
    """The rows of a form; too many, or a page gone wrong, is a sentence."""

    skips_blank = (
        True  # most rows of a page are sent as they came: making five forms is half of a save
    )

    default_error_messages = {
        "missing_management_form": EXPIRED,
        "too_many_forms": f"一次最多填写{MOST_ROWS}行，请分两次保存。",
    }

    def get_form_kwargs(self, index):
        """With each row, the matters that were sent in it."""
        kwargs = super().get_form_kwargs(index)
        if index is not None:
            kwargs["matters"] = self._sent.get(self.add_prefix(index), ())
            kwargs["noted"] = self.is_bound and is_sent(self.data, self.add_prefix(index))
        return kwargs

    def _construct_form(self, i, **kwargs):
        blank = self.is_bound and self.skips_blank and not self._is_told(self.add_prefix(i))
        return BlankRow() if blank else super()._construct_form(i, **kwargs)

    def _is_told(self, row) -> bool:
        """Whether anything that tells was sent of a row."""
        told = any(self.data.get(f"{row}-{name}") for name in EntryForm.TELLING)
        return told or row in self._sent or is_sent(self.data, row)

    def drawn(self) -> list[EntryForm]:
        """All rows, to be shown."""
        return [
            self._form_at(at) if isinstance(form, BlankRow) else form
            for at, form in enumerate(self.forms)
        ]

    def _form_at(self, at):
        return super()._construct_form(at, **self.get_form_kwargs(at))

    @cached_property
    def _sent(self):
        return matters_sent(self.data) if self.is_bound else {}

    @property
    def kinds(self) -> list:
        """需求类别 that a row may name, for the page's scripts."""
        return self.form_kwargs["kinds"]

    def filled(self) -> list[EntryForm]:
        """Rows in which something was told."""
        return [form for form in self.forms if form.has_changed()]


Rows = formset_factory(
    EntryForm, BaseRows, extra=BLANK_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS,
    validate_max=True,
)  # fmt: skip
