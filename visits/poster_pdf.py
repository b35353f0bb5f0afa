"""公示 as a PDF, a page of A4 each: margins of GB/T 9704, the facts large enough for a board.

Title and facts are larger than an official paper's (二号 and 三号): it is read standing, over a shoulder.
"""

import io

from reportlab.lib.pagesizes import A4

from liaison.pdf import fonts
from liaison.pdf.drawing import Style, block, line, mm, new_canvas
from liaison.pdf.wrapping import wrap

from .posters import MATTER, in_full

TOP, LEFT, RIGHT, BOTTOM = 37 * mm, 28 * mm, 26 * mm, 35 * mm  # GB/T 9704-2012
SEAL = 42 * mm  # a seal is 40 mm wide; it covers signature and date
WIDTH = A4[0] - LEFT - RIGHT
TITLE, FACT, BODY = 26, 20, 16  # 一号, about 小二, 三号


def draw_posters(posters, *, on, title) -> bytes:
    """The file.

    Args:
        on: the day printed below the signature.
    Raises:
        NotAllowed: the fonts are not there.
    """
    stream = io.BytesIO()
    canvas = new_canvas(stream, A4, title)
    for poster in posters:
        _page(canvas, poster, on)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _page(canvas, poster, on):
    y = _title(canvas, poster.title, A4[1] - TOP) - 10 * mm
    y = block(canvas, [(poster.greeting, Style(BODY, leading=1.75))], LEFT, y, WIDTH, 20 * mm)
    opening = [(poster.opening, Style(BODY, leading=1.75, indent=2))]
    y = block(canvas, opening, LEFT, y, WIDTH, 50 * mm) - 5 * mm
    _facts(canvas, poster.facts_in_columns(), y, y - BOTTOM - SEAL - 4 * mm)
    _signature(canvas, poster.card.text.signed, on)


def _title(canvas, text, top):
    """The place above, the matter below."""
    at = text.index(MATTER)
    lines = [text[:at], text[at:]]
    for words in lines:
        top -= TITLE * 1.4
        line(
            canvas, words, LEFT + WIDTH / 2, top, font=fonts.BOLD, size=TITLE, width=WIDTH,
            align="middle",
        )  # fmt: skip
    return top


def _facts(canvas, facts, top, height):
    """Word and value beside one another; all smaller where they would run into the seal."""
    column = FACT * 5
    for scale in (1, 0.9, 0.8, 0.7, 0.6, 0.5):
        size = FACT * scale
        laid = [
            (word, wrap(fonts.printable(value), fonts.BOLD, size, WIDTH - column))
            for word, value in facts
        ]
        if sum(len(lines) * size * 1.4 + size * 0.5 for _, lines in laid) <= height:
            break
    for word, lines in laid:
        line(canvas, f"{word}：", LEFT, top - size, size=size)
        for words in lines:
            line(canvas, words, LEFT + column, top - size, font=fonts.BOLD, size=size)
            top -= size * 1.4
        top -= size * 0.5


def _signature(canvas, signed, on):
    """落款: the date four characters from the right, the name centred above it, room for the seal."""
    date = in_full(on).partition("（")[0]
    right = LEFT + WIDTH - 4 * BODY
    y = BOTTOM + SEAL / 2 - BODY
    taken = line(canvas, date, right, y, size=BODY, align="right")
    middle = right - taken / 2
    # A long name is centred as far as the margin lets it.
    half = min(len(signed) * BODY, WIDTH) / 2
    middle = min(middle, LEFT + WIDTH - half)
    line(canvas, signed, middle, y + BODY * 1.75, size=BODY, width=WIDTH, align="middle")
