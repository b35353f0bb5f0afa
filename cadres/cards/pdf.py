"""Cards as a PDF: A7 lying, eight to a sheet of A4 with their backs behind them, or one to a page of A5.

Eight A6 do not go on an A4 (four do): eight to a sheet is A7, 105 × 74 mm, which slips into a telephone's
case. A sheet holds the same village eight times, to be cut and handed out there.
"""

import io

from reportlab.lib.pagesizes import A4, A5
from reportlab.pdfbase.pdfmetrics import stringWidth

from liaison.pdf import fonts
from liaison.pdf.drawing import Style, block, height_of, line, mm, new_canvas, qr

A7 = (A4[0] / 2, A4[1] / 4)
ACROSS, DOWN = 2, 4
PAD = 6 * mm  # white around a small card: no office printer prints nearer to the edge
FOLD = 8 * mm  # a person's row at least so high holds two lines
ASK = "有困难，请找我们"


def draw_cards(cards, *, size, backs, title) -> bytes:
    """The file.

    Args:
        cards: content.Card, one a sheet (a7) or a page (a5).
        size: "a7" or "a5"; backs: whether each sheet of a7 is followed by its back.
    Raises:
        NotAllowed: the fonts are not there.
    """
    stream = io.BytesIO()
    canvas = new_canvas(stream, A5 if size == "a5" else A4, title)
    for number, card in enumerate(cards):
        if size == "a5":
            _large(canvas, card)
            canvas.showPage()
            continue
        # Eight alike lie the same however the printer turns the sheet over.
        for side, draw in (("front", _front), ("back", _back))[: 1 + backs]:
            _sheet(canvas, f"{side}{number}", card, draw)
    canvas.save()
    return stream.getvalue()


