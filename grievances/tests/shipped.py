"""The table of shipped time limits, as an office reads it: shipped_limits.csv beside this file."""

import csv
from pathlib import Path

GENERAL = "通用"
COLUMNS = (
    "适用", "名称", "类别", "性质", "来源", "加急", "时限", "单位", "起算", "提前提醒", "延期上限", "延期批准",
    "在用",
)  # fmt: skip
TABLE = Path(__file__).parent / "shipped_limits.csv"


def shipped(*whose):
    """Rows of the table, of these only: 通用, or practices by their names."""
    with TABLE.open(encoding="utf-8-sig") as file:
        return [row for row in csv.DictReader(file) if row["适用"] in whose]


def told(policy, whose):
    """One policy row in the words of the table."""
    facts = (
        whose, policy.name, policy.category or "", policy.get_kind_display() if policy.kind else "",
        policy.source or "", "是" if policy.urgent else "", policy.amount,
        policy.get_unit_display(), policy.get_start_display(), policy.warn_before, policy.extend_by,
        policy.get_approver_display(), "是" if policy.is_active else "",
    )  # fmt: skip
    return dict(zip(COLUMNS, map(str, facts), strict=True))
