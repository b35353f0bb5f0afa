"""Calendar feeds: what they hold, read alike by three programs, asked again and again."""

import datetime as dt

import icalendar
import ics
from django.test import Client
from ical.calendar_stream import IcsCalendarStream

from cadres.models import LiaisonTeam, Seat
from liaison import clock
from visits import feeds
from visits.models import LeaveRequest, LiaisonSession
from visits.planning import plan_sessions

from .conftest import TUESDAY
from .feeds import SHANGHAI, events, fetch, issue

# --- What it holds --------------------------------------------------------------------------


def test_the_feed_of_a_person_holds_the_days_of_his_teams(li, wang, day):
    [event] = events(fetch(issue(li))).values()
    assert str(event["SUMMARY"]) == "驻点：石桥村"
    assert str(event["LOCATION"]) == "石桥村委会一楼"
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event["DTSTART"].dt == dt.datetime(2026, 11, 17, 9, tzinfo=SHANGHAI)
    assert event["DTEND"].dt == dt.datetime(2026, 11, 17, 11, 30, tzinfo=SHANGHAI)
    assert str(event["URL"]) == f"http://testserver/sessions/{day.pk}/"
    assert events(fetch(issue(wang))) == {}


def test_who_is_excused_does_not_find_the_day_and_his_stand_in_does(li, wang, feng, day):
    leave = LeaveRequest.objects.create(
        session=day, on=day.on, person=feng, post=feng.post, person_name="冯兰", kind="personal",
        post_title="驻村干部", stand_in=wang, requested_at=clock.now(),
    )  # fmt: skip
    own, others, lead = (issue(each) for each in (feng, wang, li))
    assert [len(events(fetch(token))) for token in (own, others, lead)] == [1, 0, 1]
    LeaveRequest.objects.filter(pk=leave.pk).update(state="approved")
    assert [len(events(fetch(token))) for token in (own, others, lead)] == [0, 1, 1]


def test_it_carries_its_time_zone_and_lines_any_program_can_read(li, day):
    LiaisonSession.objects.filter(pk=day.pk).update(place="村委会一楼，东头\\西头；" * 7)
    body = fetch(issue(li)).content
    assert b"BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai" in body
    assert b"TZOFFSETTO:+0800" in body
    assert body.endswith(b"END:VCALENDAR\r\n")
    for line in body.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")  # no character is cut in two


def test_nobody_is_named_in_it(li, feng, day, household):
    day.reason = "周大山家有事"
    day.save()
    body = fetch(issue(li)).content.decode()
    assert not any(name in body for name in ("李明", "冯兰", "周大山", "党委委员"))


def test_a_moved_day_keeps_its_name_and_counts_on(li, day):
    token = issue(li)
    [(uid, before)] = events(fetch(token)).items()
    day.on, day.moved_from, day.version = dt.date(2026, 11, 18), TUESDAY, 2
    day.save()
    [(same, after)] = events(fetch(token)).items()
    assert same == uid
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt.date() == dt.date(2026, 11, 18)
    assert "原定2026-11-17" in str(after["DESCRIPTION"])


def test_a_day_called_off_says_so_to_every_program(li, day):
    day.status = "cancelled"
    day.save(update_fields=["status"])
    [event] = events(fetch(issue(li))).values()
    assert event["STATUS"] == "CANCELLED"
    assert str(event["SUMMARY"]).startswith("【已取消】")


def test_a_save_of_one_field_dates_the_change(li, day, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 18, 1, tzinfo=dt.UTC), tick=False)
    day.status = "held"
    day.save(update_fields=["status"])
    [event] = events(fetch(issue(li))).values()
    assert event["LAST-MODIFIED"].dt == dt.datetime(2026, 11, 18, 1, tzinfo=dt.UTC)


def test_last_year_is_kept_and_what_is_older_goes(li, plan, day):
    for on in (dt.date(2025, 1, 7), dt.date(2024, 12, 31)):
        old = LiaisonSession.objects.get(pk=day.pk)
        old.pk, old.on = None, on
        old.save()
    days = {event["DTSTART"].dt.date() for event in events(fetch(issue(li))).values()}
    assert days == {TUESDAY, dt.date(2025, 1, 7)}


