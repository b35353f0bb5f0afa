"""The system administrator's work: accounts, appointments, posts, departments."""

import datetime as dt
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from cadres import actions
from cadres.models import Department, Holding, Post, User
from cadres.roles import Role
from conftest import PASSWORD, SINCE
from liaison import clock
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


def new_account(**changes):
    """What the page of a new account posts."""
    return {
        "form_key": str(uuid.uuid4()),
        "username": "tianming",
        "display_name": "田明",
        "email": "",
        **changes,
    }


def everything_stored():
    """Every text the database holds outside password hashes."""
    rows = [*AuditEntry.objects.values_list(), *Session.objects.values_list()]
    rows += User.objects.values_list("username", "display_name", "email")
    return " ".join(str(row) for row in rows)


def enter(user):
    """Another browser with that person's session."""
    client = Client()
    client.force_login(user, backend="cadres.backends.RoleBackend")
    return client


def signs_in(username, password):
    answer = Client().post("/accounts/login/", {"username": username, "password": password})
    return answer.status_code == 302


# --- New accounts ---------------------------------------------------------------------------


def test_a_new_account_signs_in_with_the_password_read_out_once(signed_in, admin, qingshan, caplog):
    client = signed_in(admin)
    form = new_account(township=qingshan.pk)
    answer = client.post("/accounts/new/", form)
    password = answer.context["password"]
    assert answer.status_code == 200
    assert password in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert signs_in("tianming", password)
    assert password not in everything_stored() + caplog.text
    account = User.objects.get(username="tianming")
    assert account.must_change_password
    assert not account.role_permissions, "rights come by appointment alone"


def test_a_second_tap_makes_no_second_account_and_shows_no_password(signed_in, admin, qingshan):
    client = signed_in(admin)
    form = new_account(township=qingshan.pk)
    password = client.post("/accounts/new/", form).context["password"]
    again = client.post("/accounts/new/", form, follow=True)
    assert password not in again.content.decode()
    assert "账号先前已建立" in again.content.decode()
    assert User.objects.filter(username="tianming").count() == 1


@pytest.mark.parametrize(
    "username", ["13812345678", "11010119900307123X", "li", "Li", "with space", "a", "=cmd"]
)
def test_a_poor_or_taken_name_is_refused(signed_in, admin, li, qingshan, username):
    answer = signed_in(admin).post(
        "/accounts/new/", new_account(username=username, township=qingshan.pk)
    )
    assert answer.status_code == 422
    assert not User.objects.filter(display_name="田明").exists()


def test_no_account_is_made_in_another_township(signed_in, admin, elsewhere):
    answer = signed_in(admin).post("/accounts/new/", new_account(township=elsewhere.pk))
    assert answer.status_code == 422
    with pytest.raises(NotAllowed):
        actions.create_account(by=admin, username="x1", display_name="某", township=elsewhere)


def test_the_clerk_keeps_no_accounts(zhao, li):
    with pytest.raises(NotAllowed):
        actions.deactivate(by=zhao, user=li, today=clock.today())


# --- Reset, stop, start again ---------------------------------------------------------------


def test_a_reset_ends_sessions_and_the_lock(signed_in, admin, li):
    his = enter(li)
    for _ in range(5):
        signs_in("li", "wrong")
    answer = signed_in(admin).post(f"/accounts/{li.pk}/reset/")
    password = answer.context["password"]
    assert his.get("/burden/").status_code == 302
    assert not signs_in("li", PASSWORD)
    assert signs_in("li", password)
    assert password not in everything_stored()


def test_a_stopped_account_is_out_at_once_and_keeps_its_records(signed_in, admin, li):
    li.holdings.update(until=SINCE)
    his = enter(li)
    assert his.get("/burden/").status_code == 200
    answer = signed_in(admin).post(f"/accounts/{li.pk}/deactivate/", follow=True)
    assert "账号已停用" in answer.content.decode()
    assert his.get("/burden/").status_code == 302
    assert not signs_in("li", PASSWORD)
    assert li.holdings.exists()


def test_an_old_session_does_not_come_back_with_the_account(admin, li):
    li.holdings.update(until=SINCE)
    his = enter(li)
    actions.deactivate(by=admin, user=li, today=clock.today())
    password = actions.reactivate(by=admin, user=li)
    assert his.get("/burden/").status_code == 302
    assert signs_in("li", password)


def test_nobody_stops_himself(signed_in, admin):
    answer = signed_in(admin).post(f"/accounts/{admin.pk}/deactivate/", follow=True)
    assert "不能停用自己的账号" in answer.content.decode()
    admin.refresh_from_db()
    assert admin.is_active


def test_a_stale_edit_shows_the_other_change(signed_in, admin, li):
    client = signed_in(admin)
    page = f"/accounts/{li.pk}/edit/"
    first = {"display_name": "李明明", "email": "", "version": li.version}
    assert client.post(page, first).status_code == 302
    late = client.post(page, {"display_name": "李小明", "email": "", "version": li.version})
    assert late.status_code == 409
    assert "李明明" in late.content.decode()
    assert "李小明" in late.content.decode()
    assert client.post(page, late.context["form"].data).status_code == 302
    li.refresh_from_db()
    assert li.display_name == "李小明"
    with pytest.raises(Stale):
        actions.edit_account(by=admin, user=li, display_name="某", email="", version=1)


def test_a_phone_is_corrected_and_shown_masked(signed_in, admin, li):
    client, page = signed_in(admin), f"/accounts/{li.pk}/edit/"
    said = {"display_name": "李明", "email": "li@example.test", "version": li.version}
    assert client.post(page, said | {"phones": "1540000"}).status_code == 422
    assert client.post(page, said | {"phones": "154-0000-0001"}).status_code == 302
    li.refresh_from_db()
    assert li.phone == "15400000001"
    for address in (f"/accounts/{li.pk}/", page, f"/cadres/{li.pk}/"):
        shown = client.get(address).content.decode()
        assert "154****0001" in shown
        assert "15400000001" not in shown
    assert client.post(page, said | {"version": li.version}).status_code == 302
    li.refresh_from_db()
    assert li.phone == "15400000001"  # left empty: as it was


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


# --- Lists ----------------------------------------------------------------------------------


def test_the_list_shows_the_township_and_nobody_when_he_was_last_here(signed_in, everybody):
    everybody.li.last_login = dt.datetime(2026, 11, 20, 1, 5, tzinfo=dt.UTC)
    everybody.li.save()
    page = signed_in(everybody.admin).get("/accounts/").content.decode()
    assert "党委委员" in page
    assert "钱塘" not in page
    assert "09:05" not in page


def test_the_list_is_narrowed_by_role(signed_in, everybody):
    page = signed_in(everybody.admin).get("/accounts/?role=auditor").content.decode()
    assert "许审" in page
    assert "李明" not in page
