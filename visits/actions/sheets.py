"""走访单: printed edition by edition, and its lines once they are entered."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from liaison import audit, clock
from liaison.dates import month_day
from liaison.errors import NotAllowed
from villages.models import Household
from visits.attendance import may_write_up
from visits.models import DaySheet, LiaisonSession, SheetLine, Visit

Status = LiaisonSession.Status
PERMISSION = "visits.log"


@dataclass(frozen=True)
class Line:
    """What is to stand at a number: a household, a matter by its ledger number, or nothing yet."""

    kind: str = SheetLine.Kind.BLANK
    household: Household | None = None
    matter: str = ""
    why: str = ""

    def as_text(self) -> str:
        """What tells two sheets apart: whom or what it names; why it is named may read otherwise tomorrow."""
        return f"{self.kind}:{self.household.pk if self.household else ''}:{self.matter}"


@transaction.atomic
def print_sheets(
    *, by, now, drafts: Mapping[LiaisonSession, tuple[str, list[Line]]]
) -> list[DaySheet]:
    """The sheets of some days leave the printer: one audit line for all of them.

    A sheet that says what the last edition says is that edition again; anything else is the next one.

    Args:
        drafts: {session: (what its head says, its lines in order)}; the lines are numbered from 1.
    Returns:
        The editions, in the order of ``drafts``.
    Raises:
        NotAllowed: not his to write up, nothing chosen, a day that is past or called off.
    """
    if not drafts:
        raise NotAllowed("请至少选择一个驻点日。")
    days = _days(by, now, drafts)
    sheets = [_edition(days[day.pk], by, now, *draft) for day, draft in drafts.items()]
    first = sheets[0].session
    told = "、".join(
        f"{each.session.village}{each.session.on:%m-%d}{each.edition}" for each in sheets
    )
    audit.record(
        by=by, action="打印走访单", label=f"{first.township}{len(sheets)}份",
        after={"走访单": told, "份数": len(sheets)}, township_id=first.township_id,
    )  # fmt: skip
    return sheets


def _days(by, now, wanted) -> dict:
    """{id: the day, locked}, if all are this person's to print."""
    if not by.has_perm(PERMISSION):
        raise NotAllowed("您的岗位不打印走访单，请联系驻点团队或镇驻点办。")
    own = LiaisonSession.objects.visible_to(by, PERMISSION).filter(pk__in=[d.pk for d in wanted])
    rows = LiaisonSession.objects.filter(pk__in=list(own.values_list("pk", flat=True)))
    rows = rows.select_for_update(of=("self",)).select_related("village", "township")
    days = {day.pk: day for day in rows.order_by("pk")}
    if len(days) < len(wanted):
        raise NotAllowed("所选的驻点日有的不在您的工作范围内，请重新选择。")
    for day in days.values():
        if day.status in (Status.CANCELLED, Status.MISSED):
            raise NotAllowed(
                f"{day.village}{month_day(day.on)}{day.get_status_display()}，不用打印走访单。"
            )
        if day.on < clock.local_date(now):
            raise NotAllowed(
                f"{day.village}{month_day(day.on)}的驻点已过，不用再打印；手头的走访单照常按行号录入。"
            )
    return days


def _edition(day, by, now, head, lines) -> DaySheet:
    said = "\n".join([head, *(line.as_text() for line in lines)])
    digest = hashlib.sha256(said.encode()).hexdigest()
    last = day.sheets.order_by("-number").first()
    if last and last.digest == digest:
        return last
    sheet = DaySheet.objects.create(
        session=day,
        number=last.number + 1 if last else 1,
        digest=digest,
        printed_at=now,
        printed_by=by,
    )
    SheetLine.objects.bulk_create(
        SheetLine(
            sheet=sheet, number=number, kind=line.kind, household=line.household, matter=line.matter,
            why=line.why[:120],
        )
        for number, line in enumerate(lines, 1)
    )  # fmt: skip
    return sheet


@transaction.atomic
def claim_lines(*, sheet, by, now, numbers) -> dict[int, SheetLine]:
    """The lines of a sheet that are about to be entered, locked.

    Args:
        numbers: as on the paper; one below its last line is a line the team ruled itself, and is made.
    Returns:
        {number: line}.
    Raises:
        NotAllowed: not one of the team or the office; or a line that was entered before, and as what.
    """
    if not may_write_up(sheet.session, by, now):
        raise NotAllowed(f"走访单由{sheet.session.team}的成员或镇驻点办录入。")
    sheet = DaySheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    rows = sheet.lines.filter(number__in=numbers).select_related("visit__household", "household")
    lines = {line.number: line for line in rows}
    entered = [lines[number] for number in sorted(lines) if lines[number].visit_id]
    if entered:
        said = "；".join(f"第{line.number}行已录入：{in_words(line.visit)}" for line in entered[:5])
        raise NotAllowed(
            f"{said}。请清空这{len(entered)}行后再保存；要改的，请到已保存的记录里“修改”。"
        )
    for number in sorted(set(numbers) - set(lines)):
        lines[number] = SheetLine.objects.create(sheet=sheet, number=number)
    return lines


@transaction.atomic
def note_entered(*, lines: Mapping[int, SheetLine], visits: Mapping[int, Visit]) -> None:
    """The claimed lines became these visits, by number."""
    for number, visit in visits.items():
        lines[number].visit = visit
    SheetLine.objects.bulk_update(lines.values(), ["visit"])


def in_words(visit) -> str:
    """「001 周大山 入户走访」: whom a line was entered as."""
    home = visit.household
    who = f"{home.number} {home.head_name}".strip() if home else visit.visitor
    return f"{who} {visit.get_mode_display()}"
