"""/plans/: the clerk fixes a team to a village and a time; the days are shown before and there after."""

import datetime as dt
import uuid
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cadres.models import LiaisonPlan, LiaisonTeam
from liaison import clock

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _saturday(monkeypatch):
    """It is Saturday, 21 November 2026."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def filled(li, shiqiao):
    """The form as the clerk fills it: every Tuesday 9:00-11:30 at the village office."""
    return {
        "form_key": str(uuid.uuid4()),
        "team": li.team.pk,
        "village": shiqiao.pk,
        "place": "",
        "rhythm": "每周二",
        "starts_at": "09:00",
        "ends_at": "11:30",
        "holiday_rule": "next",
        "valid_from": "2026-11-21",
        "valid_to": "",
    }


def test_the_clerk_makes_a_plan_and_its_days_stand_on_the_calendar(signed_in, zhao, filled):
    client = signed_in(zhao)
    answer = client.post("/plans/new/", filled, follow=True)
    assert answer.redirect_chain[0][1] == 302
    assert "每周二 09:00–11:30" in answer.content.decode()
    assert "2026-11-24" in answer.content.decode()
    year = client.get("/calendar/?year=2026").content.decode()
    assert 'href="/sessions/?on_from=2026-11-24&amp;on_to=2026-11-24"' in year
    assert 'href="/sessions/?on_from=2026-11-23' not in year


def test_a_double_tap_makes_one_plan(signed_in, zhao, filled):
    client = signed_in(zhao)
    first, second = (client.post("/plans/new/", filled) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert LiaisonPlan.objects.count() == 1


def test_one_form_with_other_content_is_shown_beside_the_first(signed_in, zhao, filled):
    client = signed_in(zhao)
    client.post("/plans/new/", filled)
    assert client.post("/plans/new/", filled | {"rhythm": "每周四"}).status_code == 409
    assert LiaisonPlan.objects.count() == 1


def test_the_days_are_shown_before_anything_is_saved(signed_in, zhao, filled):
    client = signed_in(zhao)
    for answer in (
        client.post("/plans/new/", filled | {"preview": "1"}),
        client.post("/plans/preview/", filled),
    ):
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "2026-11-24(周二)" in text
        assert "2027年工作日历未发布" in text
    assert not LiaisonPlan.objects.exists()


def test_a_preview_of_half_a_form_waits(signed_in, zhao):
    answer = signed_in(zhao).post("/plans/preview/", {"team": "x", "starts_at": ""})
    assert answer.status_code == 200
    assert "选好村、周期和时间后" in answer.content.decode()


def test_past_days_of_a_plan_entered_late_are_announced(signed_in, zhao, filled):
    late = filled | {"valid_from": "2026-11-01", "preview": "1"}
    assert "已过 3 天" in signed_in(zhao).post("/plans/new/", late).content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rhythm": ""}, "请填写驻点时间"),
        ({"rhythm": "上午9:00-11:30"}, "没有写是星期几或几日"),
        ({"rhythm": "每月32日"}, "没有这一天"),
        ({"rhythm": "面议"}, "没有看懂“面议”"),
        ({"rhythm": "每季度第一周"}, "这种周期系统里没有"),
        ({"rhythm": "每周二25:00-26:00"}, "不是钟点"),
        ({"ends_at": "09:00"}, "结束时间应晚于开始时间"),
        ({"valid_to": "2026-11-20"}, "截止日期不能早于生效日期"),
        ({"valid_from": "0001-01-01"}, "年份应在2004至2100之间"),
        ({"valid_from": "9999-12-31"}, "年份应在2004至2100之间"),
        ({"village": "9" * 20}, "请从列表中选择村(社区)"),
        ({"team": ""}, "请选择团队"),
        ({"form_key": "no"}, "页面已过期"),
    ],
)
def test_a_wrong_field_is_refused_beside_it_and_nothing_is_stored(
    signed_in, zhao, filled, wrong, sentence
):
    answer = signed_in(zhao).post("/plans/new/", filled | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not LiaisonPlan.objects.exists()


def test_hours_and_holidays_may_stand_in_the_words(signed_in, zhao, filled):
    filled |= {"rhythm": "每月10日下午2:30-5:00，遇节假日照常", "starts_at": "", "ends_at": ""}
    signed_in(zhao).post("/plans/new/", filled)
    plan = LiaisonPlan.objects.get()
    assert plan.in_words() == "每月10日 14:30–17:00"
    assert plan.holiday_rule == "keep"


def test_the_weekday_for_making_up_may_stand_in_the_words(signed_in, zhao, filled):
    words = "每周二上午9:00-11:30，遇节假日周日补驻"
    signed_in(zhao).post("/plans/new/", filled | {"rhythm": words, "make_up_weekday": "5"})
    plan = LiaisonPlan.objects.get()
    assert (plan.holiday_rule, plan.make_up_weekday) == ("make_up", 6)
    assert "周日补驻" in signed_in(zhao).get("/plans/").content.decode()


def test_a_half_day_in_the_words_is_the_offices_half_day(signed_in, zhao, filled):
    """庐阳: the 10th, afternoon; the hours that stood in the boxes were the morning's."""
    signed_in(zhao).post("/plans/new/", filled | {"rhythm": "每月10日下午"})
    assert LiaisonPlan.objects.get().in_words() == "每月10日 14:30–17:00"


