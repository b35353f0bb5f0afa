"""Dates in a sentence carry no zeros."""

import datetime as dt

from liaison.dates import in_chinese, month_day


def test_a_date_is_written_without_zeros():
    assert in_chinese(dt.date(2026, 3, 2)) == "2026年3月2日"
    assert month_day(dt.date(2026, 12, 10)) == "12月10日"
