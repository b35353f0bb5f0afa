"""Liaison days on calendars: the year of a team and a village, the month of the township, the year plan."""

import datetime as dt
import io

import openpyxl
import pytest

from cadres.models import LiaisonPlan, LiaisonTeam, Seat
from visits.models import LiaisonSession
from visits.planning import plan_sessions
from visits.year_plan import lines_of

START = dt.date(2026, 1, 1)


@pytest.fixture
def year(plan):
    """石桥村's 2026: every Tuesday, postponed over holidays; one called off, one held."""
    plan_sessions(today=START)
    days = LiaisonSession.objects.filter(plan=plan)
    days.filter(on=dt.date(2026, 3, 3)).update(status="cancelled", reason="防汛")
    days.filter(on=dt.date(2026, 1, 6)).update(status="held")
    return plan


@pytest.fixture
def second(year, li, heping):
    """李's team also sits in 和平村, on the 10th of each month."""
    li.team.villages.add(heping)
    other = LiaisonPlan.objects.create(
        team=li.team, village=heping, place="和平村委会", recurrence="monthly_day", month_days=[10],
        starts_at=dt.time(14), ends_at=dt.time(17), holiday_rule="keep",
        valid_from=START, valid_to=dt.date(2026, 12, 31),
    )  # fmt: skip
    plan_sessions(today=START, plan=other)
    return other


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def village_url(village):
    return f"/sessions/villages/{village.code}/year/?year=2026"


def marks(answer):
    """{day: signs} of a year's sheet."""
    cells = (
        cell
        for _, weeks in answer.context["sheet"].months
        for week in weeks
        for cell in week
        if cell
    )
    return {
        cell.day.on: [*(mark.sign for mark in cell.marks), *("原" for _ in cell.moved_away)]
        for cell in cells
        if cell.marks or cell.moved_away
    }


# --- A year ---------------------------------------------------------------------------------


def test_the_year_of_a_village_marks_every_day_with_its_state(signed_in, li, year, shiqiao):
    answer = signed_in(li).get(village_url(shiqiao))
    found = marks(answer)
    assert found[dt.date(2026, 1, 6)] == ["已"]
    assert found[dt.date(2026, 1, 13)] == ["待"]
    assert found[dt.date(2026, 3, 3)] == ["消"]
    assert found[dt.date(2026, 5, 5)] == ["原"]
    assert found[dt.date(2026, 5, 6)] == ["待移"]
    assert len([on for on, signs in found.items() if signs != ["原"]]) == 51
    page = text(answer)
    assert "全年 50 天" in page
    assert "2026-05-06 石桥村 09:00–11:30 待驻点，原定2026-05-05" in page
    assert "防汛" in page


def test_each_number_leads_to_exactly_those_days(signed_in, li, year, shiqiao):
    client = signed_in(li)
    counts = client.get(village_url(shiqiao)).context["counts"]
    assert {label: number for label, number, _ in counts} == {
        "待驻点": 49, "已驻点": 1, "已取消": 1,
    }  # fmt: skip
    for _, number, query in counts:
        assert client.get(f"/sessions/?{query}").context["page"].total == number


def test_a_team_of_two_villages_numbers_them(signed_in, li, second):
    answer = signed_in(li).get(f"/sessions/teams/{li.team.pk}/year/?year=2026")
    found = marks(answer)
    assert found[dt.date(2026, 3, 10)] == ["①待", "②待"]  # a Tuesday and the 10th
    page = text(answer)
    assert "①石桥村" in page
    assert "②和平村" in page


def test_who_knows_one_village_of_a_team_is_told_what_is_missing(signed_in, wang, li, second):
    page = signed_in(wang).get(f"/sessions/teams/{li.team.pk}/year/?year=2026")
    assert "只列出您联系的村的驻点日" in text(page)
    assert {row for signs in marks(page).values() for row in signs} == {"待"}
    assert set(marks(page)) == {dt.date(2026, month, 10) for month in range(1, 13)}
    assert "只列出您联系的村" not in text(
        signed_in(li).get(f"/sessions/teams/{li.team.pk}/year/?year=2026")
    )


def test_a_supervision_team_has_the_year_of_its_villages(signed_in, sun, qingshan, shiqiao, year):
    group = LiaisonTeam.objects.create(township=qingshan, name="第一督查小组", kind="supervision")
    group.villages.add(shiqiao)
    Seat.objects.create(team=group, post=sun.post)
    found = marks(signed_in(sun).get(f"/sessions/teams/{group.pk}/year/?year=2026"))
    assert len(found) == 51 + 2  # and two days that were moved away