def test_a_village_the_team_does_not_look_after_is_refused(signed_in, zhao, filled, heping):
    answer = signed_in(zhao).post("/plans/new/", filled | {"village": heping.pk})
    assert answer.status_code == 422
    assert "不联系和平村" in answer.content.decode()


def test_teams_and_villages_of_another_township_cannot_be_chosen(
    signed_in, qian, zhao, filled, foreign_village, elsewhere
):
    foreign = LiaisonTeam.objects.create(township=elsewhere, name="柳林村驻点团队")
    foreign.villages.add(foreign_village)
    client = signed_in(zhao)
    assert client.post("/plans/new/", filled | {"team": foreign.pk}).status_code == 422
    assert client.post("/plans/new/", filled | {"village": foreign_village.pk}).status_code == 422
    assert not LiaisonPlan.objects.exists()


def test_teams_are_offered_in_the_order_of_their_villages(signed_in, zhao, li, heping, plan):
    first = LiaisonTeam.objects.get(pk=li.team.pk)
    none, second = (
        LiaisonTeam.objects.create(township=heping.township, name=name) for name in ("一队", "二队")
    )
    second.villages.add(heping)
    order = [first.pk, second.pk, none.pk]  # 石桥村, 和平村, and none yet
    client = signed_in(zhao)
    LiaisonTeam.objects.filter(pk=first.pk).update(is_active=False)
    for path, form, among in (
        ("/plans/new/", "form", order[1:]),
        (f"/plans/{plan.pk}/", "form", order),
        ("/plans/", "filter", order),
        ("/sessions/", "filter", order),
    ):
        found = client.get(path).context[form]
        field = getattr(found, "form", found).fields["team"]
        assert [team.pk for team in field.queryset] == among, path


# --- Changing ------------------------------------------------------------------------------


def test_a_stale_change_shows_the_other_persons(signed_in, zhao, filled):
    client = signed_in(zhao)
    client.post("/plans/new/", filled)
    plan = LiaisonPlan.objects.get()
    change = filled | {"version": plan.version, "rhythm": "每周三"}
    assert client.post(f"/plans/{plan.pk}/", change).status_code == 302
    late = client.post(f"/plans/{plan.pk}/", change | {"rhythm": "每周五"})
    assert late.status_code == 409
    assert "周三" in late.content.decode()
    plan.refresh_from_db()
    assert plan.weekdays == [2]


def test_the_form_of_a_plan_holds_what_stands_and_its_next_days(signed_in, zhao, plan):
    text = signed_in(zhao).get(f"/plans/{plan.pk}/").content.decode()
    assert "石桥村委会一楼" in text
    assert "2026-11-24(周二)" in text


def test_a_plan_of_another_township_is_not_found(signed_in, qian, plan):
    client = signed_in(qian)
    assert client.get(f"/plans/{plan.pk}/").status_code == 404
    assert client.post(f"/plans/{plan.pk}/", {}).status_code == 404
    assert "石桥村" not in client.get("/plans/").content.decode()


def test_a_cadre_reads_the_plans_and_changes_none(signed_in, li, plan):
    client = signed_in(li)
    text = client.get("/plans/").content.decode()
    assert "每周二 09:00–11:30" in text
    assert "新增安排" not in text
    for path in ("/plans/new/", f"/plans/{plan.pk}/"):
        assert client.get(path).status_code == 403


def test_the_sheet_holds_the_rows_of_the_list(signed_in, zhao, plan):
    answer = signed_in(zhao).get("/plans/?format=xlsx")
    book = load_workbook(BytesIO(answer.getvalue()))
    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert "每周二 09:00–11:30" in cells
    assert "石桥村委会一楼" in cells


def test_a_longer_list_costs_no_more_queries(signed_in, zhao, plan):
    client = signed_in(zhao)
    client.get("/plans/")
    with CaptureQueriesContext(connection) as one:
        client.get("/plans/")
    for weekday in (2, 3, 4):
        plan.pk, plan.weekdays, plan._state.adding = None, [weekday], True
        plan.save()
    with CaptureQueriesContext(connection) as four:
        client.get("/plans/")
    assert len(four) == len(one) <= 14  # one asks for next year's calendar, one for late reminders
