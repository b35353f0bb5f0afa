"""Cleaning of cells that every imported table needs: blanks, widths, words for nothing."""

import re
import unicodedata

# What offices type when there is nothing to say.
NOTHING = {
    "",
    "无",
    "没有",
    "暂无",
    "不详",
    "未知",
    "/",
    "\\",
    "-",
    "--",
    "—",
    "——",
    "、",
    "。",
    "0",
    "空",
    "N/A",
}
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
BLANKS = re.compile(r"[\s\u3000\u00a0\u200b\ufeff]+")


def cell_text(value):
    """What a cell shows, as text: 15415.0 -> "15415", a date -> ISO, empty -> ""."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return "" if value is None else str(value)


def tidy(value):
    """One line: control and zero-width characters dropped, runs of blanks made one, ends trimmed."""
    if isinstance(value, str) and (not value or value.isalnum()):
        return value  # Nine cells in ten: nothing to clean
    return BLANKS.sub(" ", INVISIBLE.sub("", cell_text(value).replace("\x00", ""))).strip()


def tidy_lines(value):
    """The same with line breaks kept: for 备注 and 住址."""
    text = cell_text(value)
    if "\n" not in text and "\r" not in text:
        return tidy(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(tidy(line) for line in text.split("\n")).strip("\n")


def half_width(value):
    """Full-width digits, letters and signs to half-width, without any blank: for numbers only, never for names."""
    if isinstance(value, str) and value.isascii() and (not value or value.isalnum()):
        return value
    return BLANKS.sub("", unicodedata.normalize("NFKC", INVISIBLE.sub("", cell_text(value))))


def is_nothing(value):
    """True for an empty cell and for 无, 不详, / and their like."""
    return tidy(value) in NOTHING
