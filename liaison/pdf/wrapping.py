"""Where a Chinese line breaks: anywhere but inside a number or a word, and never before 。 or after （."""

import re

from reportlab.pdfbase.pdfmetrics import stringWidth

NOT_FIRST = "，。、；：？！）】》」』”’…—·％%,.;:?!)]}"
NOT_LAST = "（【《「『“‘([{"
# A run of figures or letters stays whole; everything else breaks character by character.
_PIECES = re.compile(r"[0-9A-Za-z][0-9A-Za-z.:/@\-–]*|.", re.DOTALL)


def wrap(text, font, size, width, indent=0) -> list[str]:
    """The lines of a text of one font; its own line breaks are kept.

    Args:
        size, width, indent: in points; ``indent`` is left free at the beginning of each paragraph.
    """
    lines = []
    for paragraph in text.splitlines():
        lines += _wrapped(_glued(paragraph), font, size, width, indent)
    return lines


def _glued(text) -> list[str]:
    """Pieces that may stand at either end of a line: marks hang on to what they belong to."""
    glued = []
    for piece in _PIECES.findall(text):
        if glued and (piece in NOT_FIRST or glued[-1][-1] in NOT_LAST):
            glued[-1] += piece
        else:
            glued.append(piece)
    return glued


def _wrapped(pieces, font, size, width, indent):
    lines, line, taken = [], "", indent
    for piece in pieces:
        wide = stringWidth(piece, font, size)
        if line and taken + wide > width:
            lines.append(line)
            line, taken = "", 0
        line, taken = line + piece, taken + wide
    return [*lines, line] if line else lines or [""]
