"""The liaison-day page as forms: a seat, a row, and the page that holds them."""

from functools import partial

from django import forms
from django.forms import formset_factory

from grievances.models import Category, Grievance, SettlementMethod
from liaison.forms import CreateFormMixin, is_uuid
from liaison.idempotency import new_key
from visits.attendance import SeatMark
from visits.finding import Unclear, resolve
from visits.models import Attendance, LiaisonSession, Visit
from visits.widgets import HouseholdInput

from .entries import Entry, Matter

BLANK_ROWS = 6
MORE_ROWS = 4
MOST_ROWS = 60
EXPIRED = "页面已过期，请重新打开后再提交。"


class SeatForm(forms.Form):
    """One seat of the sheet; 到 is shown for the lead to confirm."""

    mark = forms.ChoiceField(
        label="考勤",
        choices=Attendance.Mark.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择到、假、公、代、缺中的一项。"},
    )
    stand_in = forms.CharField(label="代班人", required=False, max_length=50)

    def __init__(self, *args, seat, **kwargs):
        self.seat = seat
        line = seat.line
        usual = Attendance.Mark.PRESENT if seat.person else Attendance.Mark.ABSENT
        initial = {"mark": line.mark if line else usual}
        initial["stand_in"] = line.stand_in if line else ""
        super().__init__(*args, prefix=f"seat-{seat.post.pk}", initial=initial, **kwargs)
        self.fields["stand_in"].widget.attrs.update(placeholder="代班人姓名", autocomplete="off")
        dress(self)

    def clean(self):
        """代 needs the name of who stood in."""
        data = super().clean()
        if data.get("mark") == Attendance.Mark.STAND_IN and not data.get("stand_in"):
            self.add_error("stand_in", "请填写代班人姓名。")
        return data

    def seat_mark(self) -> SeatMark:
        """What the verb takes."""
        return SeatMark(self.seat.post.pk, self.cleaned_data["mark"], self.cleaned_data["stand_in"])


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

    def __init__(self, *args, village, lists, **kwargs):
        self.village = village
        super().__init__(*args, **kwargs)
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


class DayForm(CreateFormMixin):
    """What the page carries unseen: its identifier, the version of the day it was shown, and whether
    it has asked about a day without anybody met."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        error_messages={"required": EXPIRED, "invalid": EXPIRED},
    )
    seen = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)


class DayPage:
    """The whole page: read from what was posted, or fresh from the session.

    Args:
        session: the liaison day.
        seats: its SeatOfDay, from seats_of().
        data: request.POST; None for a fresh page.
    """

    def __init__(self, session, seats, data=None):
        self.session = session
        self.form = DayForm(data, initial={"version": session.version})
        self.seats = [SeatForm(data, seat=seat) for seat in seats]
        self.rows = Rows(
            data, prefix="row", form_kwargs={"village": session.village, "lists": code_lists()}
        )

    def renew(self, version=None) -> None:
        """Keep what was typed under a newer version, or under a fresh identifier when the old is no good."""
        data = self.form.data.copy()
        data["version"] = version or data.get("version") or self.session.version
        if not is_uuid(data.get("form_key")):
            data["form_key"] = new_key()
        self.form.data = data

    def confirms_unasked(self) -> bool:
        """Whether saving would confirm a day nobody came to, without having been asked about it."""
        is_held = self.session.status == LiaisonSession.Status.HELD
        return not (is_held or self.rows.filled() or self.form.cleaned_data["seen"])

    def ask(self) -> None:
        """Mark the page, so that the next press of the button is the answer."""
        self.form.data = self.form.data.copy()
        self.form.data["seen"] = "1"

    def is_valid(self) -> bool:
        """Whether everything can be stored; all faults are found at once."""
        seats = [seat.is_valid() for seat in self.seats]
        return all([self.form.is_valid(), *seats, self.rows.is_valid()])

    def faults(self) -> list[str]:
        """What stands above the page: hidden fields' sentences, and which rows to mend."""
        said = [error for errors in self.form.errors.values() for error in errors]
        said += [str(error) for error in self.rows.non_form_errors()]
        said += [
            f"考勤 {seat.seat.person_name}：请看旁边的提示。" for seat in self.seats if seat.errors
        ]
        numbers = [str(at) for at, form in enumerate(self.rows.forms, 1) if form.errors]
        if numbers:
            said.append(f"第{'、'.join(numbers)}行需要改正，提示写在该行旁边。")
        return said

    def marks(self) -> list[SeatMark]:
        """The sheet."""
        return [seat.seat_mark() for seat in self.seats]

    def entries(self) -> list[Entry]:
        """The filled rows, in order."""
        return [form.entry() for form in self.rows.filled()]

    def content(self) -> list[tuple[str, str]]:
        """Everything that was filled in, by label, to know a repetition from a second page."""
        pairs = [
            (f"考勤 {seat.seat.post_title}", " ".join(filter(None, (mark.mark, mark.stand_in))))
            for seat, mark in zip(self.seats, self.marks(), strict=True)
        ]
        for at, form in enumerate(self.rows.filled(), 1):
            for name, value in form.cleaned_data.items():
                if value:
                    pairs.append((f"第{at}行 {form.fields[name].label}", _in_words(name, value)))
        return pairs


def _in_words(name, value) -> str:
    words = {"mode": Visit.Mode, "kind": Grievance.Kind}
    if name in words:
        return words[name](value).label
    return "是" if value is True else str(value)


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


def dress(form) -> None:
    """Bootstrap's classes: the page is drawn by hand, to stay light on a bad network."""
    for field in form.fields.values():
        widget = field.widget
        if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
            widget.attrs["class"] = "form-select"
        elif isinstance(widget, forms.CheckboxInput):
            widget.attrs["class"] = "form-check-input"
        elif not isinstance(widget, forms.RadioSelect):
            widget.attrs["class"] = "form-control"
