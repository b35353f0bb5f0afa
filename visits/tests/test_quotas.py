"""走访户数: periods and their ends, a row changed within one, and that the list holds what is still due."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadres.models import HouseholdLink
from conftest import SINCE
from liaison.errors import NotAllowed
from villages.models import Household, Resident, ResidentTag, TagHolding
from visits.actions.duties import set_visit_quota
from visits.models import Attendance, Visit, VisitQuota
from visits.quotas import begins, duties_of, duties_of_team, in_force, period_of, still_due

NOW = dt.datetime(2026, 11, 17, 2, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 17)  # a Tuesday
ENDS = [
    ("week", "2026-11-17", "2026-11-16", "2026-11-22"),
    ("week", "2026-11-16", "2026-11-16", "2026-11-22"),
    ("week", "2026-11-22", "2026-11-16", "2026-11-22"),
    ("week", "2027-01-01", "2026-12-28", "2027-01-03"),
    ("month", "2026-02-28", "2026-02-01", "2026-02-28"),
    ("month", "2028-02-29", "2028-02-01", "2028-02-29"),
    ("month", "2026-12-31", "2026-12-01", "2026-12-31"),
    ("quarter", "2026-11-30", "2026-10-01", "2026-12-31"),
    ("quarter", "2026-03-31", "2026-01-01", "2026-03-31"),
    ("year", "2026-06-15", "2026-01-01", "2026-12-31"),
]


@pytest.mark.parametrize(("kind", "on", "first", "last"), ENDS)
def test_periods_end_with_the_calendar(kind, on, first, last):
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    assert period_of(kind, dt.date.fromisoformat(on)) == days


@given(
    st.sampled_from(("week", "month", "quarter", "year")), st.dates(max_value=dt.date(9000, 1, 1))
)
def test_every_day_lies_in_one_period_and_the_next_begins_the_day_after(kind, on):
    first, last = period_of(kind, on)
    assert first <= on <= last
    assert period_of(kind, first) == period_of(kind, last) == (first, last)
    assert period_of(kind, last + dt.timedelta(days=1))[0] == last + dt.timedelta(days=1)


def quota(township, least, since, who="cadre", of="all", period="month"):
    return VisitQuota.objects.create(
        township=township, who=who, of=of, period=period, least=least, since=since
    )


def least_on(township, on):
    return [row.least for row in in_force([township.pk], on)]


def test_a_row_changed_in_mid_month_holds_from_the_next_month(qingshan):
    first = quota(qingshan, 50, dt.date(2026, 10, 1))
    second = quota(qingshan, 30, dt.date(2026, 11, 10))
    assert (begins(first), begins(second)) == (dt.date(2026, 10, 1), dt.date(2026, 12, 1))
    assert least_on(qingshan, dt.date(2026, 9, 30)) == []
    assert least_on(qingshan, dt.date(2026, 10, 31)) == [50]
    assert least_on(qingshan, dt.date(2026, 11, 30)) == [50]  # the month goes on as it began
    assert least_on(qingshan, dt.date(2026, 12, 1)) == [30]
    quota(qingshan, 0, dt.date(2027, 1, 1))
    assert least_on(qingshan, dt.date(2027, 1, 1)) == []
    assert least_on(qingshan, dt.date(2026, 12, 31)) == [30]


def test_rows_of_another_kind_stand_beside_it(qingshan):
    quota(qingshan, 50, dt.date(2026, 10, 1))
    quota(qingshan, 3, dt.date(2026, 10, 1), of="special")
    quota(qingshan, None, dt.date(2026, 11, 2), who="representative", of="linked", period="week")
    assert least_on(qingshan, DAY) == [50, 3, None]


@pytest.fixture
def homes(shiqiao):
    """Twelve households of 石桥村 in two groups; the first is 周大山's."""
    other = shiqiao.groups.create(name="第2组", number=2)
    first = shiqiao.households.get()
    more = [
        Household.objects.create(
            township=shiqiao.township, village=shiqiao, group=other if n % 2 else first.group,
            number=f"{n:03}", head_name=f"户主{n}",
        )
        for n in range(2, 13)
    ]  # fmt: skip
    return [first, *more]


def see(home, by, on=DAY, mode="home", session=None):
    return Visit.objects.create(
        township=home.township, village=home.village, household=home, mode=mode, session=session,
        occurred_on=on, entered_at=NOW, entered_by=by,
    )  # fmt: skip


