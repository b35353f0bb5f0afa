"""The system administrator's work: who holds which post from which day, posts and departments."""

import datetime as dt
import uuid

import pytest

from cadres import actions
from cadres.models import Department, Holding, Post, User
from cadres.roles import Role
from conftest import PASSWORD
from liaison.errors import NotAllowed
from liaison.models import AuditEntry

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


# --- Appointments ---------------------------------------------------------------------------


@pytest.fixture
def clerk_post(qingshan):
    """A vacant post of the office."""
    return Post.objects.create(township=qingshan, title="驻点办副主任", role=Role.OFFICE)


def fresh(user):
    """The user as the next request reads him: rights are read once per request."""
    return User.objects.get(pk=user.pk)


def test_rights_begin_and_end_with_the_days_of_the_holding(admin, li, clerk_post, time_machine):
    time_machine.move_to("2026-11-21 10:00+08:00")
    actions.appoint(by=admin, user=li, post=clerk_post, since=TODAY + dt.timedelta(days=1))
    assert not fresh(li).has_perm("grievances.assign")
    time_machine.move_to("2026-11-22 10:00+08:00")
    assert fresh(li).has_perm("grievances.assign")
    holding = Holding.objects.get(user=li, post=clerk_post)
    actions.end_holding(by=admin, holding=holding, until=dt.date(2026, 11, 23))
    time_machine.move_to("2026-11-23 23:00+08:00")
    assert fresh(li).has_perm("grievances.assign"), "the last day counts"
    time_machine.move_to("2026-11-24 00:30+08:00")
    assert not fresh(li).has_perm("grievances.assign")


def test_every_appointment_is_in_the_trail(admin, li, clerk_post):
    actions.appoint(by=admin, user=li, post=clerk_post, since=TODAY)
    line = AuditEntry.objects.get(action="任命")
    assert line.object_label == "李明：驻点办副主任（镇驻点办）"
    assert line.actor_id == admin.pk


@pytest.mark.parametrize("role", [Role.OFFICE, Role.CADRE, Role.CONTACT, Role.COUNTY, Role.AUDITOR])
def test_the_keeper_of_accounts_gives_himself_no_cases(admin, qingshan, role):
    post = Post.objects.create(township=qingshan, title="某岗位", role=role)
    with pytest.raises(NotAllowed, match="不能给自己任命"):
        actions.appoint(by=admin, user=admin, post=post, since=TODAY)


def test_another_keeper_may_appoint_him(admin, qingshan, clerk_post):
    second = User.objects.create_user("he2", PASSWORD, display_name="何二", township=qingshan)
    post = Post.objects.create(township=qingshan, title="系统管理员二", role=Role.ADMIN)
    actions.appoint(by=admin, user=second, post=post, since=TODAY)
    actions.appoint(by=fresh(second), user=admin, post=clerk_post, since=TODAY)
    assert AuditEntry.objects.filter(action="任命", actor_id=second.pk).count() == 1


def test_a_post_has_one_holder_at_a_time(admin, li, wang):
    with pytest.raises(NotAllowed, match="由王强担任"):
        actions.appoint(by=admin, user=li, post=wang.post, since=TODAY)
    actions.end_holding(by=admin, holding=wang.holdings.get(), until=TODAY - dt.timedelta(days=1))
    actions.appoint(by=admin, user=li, post=wang.post, since=TODAY)
    assert wang.post.holder(TODAY) == li
    assert wang.post.holder(TODAY - dt.timedelta(days=1)) == wang, "the past keeps its person"


def test_a_new_main_post_takes_the_mark_from_the_old(admin, li, clerk_post):
    actions.appoint(by=admin, user=li, post=clerk_post, since=TODAY, is_main=True)
    assert fresh(li).post_title() == "驻点办副主任"
    assert Holding.objects.filter(user=li, is_main=True).count() == 1


def test_an_administrator_does_not_end_his_own_post(admin):
    with pytest.raises(NotAllowed, match="自己的系统管理员任职"):
        actions.end_holding(by=admin, holding=admin.holdings.get(), until=TODAY)


