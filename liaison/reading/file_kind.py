"""What a file is, told by its first bytes and never by its name."""

import re

from liaison.reading.file_refused import FileRefused
from liaison.reading.ole_file import MAGIC as OLE

__all__ = ["OLE", "kind_of_text", "named", "refuse_strangers"]

PICTURE, ARCHIVE, DOCUMENT = "图片", "压缩包，请先解压再传其中的表格", "文字文档，不是电子表格"
# First bytes of what offices upload by mistake -> what to call it.
STRANGERS = (
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"%PDF", "PDF 文件，不是电子表格"),
    (b"%!PS", "打印文件，不是电子表格"),
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ", ARCHIVE),
    (b"MSCF", ARCHIVE),
    (b"{\\rtf", DOCUMENT),
    (b"SQLite format 3", "数据库文件，不是电子表格"),
    (b"\0\1\0\0Standard", "数据库文件，不是电子表格"),
    (b"MZ", "程序文件，不是电子表格"),
    (b"\x7fELF", "程序文件，不是电子表格"),
    (b"ID3", "录音，不是电子表格"),
    (b"\x09\x00\x04\x00", "很旧的 Excel 工作表，本系统读不了"),
    (b"\x09\x02\x06\x00", "很旧的 Excel 工作表，本系统读不了"),
    (b"\x09\x04\x06\x00", "很旧的 Excel 工作表，本系统读不了"),
)
# (offset, bytes there) -> what to call it
MARKS = (
    (4, b"ftyp", "视频或图片"),
    (8, b"WEBP", PICTURE),
    (257, b"ustar", ARCHIVE),
)
PROLOG = re.compile(r"(?:<\?xml[^>]*\?>|<\?[\w-]+[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>|\s)*", re.S)
HTML = re.compile(r"<\s*(html|table|meta|head|body|div|tr|style|script|center)\b", re.IGNORECASE)
ARCHIVED_PAGE = re.compile(r"mime-version:|from:\s*<saved by|content-type:\s*multipart/", re.I)
WORKBOOK_2003 = re.compile(r"<(\w+:)?Workbook\b[^>]*office:spreadsheet")
HEAD = 4000  # characters looked at


def named(data):
    """What the bytes of a file that is no text are, in words that follow 这是; "" when they say nothing."""
    for start, what in STRANGERS:
        if data.startswith(start):
            return what
    for at, mark, what in MARKS:
        if data[at : at + len(mark)] == mark:
            return what
    is_bitmap = data.startswith(b"BM") and data[6:10] == bytes(4)
    return PICTURE if is_bitmap else ""


def refuse_strangers(data):
    """Raise FileRefused F-FORMAT, naming it, for what is known to be no table."""
    if what := named(data):
        raise FileRefused("F-FORMAT", f"这是{what}")


def kind_of_text(text):
    """ "csv", "html" or "xml-2003". Raises FileRefused F-FORMAT for other pages and documents of text."""
    head = text[:HEAD].lstrip("\ufeff \t\r\n")
    if ARCHIVED_PAGE.match(head):
        raise FileRefused("F-FORMAT", "这是网页存档（.mht），不是电子表格")
    if not head.startswith("<"):
        return "csv"
    if WORKBOOK_2003.search(head):
        return "xml-2003"
    if HTML.search(head) or head[:14].lower() == "<!doctype html":
        return "html"
    return _other_markup(PROLOG.sub("", head, count=1), head)


def _other_markup(root, head):
    if root.startswith("<svg"):
        raise FileRefused("F-FORMAT", f"这是{PICTURE}")
    if "Word.Document" in head or "/word/" in head:
        raise FileRefused("F-FORMAT", f"这是{DOCUMENT}")
    if "opendocument" in head:
        raise FileRefused("F-FORMAT", "这是单个 XML 的 ODF 文件（.fods）")
    if head.startswith(("<?xml", "<!")):
        raise FileRefused("F-FORMAT", "这是 XML 文件，不是电子表格")
    return "csv"
