"""What is wrong with a row of a schedule is told at its cell; what stands is changed field by field."""

import datetime as dt

import pytest

from cadres.models import Holding, LiaisonPlan, LiaisonTeam, Post, Seat, User
from cadres.roles import Role
from conftest import appoint
from liaison.imports.trace import NoTrace
from liaison.models import AuditEntry
from liaison.reading.file_refused import FileRefused
from liaison.scoping import Scope
from villages.models import Village

from .import_files import HEADS, line, schedule, staged, told, workbook

pytestmark = pytest.mark.django_db
TITLE = "联系日：每周星期二  联系时间：上午9:00-12:00，下午3:00-5:30"


def take(data, township, **more):
    """Stage and store; the staged file."""
    stage = staged("plans", data, township, **more)
    stage.write(by=None, file_name="安排表.xlsx", trace=NoTrace())
    return stage


@pytest.fixture
def villages(shiqiao, heping):
    """石桥村 and 和平村, without teams."""
    return shiqiao, heping


@pytest.mark.parametrize(
    ("said", "column", "code"),
    [
        ({"驻点村": "没有村"}, "A", "R-VILLAGE"),
        ({"驻点村": ""}, "A", "R-VILLAGE"),
        ({"成员": "张平、李四5"}, "F", "R-NAME"),
        ({"责任领导": "", "组长": "", "成员": "无", "联络员": "赵强"}, "F", "R-PEOPLE"),
        ({"驻点时间": "单周周一上午9:00-11:30"}, "J", "R-TIME"),
        ({"驻点时间": "面议"}, "J", "R-TIME"),
        ({"驻点时间": "上午9:00-11:30"}, "J", "R-TIME"),
        ({"驻点时间": "每周二"}, "J", "R-HOURS"),
    ],
)
def test_a_wrong_row_is_refused_at_its_cell_and_the_next_one_taken(
    qingshan, villages, said, column, code
):
    stage = take(schedule(line("石桥村", **said), line("和平村")), qingshan)
    assert told(stage.refused) == [(2, column, code)]
    assert stage.refused[0].reason
    assert stage.refused[0].fix
    assert list(LiaisonTeam.objects.values_list("name", flat=True)) == ["和平村驻点团队"]


def test_a_village_without_an_office_needs_a_place(qingshan, villages):
    Village.objects.filter(name="石桥村").update(office="")
    stage = staged("plans", schedule(line("石桥村", 驻点地点="")), qingshan)
    assert told(stage.refused) == [(2, "K", "R-PLACE")]
    take(schedule(line("和平村", 驻点地点="")), qingshan)
    assert LiaisonPlan.objects.get().place == "和平村村委会一楼"


def test_a_village_written_twice_stands_once(qingshan, villages):
    stage = staged("plans", schedule(line("石桥村"), line("石桥村委会")), qingshan)
    assert told(stage.refused) == [(3, "A", "R-VILLAGE-TWICE")]
    assert "第2行" in stage.refused[0].reason


def test_villages_beyond_the_uploaders_territory_are_refused(qingshan, villages):
    within = Scope(villages=frozenset({villages[0].pk}))
    stage = staged("plans", schedule(line("石桥村"), line("和平村")), qingshan, within=within)
    assert told(stage.refused) == [(3, "A", "R-TERRITORY")]


def test_a_bad_phone_or_an_empty_member_cell_warns(qingshan, villages):
    stage = take(schedule(line("石桥村", 责任领导电话="1540000", 成员="")), qingshan)
    assert told(stage.warnings) == [(2, "D", "W-PHONE"), (2, "F", "W-EMPTY")]
    assert "1540000" not in str([each.as_json() for each in stage.warnings])
    assert User.objects.get(display_name="高亮").phone == ""


def test_a_time_that_contradicts_the_title_warns_and_stands(qingshan, villages):
    data = schedule(line("石桥村", 驻点时间="每周三"), title=TITLE)
    stage = take(data, qingshan)
    assert told(stage.warnings) == [(3, "J", "W-TIME-TITLE")]
    plan = LiaisonPlan.objects.get()
    assert (plan.weekdays, plan.starts_at, plan.ends_at) == ([2], dt.time(9), dt.time(17, 30))


