"""A board as a PDF: A4 across, the head repeated on every page, large enough to be read standing."""

import io
from html import escape

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from liaison.pdf import fonts

SIDE, TOP = 18 * mm, 18 * mm
WIDTH = landscape(A4)[0] - 2 * SIDE
INK = (0, 0, 0)


def _style(size, font=fonts.SONG, **more):
    return ParagraphStyle(
        f"{font}{size}", fontName=font, fontSize=size, leading=size * 1.4, wordWrap="CJK", **more
    )


TITLE = _style(26, fonts.BOLD, alignment=TA_CENTER, spaceAfter=4 * mm)
PERIOD = _style(14, alignment=TA_CENTER, spaceAfter=4 * mm)
HEAD = _style(14, fonts.BOLD, alignment=TA_CENTER)
LONG, MIDDLE = _style(13), _style(13, alignment=TA_CENTER)
CLOSING = _style(13, spaceBefore=4 * mm)
SIGNED = _style(15, alignment=TA_RIGHT, rightIndent=20 * mm)


def draw_board(board) -> bytes:
    """The file.

    Raises:
        NotAllowed: the fonts are not there.
    """
    fonts.ready()
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream, pagesize=landscape(A4), leftMargin=SIDE, rightMargin=SIDE, topMargin=TOP,
        bottomMargin=TOP, title=board.title, initialFontName=fonts.SONG, lang="zh-CN",
        creator="驻点联系群众工作平台",
    )  # fmt: skip
    document.build(
        [
            _words(board.title, TITLE),
            _words(board.period, PERIOD),
            _table(board),
            _words(board.closing, CLOSING),
            Spacer(1, 8 * mm),
            _words(board.signed, SIGNED),
            _words(board.dated, SIGNED),
        ]
    )
    return stream.getvalue()


def _words(text, style):
    return Paragraph(escape(fonts.printable(text)), style)


def _table(board):
    rows = [[_words(head.words, HEAD) for head in board.heads]]
    rows += [
        [_words(text, LONG if head.is_long else MIDDLE) for text, head in row]
        for row in board.cells()
    ]
    whole = sum(head.share for head in board.heads)
    widths = [WIDTH * head.share / whole for head in board.heads]
    table = Table(rows, colWidths=widths, repeatRows=1)
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.8, INK), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    )
    return table
