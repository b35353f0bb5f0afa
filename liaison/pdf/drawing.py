"""Drawing on a page: a canvas of ours, a line that fits its width, a block that fits its frame, a QR code.

Lengths are reportlab's points; callers multiply by ``mm``. ``y`` grows upwards, as in the file itself.
"""

from dataclasses import dataclass

import segno
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from . import fonts
from .wrapping import wrap

PDF = "application/pdf"
SCALES = (1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52, 0.46, 0.4)


def new_canvas(stream, size, title) -> Canvas:
    """An empty document whose every font is embedded.

    Args:
        stream: where the bytes go; size: (width, height) of the page in points.
    Raises:
        NotAllowed: the fonts are not there.
    """
    fonts.ready()
    canvas = Canvas(
        stream, pagesize=size, pageCompression=1, initialFontName=fonts.SONG, lang="zh-CN"
    )
    canvas.setTitle(title)
    canvas.setCreator("驻点联系群众工作平台")
    return canvas


def line(canvas, text, x, y, *, font=fonts.SONG, size=10, width=None, align="left") -> float:
    """One line on the baseline ``y``; made smaller where ``width`` would not hold it.

    Args:
        x: its left end, its right end or its middle, as ``align`` says.
    Returns:
        The width it took.
    """
    text = fonts.printable(text)
    taken = stringWidth(text, font, size)
    if width and taken > width:
        size, taken = size * width / taken, width
    canvas.setFont(font, size)
    draw = {
        "left": canvas.drawString,
        "right": canvas.drawRightString,
        "middle": canvas.drawCentredString,
    }
    draw[align](x, y, text)
    return taken


@dataclass(frozen=True)
class Style:
    """How a paragraph looks: ``size`` in points; leading, space after and first indent in sizes."""

    size: float
    font: str = fonts.SONG
    leading: float = 1.35
    after: float = 0
    indent: float = 0


def block(canvas, paragraphs, x, top, width, height) -> float:
    """Paragraphs below one another, all made smaller until they fit the frame.

    Args:
        paragraphs: (text, Style); line breaks in a text are kept.
    Returns:
        The ``y`` below the last one.
    """
    scale, laid = _fitted(paragraphs, width, height)
    y = top
    for lines, look in laid:
        size = look.size * scale
        canvas.setFont(look.font, size)
        for number, words in enumerate(lines):
            y -= size * look.leading
            left = x + (size * look.indent if not number else 0)
            canvas.drawString(left, y + size * (look.leading - 1) * 0.5 + size * 0.14, words)
        y -= size * look.after
    return y


def height_of(paragraphs, width, most) -> float:
    """How high block() will be, ``most`` at the most."""
    scale, laid = _fitted(paragraphs, width, most)
    return min(_height(scale, laid), most)


def _fitted(paragraphs, width, height):
    """(scale, [(lines, look)]): the largest scale that fits, or the smallest there is."""
    said = [(fonts.printable(text), look) for text, look in paragraphs]
    for scale in SCALES:
        laid = [(_lines(text, look, scale, width), look) for text, look in said]
        if _height(scale, laid) <= height:
            break
    return scale, laid


def _lines(text, look, scale, width):
    size = look.size * scale
    return wrap(text, look.font, size, width, size * look.indent)


def _height(scale, laid):
    return sum(look.size * scale * (look.leading * len(lines) + look.after) for lines, look in laid)


def qr(canvas, text, x, y, size) -> None:
    """A QR code with its lower left corner at (x, y), ``size`` wide, quiet zone included."""
    rows = list(qr_of(text).matrix_iter(border=QUIET))
    module = size / len(rows)
    canvas.setFillGray(0)
    for number, row in enumerate(rows):
        for start, length in _runs(row):
            bottom = y + size - (number + 1) * module
            # A hair wider, or some readers of PDF draw white seams between the squares.
            canvas.rect(
                x + start * module, bottom, length * module, module * 1.02, stroke=0, fill=1
            )


QUIET = 2  # modules of white around; the card's own margin gives the rest of the four that are asked for


def qr_of(text) -> segno.QRCode:
    """The code itself: bytes of UTF-8, a seventh of it readable when stained."""
    return segno.make(text, error="m", encoding="utf-8", boost_error=False, micro=False)


def _runs(row):
    """(start, length) of the dark stretches of a row."""
    start = None
    for at, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            yield start, at - start
            start = None


__all__ = ["PDF", "Style", "block", "height_of", "line", "mm", "new_canvas", "qr", "qr_of"]