def test_a_supervision_team_has_the_days_of_its_villages(qingshan, shiqiao, heping, sun, wang, day):
    group = LiaisonTeam.objects.create(township=qingshan, name="第一督查小组", kind="supervision")
    group.villages.add(shiqiao)
    Seat.objects.create(team=group, post=sun.post)
    assert len(events(fetch(issue(sun)))) == 1
    assert len(events(fetch(issue(sun, group)))) == 1
    group.villages.set([heping])
    assert events(fetch(issue(sun))) == {}


def test_a_contact_has_the_days_of_his_village(contact, day):
    assert len(events(fetch(issue(contact)))) == 1


# --- As other programs read it --------------------------------------------------------------


def as_icalendar(body):
    for event in icalendar.Calendar.from_ical(body).walk("VEVENT"):
        yield (
            str(event["UID"]), event["DTSTART"].dt, event["DTEND"].dt, str(event["SUMMARY"]),
            str(event["LOCATION"]), str(event["DESCRIPTION"]), str(event["STATUS"]), event["SEQUENCE"],
        )  # fmt: skip


def as_ics(body):
    """Parsed with a grammar (TatSu); it keeps SEQUENCE among the lines it does not know."""
    for event in ics.Calendar(body.decode()).events:
        sequence = next(int(line.value) for line in event.extra if line.name == "SEQUENCE")
        yield (
            event.uid, event.begin.datetime, event.end.datetime, event.name, event.location,
            event.description, event.status, sequence,
        )  # fmt: skip


def as_ical(body):
    for event in IcsCalendarStream.calendar_from_ics(body.decode()).events:
        yield (
            event.uid, event.dtstart, event.dtend, event.summary, event.location,
            event.description, event.status.value, event.sequence,
        )  # fmt: skip


def in_utc(rows):
    return sorted(
        (uid, start.astimezone(dt.UTC), end.astimezone(dt.UTC), *words)
        for uid, start, end, *words in rows
    )


def test_three_programs_read_the_same_year(li, plan):
    """A whole year: moved over the holidays, one called off, a place with every awkward sign."""
    plan.place = "村委会一楼，东头; 旁门\\“甲”,乙"
    plan.save()
    plan_sessions(today=dt.date(2026, 1, 1))
    off = LiaisonSession.objects.get(on=dt.date(2026, 3, 3))
    off.status, off.version = "cancelled", 4
    off.save()
    body = fetch(issue(li)).content
    ours = in_utc(as_icalendar(body))
    assert len(ours) == LiaisonSession.objects.count() == 51
    assert in_utc(as_ics(body)) == ours
    assert in_utc(as_ical(body)) == ours
    told = {(row.on, row.place) for row in LiaisonSession.objects.all()}
    assert {(row[1].astimezone(SHANGHAI).date(), row[4]) for row in ours} == told
    assert [row[6] for row in ours].count("CANCELLED") == 1


def test_the_same_rows_give_the_same_bytes(li, day):
    token = issue(li)
    assert fetch(token).content == fetch(token).content


# --- Asked again and again ------------------------------------------------------------------


def test_who_has_it_already_is_told_so(li, day, monkeypatch):
    token = issue(li)
    first = fetch(token)
    assert first["Cache-Control"] == "private, no-cache"
    assert "Last-Modified" not in first  # a dropped day would not show in it
    built = []
    monkeypatch.setattr(feeds, "calendar_file", lambda *args: built.append(args))
    again = fetch(token, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert not built
    monkeypatch.undo()
    day.delete()
    assert fetch(token, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_reading_writes_nothing_and_costs_the_same_for_a_year(
    li, plan, day, django_assert_max_num_queries
):
    token = issue(li)
    plan_sessions(today=dt.date(2026, 1, 1))
    with django_assert_max_num_queries(6) as asked:
        fetch(token)
    assert all(query["sql"].startswith(("SELECT", "WITH")) for query in asked.captured_queries)


def test_only_reading_is_possible(li, day):
    assert Client().post(f"/calendar/feeds/{issue(li)}.ics").status_code == 405
    assert Client().head(f"/calendar/feeds/{issue(li)}.ics").status_code == 200
