"""文号: a formal paper gets its number once and keeps it."""

from django.db import transaction

from grievances.models import IssuedPaper
from grievances.papers.offered import NUMBERED, find
from liaison import audit
from liaison.clock import local_date
from liaison.errors import NotAllowed
from liaison.models import NumberSeries

from ._move import claimed


@transaction.atomic
def number_paper(*, grievance, by, kind, now, step_id=None) -> IssuedPaper:
    """〔2026〕N号 for a paper of a matter; asked again, the number it has.

    The next of township, kind and year, given in this transaction while the matter is locked: no two
    papers have one, none is left out. Confidential matters count apart, so that no gap tells of them.

    Args:
        kind: a Kind of grievances.papers.kinds. step_id: of which step; None for the newest.
    Raises:
        NotAllowed: this kind has no number, is not his to give, or the matter has no such paper now.
    """
    matter = claimed(grievance, by, None)
    sheet = find(matter, kind, step_id)
    if sheet is None:
        raise NotAllowed(f"这件诉求现在没有{kind.title}，请刷新页面查看。")
    if sheet.issued or not sheet.is_numbered:
        if sheet.issued:
            return sheet.issued
        raise NotAllowed(f"{kind.title}不编文号，直接打印即可。")
    if not sheet.may_number(by):
        raise NotAllowed(f"{kind.title}由经办的同志编号，请联系镇驻点办。")
    return _give(matter, sheet, by, now)


def _give(matter, sheet, by, now):
    on = local_date(now)
    series, word = series_of(matter, sheet.kind, on.year)
    serial = NumberSeries.next(series)
    paper = IssuedPaper.objects.create(
        grievance=matter, kind=sheet.kind.key, step=sheet.step, series=series, year=on.year,
        serial=serial, number=f"{matter.township}{word}〔{on.year}〕{serial}号", issued_on=on,
        issued_at=now, issued_by=by, issued_by_name=by.display_name,
    )  # fmt: skip
    audit.record(
        by=by, action="文书编号", subject=matter,
        after={"文书": sheet.kind.title, "文号": paper.number}, township_id=matter.township_id,
    )  # fmt: skip
    return paper


def series_of(matter, kind, year) -> tuple[str, str]:
    """(key of the series, the word before 〔year〕) of a paper's number."""
    word = NUMBERED[kind][0]
    key = f"paper:{matter.township_id}:{kind.key}:{year}"
    if getattr(matter, "is_confidential", False):
        return f"{key}:apart", f"{word}(密)"
    return key, word
