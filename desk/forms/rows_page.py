"""A page of rows as one form: what the liaison-day page and the visits outside a day have in common."""

from django.utils.functional import SimpleLazyObject

from desk.entries import Entry
from grievances.models import Grievance
from liaison.forms import is_uuid
from liaison.idempotency import new_key
from visits.models import Visit

from .entries import MORE_ROWS, MOST_ROWS, Rows
from .matters import MatterForm, code_lists, with_one_more, without
from .noted import kinds_offered, with_noted


class RowsPage:
    """Base of such pages: ``form`` is what the page carries besides its rows."""

    form = None

    def read_rows(self, data, *, village, mode) -> None:
        """The rows as posted; fresh ones for None.

        Args:
            village: whose households are meant; None when it is not chosen yet.
            mode: the way of contact new rows begin with.
        """
        # Read by the first row that names one: most saves name none
        self.lists, self.kinds = code_lists(), SimpleLazyObject(kinds_offered)
        given = {"village": village, "lists": self.lists, "mode": mode, "kinds": self.kinds}
        self.rows = self.make_rows(data, given)

    def make_rows(self, data, given):
        """The rows themselves; ``given`` is what each of them is made with."""
        return Rows(data, prefix="row", form_kwargs=given)

    @property
    def blank_matter(self) -> MatterForm:
        """A matter to copy, for the page's scripts."""
        return MatterForm(prefix="__matter__", lists=self.lists)

    def renew(self) -> None:
        """Keep what was typed under a fresh identifier when the old one is no good."""
        self.form.data = self.form.data.copy()
        if not is_uuid(self.form.data.get("form_key")):
            self.form.data["form_key"] = new_key()

    def faults(self) -> list[str]:
        """What stands above the page: hidden fields' sentences, and which rows to mend."""
        said = [error for errors in self.form.errors.values() for error in errors]
        said += [str(error) for error in self.rows.non_form_errors()]
        numbers = [str(at) for at, form in enumerate(self.rows.forms, 1) if form.has_faults()]
        if numbers:
            said.append(f"第{'、'.join(numbers)}行需要改正，提示写在该行旁边。")
        return said

    def entries(self) -> list[Entry]:
        """The filled rows, in order."""
        return [form.entry() for form in self.rows.filled()]

    def content_of_rows(self) -> list[tuple[str, str]]:
        """Everything that was filled in, by label, to know a repetition from a second page."""
        pairs = []
        for at, row in enumerate(self.rows.filled(), 1):
            pairs += told_in(row, f"第{at}行")
            for count, matter in enumerate(row.asked, 1):
                pairs += told_in(matter, f"第{at}行诉求{count}")
            if row.noticed:
                pairs += told_in(row.noticed, f"第{at}行")
        return pairs


def told_in(form, where) -> list[tuple[str, str]]:
    """What was filled in in one form, by label, with the place it stands in."""
    return [
        (f"{where} {form.fields[name].label}", _in_words(name, value))
        for name, value in form.cleaned_data.items()
        if value
    ]


def _in_words(name, value) -> str:
    words = {"mode": Visit.Mode, "kind": Grievance.Kind}
    if name in words:
        return words[name](value).label
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return "是" if value is True else str(value)


ASKS = (
    "more",
    "more_matters",
    "drop_matter",
    "more_noted",
)  # buttons that change the form and save nothing


def rearranged(data):
    """What was posted, as the button asks for: more rows, one more matter in a row, one less; None for 保存.

    This is how rows and matters come and go where no scripts run.
    """
    asked = next((name for name in ASKS if name in data), "")
    if not asked:
        return None
    data = data.copy()
    if asked == "more":
        total = data.get("row-TOTAL_FORMS", "")
        rows = int(total) if total.isdecimal() and len(total) < 4 else 0
        data["row-TOTAL_FORMS"] = str(min(rows + MORE_ROWS, MOST_ROWS))
    elif asked == "more_matters":
        with_one_more(data, data[asked])
    elif asked == "more_noted":
        with_noted(data)
    else:
        without(data, data[asked])
    return data
