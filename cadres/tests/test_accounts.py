"""The system administrator's work: accounts made, reset, stopped, started again, listed."""

import datetime as dt
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from cadres import actions
from cadres.models import User
from conftest import PASSWORD, SINCE
from liaison import clock
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry

pytestmark = pytest.mark.django_db


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
