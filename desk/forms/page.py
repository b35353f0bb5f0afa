"""The liaison-day page as one form: the seats, the rows, and what the page carries unseen."""

from django import forms

from liaison.forms import CreateFormMixin
from visits.attendance import SeatMark
from visits.finding import in_words
from visits.models import LiaisonSession
from visits.standing_in import people_of

from .entries import EXPIRED
from .rows_page import RowsPage
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


class DayPage(RowsPage):
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
        self.read_rows(data, village=session.village, mode=session.usual_mode)
        if household and data is None:
            self.rows.forms[0].initial["household"] = in_words(household)

    def renew(self, version=None) -> None:
        """Keep what was typed under a newer version, or under a fresh identifier when the old is no good."""
        super().renew()
        self.form.data["version"] = version or self.form.data.get("version") or self.session.version

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
        """What stands above the page, the sheet's faults first."""
        seats = [each.seat.person_name for each in self.seats if each.errors]
        return [f"考勤 {name}：请看旁边的提示。" for name in seats] + super().faults()

    def marks(self) -> list[SeatMark] | None:
        """The sheet; None when it is not this person's to put right."""
        return [seat.seat_mark() for seat in self.seats] or None

    def content(self) -> list[tuple[str, str]]:
        """Everything that was filled in, by label, to know a repetition from a second page."""
        pairs = [(f"考勤 {seat.seat.post_title}", seat.in_words()) for seat in self.seats]
        if self.form.cleaned_data["amend_reason"]:
            pairs.append(("更正原因", self.form.cleaned_data["amend_reason"]))
        return pairs + self.content_of_rows()
