"""What a .docx says, read back with python-docx."""

import io

from docx import Document


def paragraphs(data: bytes) -> list[str]:
    """The paragraphs outside tables, empty ones left out."""
    return [each.text for each in Document(io.BytesIO(data)).paragraphs if each.text.strip()]


def tables(data: bytes) -> list[list[list[str]]]:
    """Every table as rows of texts; a merged cell is told once."""
    return [[_cells(row) for row in table.rows] for table in Document(io.BytesIO(data)).tables]


def _cells(row):
    seen, texts = set(), []
    for cell in row.cells:
        if cell._tc not in seen:
            seen.add(cell._tc)
            texts.append(cell.text)
    return texts


def text(data: bytes) -> str:
    """Everything it says."""
    cells = [cell for table in tables(data) for row in table for cell in row]
    return "\n".join([*paragraphs(data), *cells])
