"""A standing meeting (例会) announced beforehand to those who steer the work, at the times days are announced."""

import datetime as dt
from collections import defaultdict
from functools import cache

from django.urls import reverse

from cadres import heartbeat
from cadres.channels import MAIL, SMS
from cadres.models import Holding, StandingMeeting
from cadres.notices import Message, notify_many
from cadres.recurrence import days_of
from cadres.reminder_times import slots_of
from cadres.reminding import ReminderTimes
from cadres.rhythm import day_in_words
from cadres.roles import Role
from cadres.workcalendar import WorkCalendar
from liaison import clock

ATTENDING = (Role.OFFICE, Role.LEADER)


def remind_meetings(*, now) -> int:
    """Tell the office and the leaders of each coming meeting, each offset once; returns the new notices (条).

    What fell wholly between two passes is kept, marked 过期未发, and told to nobody.
    """
    last, times = heartbeat.last(heartbeat.REMIND) or now, ReminderTimes.load()
    since = clock.local_date(min(last, now))
    until = clock.local_date(now) + dt.timedelta(days=times.farthest + 1)
    meetings = list(StandingMeeting.objects.filter(valid_from__lte=until).in_force(since))
    if not meetings:
        return 0
    calendar_of, people = cache(WorkCalendar.load), _people(meetings, clock.local_date(now))
    messages = [
        _message(meeting, day.on, slot, user)
        for meeting in meetings
        for day in days_of(meeting, since, until, calendar_of(meeting.township_id))
        for slot in slots_of(
            times.of(meeting.township_id, day.on).in_order(), day.on, meeting.starts_at
        )
        if slot.is_live(now) or slot.was_missed(last, now)
        for user in people[meeting.township_id].values()
    ]
    return notify_many(messages, now=now)


def _people(meetings, on):
    """{township id: {user id: user}} of who attends, each once whatever posts he holds."""
    townships = {meeting.township_id for meeting in meetings}
    holdings = Holding.objects.current(on).filter(
        post__township__in=townships, post__role__in=ATTENDING, user__is_active=True
    )
    people = defaultdict(dict)
    for holding in holdings.select_related("user", "post"):
        people[holding.post.township_id][holding.user_id] = holding.user
    return people


def _message(meeting, on, slot, user) -> Message:
    day = day_in_words(on)
    place = f"在{meeting.place}" if meeting.place else ""
    return Message(
        recipient=user,
        kind="meeting_reminder",
        subject=f"meeting:{meeting.pk}",
        slot=slot.name,
        title=f"会议提醒：{day}{meeting.name}",
        text=f"请于{day}{meeting.starts_at:%H:%M}{place}参加{meeting.name}，{meeting.ends_at:%H:%M}结束。",
        url=reverse("cadres:meetings"),
        due_at=slot.due_at,
        not_after=slot.not_after,
        channels=(MAIL, SMS) if slot.by_sms else (MAIL,),
    )
