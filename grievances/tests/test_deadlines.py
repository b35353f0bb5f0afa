"""Deadlines against a table a clerk can read and correct."""

import csv
import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from cadres.models import CalendarDay
from cadres.workcalendar import WorkCalendar
from grievances import actions
from grievances.deadlines import (
    Due,
    as_it_went,
    deadline,
    extended,
    moment_of,
    policy_for,
    remaining,
    resumed,
)
from grievances.models import Category, DeadlinePolicy, Grievance, Source
from grievances.redating import preview

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def table(name="deadlines.csv"):
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def calendar(db):
    return WorkCalendar.load()


def rule(row):
    return SimpleNamespace(amount=int(row["时限"]), unit=row["单位"], start=row["起算"])


@pytest.mark.parametrize(
    "row", table(), ids=lambda row: f"{row['登记时刻']}+{row['时限']}{row['单位']}{row['起算']}"
)
def test_due_days_match_the_table(row, calendar):
    due = deadline(rule(row), local(row["登记时刻"]), calendar)
    assert str(due.due_on or "未发布") == row["应办结日"]


EXTENDED = [row for row in table() if row["延长"] and not row["日历改动"]]
EDITED = [row for row in table() if row["日历改动"]]


@pytest.mark.parametrize(
    "row", EXTENDED, ids=lambda row: f"{row['应办结日']}+{row['延长']}{row['单位']}"
)
def test_more_time_counts_in_the_unit_of_the_limit(row, calendar):
    due = deadline(rule(row), local(row["登记时刻"]), calendar)
    more = extended(due.due_at, int(row["延长"]), row["单位"], calendar)
    assert str(more.due_on or "未发布") == row["延至"]
    if row["延至"] == "未发布":
        assert "工作日历未发布" in more.why_unknown


@pytest.mark.parametrize("row", EDITED, ids=lambda row: f"{row['登记时刻']}{row['日历改动']}")
def test_a_calendar_edited_afterwards_moves_nothing_until_it_is_confirmed(
    row, li, zhao, chen, facts
):
    at = local(row["登记时刻"])
    DeadlinePolicy.objects.create(
        township=li.township, name="本镇", category=facts["category"], extend_by=30,
        amount=row["时限"], unit=row["单位"], start=row["起算"],
    )  # fmt: skip
    matter = actions.register(by=li, on=at.date(), now=at, **facts)
    common = {"on": at.date(), "now": at, "version": None}
    if row["延长"]:
        asked = actions.ask_extension(
            grievance=matter, by=li, amount=int(row["延长"]), reason="等材料", **common
        )
        actions.decide_extension(extension=asked, by=zhao, approve=True, **common)
    stands = row["延至"] or row["应办结日"]
    day, kind = row["日历改动"][:10], {"放假": "holiday", "上班": "workday"}[row["日历改动"][10:]]
    CalendarDay.objects.create(township=li.township, on=day, kind=kind, name="本地")

    matter.refresh_from_db()
    assert str(matter.due_on) == stands
    found = preview(Grievance.objects.all())
    would = [(str(each.due.due_on), each.why) for each in found.moves]
    assert would == ([(row["重算后"], "工作日历有改动")] if row["重算后"] != stands else [])

    assert actions.redate(by=zhao, now=at, seen=found.fingerprint) == len(would)
    matter.refresh_from_db()
    assert str(matter.due_on) == row["重算后"]
    if would:
        assert f"应办结日由{stands}改为{row['重算后']}" in matter.steps.last().words


def test_days_run_to_the_last_moment_of_the_local_day(calendar):
    policy = SimpleNamespace(amount=1, unit="workday", start="next_day")
    due = deadline(policy, local("2025-09-30 09:00"), calendar)
    assert due.due_at.astimezone(SHANGHAI) == local("2025-10-09 23:59:59.999999")
    assert due.due_at.utcoffset() == dt.timedelta(0)


def test_hours_run_from_the_moment(calendar):
    policy = SimpleNamespace(amount=24, unit="hour", start="next_day")
    assert deadline(policy, local("2025-09-30 17:59"), calendar).due_at == local("2025-10-01 17:59")


def test_an_unpublished_year_is_said_and_not_guessed(calendar):
    policy = SimpleNamespace(amount=15, unit="workday", start="next_day")
    due = deadline(policy, local("2026-12-11 09:00"), calendar)
    assert (due.due_at, due.due_on) == (None, None)
    assert "2027年工作日历未发布" in due.why_unknown


def test_a_day_typed_later_stands_for_its_end():
    now = local("2026-11-21 10:00")
    assert moment_of(dt.date(2026, 11, 21), now) == now
    assert moment_of(dt.date(2026, 11, 20), now) == local("2026-11-20 23:59:59.999999")


@pytest.mark.parametrize("row", table("resumed.csv"), ids=lambda row: row["说明"])
def test_what_was_left_is_left_again_after_a_rest(row, calendar):
    due_at = local(row["应办结"])
    due = Due(due_at, due_at.date())
    moved = resumed(due, row["单位"], local(row["挂起"]), local(row["解挂"]), calendar)
    assert str(moved.due_on or "未发布") == row["应为"]


