"""/plans/grid/: a year for all villages, shown and looked at before anything is saved."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.models import LiaisonPlan, LiaisonTeam

from .grid_pages import (
    URL,
    before_the_year,
    fields,
    held,
    office,
    press,
    row_of,
    save,
    table,
    typed,
    words,
)

__all__ = ["before_the_year", "office", "table"]  # fixtures, asked for by name
pytestmark = pytest.mark.usefixtures("before_the_year")


# --- Shown ----------------------------------------------------------------------------------


def test_an_empty_year_has_a_row_a_village_with_what_is_usual(table, shiqiao, heping, li):
    assert (row_of(table, shiqiao), row_of(table, heping)) == (0, 1)
    row = {name[4:]: text for name, text in table.items() if name.startswith("r-0-")}
    assert row == {
        "village": str(shiqiao.pk), "team": str(li.team.pk), "rhythm": "",
        "starts_at": "09:00", "ends_at": "11:30", "place": "石桥村村委会一楼",
        "holiday_rule": "next", "valid_from": "2026-01-01", "valid_to": "2026-12-31",
    }  # fmt: skip


def test_the_plans_of_the_year_stand_in_it_and_those_of_others_do_not(office, plan, shiqiao):
    table = fields(office.get(f"{URL}?year=2026"))
    assert table["r-0-rhythm"] == "每周二"
    assert (table["r-0-plan"], table["r-0-version"]) == (str(plan.pk), "1")
    assert fields(office.get(f"{URL}?year=2027"))["r-0-rhythm"] == ""


def test_a_year_of_nonsense_is_this_year(office):
    assert "2025年全年安排表" in words(office.get(f"{URL}?year=99999"))


def test_the_list_of_plans_leads_there_first(office, signed_in, li):
    assert f'href="{URL}"' in words(office.get("/plans/"))
    client = signed_in(li)
    assert f'href="{URL}"' not in words(client.get("/plans/"))
    assert client.get(URL).status_code == 403


def test_another_townships_villages_are_not_in_it(signed_in, qian, plan, foreign_village, li):
    client = signed_in(qian)
    table = fields(client.get(f"{URL}?year=2026"))
    assert row_of(table, foreign_village) == 0
    assert "石桥村" not in str(table)
    # Nor can they be written into it
    forged = table | {"r-0-village": str(plan.village_id), "r-0-plan": str(plan.pk)}
    press(client, forged | {"r-0-rhythm": "每周五", "r-0-team": str(li.team.pk)}, "save")
    plan.refresh_from_db()
    assert plan.weekdays == [1]
    assert LiaisonPlan.objects.count() == 1


# --- Looked at ------------------------------------------------------------------------------


def test_looking_shows_every_day_a_holiday_meets_and_stores_nothing(office, table, shiqiao, heping):
    table = typed(table, shiqiao, rhythm="每周二上午9:00-11:30，遇节假日顺延")
    table = typed(table, heping, rhythm="每月10日", holiday_rule="next")
    answer = press(office, table)
    text = words(answer)
    assert answer.status_code == 200
    assert "还没有保存。将新增 2 条" in text
    assert "2月17日(周二，春节)→2月24日(周二)，与当天的并作一次" in text
    assert "10月6日(周二，国庆节)→10月8日(周四)" in text
    assert "1月10日(周六)→1月12日(周一)" in text
    assert "10月10日(周六)→" not in text  # a make-up Saturday is a working day
    assert not LiaisonPlan.objects.exists()


def test_what_is_said_in_words_goes_to_its_own_cells(office, table, shiqiao):
    table = typed(table, shiqiao, rhythm="每月10日下午2:30-5:00，遇节假日照常", valid_to="长期")
    looked = fields(press(office, table))
    assert looked["r-0-rhythm"] == "每月10日"
    assert (looked["r-0-starts_at"], looked["r-0-ends_at"]) == ("14:30", "17:00")
    assert looked["r-0-holiday_rule"] == "keep"
    assert looked["r-0-valid_to"] == ""


def test_making_up_is_said_in_words_too_and_another_weekday_on_the_plan_s_own_page(
    office, table, shiqiao, heping
):
    table = typed(table, shiqiao, rhythm="每周二，遇节假日周六补驻")
    looked = fields(press(office, table))
    assert (looked["r-0-rhythm"], looked["r-0-holiday_rule"]) == ("每周二", "make_up")
    answer = press(office, typed(table, heping, rhythm="每周二，遇节假日周日补驻"))
    assert answer.status_code == 422
    assert "补驻在表里按周六" in words(answer)


def test_a_half_day_without_hours_is_the_offices(office, table, shiqiao, heping):
    table = typed(table, shiqiao, rhythm="每周二下午")
    table = typed(table, heping, rhythm="每周二下午", starts_at="13点半", ends_at="16:00")
    looked = fields(press(office, table))
    assert (looked["r-0-starts_at"], looked["r-0-ends_at"]) == ("14:30", "17:00")
    assert (looked["r-1-starts_at"], looked["r-1-ends_at"]) == ("13:30", "16:00")


def test_what_there_is_to_look_at_is_said_once(office, table, shiqiao, heping, li, wang):
    wang.team.seats.create(post=li.post, kind="member")
    table = typed(table, shiqiao, rhythm="每周二")
    text = words(press(office, typed(table, heping, rhythm="每周二")))
    assert text.count("李明在2026-01-06要同时到") == 1


def test_an_unpublished_year_says_so_and_is_saved_all_the_same(office, shiqiao):
    page = office.get(f"{URL}?year=2027")
    assert "2027年工作日历未发布" in words(page)
    assert "工作日历未发布" not in words(office.get(f"{URL}?year=2026"))
    answer = save(office, typed(fields(page), shiqiao, rhythm="每周二"))
    assert answer.status_code == 302
    assert shiqiao.plans.get().valid_from == dt.date(2027, 1, 1)
    assert held(shiqiao) == []


# --- Quick for a big township ---------------------------------------------------------------


def test_forty_villages_ask_hardly_more_than_two(office, qingshan, table, shiqiao, heping):
    def asked(do):
        with CaptureQueriesContext(connection) as queries:
            answer = do()
        return len(queries), answer

    few, _ = asked(lambda: office.get(f"{URL}?year=2026"))
    filled = typed(typed(table, shiqiao, rhythm="每周二"), heping, rhythm="每周二")
    few_looked, _ = asked(lambda: press(office, filled))
    for number in range(38):
        village = qingshan.villages.create(
            code=f"{qingshan.code[:9]}{300 + number}", name=f"第{number}村", office="一楼"
        )
        team = LiaisonTeam.objects.create(township=qingshan, name=f"{village}驻点团队")
        team.villages.add(village)
    many, page = asked(lambda: office.get(f"{URL}?year=2026"))
    table = fields(page)
    table |= {name: "每周二" for name in table if name.endswith("-rhythm")}
    many_looked, looked = asked(lambda: press(office, table))
    assert many <= few + 2
    assert many_looked <= few_looked + 2
    many_saved, saved = asked(lambda: press(office, fields(looked), "save"))
    assert saved.status_code == 302
    assert many_saved < 160  # of which the days of each plan ask twice or thrice
    assert LiaisonPlan.objects.count() == 40
