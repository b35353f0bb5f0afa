"""超期提醒 after three days of outage: everything at once, each level once, in one digest, and not at night."""

import datetime as dt

import pytest

from cadres.delivering import deliver_due
from cadres.models import Notice
from grievances.actions import rise_overdue
from grievances.models import OverdueRise, Rung

from .conftest import moment
from .test_rising import DUE, after, told

LAST = after(1, 23)  # the last pass before the outage
BACK = LAST + dt.timedelta(hours=72)
MORNING = after(5, 7)
MINUTE = dt.timedelta(minutes=1)
# End of the number -> its due day, in days from DUE. Of the general ladder the office is told after 1 and 5
# days, the leaders after 10: of the first four the office's day came in the outage, of the last the leaders'.
DAYS = {"001": 1, "002": 2, "003": 3, "004": -2, "005": -6}


def late_since(matter, days):
    """It was due so many days after DUE."""
    matter.due_on = DUE + dt.timedelta(days=days)
    matter.due_at = moment(matter.due_on, 17)
    matter.save()


@pytest.fixture
def matter(matter_at):
    """One in hand."""
    return matter_at("in_hand")


@pytest.fixture
def five(matter):
    """As many in hand as DAYS names."""
    for end, days in DAYS.items():
        matter.number = f"100-2026-00{end}"
        late_since(matter, days)
        matter.pk, matter._state.adding = None, True


def risen(since=0):
    """(end of the number, role of the rung) of each row stored since."""
    rows = OverdueRise.objects.filter(pk__gt=since).values_list("grievance__number", "rung__role")
    return sorted((number[-3:], role) for number, role in rows)


def test_back_at_night_it_is_told_in_the_morning_in_one_digest_a_person(
    five, zhao, zhou, signed_in, mailoutbox
):
    """At 23:00 all three days are found; mails and the bell wait for seven; no later pass adds to it."""
    rise_overdue(now=LAST)
    before, since = len(told(zhao)), OverdueRise.objects.latest("pk").pk
    deliver_due(after(2, 8))
    mailoutbox.clear()

    assert rise_overdue(now=BACK) == 5
    missed = [(end, "office") for end in ("001", "002", "003", "004")] + [("005", "leader")]
    assert risen(since) == missed
    (digest,), (single,) = told(zhao)[before:], told(zhou)
    assert ("有4件" in digest.title, "100-2026-00005" in single.title) == (True, True)
    assert {digest.due_at, single.due_at} == {MORNING}
    assert signed_in(zhao).get(digest.url).context["page"].total == 4
    for night in (BACK, BACK + 2 * MINUTE, after(5, 3), MORNING - MINUTE):
        assert rise_overdue(now=night) == 0 or night == BACK
        deliver_due(night)
    assert (len(told(zhao)) - before, mailoutbox) == (1, [])
    deliver_due(MORNING)
    deliver_due(MORNING + MINUTE)
    assert sorted((mail.to, mail.subject) for mail in mailoutbox) == [
        ([zhao.email], digest.title), ([zhou.email], single.title),
    ]  # fmt: skip


def test_the_same_outage_by_day_is_told_at_once(five, zhao, mailoutbox):
    """The other side: it is the night that waits, not the outage."""
    rise_overdue(now=LAST)
    deliver_due(after(2, 8))
    mailoutbox.clear()
    rise_overdue(now=after(4, 12))
    deliver_due(after(4, 12))
    assert [mail.subject for mail in mailoutbox if mail.to == [zhao.email]] == [
        "有4件诉求超期未结，请过问"
    ]


def test_each_level_that_was_passed_in_the_outage_is_told_once_for_each_due_day(
    matter, qingshan, zhao, zhou
):
    """A ladder of one, two and three days: one digest for both of 赵's rungs; put off and late again, anew."""
    for days, role in ((1, "office"), (2, "office"), (3, "leader")):
        Rung.objects.create(
            township=qingshan, order=days, name=f"满{days}天", role=role, overdue_days=days
        )
    late_since(matter, 1)
    assert rise_overdue(now=LAST) == 0  # due today at 17: not a whole day late
    assert rise_overdue(now=BACK) == 3
    assert [note.text for note in told(zhao)] == [
        "按本镇的办理层级(满1天、满2天)提醒您；每件每级只提醒一次。"
    ]
    assert len(told(zhou)) == 1
    assert rise_overdue(now=BACK + MINUTE) == rise_overdue(now=after(9)) == 0

    late_since(matter, 10)
    assert rise_overdue(now=after(10, 23)) == 0
    assert rise_overdue(now=after(10, 23) + dt.timedelta(hours=72)) == 3
    rounds = OverdueRise.objects.values_list("due_on", "rung__overdue_days").order_by("pk")
    assert sorted(rounds) == [
        (DUE + dt.timedelta(days=due), days) for due in (1, 10) for days in (1, 2, 3)
    ]
    assert (len(told(zhao)), len(told(zhou))) == (2, 2)
    assert Notice.objects.filter(kind="overdue_rise").count() == 4


def test_a_day_moved_and_moved_back_is_the_day_that_was_told(matter, zhao):
    """Another due day is another round; the first one once more is none."""
    late_since(matter, 0)
    assert rise_overdue(now=after(1)) == 1
    late_since(matter, 6)
    assert rise_overdue(now=after(2)) == 0
    late_since(matter, 0)
    assert rise_overdue(now=after(3)) == 0
    assert len(told(zhao)) == 1
    assert rise_overdue(now=after(5)) == 1  # but for the next rung's day


def test_what_comes_due_after_midnight_is_a_pass_of_its_own_and_repeats_nothing(five, matter, zhao):
    """Back at 23:00; at midnight another matter is a day late: told that morning too, of itself alone."""
    rise_overdue(now=LAST)
    rise_overdue(now=BACK)
    matter.pk, matter._state.adding, matter.number = None, True, "100-2026-00006"
    late_since(matter, 4)
    assert rise_overdue(now=BACK + MINUTE) == 0
    assert rise_overdue(now=after(5, 0)) == 1
    digest, single = told(zhao)[-2:]
    assert ("有4件" in digest.title, matter.number in single.title) == (True, True)
    assert {digest.due_at, single.due_at} == {MORNING}
