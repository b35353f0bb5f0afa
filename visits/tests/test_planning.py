"""驻点日 from plans: made ahead, moved with plan and calendar, and never where something happened."""

import datetime as dt

import pytest

from cadres.actions import calendar as calendar_actions
from cadres.actions.plans import change_plan, make_plan
from cadres.models import LiaisonPlan
from cadres.notices import notify
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry
from visits.models import Attendance, LiaisonSession, Visit
from visits.planning import plan_sessions, withdraw

TODAY = dt.date(2026, 11, 21)  # a Saturday
NOW = dt.datetime(2026, 11, 21, 1, tzinfo=dt.UTC)
TUESDAYS = [dt.date(2026, 11, 24), dt.date(2026, 12, 1), dt.date(2026, 12, 8)]


def days(plan, **lookup):
    """Dates of the plan's sessions, in order."""
    return list(plan.sessions.filter(**lookup).order_by("on").values_list("on", flat=True))


@pytest.fixture
def facts(li, shiqiao):
    """Every Tuesday 9:00-11:30 in 石桥村, through 2026."""
    return {
        "team": li.team,
        "village": shiqiao,
        "place": "",
        "recurrence": LiaisonPlan.Recurrence.WEEKLY,
        "weekdays": [1],
        "starts_at": dt.time(9),
        "ends_at": dt.time(11, 30),
        "holiday_rule": LiaisonPlan.HolidayRule.NEXT,
        "valid_from": TODAY,
        "valid_to": dt.date(2026, 12, 31),
    }


@pytest.fixture
def planned(zhao, facts):
    """The plan as the clerk made it, with its days."""
    return make_plan(by=zhao, today=TODAY, **facts)


# --- Making --------------------------------------------------------------------------------


def test_a_plan_made_by_the_clerk_has_its_days_at_once(planned, zhao, shiqiao):
    assert days(planned)[:3] == TUESDAYS
    first = planned.sessions.get(on=TUESDAYS[0])
    assert (first.place, first.starts_at, first.status) == (shiqiao.office, dt.time(9), "planned")
    assert AuditEntry.objects.filter(action="新增驻点安排", actor_id=zhao.pk).exists()
    assert AuditEntry.objects.get(action="排定驻点日").after == {"新增": "6天"}


def test_a_cadre_may_not_plan(li, facts):
    with pytest.raises(NotAllowed, match="您的岗位不能安排驻点"):
        make_plan(by=li, today=TODAY, **facts)
    assert not LiaisonPlan.objects.exists()


def test_a_plan_belongs_to_a_village_of_its_team_and_of_the_clerk(zhao, qian, heping, facts):
    with pytest.raises(NotAllowed, match="不联系和平村"):
        make_plan(by=zhao, today=TODAY, **(facts | {"village": heping}))
    with pytest.raises(NotAllowed, match="不在您的工作范围"):
        make_plan(by=qian, today=TODAY, **facts)


def test_the_same_plan_is_not_made_twice(planned, zhao, facts):
    with pytest.raises(NotAllowed, match="已有相同周期的安排"):
        make_plan(by=zhao, today=TODAY, **facts)
    make_plan(by=zhao, today=TODAY, **(facts | {"weekdays": [2]}))
    assert LiaisonPlan.objects.count() == 2


def test_a_plan_entered_late_gives_its_past_days_too(zhao, facts):
    plan = make_plan(by=zhao, today=TODAY, **(facts | {"valid_from": dt.date(2026, 11, 1)}))
    assert days(plan)[:3] == [dt.date(2026, 11, n) for n in (3, 10, 17)]


def test_the_tick_makes_what_is_missing_and_nothing_twice(plan):
    assert plan_sessions(today=TODAY) == 6
    assert plan_sessions(today=TODAY) == 0
    plan.sessions.filter(on=TUESDAYS[1]).delete()
    assert plan_sessions(today=TODAY) == 1


def test_days_go_no_further_than_the_published_calendar(plan):
    plan.valid_to = None
    plan.save()
    plan_sessions(today=TODAY)
    assert days(plan)[-1] == dt.date(2026, 12, 29)
    plan.holiday_rule = LiaisonPlan.HolidayRule.KEEP
    plan.save()
    plan_sessions(today=TODAY)
    assert days(plan)[-1] == dt.date(2027, 12, 21)


