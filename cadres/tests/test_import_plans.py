"""The schedule of 营仔镇 comes in as its office sends it, and the second time changes nothing."""

import datetime as dt

import pytest
from django.core.management import call_command

from cadres.models import Holding, LiaisonPlan, LiaisonTeam, Post, Seat, User
from cadres.roles import Role
from liaison.errors import NotAllowed
from liaison.imports.trace import NoTrace
from liaison.models import AuditEntry
from villages.models import Township, Village
from visits.models import LiaisonSession

from .import_files import DIVISIONS, SAMPLE, answer, staged

pytestmark = pytest.mark.django_db
CODE = "440881109"
Kind = Seat.Kind


@pytest.fixture
def yingzai():
    """营仔镇 with its 22 villages, from the division list."""
    call_command("import_divisions", str(DIVISIONS), township=f"{CODE}000", verbosity=0)
    return Township.objects.get(code=f"{CODE}000")


@pytest.fixture
def taken(yingzai):
    """The sample, taken in."""
    code, said = answer("import_plans", SAMPLE, township=CODE)
    assert (code, said["refused"]) == (0, [])
    return said


def seats(kind, teams=LiaisonTeam.Kind.LIAISON):
    """Seats of a kind in the teams of a kind."""
    return Seat.objects.filter(kind=kind, team__kind=teams)


def test_the_sample_gives_exactly_its_numbers(taken):
    assert taken["file"] is None
    assert taken["items"] == {"new": 22, "changed": 0, "unchanged": 0, "missing": 0}
    assert taken["groups"] == {"new": 4, "changed": 0, "unchanged": 0, "missing": 0}
    assert taken["people"] == {"new": 232, "changed": 0, "unchanged": 0}
    assert LiaisonTeam.objects.for_liaison().count() == 22
    assert LiaisonTeam.objects.filter(kind=LiaisonTeam.Kind.SUPERVISION).count() == 4
    leads = list(seats(Kind.LEAD).values_list("post__holdings__user", flat=True))
    assert len(leads) == 22
    assert len(set(leads)) == 13
    assert sum(leads.count(each) == 2 for each in set(leads)) == 9
    counts = [seats(kind).count() for kind in (Kind.HEAD, Kind.MEMBER, Kind.AUXILIARY)]
    assert counts == [22, 88, 75]
    assert seats(Kind.COORDINATOR).count() == 22


def test_its_one_warning_is_a_name_that_stands_in_two_teams(taken):
    assert [(each["row"], each["code"]) for each in taken["warnings"]] == [(20, "W-SAME-NAME")]
    assert User.objects.filter(display_name="李进").count() == 2


def test_every_team_sits_on_tuesdays_in_its_own_place(taken):
    plans = LiaisonPlan.objects.all()
    assert plans.count() == 22
    rhythms = {(p.rhythm.in_words(), p.starts_at, p.ends_at, p.holiday_rule) for p in plans}
    assert rhythms == {("每周二", dt.time(9), dt.time(17, 30), "next")}
    assert plans.get(village__name="营圩居委会").place == "营圩社区办公楼"
    assert LiaisonSession.objects.values("village").distinct().count() == 22
    days = LiaisonSession.objects.filter(moved_from=None).values_list("on", flat=True)
    assert {day.weekday() for day in days} == {1}


def test_posts_carry_the_titles_and_the_phones_are_kept_encrypted(taken):
    secretary = User.objects.get(display_name="郑强旭")
    assert (secretary.phone, secretary.masked_phone) == ("15447572592", "154****2592")
    assert [post.title for post in secretary.current_posts] == ["镇党委书记"]
    titles = Post.objects.filter(title__startswith="副镇长").values_list("title", flat=True)
    assert set(titles) == {"副镇长", "副镇长（二）", "副镇长（三）"}
    assert User.objects.get(display_name="马军东").phone == "15476108758"  # a number cell
    assert Post.objects.get(holdings__user=secretary).role == Role.CADRE


