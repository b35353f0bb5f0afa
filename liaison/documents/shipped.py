"""The shipped template of a kind as a .docx, made of its layout: A4, the margins and founts of official papers by name.

Founts are named only, none is embedded: WPS and Word have them or take their own Song.
"""

import datetime as dt
import io
from functools import cache

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from . import layout
from .kinds import KINDS

TITLE_FONT, HEAD_FONT, TEXT_FONT, SONG = "方正小标宋简体", "黑体", "仿宋_GB2312", "宋体"
# GB/T 9704: 上 37, 下 35, 左 28, 右 26; on a sheet laid across the long side is bound
PORTRAIT = {"top": 37, "bottom": 35, "left": 28, "right": 26}
LANDSCAPE = {"top": 28, "bottom": 26, "left": 37, "right": 35}
SHORT, LONG = 210, 297  # mm of A4
LETTER = 16  # pt: 三号
LINE = 9  # mm of a line to write on by hand
MADE = dt.datetime(2026, 1, 1)  # noqa: DTZ001 (Word's own property has no zone); the same bytes each time


@cache
def template(key: str) -> bytes:
    """The shipped .docx of a kind, with its fields in it."""
    kind = KINDS[key]
    document = Document()
    _set_page(document, kind.is_landscape)
    _title(document)
    for block in kind.layout:
        WRITERS[type(block)](document, block, kind)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", kind.title, ""
    properties.created = properties.modified = MADE
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def mark(name: str, of: str = "") -> str:
    """A field as a template writes it: 「{{ 驻点团队 }}」."""
    return f"{{{{ {of}.{name} }}}}" if of else f"{{{{ {name} }}}}"


def _set_page(document, is_landscape):
    section, margins = document.sections[0], LANDSCAPE if is_landscape else PORTRAIT
    wide, high = (LONG, SHORT) if is_landscape else (SHORT, LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    for side, size in margins.items():
        setattr(section, f"{side}_margin", Mm(size))
    section.footer_distance = Mm(25 if not is_landscape else 16)
    _dress(document.styles["Normal"], TEXT_FONT, 14)
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph):
    """「— 1 —」 in the middle of the foot."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, "— ", SONG, 14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = _run(paragraph, "1", SONG, 14)
    field.append(run._r)
    paragraph._p.append(field)
    _run(paragraph, " —", SONG, 14)


def _title(document):
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(12)
    _run(paragraph, mark(layout.TITLE), TITLE_FONT, 22)


def _facts(document, block, kind):
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    _run(paragraph, "　".join(f"{name}：{mark(name)}" for name in block.fields), TEXT_FONT, 12)


def _note(document, block, kind):
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(4)
    if block.part:
        _letter(paragraph, block.part)
    _run(paragraph, mark(block.field), TEXT_FONT, LETTER if block.part else 12)


def _letter(paragraph, part):
    """As official letters stand: 正文 begins two letters in, 落款 stands to the right, where the seal goes."""
    form = paragraph.paragraph_format
    form.line_spacing, form.space_after = Pt(28), Pt(0)
    if part == "body":
        form.first_line_indent, form.space_after = Pt(2 * LETTER), Pt(40)
    if part == "signed":
        form.right_indent, form.keep_together = Pt(2 * LETTER), True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _signs(document, block, kind):
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(16)
    _run(paragraph, "　　".join(f"{word}：____________" for word in block.words), TEXT_FONT, 12)


def _grid(document, block, kind):
    widths = _shares((16, 34, 16, 34), kind)
    table = _framed(document, widths)
    for line in block.lines:
        cells = table.add_row().cells
        if len(line) == 1:
            cells[1].merge(cells[3])
        for place, name in enumerate(line):
            _cell(cells[2 * place], name, HEAD_FONT, 12, "center", widths[2 * place])
            width = widths[2 * place + 1] if len(line) == 2 else sum(widths[1:])
            _cell(cells[2 * place + 1], mark(name), TEXT_FONT, 12, "left", width)
    _gap(document)


def _table(document, block, kind):
    size = 10.5 if block.is_small else 12
    rows, columns = kind.rows_named(block.rows), block.columns
    widths = _shares([column.width for column in columns], kind)
    table = _framed(document, widths)
    head = table.add_row()
    _flag(head, "w:tblHeader")
    for cell, column, width in zip(head.cells, columns, widths, strict=True):
        _cell(cell, column.heading, HEAD_FONT, size, "center", width)
    _cell(table.add_row().cells[0], f"{{%tr for {rows.each} in {rows.name} %}}", TEXT_FONT, size)
    row = table.add_row()
    _flag(row, "w:cantSplit")
    if block.is_tall:
        row.height, row.height_rule = Mm(LINE), WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, column, width in zip(row.cells, columns, widths, strict=True):
        _cell(cell, mark(column.field, rows.each), TEXT_FONT, size, column.across, width)
    _cell(table.add_row().cells[0], "{%tr endfor %}", TEXT_FONT, size)


def _blank(document, block, kind):
    first, second = _shares((16, 84), kind)
    row = _framed(document, (first, second)).add_row()
    row.height, row.height_rule = Mm(LINE * block.lines), WD_ROW_HEIGHT_RULE.AT_LEAST
    _cell(row.cells[0], block.word, HEAD_FONT, 12, "center", first)
    _cell(row.cells[1], "", TEXT_FONT, 12, "left", second)


WRITERS = {
    layout.Facts: _facts,
    layout.Grid: _grid,
    layout.Table: _table,
    layout.Blank: _blank,
    layout.Note: _note,
    layout.Signs: _signs,
}


def _framed(document, widths):
    """A framed table without rows; its columns are as wide as their cells will be, for WPS goes by the columns."""
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def _gap(document):
    """A narrow line, so that two tables do not grow into one."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(8)


def _shares(shares, kind):
    """The width of the line, dealt out; in mm."""
    margins, long = (LANDSCAPE, LONG) if kind.is_landscape else (PORTRAIT, SHORT)
    line = long - margins["left"] - margins["right"]
    return [Mm(line * share / sum(shares)) for share in shares]


def _cell(cell, text, font, size, across="left", width=None):
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if across == "center":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if width is not None:
        cell.width = width
    _run(paragraph, text, font, size)


def _run(paragraph, text, font, size):
    run = paragraph.add_run(text)
    _dress(run, font, size)
    return run


def _dress(styled, font, size):
    """Name and size of a fount, for Chinese letters too."""
    styled.font.name, styled.font.size = font, Pt(size)
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _flag(row, name):
    """A row that is repeated on every page, or kept on one."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))
