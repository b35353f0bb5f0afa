"""Excel that goes out: what an export is, and the one way it leaves the house.

An app says its columns in its ``exports.py``; the sheet is written by ``excel_sheet.py``.
A page answers with ``.response()``, a command writes with ``.save()``; both leave an audit line.
"""

import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from . import audit, clock
from .excel_sheet import Sheet, clean_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 2000  # Rows read at once; prefetched relations come with each chunk
_LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")
_NOT_IN_A_FILE_NAME = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    Args:
        head: the words above it.
        value: an attribute path ("village.name", "get_status_display") or a callable taking the row.
        width: in characters; a Chinese one takes two.
        kind: "number" (a Decimal is shown with one decimal), "date", or "text": ID numbers, phones and
            编号 too, so that all 18 digits stay.
        group: the words above neighbouring columns' heads, for a head of two rows.
    """

    head: str
    value: str | Callable
    width: int = 12
    kind: str = "text"
    group: str = ""

    def of(self, row):
        """This column's value of a row; None where the path ends early."""
        if callable(self.value):
            return self.value(row)
        for name in self.value.split("."):
            if row is None:
                return None
            row = getattr(row, name)
        return row() if callable(row) else row


class Export:
    """A list as a workbook. Subclasses set ``title``, ``columns`` and ``file_word``.

    Args:
        queryset: the rows in their order, already ``visible_to`` the user; a list of rows will do.
        user: who takes it out; None for the machine.
        on: the day printed in the file's name.
        period: what is printed behind 「期间」, if the sheet is of a period.
        township: whose sheet it is; the user's own when not said.
        at: the moment printed behind 「制表时间」.
    """

    title = ""
    columns: tuple[Column, ...] = ()
    file_word = ""

    def __init__(self, *, queryset, user, on, period=None, township=None, at=None):
        self.queryset, self.user, self.on, self.period = queryset, user, on, period
        self.township = township or getattr(user, "township", None)
        self.at = at or clock.now()

    def heading(self) -> str:
        """The merged line on top: 「大瑶镇民情台账」."""
        return f"{self.township or ''}{self.title}"

    def unit(self) -> str:
        """填报单位: 「浏阳市大瑶镇」."""
        return f"{getattr(self.township, 'county_name', '')}{self.township or ''}"

    def rows(self):
        """The rows, read in chunks; a subclass may hang onto each chunk what its columns need."""
        if hasattr(self.queryset, "iterator"):
            return self.queryset.iterator(chunk_size=CHUNK)
        return iter(self.queryset)

    def total(self):
        """A row printed in bold below the others, or None."""

    def notes(self) -> list[str]:
        """Lines printed below the rows: exclusions, the balance."""
        return []

    def file_name(self) -> str:
        """大瑶镇_民情台账_20261121.xlsx."""
        parts = (str(self.township or ""), self.file_word or self.title, f"{self.on:%Y%m%d}")
        clean = map(clean_file_part, parts)
        return "_".join(part for part in clean if part) + ".xlsx"

    def write(self, stream, filters="全部") -> int:
        """Write the workbook into a binary stream; returns the number of rows (条).

        The caller must leave the audit line himself: ``.response()`` and ``.save()`` do.
        """
        above = self._above(filters)
        with Sheet(title=self.heading(), columns=self.columns, above=above) as sheet:
            count = sheet.rows(self.rows(), total=self.total())
            sheet.end([*self.notes(), self._signature(count)], stream)
        return count

    def response(self, filters="全部") -> HttpResponse:
        """The workbook as a download, and the audit line that it was taken."""
        stream = io.BytesIO()
        self.leave_a_line(self.write(stream, filters), filters)
        name = content_disposition_header(True, self.file_name())
        return HttpResponse(
            stream.getvalue(), content_type=XLSX, headers={"Content-Disposition": name}
        )

    def save(self, path, filters="全部") -> int:
        """Write the workbook to a file for a command, with the audit line; returns the rows (条).

        The file appears whole or not at all.
        """
        path = Path(path)
        part = path.with_name(f".{path.name}.part")
        try:
            with part.open("wb") as stream:
                count = self.write(stream, filters)
            self.leave_a_line(count, filters)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return count

    @transaction.atomic
    def leave_a_line(self, count, filters) -> None:
        """「导出」 in the audit trail: what, under which filter, how many rows; long numbers masked."""
        audit.record(
            by=self.user,
            action="导出",
            label=self.heading(),
            after={"查询条件": without_long_numbers(filters), "条数": count},
            township_id=getattr(self.township, "pk", None),
        )

    def _above(self, filters):
        said = f"查询条件：{without_long_numbers(filters)}"
        if self.period:
            said = f"期间：{self.period}    {said}"
        return [f"填报单位(盖章)：{self.unit()}", said]

    def _signature(self, count):
        who = self.user.display_name if self.user else "系统"
        at: dt.datetime = timezone.localtime(self.at)
        return f"制表人：{who}    制表时间：{at:%Y-%m-%d %H:%M}    共{count}条"


def clean_file_part(text: str) -> str:
    """One part of a file's name: without what no file system takes, at most 60 letters."""
    return _NOT_IN_A_FILE_NAME.sub("", clean_text(text))[:60]


def without_long_numbers(text: str) -> str:
    """A filter in words with ID and phone numbers masked: it is printed and kept in the trail."""
    return _LONG_NUMBER.sub(lambda found: f"{found[0][:3]}****", clean_text(text))
