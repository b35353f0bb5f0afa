"""Cells of reference tables: a clerk's words to values and back; what cannot be read is a ValueError in words."""

import datetime as dt
import re

from import_export.widgets import Widget

from liaison.imports.text import half_width, tidy

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?( 00:00:00)?")
YES = {"是", "有", "对", "√", "✓"}
NO = {"否", "无", "不是", "×"}


class TextWidget(Widget):
    """One line of text.

    Args:
        longest: in characters; the column of the database.
        required: its name, when it may not be empty.
    """

    def __init__(self, longest: int, required: str = ""):
        super().__init__()
        self.longest, self.required = longest, required

    def clean(self, value, row=None, **kwargs):
        """The text without stray blanks."""
        text = tidy(value)
        if self.required and not text:
            raise ValueError(f"{self.required}没有填写，请填写")
        if len(text) > self.longest:
            raise ValueError(f"有{len(text)}个字，请缩短到{self.longest}个字以内")
        return text


class CodeWidget(TextWidget):
    """编码: letters, digits and - only; empty lets the system number the row."""

    def __init__(self):
        super().__init__(20)

    def clean(self, value, row=None, **kwargs):
        """The code in half-width, None for an empty cell."""
        code = super().clean(half_width(value))
        if not re.fullmatch(r"[0-9A-Za-z-]*", code):
            raise ValueError("只能是数字、字母和短横线，请改正；新增的行可以留空，由系统编号")
        return code or None


class NumberWidget(Widget):
    """A whole number within bounds; an empty cell leaves the row's own, unless required."""

    def __init__(self, least: int, most: int, required: bool = False):
        super().__init__()
        self.least, self.most, self.required = least, most, required

    def clean(self, value, row=None, **kwargs):
        """The number, None for an empty cell."""
        text = half_width(value)
        if not text and not self.required:
            return None
        if not re.fullmatch(r"\d{1,6}", text) or not self.least <= int(text) <= self.most:
            raise ValueError(f"应为{self.least}至{self.most}的整数，请改正")
        return int(text)


class WordWidget(Widget):
    """One of a few words, each standing for a value.

    Args:
        words: {word: value}; the first word of a value is the one that goes out.
        empty: what an empty cell means; None leaves the row's own.
        required: an empty cell is refused.
    """

    def __init__(self, words: dict, empty=None, required: bool = False):
        super().__init__()
        self.words, self.empty, self.required = words, empty, required

    def clean(self, value, row=None, **kwargs):
        """The value behind the word."""
        word = tidy(value)
        if not word and not self.required:
            return self.empty
        if word in self.words:
            return self.words[word]
        raise ValueError(f"应填{self._offered()}，请改正")

    def render(self, value, obj=None, **kwargs):
        """The word of a value."""
        return next((word for word, each in self.words.items() if each == value), "")

    def _offered(self):
        first = {}
        for word, value in self.words.items():
            first.setdefault(value, word)
        return "“" + "”或“".join(word or "（空）" for word in first.values()) + "”"


class YesNoWidget(WordWidget):
    """Two words, 是 and 否 understood as well; ``empty`` as in WordWidget."""

    def __init__(self, yes="是", no="否", empty=None):
        words = {yes: True, no: False}
        words |= {word: True for word in YES if word not in words}
        words |= {word: False for word in NO if word not in words}
        super().__init__(words, empty)


class DayWidget(Widget):
    """A day, as 2026-01-01 going out; as offices write days coming in."""

    def clean(self, value, row=None, **kwargs):
        """The date."""
        text = tidy(value)
        found = DAY.fullmatch(text) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", half_width(value))
        try:
            return dt.date(*(int(part) for part in found.groups()[:3]))
        except (AttributeError, ValueError) as wrong:
            raise ValueError("不是日期，请写成2026-01-01的样子") from wrong

    def render(self, value, obj=None, **kwargs):
        """2026-01-01."""
        return value.isoformat() if value else ""


class RowWidget(Widget):
    """A row of another list by its name; ``none`` is the word for no row at all.

    Args:
        model: with a ``name`` that is unique.
        what: what the list is called.
    """

    def __init__(self, model, what: str, none: str):
        super().__init__()
        self.model, self.what, self.none = model, what, none

    def clean(self, value, row=None, **kwargs):
        """The row, None for the word that says none."""
        name = tidy(value)
        if name in ("", self.none):
            return None
        found = self.model.objects.filter(name=name).first() if len(name) <= 100 else None
        if found is None:
            raise ValueError(
                f"{self.what}里没有这一项，请先在“{self.what}”中新增，或填“{self.none}”"
            )
        return found

    def render(self, value, obj=None, **kwargs):
        """The row's name."""
        return self.none if value is None else value.name
