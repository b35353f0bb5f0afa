"""The two tables of the sheet: lines to write on, and matters with what is to be told."""

from grievances.models import Status
from liaison.pdf import fonts
from liaison.pdf.drawing import Style, block, line, mm
from visits.models import SheetLine

from .layout import PART, TALL, height_of_line

Kind = SheetLine.Kind
LEFT, WIDTH = 15, 185  # mm; room for the holes of a file
BOX = 3  # mm, a tick box
WRITING = (
    ("行号", 9), ("户或来访人", 41), ("方式", 29), ("人数", 11), ("", 15), ("反映情况、诉求", 54), ("怎么办", 26),
)  # fmt: skip
ASKED = (("行号", 9), ("诉求", 60), ("办到哪里、答应了什么", 48), ("", 30), ("群众怎么说", 38))
MODES = ("接访", "入户", "电话", "晚间")
TOLD, ANSWER = ("当面说了", "电话说了"), ("当面答复", "电话答复")
RATED = ("满意", "基本满意", "不满意", "没问到")


def _columns(kind):
    return ASKED if kind in (Kind.MATTER, Kind.CALL_BACK) else WRITING


def _edges(kind):
    """[(left, width)] of the columns in mm."""
    edges, x = [], LEFT
    for _, width in _columns(kind):
        edges.append((x, width))
        x += width
    return edges


def _frame(canvas, kind, top, height):
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.5)
    for x, width in _edges(kind):
        canvas.rect(x * mm, (TALL - top - height) * mm, width * mm, height * mm)


def draw_heads(canvas, placed):
    """The names of the columns."""
    top, height = placed.top + PART - 5, 5
    _frame(canvas, placed.kind, top, height)
    for (name, _), (x, width) in zip(_columns(placed.kind), _edges(placed.kind), strict=True):
        y = (TALL - top - 3.6) * mm
        line(
            canvas, name, (x + width / 2) * mm, y, size=8.5, width=(width - 1) * mm, align="middle"
        )


def draw_line(canvas, sheet, placed):
    """One numbered line with what is printed on it and the boxes to tick."""
    height = height_of_line(placed.kind)
    _frame(canvas, placed.kind, placed.top, height)
    middle = (TALL - placed.top - height / 2 - 1.6) * mm
    line(
        canvas, str(placed.number), (LEFT + 4.5) * mm, middle, font=fonts.BOLD, size=12,
        align="middle",
    )  # fmt: skip
    row = sheet.lines[placed.number - 1]
    draw = _asked if placed.kind in (Kind.MATTER, Kind.CALL_BACK) else _writing
    draw(canvas, sheet, row, placed.top, _edges(placed.kind))


def _writing(canvas, sheet, row, top, edges):
    if row.household:
        x, width = edges[1]
        home = row.household
        name = f"{home.head_name or '待定户主'}　{home.group}{home.number}"
        y = TALL - top - 4.6
        line(
            canvas, name, (x + 1.2) * mm, y * mm, font=fonts.BOLD, size=10.5, width=(width - 2) * mm
        )
        said = [(text, Style(7.8, leading=1.2)) for text in (row.why, home.address) if text]
        block(canvas, said, (x + 1.2) * mm, (y - 1) * mm, (width - 2) * mm, 6.2 * mm)
    _boxes(canvas, MODES, *edges[2], top, 12)
    x, width = edges[3]
    line(canvas, "人", (x + width - 1) * mm, (TALL - top - 10) * mm, size=8.5, align="right")
    _boxes(canvas, ("无诉求",), *edges[4], top, 12)
    _boxes(canvas, ("当场办结", "答应　　月　　日"), *edges[6], top, 12, across=1)


def _asked(canvas, sheet, row, top, edges):
    matter = sheet.matters[row.matter]
    x, width = edges[1]
    home = matter.household
    who = f"{matter.complainant or '匿名'}"
    who += f"　{home.group}{home.number}" if home else ""
    said = [
        (matter.summary, Style(10, fonts.BOLD, leading=1.2)),
        (f"{matter.number}　{who}", Style(8, leading=1.25)),
    ]
    block(canvas, said, (x + 1.2) * mm, (TALL - top - 0.8) * mm, (width - 2.4) * mm, 12.6 * mm)
    x, width = edges[2]
    why = [(row.why, Style(8.5, leading=1.25))]
    block(canvas, why, (x + 1.2) * mm, (TALL - top - 0.8) * mm, (width - 2.4) * mm, 12.6 * mm)
    words = TOLD if row.kind == Kind.MATTER else ANSWER
    asks = matter.status == Status.ANSWERED
    _boxes(canvas, RATED if asks else words, *edges[3], top, 14, across=2 if asks else 1)


def _boxes(canvas, words, x, width, top, height, across=0):
    """Tick boxes with their words, two to a row unless said otherwise, in the middle of the cell."""
    across = across or min(2, len(words))
    down = -(-len(words) // across)
    step = height / down
    for at, word in enumerate(words):
        left = x + 1.2 + at % across * (width - 1.2) / across
        base = TALL - top - step * (at // across) - step / 2 - BOX / 2
        canvas.setLineWidth(0.7)
        canvas.rect(left * mm, base * mm, BOX * mm, BOX * mm)
        room = (width - 1.2) / across - BOX - 1
        line(canvas, word, (left + BOX + 0.6) * mm, (base + 0.5) * mm, size=8.5, width=room * mm)