def test_a_team_put_out_of_use_loses_its_days_to_come_and_gets_no_more(plan, li):
    plan_sessions(today=TODAY)
    plan.sessions.filter(on=TUESDAYS[0]).update(status="held")
    li.team.is_active = False
    li.team.save()
    assert plan_sessions(today=TODAY) == 0
    assert days(plan) == TUESDAYS[:1]
    li.team.is_active = True
    li.team.save()
    assert plan_sessions(today=TODAY) == 5


def test_a_longer_list_of_plans_costs_few_queries_more(plan, django_assert_max_num_queries):
    for weekday in (2, 3, 4):
        plan.pk, plan.weekdays, plan._state.adding = None, [weekday], True
        plan.save()
    plan_sessions(today=TODAY)
    with django_assert_max_num_queries(10):
        plan_sessions(today=TODAY)


# --- Changing ------------------------------------------------------------------------------


def change(plan, by, **facts):
    """Change a plan just read."""
    plan.refresh_from_db()
    return change_plan(plan=plan, by=by, today=TODAY, version=plan.version, **facts)


def test_days_to_come_follow_a_changed_plan(planned, zhao):
    kept = planned.sessions.get(on=TUESDAYS[0]).pk
    change(planned, zhao, starts_at=dt.time(14), ends_at=dt.time(17), place="祠堂")
    session = planned.sessions.get(on=TUESDAYS[0])
    assert (session.pk, session.starts_at, session.place) == (kept, dt.time(14), "祠堂")
    change(planned, zhao, weekdays=[2])
    assert days(planned)[:2] == [dt.date(2026, 11, 25), dt.date(2026, 12, 2)]


def test_what_happened_or_was_said_stays_where_it_was(planned, zhao, li):
    held, attended, visited, off = planned.sessions.order_by("on")[:4]
    LiaisonSession.objects.filter(pk=held.pk).update(status="held")
    LiaisonSession.objects.filter(pk=off.pk).update(status="cancelled", reason="防汛")
    Attendance.objects.create(session=attended, post=li.post, post_title="党委委员", mark="leave")
    Visit.objects.create(
        session=visited,
        township=visited.township,
        village=visited.village,
        occurred_on=TODAY,
        entered_at=NOW,
        entered_by=li,
    )
    change(planned, zhao, weekdays=[2], starts_at=dt.time(14), ends_at=dt.time(17))
    for before in (held, attended, visited, off):
        after = LiaisonSession.objects.get(pk=before.pk)
        assert (after.on, after.starts_at) == (before.on, dt.time(9))
    assert planned.sessions.get(pk=off.pk).reason == "防汛"
    assert days(planned, starts_at=dt.time(14))[0] == dt.date(2026, 11, 25)


def test_a_cancelled_day_is_not_made_again(planned):
    planned.sessions.filter(on=TUESDAYS[0]).update(status="cancelled", reason="防汛")
    assert plan_sessions(today=TODAY) == 0
    assert planned.sessions.get(on=TUESDAYS[0]).status == "cancelled"


def test_a_day_its_team_was_told_of_is_cancelled_with_a_reason_not_removed(planned, zhao, li):
    told = planned.sessions.get(on=TUESDAYS[0])
    notify(
        recipient=li, kind="session_reminder", subject=f"session:{told.pk}", slot="2026-11-24",
        title="驻点提醒", text="", url="", due_at=NOW, now=NOW,
    )  # fmt: skip
    change(planned, zhao, weekdays=[2])
    told.refresh_from_db()
    assert (told.status, told.reason) == ("cancelled", "驻点安排自动调整")
    assert not planned.sessions.filter(on=TUESDAYS[1]).exists()


def test_a_plan_taken_back_leaves_only_days_somebody_knows_of(planned, li):
    told, attended = (planned.sessions.get(on=day) for day in TUESDAYS[:2])
    notify(
        recipient=li, kind="session_reminder", subject=f"session:{told.pk}", slot="2026-11-24",
        title="驻点提醒", text="", url="", due_at=NOW, now=NOW,
    )  # fmt: skip
    Attendance.objects.create(session=attended, post=li.post, post_title="党委委员", mark="leave")
    assert withdraw(planned) == 4
    assert days(planned) == TUESDAYS[:2]


def test_a_stale_change_is_refused(planned, zhao):
    version = planned.version
    change(planned, zhao, place="祠堂")
    with pytest.raises(Stale):
        change_plan(plan=planned, by=zhao, today=TODAY, version=version, place="学校")
    planned.refresh_from_db()
    assert planned.place == "祠堂"


def test_an_ended_plan_loses_its_later_days(planned, zhao):
    change(planned, zhao, valid_to=TUESDAYS[0])
    assert days(planned) == TUESDAYS[:1]