def test_a_holding_ends_once_and_not_before_it_began(admin, li):
    holding = li.holdings.get()
    with pytest.raises(NotAllowed, match="不能早于"):
        actions.end_holding(by=admin, holding=holding, until=dt.date(2019, 1, 1))
    actions.end_holding(by=admin, holding=holding, until=TODAY)
    with pytest.raises(NotAllowed, match="已于2026-11-21结束"):
        actions.end_holding(by=admin, holding=holding, until=TODAY)


def test_the_page_appoints_once(signed_in, admin, li, clerk_post):
    client = signed_in(admin)
    form = {"form_key": str(uuid.uuid4()), "post": clerk_post.pk, "since": "2026-11-21"}
    for _ in range(2):
        answer = client.post(f"/accounts/{li.pk}/appoint/", form)
        assert answer.status_code == 302
    assert Holding.objects.filter(user=li, post=clerk_post).count() == 1


def test_one_key_for_two_people_is_a_conflict(signed_in, admin, li, wang, clerk_post):
    client = signed_in(admin)
    form = {"form_key": str(uuid.uuid4()), "post": clerk_post.pk, "since": "2026-11-21"}
    client.post(f"/accounts/{li.pk}/appoint/", form)
    assert client.post(f"/accounts/{wang.pk}/appoint/", form).status_code == 409


# --- Posts and departments ------------------------------------------------------------------


def test_a_post_is_made_and_abolished_but_not_over_its_holder(signed_in, admin, qingshan, li):
    client = signed_in(admin)
    form = {"form_key": str(uuid.uuid4()), "title": "综治办主任", "role": "leader", "order": 3}
    assert client.post("/accounts/posts/new/", form).status_code == 302
    post = Post.objects.get(title="综治办主任")
    assert (
        client.post(f"/accounts/posts/{post.pk}/abolish/", {"on": "2026-11-21"}).status_code == 302
    )
    held = client.post(f"/accounts/posts/{li.post.pk}/abolish/", {"on": "2026-11-21"})
    assert held.status_code == 422
    assert "仍有人任职" in held.content.decode()
    actions.end_holding(by=admin, holding=li.holdings.get(), until=dt.date(2026, 11, 20))
    seated = client.post(f"/accounts/posts/{li.post.pk}/abolish/", {"on": "2026-11-21"})
    assert "石桥村驻点团队" in seated.content.decode()


def test_nobody_is_appointed_to_an_abolished_post(admin, li, clerk_post):
    actions.abolish_post(by=admin, post=clerk_post, on=TODAY)
    with pytest.raises(NotAllowed, match="已撤销"):
        actions.appoint(by=admin, user=li, post=clerk_post, since=TODAY)


@pytest.mark.parametrize(("role", "word"), [("handler", "所属单位"), ("contact", "所在村")])
def test_some_posts_need_their_place(admin, qingshan, role, word):
    with pytest.raises(NotAllowed, match=word):
        actions.create_post(by=admin, township=qingshan, title="某岗位", role=role)


def test_a_post_takes_no_village_of_elsewhere(admin, qingshan, foreign_village):
    with pytest.raises(NotAllowed, match="不属于本乡镇"):
        actions.create_post(
            by=admin, township=qingshan, title="某岗位", role="contact", village=foreign_village
        )


def test_a_department_ends_after_its_posts(signed_in, admin, chen, minzheng):
    client = signed_in(admin)
    page = f"/accounts/departments/{minzheng.pk}/abolish/"
    assert client.post(page, {"on": "2026-11-21"}).status_code == 422
    actions.end_holding(by=admin, holding=chen.holdings.get(), until=dt.date(2026, 11, 20))
    actions.abolish_post(by=admin, post=chen.post, on=TODAY)
    assert client.post(page, {"on": "2026-11-21"}).status_code == 302
    assert not Department.objects.standing(TODAY).exists()


def test_two_departments_of_one_name_are_refused(signed_in, admin, minzheng):
    form = {"form_key": str(uuid.uuid4()), "name": "民政办", "order": 0, "phone": ""}
    answer = signed_in(admin).post("/accounts/departments/new/", form)
    assert answer.status_code == 422
    assert "同名单位" in answer.content.decode()