def test_a_year_not_published_says_so(signed_in, li, year, shiqiao):
    for url in (
        f"/sessions/villages/{shiqiao.code}/year/?year=2027",
        "/sessions/month/?month=2027-02",
        "/sessions/year-plan/?year=2027",
        "/sessions/year-plan/?year=2027&layout=pages",
    ):
        assert "2027年工作日历未发布" in text(signed_in(li).get(url))


@pytest.mark.parametrize("url", ["/sessions/villages/{}/year/", "/sessions/teams/{}/year/"])
def test_a_foreign_place_is_a_missing_one(signed_in, qian, li, shiqiao, year, url):
    row = shiqiao.code if "villages" in url else li.team.pk
    assert signed_in(qian).get(url.format(row)).status_code == 404


@pytest.mark.parametrize("asked", ["", "0", "abc", "99999999999999999999", "2003"])
def test_a_nonsense_year_or_month_shows_this_one(signed_in, li, year, shiqiao, asked):
    client = signed_in(li)
    assert (
        "2026年" in client.get(f"/sessions/villages/{shiqiao.code}/year/?year={asked}").context["title"]
    )  # fmt: skip
    for month in (asked, f"{asked}-13", "0001-01"):
        answer = client.get("/sessions/month/", {"month": month})
        assert answer.context["title"] == "2026年11月驻点日"
    assert (
        client.get("/sessions/year-plan/", {"year": asked, "village": asked}).context["year"]
        == 2026
    )


# --- A month --------------------------------------------------------------------------------


def test_the_month_lists_villages_in_administrative_order(signed_in, zhao, second, shiqiao, heping):
    sheet = signed_in(zhao).get("/sessions/month/?month=2026-03").context["sheet"]
    assert [row.village for row in sheet.rows] == [shiqiao, heping]
    assert len(sheet.columns) == 31
    first = {
        n + 1: [m.sign for m in marks] for n, (marks, _) in enumerate(sheet.rows[0].cells) if marks
    }
    assert first == {3: ["消"], 10: ["待"], 17: ["待"], 24: ["待"], 31: ["待"]}
    # Cancelled ones are shown and not counted.
    assert [row.total for row in sheet.rows] == [4, 1]
    assert [number for _, number, _ in sheet.columns][9] == 2
    assert sheet.total == 5


def test_the_numbers_below_lead_to_those_days(signed_in, zhao, second):
    client = signed_in(zhao)
    page = text(client.get("/sessions/month/?month=2026-03"))
    link = "/sessions/?on_from=2026-03-10&amp;on_to=2026-03-10"
    assert f'<a href="{link}">2</a>' in page
    assert client.get(link.replace("&amp;", "&")).context["page"].total == 2


def test_a_cadre_sees_his_own_villages_only(signed_in, wang, year, shiqiao, heping):
    answer = signed_in(wang).get("/sessions/month/?month=2026-03")
    assert [row.village for row in answer.context["sheet"].rows] == [heping]
    assert "石桥村" not in text(answer)


def test_a_full_month_costs_few_queries(signed_in, zhao, second, django_assert_max_num_queries):
    client = signed_in(zhao)
    client.get("/sessions/month/?month=2026-03")
    for url in ("/sessions/month/?month=2026-03", "/sessions/year-plan/?year=2026"):
        with django_assert_max_num_queries(13):
            client.get(url)


# --- The year plan --------------------------------------------------------------------------


def test_the_year_plan_names_every_date_and_marks_the_moved(signed_in, zhao, second):
    answer = signed_in(zhao).get("/sessions/year-plan/?year=2026")
    [shiqiao, heping] = answer.context["lines"]
    assert shiqiao.days()[2] == "10、17、24、31"  # the one called off is not held out
    assert shiqiao.days()[4] == "6*、12、19、26"
    assert (shiqiao.total, heping.total) == (50, 12)
    page = text(answer)
    assert "每周二 09:00–11:30" in page
    assert "因遇节假日由原定日期调整而来" in page