# --- The calendar --------------------------------------------------------------------------


def set_local_day(by, township, on, kind="holiday"):
    """A day of the township's own."""
    return calendar_actions.set_local_day(
        township=township, by=by, today=TODAY, on=on, kind=kind, name="庙会"
    )


def test_a_local_holiday_moves_the_day_and_taking_it_back_moves_it_home(planned, zhao, qingshan):
    told = calendar_actions.moves(township=qingshan, on=TUESDAYS[0], is_workday=False, today=TODAY)
    assert [(move.before, move.after) for move in told] == [(TUESDAYS[0], dt.date(2026, 11, 25))]
    kept = planned.sessions.get(on=TUESDAYS[0]).pk
    day = set_local_day(zhao, qingshan, TUESDAYS[0])
    moved = planned.sessions.get(pk=kept)
    assert (moved.on, moved.moved_from) == (dt.date(2026, 11, 25), TUESDAYS[0])
    assert plan_sessions(today=TODAY) == 0

    told = calendar_actions.moves(township=qingshan, on=TUESDAYS[0], is_workday=None, today=TODAY)
    assert [(move.before, move.after) for move in told] == [(dt.date(2026, 11, 25), TUESDAYS[0])]
    calendar_actions.take_back_local_day(day=day, by=zhao, today=TODAY)
    home = planned.sessions.get(pk=kept)
    assert (home.on, home.moved_from) == (TUESDAYS[0], None)
    assert list(
        AuditEntry.objects.filter(action__endswith="本地日").values_list("action", flat=True)
    ) == ["设定本地日", "取消本地日"]


@pytest.mark.parametrize("rule", ["skip", "next"])
def test_a_told_day_a_local_holiday_takes_is_planned_again_when_that_is_taken_back(
    planned, zhao, li, qingshan, rule
):
    change(planned, zhao, holiday_rule=rule)
    told = planned.sessions.get(on=TUESDAYS[0])
    notify(
        recipient=li, kind="session_reminder", subject=f"session:{told.pk}", slot="2026-11-24",
        title="驻点提醒", text="", url="", due_at=NOW, now=NOW,
    )  # fmt: skip
    day = set_local_day(zhao, qingshan, TUESDAYS[0])
    told.refresh_from_db()
    assert (told.status, str(told.on)) == {
        "skip": ("cancelled", "2026-11-24"), "next": ("planned", "2026-11-25"),
    }[rule]  # fmt: skip
    calendar_actions.take_back_local_day(day=day, by=zhao, today=TODAY)
    told.refresh_from_db()
    assert (told.status, told.reason, told.on) == ("planned", "", TUESDAYS[0])


def test_a_day_called_off_by_hand_stays_off_when_the_calendar_changes(planned, zhao, qingshan):
    planned.sessions.filter(on=TUESDAYS[0]).update(status="cancelled", reason="防汛")
    day = set_local_day(zhao, qingshan, TUESDAYS[0])
    calendar_actions.take_back_local_day(day=day, by=zhao, today=TODAY)
    assert planned.sessions.get(on=TUESDAYS[0]).reason == "防汛"


def test_only_the_office_of_the_township_sets_a_day_and_only_one_to_come(
    planned, zhao, li, qian, qingshan
):
    for stranger in (li, qian):
        with pytest.raises(NotAllowed, match="您的岗位不能设定"):
            set_local_day(stranger, qingshan, TUESDAYS[0])
    with pytest.raises(NotAllowed, match="今天以后"):
        set_local_day(zhao, qingshan, TODAY)
    with pytest.raises(NotAllowed, match="本来就是休息日"):
        set_local_day(zhao, qingshan, dt.date(2026, 11, 29))
    with pytest.raises(NotAllowed, match="2027年工作日历未发布"):
        set_local_day(zhao, qingshan, dt.date(2027, 3, 1))
    set_local_day(zhao, qingshan, TUESDAYS[0])
    with pytest.raises(NotAllowed, match="已有本地设定"):
        set_local_day(zhao, qingshan, TUESDAYS[0], kind="workday")


def test_a_year_published_later_goes_on_by_itself(planned, zhao):
    change(planned, zhao, valid_to=None)
    assert days(planned)[-1].year == 2026
    new_year = [calendar_actions.CalendarDay(on=dt.date(2027, 1, 1), kind="holiday", name="元旦")]
    calendar_actions.publish(days=new_year, source="", today=TODAY)
    assert days(planned)[-1].year == 2027
