"""What may be written down of a visit, and by whom."""

import datetime as dt

import pytest

from liaison import clock
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry
from visits import actions
from visits.models import Visit

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 17)


@pytest.fixture
def call(li, shiqiao, household):
    """``call(occurred_on=…)``: 李 telephones 周大山's household."""

    def log(**said):
        usual = {
            "by": li,
            "now": clock.now(),
            "occurred_on": TODAY,
            "village": shiqiao,
            "mode": "phone",
            "household": household,
        }
        return actions.log_visit(**(usual | said))

    return log


@pytest.mark.parametrize(
    ("day_of_visit", "moment"),
    [
        (dt.date(2026, 11, 17), dt.datetime(2026, 11, 17, 15, 30, tzinfo=dt.UTC)),  # 23:30
        (dt.date(2026, 11, 17), dt.datetime(2026, 11, 16, 16, 5, tzinfo=dt.UTC)),  # 00:05
        (dt.date(2026, 11, 15), dt.datetime(2026, 11, 17, 4, tzinfo=dt.UTC)),  # a Sunday
        (dt.date(2025, 2, 1), dt.datetime(2026, 11, 17, 4, tzinfo=dt.UTC)),  # long ago
    ],
)
def test_no_visit_is_refused_for_its_hour_or_lateness(call, day_of_visit, moment):
    visit = call(occurred_on=day_of_visit, now=moment)
    assert (visit.occurred_on, visit.entered_at) == (day_of_visit, moment)


def test_a_visit_of_tomorrow_is_refused(call):
    with pytest.raises(NotAllowed, match="在今天以后"):
        call(occurred_on=TODAY + dt.timedelta(days=1))
    assert not Visit.objects.exists()


def test_somebody_unknown_to_the_roll_is_met_too(call):
    assert call(household=None, visitor=" 匿名 ").visitor == "匿名"
    with pytest.raises(NotAllowed, match="户或来访人"):
        call(household=None, visitor=" ")


def test_a_household_of_another_village_is_refused(call, heping, wang):
    with pytest.raises(NotAllowed, match="不在石桥村"):
        call(household=heping.households.get())
    with pytest.raises(NotAllowed, match="不是您负责的村"):
        call(by=wang)


@pytest.mark.parametrize(
    ("persons", "mode"), [(0, "phone"), (-1, "phone"), (10_000, "phone"), (1, "微信")]
)
def test_a_slip_of_the_finger_is_a_sentence(call, persons, mode):
    with pytest.raises(NotAllowed):
        call(persons=persons, mode=mode)
    assert not Visit.objects.exists()


def test_roles_that_do_not_visit_log_nothing(call, sun, contact, chen):
    for user in (sun, contact, chen):
        with pytest.raises(NotAllowed, match="不登记走访"):
            call(by=user)


def test_a_visit_is_put_right_and_the_trail_repeats_no_words(call, li):
    visit = call(said="说不清")
    changed = actions.change_visit(
        visit=visit, by=li, now=clock.now(), version=1, said="家里漏雨", persons=2
    )
    assert (changed.said, changed.persons, changed.version) == ("家里漏雨", 2, 2)
    line = AuditEntry.objects.latest("pk")
    assert (line.before, line.after) == (
        {"反映情况": "(3字)", "人数": 1},
        {"反映情况": "(4字)", "人数": 2},
    )
    with pytest.raises(Stale):
        actions.change_visit(visit=visit, by=li, now=clock.now(), version=1, said="别的")


def test_a_visit_of_a_liaison_day_stays_on_its_day(call, day, li):
    visit = call(session=day)
    with pytest.raises(NotAllowed, match="不能改到别的日期"):
        actions.change_visit(
            visit=visit, by=li, now=clock.now(), version=1, occurred_on=dt.date(2026, 11, 16)
        )