def test_a_half_day_takes_the_titles_hours_or_the_offices(qingshan, villages):
    rows = line("石桥村", 驻点时间="每月10日下午"), line("和平村", 驻点时间="每月10日上午")
    take(schedule(*rows, title=TITLE), qingshan)
    hours = LiaisonPlan.objects.order_by("village").values_list(
        "month_days", "starts_at", "ends_at"
    )
    assert list(hours) == [([10], dt.time(15), dt.time(17, 30)), ([10], dt.time(9), dt.time(12))]
    LiaisonPlan.objects.all().update(valid_to=dt.date(2026, 1, 1), valid_from=dt.date(2025, 1, 1))
    stage = staged("plans", schedule(*rows), qingshan)
    assert told(stage.warnings) == [(2, "J", "W-TIME-HALF"), (3, "J", "W-TIME-HALF")]


def test_without_any_time_the_team_is_taken_and_no_plan_made(qingshan, villages):
    stage = take(schedule(line("石桥村", 驻点时间="")), qingshan)
    assert told(stage.warnings) == [(2, "J", "W-NO-TIME")]
    assert LiaisonTeam.objects.count() == 1
    assert not LiaisonPlan.objects.exists()
    heads = [head for head in HEADS if head != "驻点时间"]
    cells = [cell for head, cell in zip(HEADS, line("和平村"), strict=True) if head in heads]
    stage = staged("plans", workbook(("安排表", [heads, cells])), qingshan)
    assert stage.warnings == []
    assert "表里没有驻点时间，驻点安排没有改动。" in stage.notes()


def test_an_empty_lead_takes_the_row_above_and_says_so(qingshan, villages):
    rows = line("石桥村"), line("和平村", 责任领导="", 责任领导职务="", 责任领导电话="")
    stage = take(schedule(*rows), qingshan)
    assert (3, "B", "W-ABOVE") in told(stage.warnings)
    assert Seat.objects.filter(kind="lead").values("post").distinct().count() == 1
    assert stage.carried("安排表", 3)["lead"] == "高亮"


def test_one_name_with_two_phones_is_two_people_and_with_one_is_one(qingshan, villages):
    rows = (
        line("石桥村", 成员="张平（15400000005）、王娜"),
        line("和平村", 成员="张平（15400000006）、王娜", 责任领导="高亮"),
    )
    stage = take(schedule(*rows), qingshan)
    assert User.objects.filter(display_name="张平").count() == 2
    assert User.objects.filter(display_name="高亮").count() == 1
    assert User.objects.filter(display_name="王娜").count() == 2
    assert "王娜" not in str([each.as_json() for each in stage.warnings])
    codes = [(each.row, each.code) for each in stage.warnings]
    assert codes == [(3, "W-SAME-NAME"), (3, "W-SAME-NAME")]  # 周立 and 王娜, who have no phone


def test_a_member_of_two_teams_is_told(qingshan, villages):
    rows = (
        line("石桥村", 组长="", 成员="张平（15400000005）"),
        line("和平村", 组长="", 成员="张平（15400000005）"),
    )
    stage = take(schedule(*rows), qingshan)
    assert [(each.row, each.code) for each in stage.warnings] == [(3, "W-TWO-TEAMS")]
    assert Post.objects.filter(holdings__user__display_name="张平").count() == 1


def test_twice_in_one_team_is_one_seat(qingshan, villages):
    stage = take(schedule(line("石桥村", 成员="张平、周立", 联络员="张平")), qingshan)
    assert [each.code for each in stage.warnings] == ["W-TWICE", "W-TWICE"]
    assert {s.post.title: s.kind for s in Seat.objects.all()} == {
        "人大主席": "lead", "石桥村驻点团队组长": "head", "石桥村联络员": "coordinator",
    }  # fmt: skip


def test_people_who_are_stored_are_known_again(qingshan, shiqiao, li, wang):
    """By name alone where one is meant; the seat in the team is kept, its post with it."""
    before = User.objects.count()
    row = line(
        "石桥村",
        责任领导="李明",
        责任领导职务="镇长",
        责任领导电话="15400000009",
        组长="",
        成员="新人",
    )
    stage = take(schedule(row), qingshan)
    assert stage.counts()["people"] == {"new": 1, "changed": 1, "unchanged": 0}
    assert User.objects.count() == before + 1
    assert User.objects.get(username="li").phone == "15400000009"
    team = LiaisonTeam.objects.get(pk=li.team.pk)
    assert [(s.post.title, s.kind) for s in team.seats.all()] == [
        ("党委委员", "lead"), ("石桥村驻点团队成员", "member"),
    ]  # fmt: skip
    assert team.version == 2


