"""补驻: a day missed, cancelled or passed over is made up for on a named day, and counts once."""

import datetime as dt

import pytest

from cadres.models import LiaisonPlan, Notice
from liaison import clock
from liaison.errors import NotAllowed, Stale
from visits import actions
from visits.models import LiaisonSession, SessionPolicy
from visits.planning import plan_sessions, replan_all, withdraw
from visits.skipped import skipped_days

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 17)
SATURDAY = dt.date(2026, 11, 28)


@pytest.fixture
def missed(day):
    """石桥村's Tuesday of the week before, not held."""
    LiaisonSession.objects.filter(pk=day.pk).update(
        on="2026-11-10", status="missed", reason="防汛抢险"
    )
    day.refresh_from_db()
    return day


@pytest.fixture
def name_day(missed, li):
    """``name_day(on=…)``: 李 names the Saturday for the missed day."""

    def names(**said):
        usual = {"session": missed, "by": li, "now": clock.now(), "version": None, "on": SATURDAY}
        return actions.make_up(**(usual | said))

    return names


def counted():
    """(due, held) up to the end of the month, as the rate counts."""
    due = LiaisonSession.objects.due(dt.date(2026, 11, 30))
    return due.count(), due.held().count()


def hold(session, by):
    """It took place, 20:00 that day."""
    moment = dt.datetime.combine(session.on, dt.time(12), tzinfo=dt.UTC)
    return actions.confirm_held(session=session, by=by, now=moment)


def test_it_is_not_due_twice_and_the_missed_day_counts_once_it_is_held(name_day, missed, li):
    assert counted() == (1, 0)
    new = name_day()
    assert (new.made_up_for, new.place, new.starts_at) == (missed, missed.place, missed.starts_at)
    assert counted() == (1, 0)
    hold(new, li)
    assert counted() == (1, 1)
    assert list(LiaisonSession.objects.apart()) == [new]
    assert list(LiaisonSession.objects.due(SATURDAY).held()) == [missed]


def test_a_cancelled_day_is_due_again_once_a_day_is_named_for_it(name_day, missed, li):
    LiaisonSession.objects.update(status="cancelled")
    assert counted() == (0, 0)
    new = name_day()
    assert counted() == (1, 0)
    assert not LiaisonSession.objects.called_off().exists()
    hold(new, li)
    assert counted() == (1, 1)


def test_the_team_is_told_but_not_who_named_it(name_day, feng, li):
    new = name_day()
    notice = Notice.objects.get(kind="session_set")
    assert (notice.recipient, notice.url) == (feng, f"/sessions/{new.pk}/")
    assert "补2026-11-10(周二)的驻点" in notice.text


@pytest.mark.parametrize(
    ("ahead", "sentence"), [(2, "提前3天告知群众，最早可以定在2026-11-20"), (400, "年份")]
)
def test_villagers_must_learn_of_it_in_time(name_day, ahead, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        name_day(on=TODAY + dt.timedelta(days=ahead))
    assert name_day(on=TODAY + dt.timedelta(days=3)).on == dt.date(2026, 11, 20)


def test_the_notice_is_the_township_s_own_number(name_day, missed, zhao, qian):
    for by, sentence in ((qian, "镇驻点办设定"),):
        with pytest.raises(NotAllowed, match=sentence):
            actions.set_session_policy(
                by=by, township=missed.township, since=TODAY, on=TODAY,
                make_up_notice=7, confirm_days=1, escalate_days=2,
            )  # fmt: skip
    with pytest.raises(NotAllowed, match="至少提前3天"):
        actions.set_session_policy(
            by=zhao, township=missed.township, since=TODAY, on=TODAY,
            make_up_notice=2, confirm_days=1, escalate_days=2,
        )  # fmt: skip
    actions.set_session_policy(
        by=zhao, township=missed.township, since=TODAY, on=TODAY,
        make_up_notice=7, confirm_days=1, escalate_days=2,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="最早可以定在2026-11-24"):
        name_day(on=dt.date(2026, 11, 20))
    assert SessionPolicy.objects.get().in_words().startswith("补驻提前7天告知")


def test_the_lead_and_the_office_name_it_and_nobody_else(name_day, zhao, feng, wang):
    with pytest.raises(NotAllowed, match="责任人或镇驻点办确定"):
        name_day(by=feng)
    with pytest.raises(NotAllowed, match="不在您负责的村"):
        name_day(by=wang)
    assert name_day(by=zhao).made_up_for


def test_one_at_a_time_and_another_when_it_falls_through(name_day, missed, zhao):
    first = name_day()
    with pytest.raises(NotAllowed, match="已定在2026-11-28补驻"):
        name_day(on=dt.date(2026, 12, 5))
    actions.cancel_session(session=first, by=zhao, now=clock.now(), version=1, reason="暴雪")
    assert counted() == (1, 0)
    assert name_day(on=dt.date(2026, 12, 5)).made_up_for == missed


def test_a_second_click_from_an_old_page_is_stale(name_day, missed):
    name_day(version=missed.version)
    with pytest.raises(Stale):
        name_day(version=missed.version)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": "held"}, "不需要补驻"),
        ({"status": "planned"}, "先取消这一天"),
        ({"kind": "appointment"}, "不用补驻"),
    ],
)
def test_only_what_was_not_held_is_made_up_for(name_day, change, sentence):
    LiaisonSession.objects.update(**change)
    with pytest.raises(NotAllowed, match=sentence):
        name_day()


