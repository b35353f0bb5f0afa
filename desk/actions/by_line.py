"""What was written on a printed sheet is entered by its line numbers, once."""

from dataclasses import dataclass

from django.db import transaction

from desk.entries import Entry
from grievances import actions as ledger
from grievances.models import Grievance
from liaison.errors import NotAllowed
from visits import actions as field
from visits.models import Visit

from .day import save_liaison_day

Way = Grievance.AnswerMode


@dataclass(frozen=True)
class Told:
    """What was said of a matter printed on a line: told (进展 or 结果), or how the villager rates it."""

    matter: str
    rating: str = ""


@dataclass(frozen=True)
class Numbered:
    """A line of the paper as it was filled in."""

    number: int
    entry: Entry
    told: Told | None = None


@transaction.atomic
def save_by_line(*, sheet, by, now, lines, **day):
    """Write down the filled lines of a sheet, each under its own number, with the day around them.

    A matter on a line that was told moves on in the ledger: an open one gets 说明进展, a settled one 反馈,
    an answered one 回访核实.

    Args:
        sheet: the DaySheet edition that was in hand.
        lines: Numbered, in the order of the page; may be empty.
        day: version, marks, amend_reason, as save_liaison_day takes them.
    Returns:
        A Made for each line, in order.
    Raises:
        Stale: as save_liaison_day.
        NotAllowed: a line that was entered before, or any refusal of the verbs below; nothing is stored then.
    """
    numbers = [line.number for line in lines]
    claimed = field.claim_lines(sheet=sheet, by=by, now=now, numbers=numbers)
    made = save_liaison_day(
        session=sheet.session, by=by, now=now, entries=[line.entry for line in lines],
        numbers=numbers, **day,
    )  # fmt: skip
    visits = {line.number: each.visit for line, each in zip(lines, made, strict=True)}
    field.note_entered(lines=claimed, visits=visits)
    for line in lines:
        if line.told:
            _tell(line, visits[line.number], by, now)
    return made


def _tell(line, visit, by, now):
    """Lead the matter on; a refusal says which line it is."""
    matter = Grievance.objects.visible_to(by).filter(number=line.told.matter).first()
    if matter is None:
        raise NotAllowed(f"第{line.number}行的诉求不在您的工作范围内，请去掉勾选后再保存。")
    by_phone = visit.mode == Visit.Mode.PHONE
    mode, given = (
        Way.PHONE if by_phone else Way.ORAL,
        {"by": by, "on": visit.occurred_on, "now": now},
    )
    try:
        if line.told.rating:
            ledger.verify(
                grievance=matter, version=None, answer=line.told.rating, mode=mode,
                verbatim=visit.said, **given,
            )  # fmt: skip
        elif matter.is_open:
            ledger.explain(grievance=matter, words=visit.said, **given)
        else:
            ledger.answer(grievance=matter, version=None, mode=mode, words=visit.said, **given)
    except NotAllowed as refusal:
        raise NotAllowed(f"第{line.number}行：{refusal}") from refusal
