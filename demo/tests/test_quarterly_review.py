"""大瑶: 镇级一季一点评 is a 例会 of its own, and stays one when the practice is put on a township twice."""

import datetime as dt

from django.core.management import call_command

from cadres.imports.times import read_time
from cadres.models import StandingMeeting
from cadres.recurrence import days_of
from cadres.workcalendar import WorkCalendar
from demo.scheme import Scheme, load


def test_it_has_four_days_of_the_year_it_begins_in(li):
    for _ in range(2):
        call_command("load_scheme", "dayao", since="2027-01-01", verbosity=0)
    row = StandingMeeting.objects.get(name="镇工作点评会")
    assert row.days[:4] == ["2027-03-25", "2027-06-25", "2027-09-25", "2027-12-25"]
    assert (row.starts_at, row.valid_from) == (dt.time(9), dt.date(2027, 1, 1))
    assert StandingMeeting.objects.filter(name="民情分析会").count() == 1


def test_a_street_meets_in_its_own_office(li, qingshan):
    for name, room in (("青山镇", "镇政府会议室"), ("青山街道", "街道办事处会议室")):
        qingshan.name = name
        day = dt.date(2026, 11, 29)
        load(Scheme.read("luyang"), qingshan, since=day, today=day)
        assert StandingMeeting.objects.get().place == room
        StandingMeeting.objects.all().delete()


def test_begun_a_year_ago_it_has_a_next_day_and_goes_on_through_the_year_to_come(li, qingshan):
    today = dt.date(2026, 11, 29)
    begun = dt.date(2025, 11, 29)
    load(Scheme.read("dayao"), qingshan, since=begun, today=begun, until=today)
    row = StandingMeeting.objects.get(name="镇工作点评会")
    ahead = days_of(row, today, dt.date(2027, 1, 31), WorkCalendar.load(qingshan.pk)).days
    assert [day.on for day in ahead] == [dt.date(2026, 12, 25)]
    assert (row.days[0], row.days[-1]) == ("2025-12-25", "2027-12-25")
    assert read_time(row.rhythm.in_words()).rhythm == row.rhythm
