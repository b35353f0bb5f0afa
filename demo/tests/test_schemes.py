"""The five practices, each by its file alone: teams, plans, meetings, and the dates they give.

``scheme_days.csv`` was counted from the chinesecalendar package by a few plain loops, apart from our own rules.
"""

import datetime as dt
from io import StringIO
from itertools import groupby
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cadres.models import LiaisonPlan, LiaisonTeam, LinkPolicy, RotaTurn, Seat, StandingMeeting
from cadres.recurrence import days_of
from cadres.tests.import_files import DIVISIONS
from cadres.tests.tables import rows
from cadres.workcalendar import WorkCalendar
from demo.scheme import KEYS, Scheme
from grievances.models import AlertBand, DeadlinePolicy
from liaison import clock
from villages.models import Township
from visits.models import ContactPolicy, LiaisonSession, VisitQuota, VisitRound

pytestmark = pytest.mark.wide

TABLE = Path(__file__).with_name("scheme_days.csv")
TODAY = dt.date(2026, 11, 21)
YEARS = [
    (*key, [(month, days) for _, _, month, days in lines])
    for key, lines in groupby(rows(TABLE), key=lambda line: (line[0], line[1], line[2][:4]))
]


@pytest.fixture(autouse=True)
def _saturday(monkeypatch):
    """It is Saturday, 21 November 2026, whenever the suite is run."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def loaded(key, **options):
    """What the command said."""
    said = StringIO()
    call_command("load_scheme", key, stdout=said, **options)
    return said.getvalue()


def in_months(days):
    """{"2026-10": "8(10-6) 13 20 27"}, as the table writes it."""
    months = {}
    for day in days:
        moved = f"({day.moved_from.month}-{day.moved_from.day})" if day.moved_from else ""
        months.setdefault(f"{day.on:%Y-%m}", []).append(f"{day.on.day}{moved}")
    return {month: " ".join(each) for month, each in months.items()}


@pytest.mark.parametrize(
    ("key", "item", "year", "months"),
    YEARS,
    ids=[f"{key}-{item}-{year}" for key, item, year, _ in YEARS],
)
def test_a_practice_gives_the_dates_of_the_table(li, zhou, wang, key, item, year, months):
    loaded(key, since=f"{year}-01-01")
    name = item.partition("(")[0]
    row = LiaisonPlan.objects.first() if name == "驻点" else StandingMeeting.objects.get(name=name)
    found = days_of(row, dt.date(int(year), 1, 1), dt.date(int(year), 12, 31), WorkCalendar.load())
    days = [day for day in found if item != "驻点(负责人)" or day.turn == 1]
    assert in_months(days) == {month: text for month, text in months if text}


def test_yingzai_has_a_team_a_village_and_four_supervision_groups(shiqiao, heping):
    said = loaded("yingzai")
    assert "新建团队 2 个" in said
    assert "新建督查小组 4 个" in said
    plans = LiaisonPlan.objects.order_by("village__code")
    assert [plan.in_words() for plan in plans] == ["每周二 09:00–17:30"] * 2
    assert [plan.place for plan in plans] == ["石桥村村委会一楼", "和平村村委会一楼"]
    assert LiaisonSession.objects.filter(village=shiqiao, on=dt.date(2026, 10, 8)).exists()


def test_yingzai_itself_has_its_22_teams(db):
    call_command("import_divisions", str(DIVISIONS), township="440881109000", verbosity=0)
    said = loaded("yingzai", since="2026-01-01")
    assert "新建团队 22 个" in said
    assert "新建督查小组 4 个" in said
    days = LiaisonSession.objects.filter(on__year=2026)
    assert days.values("village").distinct().count() == 22
    assert {row.on for row in days if row.moved_from} == {dt.date(2026, 5, 6), dt.date(2026, 10, 8)}
    assert days.count() == 22 * 51  # 52 Tuesdays, of which 春节's is one with the next


@pytest.mark.parametrize("key", KEYS)
def test_a_practice_loaded_twice_changes_nothing(li, zhou, key):
    loaded(key)
    before = [
        list(model.objects.values())
        for model in (LiaisonPlan, StandingMeeting, LinkPolicy, Seat, RotaTurn, VisitRound)
    ]
    assert "没有改动" in loaded(key)
    after = [
        list(model.objects.values())
        for model in (LiaisonPlan, StandingMeeting, LinkPolicy, Seat, RotaTurn, VisitRound)
    ]
    assert after == before


def test_tangwu_has_two_rounds_a_year_in_which_evenings_and_calls_count(li, qingshan):
    assert "新增遍访轮次 2 个" in loaded("tangwu", since="2026-01-01")
    rounds = VisitRound.objects.filter(township=qingshan).order_by("starts_on")
    assert [row.name for row in rounds] == ["2026年第一轮遍访", "2026年第二轮遍访"]
    assert {"evening", "phone"} <= set(rounds[0].modes) and "reception" not in rounds[0].modes


def test_another_practice_ends_the_plans_that_stood(li, plan):
    said = loaded("luyang", since="2026-11-01")
    assert "结束原有安排 1 条" in said
    plan.refresh_from_db()
    assert plan.valid_to == dt.date(2026, 10, 31)
    new = LiaisonPlan.objects.exclude(pk=plan.pk).get()
    assert (new.team, new.in_words(), new.holiday_rule) == (li.team, "每月10日 14:30–17:00", "keep")


def test_laizhou_receives_by_rota_and_the_heads_on_mondays(li, wang, zhou):
    loaded("laizhou")
    plan = LiaisonPlan.objects.get()
    assert [(turn, post.title, weekday) for turn, post, weekday in plan.rota_turns()] == [
        (1, "党委书记", 0), (2, "党委委员", None), (3, "副镇长", None),
    ]  # fmt: skip
    assert LinkPolicy.objects.get().in_words() == "10–10户"


def test_a_rota_without_leaders_is_left_out_and_said(shiqiao):
    assert "还没有领导岗位" in loaded("laizhou")
    assert not LiaisonPlan.objects.exists()


def test_tangwu_has_no_fixed_day(shiqiao):
    loaded("tangwu")
    assert not LiaisonPlan.objects.exists()
    assert not LiaisonTeam.objects.exists()


def test_the_township_must_be_told_when_there_are_two(shiqiao, foreign_village):
    with pytest.raises(CommandError, match="--township"):
        loaded("yingzai")
    loaded("yingzai", township="990001101")
    assert {plan.village for plan in LiaisonPlan.objects.all()} == {foreign_village}
    assert Township.objects.count() == 2


@pytest.mark.parametrize("key", KEYS)
def test_every_file_is_read_to_the_end(key):
    scheme = Scheme.read(key)
    assert scheme.name
    assert scheme.plans or key == "tangwu"


QUOTAS = {
    "luyang": ["每月至少50户(所驻村的户)", "每月至少3户(联系户中的重点户)"],
    "laizhou": ["每月逐户走访(联系户)"],
    "dayao": ["每周逐户走访(联系户)"],
    "tangwu": [],
    "yingzai": [],
}


@pytest.mark.parametrize("key", KEYS)
def test_a_practice_brings_its_intervals_and_quotas(li, zhou, qingshan, key):
    loaded(key, since="2026-01-01")
    quotas = VisitQuota.objects.filter(township=qingshan).order_by("pk")
    assert [row.in_words() for row in quotas] == QUOTAS[key]
    own = ContactPolicy.objects.filter(township=qingshan)
    assert [f"{row}" for row in own.order_by("pk")] == {
        "luyang": ["老党员 30天一次"], "tangwu": ["一般户 180天一次", "外出务工 90天一次"],
    }.get(key, [])  # fmt: skip
    assert "没有改动" in loaded(key, since="2026-01-01")


def test_a_practice_brings_its_time_limits_and_levels_and_leaves_what_was_set(shiqiao, li, wang):
    said = loaded("laizhou")
    assert "新增办理时限 1 条，新增预警标准 6 条" in said
    bands = AlertBand.objects.bands_of(shiqiao.township_id)
    assert "blue" not in {band.level for band in bands}
    own = DeadlinePolicy.objects.filter(township=shiqiao.township)
    assert (own.get().name, own.get().kind, own.get().approver) == ("村情纠纷", "dispute", "leader")
    own.update(amount=9)
    assert "办理时限" not in loaded("laizhou")
    assert own.get().amount == 9


@pytest.mark.parametrize("key", KEYS)
def test_a_practice_has_a_time_limit_of_its_own(qingshan, shiqiao, key):
    loaded(key)
    own = DeadlinePolicy.objects.filter(township=qingshan)
    assert own.count() == len(Scheme.read(key).limits) >= 1
    assert all(row.basis for row in own)
