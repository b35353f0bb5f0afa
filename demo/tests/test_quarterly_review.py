"""大瑶: 镇级一季一点评 is a 例会 of its own, and stays one when the practice is put on a township twice."""

import datetime as dt

from django.core.management import call_command

from cadres.models import StandingMeeting


def test_it_has_four_days_of_the_year_it_begins_in(li):
    for _ in range(2):
        call_command("load_scheme", "dayao", since="2027-01-01", verbosity=0)
    row = StandingMeeting.objects.get(name="镇工作点评会")
    assert row.days == ["2027-03-25", "2027-06-25", "2027-09-25", "2027-12-25"]
    assert (row.starts_at, row.valid_from) == (dt.time(9), dt.date(2027, 1, 1))
    assert StandingMeeting.objects.filter(name="民情分析会").count() == 1