def test_nobody_who_came_in_can_sign_in(taken):
    people = User.objects.all()
    assert people.count() == 232
    assert not [user for user in people if user.can_sign_in()]
    assert all(user.must_change_password for user in people)
    assert len(set(people.values_list("username", flat=True))) == 232


def test_supervision_groups_look_after_their_villages_and_no_more(taken):
    group = LiaisonTeam.objects.get(name="第一督查组")
    assert group.villages.count() == 6
    assert [seat.kind for seat in group.seats.all()] == [Kind.HEAD, Kind.MEMBER, Kind.MEMBER]
    head = User.objects.get(display_name="傅勇")
    assert head.roles == {Role.SUPERVISOR}
    member = User.objects.get(display_name="朱群辉")
    assert [v.name for v in Village.objects.visible_to(member)] == ["营圩居委会"]


def test_the_second_import_changes_nothing(taken, yingzai, django_assert_max_num_queries):
    lines = AuditEntry.objects.count()
    rows = [m.objects.count() for m in (User, Post, Holding, Seat, LiaisonPlan, LiaisonSession)]
    code, said = answer("import_plans", SAMPLE, township=f"{CODE}000")
    assert (code, said["refused"], said["warnings"]) == (0, [], [])
    assert said["items"] == {"new": 0, "changed": 0, "unchanged": 22, "missing": 0}
    assert said["groups"] == {"new": 0, "changed": 0, "unchanged": 4, "missing": 0}
    assert said["people"] == {"new": 0, "changed": 0, "unchanged": 232}
    assert rows == [
        m.objects.count() for m in (User, Post, Holding, Seat, LiaisonPlan, LiaisonSession)
    ]
    assert AuditEntry.objects.count() == lines + 1  # that the file was taken in, and nothing else
    assert set(LiaisonTeam.objects.values_list("version", flat=True)) == {1}


def test_a_dry_run_stores_nothing(yingzai):
    code, said = answer("import_plans", SAMPLE, township=CODE, dry_run=True)
    assert (code, said["items"]["new"]) == (0, 22)
    assert not User.objects.exists()
    assert not LiaisonTeam.objects.exists()
    assert not AuditEntry.objects.filter(action="导入驻点安排表").exists()


def test_for_one_village_the_other_rows_are_refused(yingzai):
    code, said = answer("import_plans", SAMPLE, village=f"{CODE}001")
    assert (code, said["items"]["new"], len(said["refused"])) == (1, 1, 25)
    assert {each["code"] for each in said["refused"]} == {"R-VILLAGE"}
    assert LiaisonTeam.objects.count() == 1


def test_the_preview_says_what_the_office_would_count(yingzai):
    stage = staged("plans", SAMPLE.read_bytes(), yingzai)
    assert (
        "责任领导 13 人（9 人联系两个以上的村），组长 22 人，成员 88 人，辅助团队成员 75 人，联络员 22 人"
        in stage.notes()[0]
    )
    assert any("便民服务卡 22 张" in note for note in stage.notes())
    assert stage.ignored_columns == ["备注", "汇报周期", "服务内容"]
    assert len(list(stage.lines())) == 22 + 4 + 232
    said = str([line.fields for line in stage.lines()])
    assert "15447572592" not in said
    assert "154****2592" in said


def test_the_trail_tells_of_each_and_holds_no_number(taken):
    said = str(list(AuditEntry.objects.values_list("object_label", "before", "after")))
    assert AuditEntry.objects.filter(action="导入新增人员").count() == 232
    assert AuditEntry.objects.filter(action="导入新建团队").count() == 26
    assert AuditEntry.objects.filter(action="导入新增驻点安排").count() == 22
    assert "1544757" not in said


def test_a_registry_that_moved_on_since_the_preview_is_refused(yingzai):
    stage = staged("plans", SAMPLE.read_bytes(), yingzai)
    User.objects.create_user("new", display_name="新人", township=yingzai)
    with pytest.raises(NotAllowed):
        stage.write(by=None, file_name="x", trace=NoTrace())
    assert not LiaisonTeam.objects.exists()
