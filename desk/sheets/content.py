"""What stands on a day's sheet: its head, the numbered lines, and what each of them prints."""

from dataclasses import dataclass, field

from grievances.models import Grievance
from visits.actions import print_sheets
from visits.actions.sheets import Line
from visits.models import DaySheet, LiaisonSession, SheetLine
from visits.rules import rules_of

from .homes import homes_first
from .layout import fill_up
from .matters import call_backs, open_count, open_matters
from .people import People, people_of_days

Kind = SheetLine.Kind


@dataclass
class Sheet:
    """One day's sheet before or after it is printed; ``edition`` is None before."""

    session: LiaisonSession
    people: People
    lines: list[Line]
    more_open: int = 0  # 件 in hand the sheet has no room for
    matters: dict[str, Grievance] = field(default_factory=dict)
    edition: DaySheet | None = None

    @property
    def head(self) -> str:
        """What the head says, to tell one edition from the next."""
        day = self.session
        return f"{day.on} {day.starts_at}-{day.ends_at} {day.place} {self.people.in_words()}"

    def of(self, kind) -> list[tuple[int, Line]]:
        """(number, line) of one part of the sheet."""
        return [(number, line) for number, line in enumerate(self.lines, 1) if line.kind == kind]


def draft_sheets(sessions, by) -> list[Sheet]:
    """The sheets of days as they would be printed now, in the order given; a dozen queries each.

    Args:
        sessions: with village and township; already bounded to whoever asks.
    """
    sessions = list(sessions)
    people = people_of_days(sessions)
    return [_draft(session, by, people[session.pk]) for session in sessions]


def print_now(sessions, by, now) -> list[Sheet]:
    """The same, noted as printed: each has its edition.

    Raises:
        NotAllowed: see visits.actions.print_sheets.
    """
    sheets = draft_sheets(sessions, by)
    drafts = {sheet.session: (sheet.head, sheet.lines) for sheet in sheets}
    for sheet, edition in zip(sheets, print_sheets(by=by, now=now, drafts=drafts), strict=True):
        sheet.edition = edition
    return sheets


def _draft(session, by, people) -> Sheet:
    rules = rules_of(session.township_id, session.on)
    asked = open_matters(session, by, rules.sheet_matters)
    lines = [
        *homes_first(session, by, rules.sheet_households),
        *asked,
        *call_backs(session, by, people.ids, rules.sheet_matters),
    ]
    sheet = Sheet(session, people, lines, open_count(session, by) - len(asked))
    sheet.matters = matters_of(lines, by)
    lines += [Line()] * fill_up(sheet, rules.sheet_blanks)
    return sheet


def matters_of(lines, by) -> dict[str, Grievance]:
    """{ledger number: the matter} of lines that name one this person sees."""
    numbers = [line.matter for line in lines if line.matter]
    rows = Grievance.objects.visible_to(by).filter(number__in=numbers) if numbers else []
    if numbers:
        rows = rows.select_related("household__group", "department")
    return {matter.number: matter for matter in rows}