def test_a_name_with_another_phone_is_somebody_else(qingshan, shiqiao, li):
    li.set_phones(["15400000001"])
    li.save()
    row = line("石桥村", 责任领导="李明", 责任领导电话="15400000002")
    stage = take(schedule(row), qingshan)
    assert "W-PHONE-OTHER" in [each.code for each in stage.warnings]
    assert User.objects.filter(display_name="李明").count() == 2


def test_somebody_with_an_account_and_no_post_for_a_team_waits_for_the_administrator(
    qingshan, villages, admin
):
    row = line("石桥村", 成员="何平、张平")
    stage = take(schedule(row, line("和平村", 成员="孙立")), qingshan)
    assert told(stage.refused) == [(2, "F", "R-NO-POST")]
    assert not User.objects.filter(display_name="张平").exists()
    assert User.objects.get(pk=admin.pk).roles == {Role.ADMIN}


def test_a_plan_and_a_team_are_changed_field_by_field(qingshan, shiqiao, li, plan):
    row = line(
        "石桥村", 责任领导="李明", 责任领导职务="", 责任领导电话="", 组长="", 成员="张平",
        驻点时间="每周三 9:00-11:30（遇节假日取消）", 驻点地点="文化室",
    )  # fmt: skip
    stage = take(schedule(row), qingshan)
    assert stage.counts()["items"] == {"new": 0, "changed": 1, "unchanged": 0, "missing": 0}
    (item,) = [item for item in stage.lines() if item.unit == "items"]
    assert [tuple(each) for each in item.fields] == [
        ("成员", "", "张平"),
        ("驻点时间", "每周二 09:00–11:30", "每周三 09:00–11:30"),
        ("驻点地点", "石桥村委会一楼", "文化室"),
        ("遇节假日", "顺延至下一工作日", "取消当次"),
    ]
    plan.refresh_from_db()
    assert (plan.weekdays, plan.place, plan.version) == ([2], "文化室", 2)
    assert plan.valid_from == dt.date(2026, 1, 1)
    assert AuditEntry.objects.get(action="导入修改驻点安排").after["驻点地点"] == "文化室"
    again = staged("plans", schedule(row), qingshan)
    assert again.counts()["items"]["unchanged"] == 1


def test_making_up_and_its_weekday_come_in_with_a_list(qingshan, shiqiao, li, plan):
    row = line("石桥村", 责任领导="李明", 责任领导职务="", 责任领导电话="", 组长="", 成员="")
    row[HEADS.index("驻点时间")] = "每周二 9:00-11:30（遇节假日周日补驻）"
    stage = take(schedule(row), qingshan)
    (item,) = [item for item in stage.lines() if item.unit == "items"]
    assert ("遇节假日", "顺延至下一工作日", "周日补驻") in [tuple(each) for each in item.fields]
    plan.refresh_from_db()
    assert (plan.holiday_rule, plan.make_up_weekday) == ("make_up", 6)
    assert staged("plans", schedule(row), qingshan).counts()["items"]["unchanged"] == 1


def test_a_team_whose_row_is_refused_is_not_missing(qingshan, li, wang):
    rows = line("石桥村", 责任领导="李明", 责任领导电话=""), line("和平村", 驻点时间="面议")
    stage = staged("plans", schedule(*rows), qingshan)
    assert told(stage.refused) == [(3, "J", "R-TIME")]
    assert stage.counts()["items"]["missing"] == 0


def test_teams_a_file_does_not_name_are_told_and_stay(qingshan, li, wang):
    stage = take(schedule(line("石桥村", 责任领导="李明", 责任领导电话="")), qingshan)
    assert [(i.name, i.kind) for i in stage.items if i.kind == "missing"] == [
        ("和平村驻点团队", "missing")
    ]
    assert LiaisonTeam.objects.get(pk=wang.team.pk).is_active


