"""The rows of the screen on which a printed sheet is entered: as many as the paper has lines, in its order."""

from django import forms
from django.forms import formset_factory

from desk.actions.by_line import Numbered, Told
from grievances.models import FollowUp, Status
from visits.finding import in_words
from visits.models import SheetLine, Visit

from .entries import BaseRows, EntryForm
from .page import DayPage

Kind = SheetLine.Kind
MOST_LINES = 99
NOT_ASKED = ("", "没问到")
# 联系不上 and 不愿评价 are answers too, but not of somebody who was met
RATINGS = [
    NOT_ASKED,
    *[(a.value, a.label) for a in FollowUp.Answer if a != FollowUp.Answer.UNREACHED],
]


class LineForm(EntryForm):
    """A row that stands for a line of the paper. What the paper says already is filled in and tells nothing:
    a line nobody touched is a household nobody met.

    Args:
        number: of the line. line: the SheetLine; None for one below the last.
        matter: the Grievance the line prints, if this person sees it.
        homes: {line number: household} of the sheet, for a line that says 「5」 in place of a name.
    """

    told = forms.BooleanField(required=False)
    rated = forms.ChoiceField(label="群众评价", required=False, choices=RATINGS)

    def __init__(self, *args, number, line=None, matter=None, homes=None, **kwargs):
        self.number, self.line, self.matter, self.homes = number, line, matter, homes or {}
        super().__init__(*args, **kwargs)
        self.printed = line is not None and line.kind != Kind.BLANK
        self._ask_of_the_matter()
        if self.printed:
            self.initial |= {"mode": Visit.Mode.HOME, **self._named()}
        first = next((n for n in ("told", "rated") if n in self.fields), "nothing_asked")
        self.fields[first if self.printed else "household"].widget.attrs["data-first"] = ""

    def _ask_of_the_matter(self):
        """An open or a settled matter is told; an answered one is rated; anything else is only talked of."""
        status = self.matter.status if self.matter else ""
        if status != Status.ANSWERED:
            del self.fields["rated"]
        if status == Status.SETTLED:
            self.fields["told"].label = "已答复办理结果"
        elif self.matter and self.matter.is_open:
            self.fields["told"].label = "已说明进展"
        else:
            del self.fields["told"]

    def _named(self):
        """Whom the paper names."""
        if self.line.household:
            return {"household": in_words(self.line.household)}
        said = self.matter.complainant if self.matter else ""
        return {"visitor": said or "匿名"}

    def has_changed(self):
        """On a printed line anything that was changed or ticked tells; that it names somebody does not."""
        if not self.printed:
            return super().has_changed()
        if self.add_prefix("mode") not in self.data:
            return False  # entered before: the page shows it as such and has no fields for it
        told = set(self.changed_data) - {"household", "visitor"}
        return bool(told or self.asked or self.noticed or self._names_another())

    def _names_another(self):
        """Somebody else was written over the printed name."""
        typed = self["household"].value() or ""
        home = self.line.household
        if home and typed and typed.split()[0] != home.number:
            return True
        return bool(set(self.changed_data) & {"visitor"}) and bool(self["visitor"].value())

    def clean_household(self):
        """As on every row; a bare number that is no household's is a line of this paper."""
        text = self.cleaned_data["household"].strip()
        home = self.homes.get(int(text)) if text.isdecimal() and len(text) < 4 else None
        if home and not self.village.households.filter(number=text).exists():
            return home
        return super().clean_household()

    def numbered(self) -> Numbered:
        """What the verb takes."""
        rating, told = self.cleaned_data.get("rated", ""), self.cleaned_data.get("told")
        said = Told(self.matter.number, rating) if rating or told else None
        return Numbered(self.number, self.entry(), said)


class BaseLines(BaseRows):
    """The lines of one sheet, then those ruled below by hand."""

    skips_blank = False  # a printed line tells by more than its words
    default_error_messages = {
        **BaseRows.default_error_messages,
        "too_many_forms": f"一张走访单最多录入{MOST_LINES}行，其余的请在驻点日页面填写。",
    }

    def __init__(self, *args, lines, matters, **kwargs):
        self.lines = {line.number: line for line in lines}
        self.ledger = matters
        self.homes = {n: line.household for n, line in self.lines.items() if line.household}
        self.extra = max(self.lines, default=0)
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index):
        """With each row, the line it stands for."""
        kwargs = super().get_form_kwargs(index)
        if index is None:
            return kwargs | {"number": 0, "homes": self.homes}
        line = self.lines.get(index + 1)
        matter = self.ledger.get(line.matter) if line else None
        return kwargs | {
            "number": index + 1, "line": line, "matter": matter, "homes": self.homes,
        }  # fmt: skip


Lines = formset_factory(
    LineForm, BaseLines, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
)


class SheetPage(DayPage):
    """The liaison-day page laid out as one edition of its sheet.

    Args:
        sheet: the DaySheet. lines: its SheetLines with household and visit.
        matters: {ledger number: Grievance} of those this person sees.
    """

    def __init__(self, session, seats, data=None, *, sheet, lines, matters):
        self.sheet, self.lines, self.ledger = sheet, lines, matters
        super().__init__(session, seats, data)

    def make_rows(self, data, given):
        """A row for every line of the paper."""
        return Lines(data, prefix="row", form_kwargs=given, lines=self.lines, matters=self.ledger)

    def own_numbers(self) -> str:
        """「3 12」: numbers of lines that are numbers of households too: typed bare they mean the household."""
        homes = self.session.village.households.filter(number__in=map(str, self.rows.homes))
        return " ".join(homes.order_by("number").values_list("number", flat=True))

    def numbered(self) -> list[Numbered]:
        """The filled lines, in order."""
        return [form.numbered() for form in self.rows.filled()]

    def content(self):
        """As the day's page, and which edition it is."""
        return [("走访单", self.sheet.edition), *super().content()]
