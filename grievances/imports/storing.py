"""Taking a staged older ledger in: matters, one line of history each, the trail."""

from collections import Counter

from django.db import transaction

from grievances.deadlines import end_of
from grievances.models import Grievance, Step
from liaison import audit, clock
from liaison.errors import NotAllowed
from liaison.imports.kinds import CHANGED, ITEMS, KIND_NAMES, NEW
from liaison.models import NumberSeries
from villages.models import Township

from .matching import IMPORTED, ledger_stamp

ACT_NAME = "历史台账导入"
CORRECTED = "历史台账更正"
BATCH = 500
RELATED = (
    "village",
    "household",
    "category",
    "source",
    "department",
    "handler",
    "decline_reason",
    "method",
)
MOVED_ON = "台账在预览之后又有变动，预览已不准确。请重新上传，再看一遍预览后确认。"


def store(staged, *, by, file_name, trace) -> None:
    """Store what ``staged`` says: new and changed matters; nothing is deleted, what was worked on stays.

    Args:
        by: the user who confirms, None for a command.
        trace: told of every row, for undo.
    Raises:
        NotAllowed: a matter of the township changed since the staging.
    """
    township = staged.place.township
    with transaction.atomic():
        # Two imports of one township come one after the other, and the second sees the first.
        Township.objects.select_for_update(no_key=True).get(pk=township.pk)
        if ledger_stamp(township) != staged.stamp:
            raise NotAllowed(MOVED_ON)
        _Storing(staged, by, file_name, trace).run()


class _Storing:
    def __init__(self, staged, by, file_name, trace):
        self.staged, self.by, self.file_name, self.trace = staged, by, file_name, trace
        self.township, self.now = staged.place.township, clock.now()
        self.on = clock.local_date(self.now)

    def run(self):
        items = self.staged.items
        self._new([each for each in items if each.kind == NEW])
        self._changed([each for each in items if each.kind == CHANGED])
        counts = self.staged.counts()[ITEMS]
        audit.record(
            by=self.by,
            action="导入历史台账",
            subject=self.township,
            label=f"{self.township.name} {self.file_name}",
            after={KIND_NAMES[kind]: count for kind, count in counts.items()},
            township_id=self.township.pk,
        )

    def _new(self, items):
        numbers = self._numbers(items)
        rows = [
            Grievance(
                **_attributes(item.matter.values),
                number=number,
                township=self.township,
                is_imported=True,
                entered_at=self.now,
                registered_by=self.by,
            )
            for item, number in zip(items, numbers, strict=True)
        ]
        Grievance.objects.bulk_create(rows, batch_size=BATCH)
        self.trace.created(rows)
        steps = [
            self._step(row, ACT_NAME, "", self._where(item))
            for item, row in zip(items, rows, strict=True)
        ]
        Step.objects.bulk_create(steps, batch_size=BATCH)
        self.trace.created(steps)

    def _numbers(self, items):
        """Numbers of our series in the year of registration, in the order of the file."""
        years = [item.matter.values["registered_on"].year for item in items]
        series = {}
        for year, count in sorted(Counter(years).items()):
            series[year] = iter(_next_numbers(f"ledger:{self.township.pk}:{year}", count))
        prefix = self.township.ledger_prefix
        return [f"{prefix}-{year}-{next(series[year]):05d}" for year in years]

    def _changed(self, items):
        lines, steps = [], []
        for item in items:
            row, was, said = item.stored, item.stored.status, item.fields
            before = {}
            for name, value in _attributes(item.changes).items():
                before[name] = getattr(row, name)
                setattr(row, name, value)
            row.version += 1
            row.save()
            self.trace.changed(row, before)
            told = "；".join(f"{label}：{old or '无'}→{new or '无'}" for label, old, new in said)
            steps.append(self._step(row, CORRECTED, was, f"{self._where(item)}。{told}"))
            lines.append(self._line(row, said))
        Step.objects.bulk_create(steps, batch_size=BATCH)
        self.trace.created(steps)
        audit.record_many(by=self.by, lines=lines)

    def _line(self, row, said):
        return {
            "action": "导入修改诉求",
            "subject": row,
            "before": {label: old for label, old, _ in said},
            "after": {label: new for label, _, new in said},
            "township_id": self.township.pk,
        }

    def _where(self, item):
        matter = item.matter
        number = f"，原编号{matter.number}" if matter.number else ""
        return f"《{self.file_name}》工作表“{matter.sheet}”第{matter.row}行{number}"

    def _step(self, row, name, was, words):
        by = self.by
        return Step(
            grievance=row,
            act=IMPORTED,
            act_name=name,
            from_status=was,
            to_status=row.status,
            by=by,
            by_name=by.display_name if by else "系统",
            by_post=by.post_title()[:100] if by else "",
            department=row.department,
            words=words,
            on=self.on,
            entered_at=self.now,
        )


def _attributes(values):
    """Model attributes of read values: rows by their ids, moments beside their days."""
    said = dict(values)
    for day, moment in (("due_on", "due_at"), ("settled_on", "settled_at")):
        if day in said:
            said[moment] = end_of(said[day]) if said[day] else None
    return {
        (f"{name}_id" if name in RELATED else name): getattr(value, "pk", value)
        for name, value in said.items()
    }


def _next_numbers(key, count):
    """``count`` numbers of a series at once, without gaps and doubles."""
    NumberSeries.objects.get_or_create(key=key)
    series = NumberSeries.objects.select_for_update().get(key=key)
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return range(first, first + count)
