"""Matters a saved row had left out, as a form of their own."""

from django import forms

from desk.entries import Matter
from liaison.forms import CreateFormMixin

from .matters import MOST_MATTERS, MatterForm, code_lists, matters_sent
from .rows_page import RowsPage, told_in

ROW = "row-0"  # the one row of this page


class FurtherForm(CreateFormMixin):
    """What the page carries beside its matters.

    Args:
        amends: the row is settled and said 无诉求; that it says so no more needs its reason. A second tap finds
            it settled otherwise, and is still read whole.
    """

    amend_reason = forms.CharField(
        label="更正原因", required=False, max_length=200,
        error_messages={"required": "这条记录已确认为“无诉求”，请写明更正原因。"},
    )  # fmt: skip

    def __init__(self, data, *, amends):
        super().__init__(data)
        self.amends = self.fields["amend_reason"].required = amends


class FurtherPage(RowsPage):
    """Read from what was posted; fresh, it begins with one blank matter.

    Args:
        amends: as FurtherForm takes it.
    """

    prefix = ROW

    def __init__(self, data=None, *, amends=False):
        self.form = FurtherForm(data, amends=amends)
        self.lists = code_lists()
        numbers = [0] if data is None else matters_sent(data).get(ROW, [])
        self.matters = [MatterForm(data, prefix=f"{ROW}-m{at}", lists=self.lists) for at in numbers]

    def filled(self) -> list[MatterForm]:
        """Matters of which something was told."""
        return [matter for matter in self.matters if matter.has_changed()]

    def is_valid(self) -> bool:
        """Whether everything can be stored; all faults are found at once."""
        few = len(self.matters) <= MOST_MATTERS
        return all([self.form.is_valid(), few, *[each.is_valid() for each in self.filled()]])

    def faults(self) -> list[str]:
        """What stands above the page."""
        said = [error for errors in self.form.errors.values() for error in errors]
        if len(self.matters) > MOST_MATTERS:
            said.append(f"一次最多填{MOST_MATTERS}件诉求，请分两次保存。")
        numbers = [str(at) for at, each in enumerate(self.filled(), 1) if each.errors]
        if numbers:
            said.append(f"第{'、'.join(numbers)}件需要改正，提示写在旁边。")
        return said

    def asked(self) -> list[Matter]:
        """What the verb takes."""
        return [each.matter() for each in self.filled()]

    def content(self) -> list[tuple[str, str]]:
        """Everything that was filled in, by label."""
        given = [pair for pair in self.form.content() if pair[1]]
        return given + [
            pair for at, each in enumerate(self.filled(), 1) for pair in told_in(each, f"诉求{at}")
        ]

    def reason(self) -> str:
        """更正原因, where it is asked."""
        return self.form.cleaned_data.get("amend_reason", "")
