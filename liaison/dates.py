"""Dates as Chinese offices write them in a sentence: no zero before a month or a day (GB/T 9704)."""

import datetime as dt


def in_chinese(on: dt.date) -> str:
    """「2026年11月2日」."""
    return f"{on.year}年{month_day(on)}"


def month_day(on: dt.date) -> str:
    """「11月2日」."""
    return f"{on.month}月{on.day}日"