def test_a_team_of_several_villages_or_several_teams_are_not_guessed_apart(
    qingshan, shiqiao, heping, li, wang
):
    li.team.villages.add(heping)
    stage = staged("plans", schedule(line("石桥村"), line("和平村")), qingshan)
    assert told(stage.refused) == [(2, "A", "R-TEAM-SHARED"), (3, "A", "R-TEAM-MANY")]


def test_a_vacant_post_is_taken_up_and_a_held_one_left(qingshan, villages):
    vacant = Post.objects.create(township=qingshan, title="人大主席", role=Role.CADRE)
    stage = take(schedule(line("石桥村")), qingshan)
    assert Holding.objects.get(post=vacant).user.display_name == "高亮"
    assert stage.warnings == []
    other = staged(
        "plans", schedule(line("和平村", 责任领导="孙强", 责任领导电话="15400000003")), qingshan
    )
    assert "W-POST-HELD" in [each.code for each in other.warnings]
    assert {plan.title for plan in other.posts.planned if plan.who.name == "孙强"} == {
        "人大主席（二）"
    }


def test_supervision_groups_with_faults(qingshan, villages):
    heads = ("组别", "组长", "成员", "联系电话", "督查村（社区）", "汇报周期")
    rows = [
        ("第一督查组", "傅勇", "周宏", "15400000011", "石桥村、和平村", "每月一次"),
        ("第二督查组", "曹进", "", "", "石桥村、没有村", ""),
        ("第一督查组", "曹进", "", "", "石桥村", ""),
        ("第三督查组", "", "", "", "石桥村", ""),
        ("", "傅勇", "", "", "石桥村", ""),
    ]
    stage = take(workbook(("督查", [heads, *rows])), qingshan)
    assert told(stage.refused) == [
        (3, "E", "R-VILLAGE"), (4, "A", "R-GROUP-TWICE"), (5, "B", "R-GROUP"), (6, "A", "R-GROUP"),
    ]  # fmt: skip
    group = LiaisonTeam.objects.get()
    assert (group.name, group.kind) == ("第一督查组", "supervision")
    again = staged("plans", workbook(("督查", [heads, rows[0]])), qingshan)
    assert again.counts()["groups"]["unchanged"] == 1


def test_a_supervisor_with_an_account_keeps_the_post_he_has(qingshan, villages, sun):
    appoint(qingshan, "feng", "冯军", Role.CADRE, title="干部")
    heads = ("组别", "组长", "成员", "督查村")
    stage = take(workbook(("督查", [heads, ("第一组", "孙正", "冯军", "石桥村")])), qingshan)
    assert [each.code for each in stage.warnings] == ["W-NO-RIGHTS"]
    titles = [seat.post.title for seat in LiaisonTeam.objects.get().seats.all()]
    assert titles == ["督查组组长", "干部"]


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ([("表", [("甲", "乙"), (1, 2)])], "F-HEADER"),
        ([("表", [HEADS])], "F-EMPTY"),
        ([("表", [])], "F-EMPTY"),
        ([("表", [("驻点村", "备注"), ("石桥村", "")])], "F-HEADER"),
    ],
)
def test_a_file_without_a_schedule_is_refused(qingshan, villages, sheets, code):
    with pytest.raises(FileRefused) as refused:
        staged("plans", workbook(*sheets), qingshan)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "junk",
    ["\x00", "=1+1", "9" * 60, "😀", "%_'\"", " " * 300, "、" * 200, "张平、" * 9000, "（" * 30000],
)
def test_no_cell_breaks_the_reading(qingshan, villages, junk):
    for head in HEADS:
        text = junk if "\x00" not in junk else "\u200b"
        stage = staged("plans", schedule(line("石桥村", **{head: text}), line("和平村")), qingshan)
        assert stage.counts()["items"]["new"] + len({p.row for p in stage.refused}) == 2


def test_a_returned_workbook_speaks_for_its_own_rows(qingshan, li, wang):
    row = [*line("石桥村", 责任领导="李明", 责任领导电话=""), "原表第3行 未收"]
    stage = staged("plans", workbook(("安排表", [(*HEADS, "问题说明"), row])), qingshan)
    assert stage.counts()["items"]["missing"] == 0
