"""全年安排表 filled in from the year before and from Excel; everything is shown before it is saved."""

import datetime as dt

import pytest

from cadres.models import LiaisonPlan, LiaisonTeam, RotaTurn, Seat
from liaison import clock

from .grid_pages import URL, fields, office, press, row_of, save, typed

__all__ = ["office"]  # a fixture, asked for by name
TODAY = dt.date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _november(monkeypatch):
    """It is 21 November 2026: the table of 2027 is made, whose calendar is not published."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def table(client, year=2027):
    """The table of a year."""
    return fields(client.get(f"{URL}?year={year}"))


def words(answer):
    return answer.content.decode()


def another(plan, **more):
    """One more stored plan like a given one."""
    facts = {f.attname: getattr(plan, f.attname) for f in plan._meta.fields if f.name != "id"}
    return LiaisonPlan.objects.create(**facts | more)


# --- 照去年 ----------------------------------------------------------------------------------


def test_last_years_plans_are_proposed_and_saved_after_a_look(office, plan, shiqiao):
    LiaisonPlan.objects.filter(pk=plan.pk).update(notice_days=5, holiday_rule="skip")
    answer = press(office, table(office), "copy")
    assert "已照2026年填入 1 行" in words(answer)
    filled = fields(answer)
    assert filled["r-0-rhythm"] == "每周二"
    assert (filled["r-0-valid_from"], filled["r-0-valid_to"]) == ("2027-01-01", "2027-12-31")
    assert shiqiao.plans.count() == 1  # nothing is stored yet
    assert save(office, filled).status_code == 302
    new = shiqiao.plans.get(valid_from="2027-01-01")
    assert (new.notice_days, new.holiday_rule) == (5, "skip")


def test_what_was_typed_stays_and_a_second_press_adds_nothing(office, plan, heping):
    typed_in = typed(table(office), heping, rhythm="每周五")
    once = fields(press(office, typed_in, "copy"))
    twice = press(office, once, "copy")
    assert "没有可以带过来的安排" in words(twice)
    again = fields(twice)
    assert (again["r-0-rhythm"], again["r-1-rhythm"]) == ("每周二", "每周五")
    assert "r-2-village" not in again


def test_single_dates_and_what_had_ended_are_left_out_and_said(office, plan):
    another(plan, recurrence="days", weekdays=[], days=["2026-03-05"])
    another(plan, weekdays=[4], valid_to=dt.date(2026, 6, 30))
    text = words(press(office, table(office), "copy"))
    assert "石桥村“指定2026年3月5日”是指定的日期，没有带过来" in text
    assert "石桥村“每周五”2026-06-30已截止，没有带过来" in text


def test_a_team_that_left_the_village_is_not_carried_over(office, plan, li):
    LiaisonTeam.objects.filter(pk=li.team.pk).update(is_active=False)
    assert "已不联系这个村，没有带过来" in words(press(office, table(office), "copy"))


def test_a_plan_without_an_end_runs_on_by_itself(office, plan, shiqiao):
    LiaisonPlan.objects.filter(pk=plan.pk).update(valid_to=None)
    filled = table(office)
    assert filled["r-0-plan"] == str(plan.pk)
    assert "没有可以带过来的安排" in words(press(office, filled, "copy"))


def test_every_two_weeks_goes_on_in_its_weeks(office, plan):
    LiaisonPlan.objects.filter(pk=plan.pk).update(recurrence="fortnightly")
    filled = fields(press(office, table(office), "copy"))
    assert filled["r-0-rhythm"] == "每两周的周二(自2026年1月1日那周起)"


def test_a_rota_keeps_its_turns_as_far_as_they_are_seated(office, plan, li, wang, shiqiao):
    LiaisonPlan.objects.filter(pk=plan.pk).update(recurrence="rota", weekdays=[])
    for turn, user in enumerate((wang, li), start=1):
        RotaTurn.objects.create(plan=plan, post=user.post, turn=turn)
    save(office, fields(press(office, table(office), "copy")))
    new = shiqiao.plans.get(valid_from="2027-01-01")
    assert [turn.post for turn in new.turns.all()] == [li.post]  # 王 never sat in this team


def test_a_rota_that_is_changed_in_the_table_keeps_its_turns(office, plan, li, wang, shiqiao):
    Seat.objects.create(team=li.team, post=wang.post)
    LiaisonPlan.objects.filter(pk=plan.pk).update(recurrence="rota", weekdays=[])
    for turn, user in enumerate((wang, li), start=1):
        RotaTurn.objects.create(plan=plan, post=user.post, turn=turn)
    save(office, typed(table(office, 2026), shiqiao, starts_at="8:30"))
    plan.refresh_from_db()
    assert plan.starts_at == dt.time(8, 30)
    assert [turn.post for turn in plan.turns.all()] == [wang.post, li.post]
    save(office, typed(table(office, 2026), shiqiao, rhythm="每周二"))
    assert not plan.turns.exists()


# --- From Excel, without scripts ------------------------------------------------------------


def paste(client, block, data=None):
    """Send a block of cells through the box."""
    return press(client, (data or table(client)) | {"block": block}, "paste")


def test_a_block_with_heads_is_read_by_the_importers_words(office, shiqiao, heping):
    block = (
        "联系时间：每周三上午9:00-11:30\t\t\r\n"
        "序号\t驻点村\t联系地点\t遇节假日处理\r\n"
        "1\t和平村委会\t老祠堂\t照常驻点\r\n"
        "2\t青山镇石桥\t\t\r\n"
    )
    answer = paste(office, block)
    assert "已填入 2 行" in words(answer)
    filled = fields(answer)
    assert (filled["r-0-rhythm"], filled["r-1-rhythm"]) == ("每周三", "每周三")
    assert (filled["r-0-place"], filled["r-1-place"]) == ("石桥村村委会一楼", "老祠堂")
    assert (filled["r-0-holiday_rule"], filled["r-1-holiday_rule"]) == ("next", "keep")
    assert not LiaisonPlan.objects.exists()
    assert save(office, filled).status_code == 302
    assert heping.plans.get().place == "老祠堂"


def test_a_block_without_heads_is_told_by_what_stands_in_it(office, shiqiao, heping):
    block = (
        "1\t石桥村\t石桥村驻点团队\t每周二\t8:30\t11:00\t2027/3/1\t2027-6-30\t党群服务中心\n"
        '2\t和平村\t\t"每月10日\n下午2:30-5:00"\t\t\t\t\t\n'
    )
    filled = fields(paste(office, block))
    shall = {"rhythm": "每周二", "starts_at": "08:30", "ends_at": "11:00", "place": "党群服务中心"}
    shall |= {"valid_from": "2027-03-01", "valid_to": "2027-06-30"}
    assert {name: filled[f"r-0-{name}"] for name in shall} == shall
    assert filled["r-1-rhythm"] == "每月10日"
    assert (filled["r-1-starts_at"], filled["r-1-valid_to"]) == ("14:30", "2027-12-31")


def test_the_platforms_own_list_may_be_pasted_back(office, plan, shiqiao):
    another(plan, weekdays=[4], starts_at=dt.time(14), ends_at=dt.time(16))
    block = (
        "村(社区)\t团队\t时间\t地点\t遇节假日\t生效日期\t截止日期\n"
        "石桥村\t石桥村驻点团队\t每周二 09:00–11:30\t石桥村委会一楼\t周日补驻\t2027-01-01\t2027-12-31\n"
        "石桥村\t石桥村驻点团队\t每周五 14:00–16:00\t石桥村委会一楼\t取消当次\t2027-01-01\t2027-12-31\n"
    )
    answer = paste(office, block)
    filled = fields(answer)
    assert [filled[f"r-{row_of(filled, shiqiao, n)}-rhythm"] for n in (0, 1)] == [
        "每周二",
        "每周五",
    ]
    assert [filled[f"r-{n}-holiday_rule"] for n in (0, 1)] == ["make_up", "skip"]
    assert "第2行：补驻在表里按周六" in words(answer)
    assert save(office, filled).status_code == 302
    assert shiqiao.plans.filter(valid_from="2027-01-01").count() == 2


def test_what_is_not_understood_stands_in_its_cell_and_is_marked(office, shiqiao, heping):
    answer = paste(office, "村\t驻点时间\n石桥村\t面议\n柳林村\t每周二\n和平村\t每周四上午\n")
    text, filled = words(answer), fields(answer)
    assert filled["r-0-rhythm"] == "面议"
    assert "没有看懂“面议”" in text
    assert "第3行：村名“柳林村”在本乡镇查不到，没有填入" in text
    assert "第4行：没有写几点，先按上午09:00-11:30排定" in text
    assert press(office, filled, "save").status_code == 422


def test_a_merged_time_counts_for_the_rows_below_it(office):
    answer = paste(office, "石桥村\t每周二上午9:00-11:30\t一楼\n和平村\t\t二楼\n")
    assert fields(answer)["r-1-rhythm"] == "每周二"
    assert "第2行：驻点时间空着，取了上一行的" in words(answer)


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ("每周二\t9:00\n每周三\t9:00", "没有认出村名"),
        ("石桥村\t每周二\n" * 401, "一次最多粘贴400行"),
        ("石" * 60_001, "粘贴的内容太长，请分几次粘贴"),
    ],
    ids=("no village", "too many lines", "too long"),
)
def test_a_block_that_cannot_be_read_is_kept_and_said(office, block, sentence):
    answer = paste(office, block)
    assert sentence in words(answer)
    assert fields(answer)["block"] == block
    assert not LiaisonPlan.objects.exists()


def test_a_block_waits_in_its_box_while_another_button_is_pressed(office, shiqiao):
    data = typed(table(office), shiqiao, rhythm="每周二") | {"block": "和平村\t每周四"}
    looked = fields(press(office, data))
    assert looked["block"] == "和平村\t每周四"
    filled = fields(press(office, looked, "paste"))
    assert (filled["r-0-rhythm"], filled["r-1-rhythm"]) == ("每周二", "每周四")
    assert filled["block"] == ""


def test_a_village_without_a_team_takes_no_line(office, wang, heping):
    LiaisonTeam.objects.filter(pk=wang.team.pk).update(is_active=False)
    text = words(paste(office, "石桥村\t每周二\n和平村\t每周二\n"))
    assert "第2行：和平村还没有驻点团队，没有填入" in text


def test_pasting_over_a_stored_plan_changes_it_only_after_a_look(office, plan, shiqiao):
    data = table(office, 2026)
    filled = fields(paste(office, "石桥村\t每周四\n", data))
    plan.refresh_from_db()
    assert plan.weekdays == [1]
    looked = press(office, filled)
    assert "原为 每周二" in words(looked)
    press(office, fields(looked), "save")
    plan.refresh_from_db()
    assert plan.weekdays == [3]