def test_two_rests_one_after_the_other(calendar):
    """5 working days left on a Friday; one is used between the rests; 4 are left after the second."""
    policy = SimpleNamespace(amount=10, unit="workday", start="next_day")
    due = deadline(policy, local("2026-11-06 09:00"), calendar)
    assert due.due_on == dt.date(2026, 11, 20)
    rests = [
        (local("2026-11-13 10:00"), local("2026-11-16 09:00")),
        (local("2026-11-17 10:00"), local("2026-11-24 09:00")),
    ]
    start = local("2026-11-06 09:00")
    assert as_it_went(policy, start, (), rests[:1], calendar).due_on == dt.date(2026, 11, 23)
    assert as_it_went(policy, start, (), rests, calendar).due_on == dt.date(2026, 11, 30)


def test_hours_rest_to_the_minute_and_an_unknown_date_stays_unknown(calendar):
    rest = (local("2026-11-20 10:00"), local("2026-11-23 15:30"))
    due = Due(local("2026-11-21 08:15"), dt.date(2026, 11, 21))
    assert resumed(due, "hour", *rest, calendar).due_at == local("2026-11-24 13:45")
    assert resumed(Due(None, None), "hour", *rest, calendar) == Due(None, None)


@pytest.mark.parametrize(
    ("unit", "due", "said"),
    [
        ("workday", "2025-10-09 23:59", "还剩3个工作日"),
        ("calendar_day", "2025-10-09 23:59", "还剩13个自然日"),
        ("workday", "2025-09-26 23:59", "今日到期"),
        ("hour", "2025-09-27 17:00", "还剩23小时"),
        ("hour", "2025-09-26 18:10", "还剩不足1小时"),
        ("hour", "2025-09-26 16:00", "已超期2小时"),
        ("workday", "2025-09-24 23:59", "已超期2天"),
    ],
)
def test_what_is_left_is_told_in_the_unit_of_the_deadline(unit, due, said):
    calendar = WorkCalendar(
        [2025],
        {
            dt.date(2025, 9, 28): True,
            dt.date(2025, 9, 29): False,
            **{dt.date(2025, 10, day): False for day in range(1, 9)},
        },
    )
    matter = SimpleNamespace(
        due_at=local(due),
        due_on=local(due).date(),
        due_unit=unit,
        is_open=True,
        is_suspended=False,
    )
    assert remaining(matter, local("2025-09-26 17:59"), calendar) == said


def test_a_settled_matter_has_nothing_left_to_run():
    matter = SimpleNamespace(due_at=local("2025-10-09 23:59"), is_open=False)
    assert remaining(matter, local("2025-09-26 17:59"), None) == ""


class TestPolicyFor:
    """The most exact active row wins."""

    def chosen(self, township, category="其他", source="驻点日接待", urgent=False, kind=""):
        found = policy_for(
            township_id=township.pk,
            category_id=Category.objects.get(name=category).pk,
            source_id=Source.objects.get(name=source).pk,
            is_urgent=urgent,
            kind=kind,
        )
        return found and found.name

    def test_a_kind_stands_between_category_and_source(self, qingshan):
        self.row("热线投诉", kind="complaint", source=Source.objects.get(name="12345"))
        self.row("本镇投诉", kind="complaint", township=qingshan)
        assert self.chosen(qingshan, kind="complaint") == "本镇投诉"
        assert self.chosen(qingshan, kind="complaint", source="12345") == "热线投诉"
        assert self.chosen(qingshan, kind="help", source="12345") == "12345热线工单"
        assert self.chosen(qingshan, kind="complaint", category="信访涉法") == "信访事项"

    def row(self, name, **facts):
        return DeadlinePolicy.objects.create(name=name, amount=5, unit="workday", **facts)

    def test_the_seeded_rows(self, qingshan):
        assert self.chosen(qingshan) == "一般事项"
        assert self.chosen(qingshan, urgent=True) == "加急事项"
        assert self.chosen(qingshan, category="信访涉法") == "信访事项"
        assert self.chosen(qingshan, source="12345") == "12345热线工单"
        assert self.chosen(qingshan, category="政策咨询", source="12345") == "政策咨询"

    def test_own_township_goes_before_general(self, qingshan, elsewhere):
        self.row("青山镇一般", township=qingshan)
        assert self.chosen(qingshan) == "青山镇一般"
        assert self.chosen(elsewhere) == "一般事项"

    def test_an_own_ordinary_row_pushes_no_exact_row_aside(self, qingshan):
        self.row("青山镇一般", township=qingshan)
        assert self.chosen(qingshan, category="信访涉法") == "信访事项"
        assert self.chosen(qingshan, urgent=True) == "加急事项"

    def test_a_row_for_urgent_matters_fits_no_other(self, qingshan):
        self.row("青山镇加急", township=qingshan, urgent=True)
        assert self.chosen(qingshan) == "一般事项"
        assert self.chosen(qingshan, urgent=True) == "青山镇加急"

    def test_a_row_switched_off_is_not_used(self, qingshan):
        DeadlinePolicy.objects.filter(name="加急事项").update(is_active=False)
        assert self.chosen(qingshan, urgent=True) == "一般事项"

    def test_no_row_at_all(self, qingshan):
        DeadlinePolicy.objects.update(is_active=False)
        assert self.chosen(qingshan) is None