def _sheet(canvas, name, card, draw):
    """One card drawn once and laid down eight times, with lines to cut along."""
    canvas.beginForm(name, 0, 0, *A7)
    draw(canvas, card)
    canvas.endForm()
    for at in range(ACROSS * DOWN):
        canvas.saveState()
        canvas.translate(at % ACROSS * A7[0], at // ACROSS * A7[1])
        canvas.doForm(name)
        canvas.restoreState()
    canvas.setStrokeGray(0.6)
    canvas.setLineWidth(0.3)
    canvas.setDash(2, 3)
    canvas.line(A7[0], 0, A7[0], A4[1])
    for at in range(1, DOWN):
        canvas.line(0, at * A7[1], A4[0], at * A7[1])
    canvas.showPage()


def _front(canvas, card):
    width, height = A7[0] - 2 * PAD, A7[1] - 2 * PAD
    top = PAD + height
    place = f"{card.village.township}{card.village}"
    line(canvas, place, PAD, top - 14, font=fonts.BOLD, size=15, width=width * 0.58)
    line(
        canvas, card.text.heading, PAD + width, top - 13, font=fonts.BOLD, size=12,
        width=width * 0.38, align="right",
    )  # fmt: skip
    _rule(canvas, PAD, top - 7 * mm, width)
    foot = _foot(canvas, card, PAD, PAD, width, 8.5, fonts.BOLD)
    _rule(canvas, PAD, foot + 1.2 * mm, width)
    area = top - 8 * mm - (foot + 2.2 * mm)
    code = card.code()
    side = min(25 * mm, area - 5 * mm)
    if code:
        right = PAD + width - side
        qr(canvas, code, right, top - 8.5 * mm - side, side)
        line(
            canvas,
            card.code_says(),
            right + side / 2,
            top - 8.5 * mm - side - 7,
            size=7,
            align="middle",
        )
    people = width - (side + 2.5 * mm if code else 0)
    if card.others:
        line(
            canvas, f"另有{card.others}名成员，见大卡", PAD + width, foot + 5, size=7, align="right"
        )
    _people(canvas, card.small, PAD, top - 8 * mm, people, area, tallest=12 * mm, largest=13)


def _foot(canvas, card, x, y, width, size, font):
    """Time, place, the office's number from below upwards; returns the y above them."""
    said = [("驻点时间", "；".join(card.times)), ("驻点地点", "；".join(card.places))]
    if card.text.office_phone:
        said.append(("驻点办", card.text.office_phone))
    for word, words in reversed([pair for pair in said if pair[1]]):
        left = x + line(canvas, f"{word}：", x, y + size * 0.2, size=size)
        line(canvas, words, left, y + size * 0.2, font=font, size=size, width=x + width - left)
        y += size * 1.45
    return y


def _people(canvas, people, x, top, width, area, *, tallest, largest):
    """A row each, the taller the fewer they are: name, duty and post, telephone in big figures."""
    if not people:
        return
    row = min(tallest, area / len(people))
    figure = min(largest, row * 0.62)
    for number, person in enumerate(people):
        base = top - (number + 1) * row
        # Small figures leave more room for the name.
        taken = 0
        if person.phone:
            taken = line(
                canvas, person.figures, x + width, base + (row - figure * 0.72) / 2,
                font=fonts.FIGURES, size=figure, width=width * 0.55, align="right",
            )  # fmt: skip
        _person(canvas, person, x, base, width - taken - figure * 0.4, row, largest)


def _person(canvas, person, x, base, width, row, largest):
    if row >= FOLD:
        name = min(largest * 1.05, row * 0.45)
        line(canvas, person.name, x, base + row * 0.48, font=fonts.BOLD, size=name, width=width)
        size = min(name * 0.62, row * 0.28)
        line(canvas, _under(person, size, width), x, base + row * 0.14, size=size, width=width)
        return
    name = min(largest * 0.9, row * 0.62)
    y = base + (row - name * 0.75) / 2
    left = line(canvas, person.name, x, y, font=fonts.BOLD, size=name, width=width * 0.5)
    left += name * 0.4
    words = _under(person, name * 0.7, width - left)
    line(canvas, words, x + left, y, size=name * 0.7, width=width - left)


def _under(person, size, width):
    """Duty and post; the duty alone where both would be too small to read."""
    fits = stringWidth(person.under, fonts.SONG, size * 0.8) <= width
    return person.under if fits else person.duty


def _back(canvas, card):
    width, top = A7[0] - 2 * PAD, A7[1] - PAD
    line(canvas, ASK, A7[0] / 2, top - 14, font=fonts.BOLD, size=15, align="middle")
    _rule(canvas, PAD, top - 7 * mm, width)
    foot = PAD
    if card.text.office_phone:
        line(
            canvas, card.text.office_phone, PAD + width, foot, font=fonts.FIGURES, size=12,
            align="right", width=width * 0.45,
        )  # fmt: skip
    line(canvas, card.text.signed, PAD, foot, size=8.5, width=width * 0.53)
    _rule(canvas, PAD, foot + 5 * mm, width)
    words = _promises(card, 13)
    block(canvas, words, PAD, top - 9 * mm, width, top - 9 * mm - foot - 6 * mm)


def _promises(card, size):
    head = Style(size, fonts.BOLD, after=0.1)
    body = Style(size, after=0.5)
    said = []
    if card.text.promise:
        said += [("服务承诺", head), (card.text.promise, body)]
    if card.services:
        said += [("服务事项", head), ("；".join(card.services) + "。", body)]
    return said


def _large(canvas, card):
    pad, (wide, tall) = 11 * mm, A5
    width, top = wide - 2 * pad, tall - 12 * mm
    line(
        canvas, card.text.heading, wide / 2, top - 26, font=fonts.BOLD, size=30, width=width,
        align="middle",
    )  # fmt: skip
    place = f"{card.village.township}{card.village}"
    line(canvas, place, wide / 2, top - 54, font=fonts.BOLD, size=19, width=width, align="middle")
    _rule(canvas, pad, top - 23 * mm, width, 1)
    bottom = _large_foot(canvas, card, pad, width)
    _rule(canvas, pad, bottom, width, 1)
    area = top - 24 * mm - bottom - 1 * mm
    _people(canvas, card.people, pad, top - 24 * mm, width, area, tallest=21 * mm, largest=22)


def _large_foot(canvas, card, pad, width):
    """Below the people: time and place beside the code, promises, the office; returns the y above."""
    y = 11 * mm
    if card.text.office_phone:
        line(
            canvas, card.text.office_phone, pad + width, y, font=fonts.FIGURES, size=17,
            width=width * 0.5, align="right",
        )  # fmt: skip
    line(canvas, card.text.signed, pad, y, size=12, width=width * 0.48)
    _rule(canvas, pad, y + 7 * mm, width)
    words = _promises(card, 12)
    height = height_of(words, width, 50 * mm)
    y += 9 * mm + height
    block(canvas, words, pad, y, width, height)
    line(canvas, ASK, pad, y + 2 * mm, font=fonts.BOLD, size=17)
    y += 10 * mm
    _rule(canvas, pad, y, width)
    return y + _when_and_where(canvas, card, pad, y, width)


def _when_and_where(canvas, card, x, y, width):
    """Time and place in two lines each, the code to the right; returns the height."""
    height, code = 34 * mm, card.code()
    side = 31 * mm if code else 0
    if code:
        qr(canvas, code, x + width - side, y + 1.5 * mm, side)
    said = []
    for word, words in (("驻点时间", card.times), ("驻点地点", card.places)):
        if words:
            said.append((word, Style(11)))
            said.append(("；".join(words), Style(16, fonts.BOLD, after=0.3)))
    block(canvas, said, x, y + height - 2 * mm, width - side - 4 * mm, height - 4 * mm)
    return height


def _rule(canvas, x, y, width, thick=0.6):
    canvas.setStrokeGray(0)
    canvas.setLineWidth(thick)
    canvas.setDash()
    canvas.line(x, y, x + width, y)
