"""The liaison-day page as one form: the seats, the rows, and what the page carries unseen."""

from django import forms

from desk.entries import Entry
from grievances.models import Grievance
from liaison.forms import CreateFormMixin, is_uuid
from liaison.idempotency import new_key
from visits.attendance import SeatMark
from visits.finding import in_words
from visits.models import LiaisonSession, Visit
from visits.standing_in import people_of

from .entries import EXPIRED, Rows, code_lists
from .seats import SeatForm, by_name


class DayForm(CreateFormMixin):
    """What the page carries unseen: its identifier, the version of the day it was shown, and whether
    it has asked about a day without anybody met; and why a confirmed sheet is put right."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        error_messages={"required": EXPIRED, "invalid": EXPIRED},
    )
    seen = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    amend_reason = forms.CharField(
        label="更正原因",
        required=False,
        max_length=200,
        widget=forms.TextInput({"class": "form-control", "placeholder": "改动考勤时填写"}),
    )


class DayPage:
    """The whole page: read from what was posted, or fresh from the session.

    Args:
        session: the liaison day.
        seats: its SeatOfDay, from seats_of(); empty for who may not put a confirmed sheet right.
        data: request.POST; None for a fresh page.
        household: whom the day was appointed for and nobody wrote down yet; his row is begun.
    """

    def __init__(self, session, seats, data=None, household=None):
        self.session = session
        self.form = DayForm(data, initial={"version": session.version})
        self.candidates = people_of(session) if seats else []
        people = by_name(self.candidates)
        self.seats = [SeatForm(data, seat=seat, people=people) for seat in seats]
        lists = {"village": session.village, "lists": code_lists(), "mode": session.usual_mode}
        self.rows = Rows(data, prefix="row", form_kwargs=lists)
        if household and data is None:
            self.rows.forms[0].initial["household"] = in_words(household)

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

    def marks(self) -> list[SeatMark] | None:
        """The sheet; None when it is not this person's to put right."""
        return [seat.seat_mark() for seat in self.seats] or None

    def entries(self) -> list[Entry]:
        """The filled rows, in order."""
        return [form.entry() for form in self.rows.filled()]

    def content(self) -> list[tuple[str, str]]:
        """Everything that was filled in, by label, to know a repetition from a second page."""
        pairs = [(f"考勤 {seat.seat.post_title}", seat.in_words()) for seat in self.seats]
        if self.form.cleaned_data["amend_reason"]:
            pairs.append(("更正原因", self.form.cleaned_data["amend_reason"]))
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
