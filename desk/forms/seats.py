"""The seats of the liaison-day page: the sheet of attendance."""

from django import forms

from visits.attendance import SeatMark
from visits.models import Attendance, LeaveKind

from .dress import dress

Mark = Attendance.Mark
# One press a seat: 假 by its kind. Older sheets that say no kind show none chosen.
CHOICES = [
    (Mark.PRESENT, Mark.PRESENT.label),
    *LeaveKind.choices,
    (Mark.STAND_IN, Mark.STAND_IN.label),
    (Mark.ABSENT, Mark.ABSENT.label),
]
PEOPLE_LIST = "people-of-day"  # the id of the list of names the page offers


class SeatForm(forms.Form):
    """One seat of the sheet: prefilled with an approved leave, else with 到, for the lead to confirm.

    Args:
        seat: its SeatOfDay.
        people: {what the list of names writes: User}, and each name that is one person's alone.
    """

    mark = forms.ChoiceField(
        label="考勤",
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择到、事假、病假、公假、代、缺中的一项。"},
    )
    stand_in = forms.CharField(label="代班人", required=False, max_length=80)

    def __init__(self, *args, seat, people, **kwargs):
        self.seat, self.people = seat, people
        said = seat.expected()
        mark = said.leave_kind if said.mark == Mark.LEAVE else said.mark
        initial = {"mark": mark, "stand_in": said.stand_in}
        super().__init__(*args, prefix=f"seat-{seat.post.pk}", initial=initial, **kwargs)
        self.fields["stand_in"].widget.attrs |= {
            "placeholder": "代班人姓名",
            "aria-label": "代班人",
            "list": PEOPLE_LIST,
        }
        dress(self)

    def clean(self):
        """代 needs the name of who stood in."""
        data = super().clean()
        if data.get("mark") == Mark.STAND_IN and not data.get("stand_in"):
            self.add_error("stand_in", "请填写代班人姓名。")
        return data

    def seat_mark(self) -> SeatMark:
        """What the verb takes."""
        mark, typed = self.cleaned_data["mark"], self.cleaned_data["stand_in"].strip()
        kind = mark if mark in LeaveKind.values else ""
        said = self.seat.expected()
        # Unchanged, so who he is stays what the sheet or the leave says
        person = said.stand_in_person if typed == said.stand_in else self.people.get(typed)
        return SeatMark(self.seat.post.pk, Mark.LEAVE if kind else mark, typed[:50], kind, person)

    def in_words(self) -> str:
        """「到」, 「病假」, 「代 冯兰」, as it was filled in."""
        mark = dict(CHOICES)[self.cleaned_data["mark"]]
        stand_in = self.cleaned_data["stand_in"] if mark == Mark.STAND_IN.label else ""
        return f"{mark} {stand_in}".strip()


def by_name(candidates) -> dict:
    """{text: User}: 「冯兰(驻村干部)」 of each, and 「冯兰」 where only one is called so."""
    people, named = {str(each): each.person for each in candidates}, {}
    for each in candidates:
        named.setdefault(each.person.display_name, set()).add(each.person)
    return people | {name: who.pop() for name, who in named.items() if len(who) == 1}
