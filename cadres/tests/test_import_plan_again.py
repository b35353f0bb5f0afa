"""A schedule that comes again: people and teams are known again, and what stands is changed field by field."""

import datetime as dt

import pytest

from cadres.models import Holding, LiaisonTeam, Post, User
from cadres.roles import Role
from conftest import appoint
from liaison.models import AuditEntry

from .import_files import HEADS, line, schedule, staged, take, told, villages, workbook

__all__ = ["villages"]  # fixtures, asked for by name

pytestmark = pytest.mark.django_db


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


def test_a_supervisor_with_an_account_keeps_the_post_he_has(qingshan, villages, sun):
    appoint(qingshan, "feng", "冯军", Role.CADRE, title="干部")
    heads = ("组别", "组长", "成员", "督查村")
    stage = take(workbook(("督查", [heads, ("第一组", "孙正", "冯军", "石桥村")])), qingshan)
    assert [each.code for each in stage.warnings] == ["W-NO-RIGHTS"]
    titles = [seat.post.title for seat in LiaisonTeam.objects.get().seats.all()]
    assert titles == ["督查组组长", "干部"]
