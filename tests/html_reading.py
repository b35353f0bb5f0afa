"""What a page's tables say, read back."""

import html
import re

_TABLE, _ROW = re.compile(r"<table.*?</table>", re.S), re.compile(r"<tr.*?</tr>", re.S)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.S)


def tables(page: str) -> list[list[list[str]]]:
    """Every table as rows of texts, line breaks kept."""
    return [
        [[_text(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(table)]
        for table in _TABLE.findall(page)
    ]


def _text(cell):
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br ?/?>", "\n", cell))).strip()