def test_a_make_up_day_has_no_make_up_day(name_day):
    new = name_day()
    LiaisonSession.objects.filter(pk=new.pk).update(status="cancelled")
    with pytest.raises(NotAllowed, match="本身就是补驻日"):
        name_day(session=new)


def test_not_on_a_day_the_team_sits_anyway(name_day, missed):
    LiaisonSession.objects.create(
        plan=missed.plan, township=missed.township, team=missed.team, village=missed.village,
        on="2026-11-24", starts_at="09:00", ends_at="11:30", place="村委会", status="cancelled",
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="已有驻点日"):
        name_day(on=dt.date(2026, 11, 24))
    LiaisonSession.objects.filter(on="2026-11-24").update(plan=None, status="planned")
    with pytest.raises(NotAllowed, match="这段时间已有驻点"):
        name_day(on=dt.date(2026, 11, 24))
    afternoon = {"starts_at": dt.time(14), "ends_at": dt.time(16)}
    assert name_day(on=dt.date(2026, 11, 24), **afternoon).starts_at == dt.time(14)
    with pytest.raises(NotAllowed, match="已定在"):
        name_day()


def test_other_planners_leave_it_alone(name_day, missed, zhao):
    new = name_day()
    plan = missed.plan
    LiaisonPlan.objects.filter(pk=plan.pk).update(weekdays=[3])
    plan.refresh_from_db()
    replan_all([plan], by=zhao, today=TODAY, since=TODAY)
    plan_sessions(today=TODAY)
    withdraw(plan)
    new.refresh_from_db()
    assert (new.on, new.status, new.made_up_for) == (SATURDAY, "planned", missed)
    LiaisonPlan.objects.filter(pk=plan.pk).update(weekdays=[5])  # Saturdays: the plan meets the day
    plan.refresh_from_db()
    replan_all([plan], by=zhao, today=TODAY, since=TODAY)
    assert list(plan.sessions.filter(on=SATURDAY)) == [new]


# --- 节假日跳过的 ------------------------------------------------------------------------------


@pytest.fixture
def skipping(plan):
    """The plan passes over holidays; 2026-10-06, a Tuesday, is one."""
    plan.holiday_rule = LiaisonPlan.HolidayRule.SKIP
    plan.save()
    plan_sessions(today=dt.date(2026, 9, 30))
    return plan


def test_a_day_passed_over_is_made_up_for_and_counts(skipping, li, feng):
    october = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
    assert skipped_days(skipping, *october) == [dt.date(2026, 10, 6)]
    said = {"plan": skipping, "by": li, "now": clock.now(), "on": SATURDAY}
    with pytest.raises(NotAllowed, match="没有因节假日跳过2026-10-13"):
        actions.make_up_skipped(skipped_on=dt.date(2026, 10, 13), **said)
    with pytest.raises(NotAllowed, match="责任人或镇驻点办确定"):
        actions.make_up_skipped(skipped_on=dt.date(2026, 10, 6), **said | {"by": feng})
    new = actions.make_up_skipped(skipped_on=dt.date(2026, 10, 6), **said)
    original = new.made_up_for
    assert (original.on, original.status, original.reason) == (
        dt.date(2026, 10, 6), "cancelled", "遇节假日，当次取消",
    )  # fmt: skip
    assert skipped_days(skipping, *october) == []
    of_october = LiaisonSession.objects.within(*october)
    assert original in of_october.due(SATURDAY)
    hold(new, li)
    assert original in of_october.due(SATURDAY).held()


def test_a_refused_day_leaves_no_row_for_the_one_passed_over(skipping, li):
    with pytest.raises(NotAllowed, match="提前3天"):
        actions.make_up_skipped(
            plan=skipping, skipped_on=dt.date(2026, 10, 6), by=li, now=clock.now(), on=TODAY
        )
    assert not skipping.sessions.filter(on="2026-10-06").exists()


def test_a_postponed_day_was_not_passed_over(skipping):
    skipping.holiday_rule = LiaisonPlan.HolidayRule.NEXT
    assert skipped_days(skipping, dt.date(2026, 10, 1), dt.date(2026, 10, 31)) == []
