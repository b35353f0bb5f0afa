"""Rules as tables the office can read: CSV files beside the tests."""

import csv
import datetime as dt
from pathlib import Path


def rows(name):
    """The rows of a table, each a list of texts, without the head."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def day(text):
    """2026-11-21 as a date."""
    return dt.date.fromisoformat(text)