def test_what_is_for_one_household_is_not_on_a_sheet_that_hangs(signed_in, zhao, year, heping):
    hours = {"starts_at": dt.time(14), "ends_at": dt.time(15)}
    facts = {"township": heping.township, "team": year.team, "village": heping} | hours
    for kind, place in (("appointment", "第1组周大山家"), ("reception", "文化广场")):
        on = dt.date(2026, 3, 5)
        LiaisonSession.objects.create(kind=kind, place=place, on=on, **facts)
    page = text(signed_in(zhao).get("/sessions/year-plan/?year=2026"))
    assert "文化广场" in page
    assert "周大山" not in page


def test_a_village_without_days_is_not_left_out(signed_in, zhao, year, heping):
    answer = signed_in(zhao).get("/sessions/year-plan/?year=2026")
    assert [line.village.name for line in answer.context["lines"]] == ["石桥村", "和平村"]
    assert "没有排定驻点日" in text(answer)


def test_each_village_may_have_a_page_of_its_own(signed_in, zhao, second):
    page = text(signed_in(zhao).get("/sessions/year-plan/?year=2026&layout=pages"))
    assert page.count("plan-page-foot") == 2
    assert "石桥村2026年驻点联系群众安排" in page
    assert "6日(周三)*" in page


@pytest.mark.parametrize("asked", ["layout=pages", "village={pk}"])
def test_the_year_before_is_of_the_same_pages(signed_in, zhao, second, shiqiao, asked):
    asked = asked.format(pk=shiqiao.pk)
    page = signed_in(zhao).get(f"/sessions/year-plan/?year=2026&{asked}").content.decode()
    assert f'href="?year=2025&amp;{asked}"' in page
    assert f'href="?year=2027&amp;{asked}"' in page


def test_one_village_alone(signed_in, zhao, second, shiqiao):
    page = text(signed_in(zhao).get(f"/sessions/year-plan/?year=2026&village={shiqiao.pk}"))
    assert page.count("plan-page-foot") == 1
    assert "和平村2026年" not in page


def test_the_plan_of_a_foreign_village_is_not_shown(signed_in, qian, zhao, year, shiqiao):
    page = text(signed_in(qian).get(f"/sessions/year-plan/?year=2026&village={shiqiao.pk}"))
    assert "石桥村" not in page


def test_a_change_of_place_in_the_middle_of_the_year_is_a_second_line(year, shiqiao):
    LiaisonSession.objects.filter(on__gte=dt.date(2026, 7, 1)).update(place="新村部")
    rows = LiaisonSession.objects.exclude(status="cancelled").select_related(
        "village", "team", "plan"
    )
    first, later = lines_of([shiqiao], rows.order_by("on"))
    assert (first.place, later.place) == ("石桥村委会一楼", "新村部")
    assert first.total + later.total == 50
    assert first.days()[6:] == [""] * 6


def test_hours_the_plan_no_longer_has_stand_alone(year, shiqiao):
    year.starts_at = dt.time(8)
    year.save()
    [line] = lines_of([shiqiao], LiaisonSession.objects.select_related("plan").order_by("on"))
    assert line.when() == "09:00–11:30"


def test_it_is_taken_out_as_a_workbook(signed_in, zhao, second):
    answer = signed_in(zhao).get("/sessions/year-plan/?year=2026&format=xlsx")
    content = b"".join(answer) if answer.streaming else answer.content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    line = next(row for row in rows if "石桥村" in row)
    assert "6*、12、19、26" in line
    assert 50 in line


# --- The ways there -------------------------------------------------------------------------


def test_the_pages_of_plans_teams_villages_and_days_lead_there(signed_in, zhao, li, year, shiqiao):
    client = signed_in(zhao)
    for url, links in {
        "/plans/": ["/sessions/year-plan/", "/sessions/month/"],
        "/teams/": [f"/sessions/teams/{li.team.pk}/year/"],
        f"/teams/{li.team.pk}/": [f"/sessions/teams/{li.team.pk}/year/"],
        f"/villages/{shiqiao.code}/": [
            f"/sessions/villages/{shiqiao.code}/year/", f"/sessions/year-plan/?village={shiqiao.pk}",
        ],
        "/sessions/": ["/sessions/month/", "/sessions/year-plan/", "/calendar/feeds/"],
        "/calendar/": ["/sessions/month/", "/calendar/feeds/"],
    }.items():  # fmt: skip
        page = text(client.get(url))
        assert all(f'href="{link}"' in page for link in links), url
