"""Columns of the sheet the auditor takes out."""

from itertools import islice

from django.utils import timezone

from .excel import Column, Export
from .veils import veiled

CHUNK = 500


def _change(entry) -> str:
    """What changed, in one cell: 「住址：1号 → 2号；居住状态：常住」."""
    names = [*entry.after, *(name for name in entry.before if name not in entry.after)]
    said = []
    for name in names:
        before, after = entry.before.get(name, ""), entry.after.get(name, "")
        changed = name in entry.before and (name not in entry.after or before != after)
        arrow = f"{before} → " if changed else ""
        said.append(f"{name}：{arrow}{after}")
    return "；".join(said)


class AuditExport(Export):
    """审计记录."""

    title = "审计记录"
    file_word = "审计记录"
    columns = (
        Column("时间", lambda row: f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}", 20),
        Column("操作人", "actor_name", 12),
        Column("岗位", "actor_post", 18),
        Column("操作", "action", 16),
        Column("对象", "object_label", 30),
        Column("变更", _change, 50),
        Column("结果", "result", 8),
    )

    def rows(self):
        """What became confidential is veiled."""
        rows = iter(super().rows())
        while chunk := list(islice(rows, CHUNK)):
            yield from veiled(chunk)
