"""走访单 as a PDF: black on white A4, lines high enough for a pen, each page with its edition and its sign-off."""

import io

from django.utils import timezone
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth

from liaison.pdf import fonts
from liaison.pdf.drawing import line, mm, new_canvas
from visits.models import SheetLine
from visits.posters import in_full

from . import columns
from .layout import (
    FOOT,
    PART,
    PEOPLE_A_ROW,
    TALL,
    TOP,
    head_height,
    pages_of,
    people_rows,
)

Kind = SheetLine.Kind
LEFT, WIDTH = columns.LEFT, columns.WIDTH
PARTS = {
    Kind.HOUSEHOLD: "先走访这些户",
    Kind.MATTER: "在办的诉求：见到人，说明办到哪里",
    Kind.CALL_BACK: "已办结的诉求：要答复、要回访",
    Kind.BLANK: "其他来访和走访",
}
NUMERALS = "一二三四"
WARNING = "内部使用，用后收回"


def draw_sheets(sheets, *, title) -> bytes:
    """The file: the sheets in their order, each beginning on a page of its own.

    Args:
        sheets: content.Sheet with an edition.
    Raises:
        NotAllowed: the fonts are not there.
    """
    stream = io.BytesIO()
    canvas = new_canvas(stream, A4, title)
    for sheet in sheets:
        _draw(canvas, sheet)
    canvas.save()
    return stream.getvalue()


def _draw(canvas, sheet):
    rows = people_rows(sheet.people)
    pages = pages_of([each.kind for each in sheet.lines], head_height(rows))
    for at, page in enumerate(pages, 1):
        if at == 1:
            _head(canvas, sheet, rows)
        for placed in page:
            if placed.number:
                columns.draw_line(canvas, sheet, placed)
            else:
                _part(canvas, sheet, placed)
        _foot(canvas, sheet, at, len(pages))
        canvas.showPage()


def _y(top):
    """A height from the page's top, as reportlab counts it."""
    return (TALL - top) * mm


def _head(canvas, sheet, rows):
    day, x, right = sheet.session, LEFT * mm, (LEFT + WIDTH) * mm
    line(canvas, f"{day.village}走访单", x, _y(TOP + 7), font=fonts.BOLD, size=19, width=110 * mm)
    line(canvas, _edition(sheet), right, _y(TOP + 6), size=10, align="right", width=70 * mm)
    hours = f"{day.starts_at:%H:%M}–{day.ends_at:%H:%M}"
    facts = f"{in_full(day.on)} {hours}　{day.place or day.village.office}　{day.team}"
    line(canvas, facts, x, _y(TOP + 14), font=fonts.BOLD, size=11, width=WIDTH * mm)
    _people(canvas, sheet.people, rows)


def _people(canvas, people, rows):
    """Names and telephones three to a row; below them who is away."""
    y = TOP + 14 + 5.2
    said = people.sitting or ["(席位空缺)"]
    cell = (WIDTH - 17) / PEOPLE_A_ROW
    line(canvas, "驻点人员", LEFT * mm, _y(y), size=9)
    for at, words in enumerate(said):
        x, down = LEFT + 17 + at % PEOPLE_A_ROW * cell, at // PEOPLE_A_ROW * 5
        line(canvas, words, x * mm, _y(y + down), size=9.5, width=(cell - 2) * mm)
    if people.away:
        line(
            canvas, "；".join(people.away), (LEFT + 17) * mm, _y(y + (rows - 1) * 5), size=9.5,
            width=(WIDTH - 17) * mm,
        )  # fmt: skip


def _part(canvas, sheet, placed):
    shown = [kind for kind in PARTS if sheet.of(kind)]
    words = f"{NUMERALS[shown.index(placed.kind)]}、{PARTS[placed.kind]}"
    words += "(续)" if placed.goes_on else ""
    base = placed.top + PART - 6.8
    line(canvas, words, LEFT * mm, _y(base), font=fonts.BOLD, size=11)
    if placed.kind == Kind.MATTER and sheet.more_open:
        note = f"另有{sheet.more_open}件在办，见台账"
        line(canvas, note, (LEFT + WIDTH) * mm, _y(base), size=8.5, align="right")
    columns.draw_heads(canvas, placed)


def _edition(sheet):
    printed = timezone.localtime(sheet.edition.printed_at)
    return f"{sheet.edition.edition}　{printed:%Y-%m-%d %H:%M}印"


def _foot(canvas, sheet, at, pages):
    y, right = TALL - FOOT + 12, (LEFT + WIDTH) * mm
    line(canvas, "责任人签字：", LEFT * mm, _y(y), size=11)
    line(canvas, "日期：　　　　年　　　月　　　日", right, _y(y), size=11, align="right")
    canvas.setLineWidth(0.5)
    start = LEFT * mm + stringWidth("责任人签字：", fonts.SONG, 11)
    canvas.line(start, _y(y + 1), start + 55 * mm, _y(y + 1))
    day = sheet.session
    mark = f"{day.village} {day.on} {sheet.edition.edition}　第{at}页，共{pages}页"
    line(canvas, WARNING, LEFT * mm, _y(y + 7), font=fonts.BOLD, size=9)
    line(canvas, mark, right, _y(y + 7), size=9, align="right")