@given(
    least=st.one_of(st.none(), st.integers(1, 20)),
    seen=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 50), st.booleans()), max_size=25),
)
def test_the_list_and_what_was_reached_make_the_target(homes, li, zhao, qingshan, least, seen):
    """However often and whoever: distinct households, his own visits, this month; never more than there are."""
    Visit.objects.all().delete()
    VisitQuota.objects.all().delete()
    quota(qingshan, least, dt.date(2026, 11, 1))
    for index, ago, own in seen:
        see(homes[index], li if own else zhao, DAY - dt.timedelta(days=ago))
    [duty] = duties_of(li, DAY)
    mine = {homes[i].pk for i, ago, own in seen if own and ago <= 16}
    target = len(homes) if least is None else min(least, len(homes))
    listed = set(duty.next_ones().values_list("pk", flat=True))
    assert len(listed) + min(len(mine), target) == target
    assert not listed & mine
    assert duty.number == len(listed) == still_due(least, len(homes), len(mine))


def test_whom_nobody_saw_for_longest_is_proposed_first(homes, li, qingshan):
    quota(qingshan, 2, dt.date(2026, 11, 1))
    for n, home in enumerate(homes[2:]):
        see(home, li, dt.date(2026, 9, 1) + dt.timedelta(days=n))
    [duty] = duties_of(li, DAY)
    assert set(duty.next_ones()) == set(homes[:2])
    assert duty.in_words() == "本月还可走访2户"
    for home in homes[:2]:
        see(home, li)
    [duty] = duties_of(li, DAY)
    assert (duty.number, duty.in_words()) == (0, "本月应走访的户都走到了")


def test_who_sat_there_has_seen_whom_the_sheet_names(homes, li, zhao, qingshan, plan):
    quota(qingshan, 5, dt.date(2026, 11, 1))
    session = plan.sessions.create(
        township=qingshan, team=li.team, village=plan.village, on=DAY, starts_at=plan.starts_at,
        ends_at=plan.ends_at, place=plan.place,
    )  # fmt: skip
    see(homes[0], zhao, session=session)
    [duty] = duties_of(li, DAY)
    assert duty.number == 5
    mark = Attendance.objects.create(
        session=session, post=li.post, person=li, post_title="党委委员", mark="present"
    )
    [duty] = duties_of(li, DAY)
    assert duty.number == 4
    mark.mark = "leave"
    mark.save()
    [duty] = duties_of(li, DAY)
    assert duty.number == 5


def test_linked_and_special_households(homes, li, qingshan):
    """庐阳: three special households each, of those linked to him."""
    quota(qingshan, 3, dt.date(2026, 11, 1), of="special")
    quota(qingshan, None, dt.date(2026, 11, 1), of="linked")
    for home in homes[:4]:
        HouseholdLink.objects.create(
            village=home.village, household=home, kind="cadre", post=li.post, since=SINCE
        )
    tag = ResidentTag.objects.get(name="低保")
    for home in (homes[0], homes[1], homes[7]):
        person = Resident.objects.create(
            township=qingshan, village=home.village, household=home, name=home.head_name
        )
        TagHolding.objects.create(resident=person, tag=tag)
    special, linked = duties_of(li, DAY)
    assert set(special.households) == set(homes[:2])  # the third is linked to nobody
    assert (special.number, linked.number) == (2, 4)
    see(homes[0], li)
    special, linked = duties_of(li, DAY)
    assert (special.number, linked.number) == (1, 3)


def test_a_representative_has_his_own_and_a_team_its_village_s(homes, li, wang, contact, qingshan):
    quota(qingshan, None, dt.date(2026, 11, 2), who="representative", of="linked", period="week")
    quota(qingshan, 10, dt.date(2026, 10, 1), who="team", period="quarter")
    for home in homes[:5]:
        HouseholdLink.objects.create(
            village=home.village, household=home, kind="cadre", post=contact.post, since=SINCE
        )
    see(homes[0], contact)
    [own] = duties_of(contact, DAY)
    assert own.in_words() == "本周还可走访4户"
    see(homes[6], wang)  # whoever it was
    [team] = duties_of_team(li.team, DAY)
    assert team.in_words() == "本季度还可走访8户"
    assert duties_of(wang, DAY)[0].number == 1  # 和平村 has one household


def test_only_the_office_sets_them(qingshan, zhao, li, qian):
    said = {"who": "cadre", "of": "all", "period": "month", "since": DAY, "on": DAY}
    row = set_visit_quota(by=zhao, township=qingshan, least=50, **said)
    assert row.in_words() == "每月至少50户(所驻村的户)"
    assert set_visit_quota(by=zhao, township=qingshan, least=None, **said).pk == row.pk
    for other in (li, qian):
        with pytest.raises(NotAllowed, match="镇驻点办"):
            set_visit_quota(by=other, township=qingshan, least=50, **said)
    with pytest.raises(NotAllowed, match="户数请填"):
        set_visit_quota(by=zhao, township=qingshan, least=-1, **said)
    with pytest.raises(NotAllowed, match="从列表里选择"):
        set_visit_quota(by=zhao, township=qingshan, least=5, **said | {"who": "nobody"})
    with pytest.raises(NotAllowed, match="不能早于今天"):
        set_visit_quota(
            by=zhao, township=qingshan, least=5, **said | {"since": DAY - dt.timedelta(days=1)}
        )
