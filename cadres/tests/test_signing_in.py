"""Who gets in, who does not, and what a wrong password says."""

import pytest
from axes.models import AccessAttempt
from django.urls import reverse

from cadres import actions
from conftest import PASSWORD, SINCE
from liaison import clock

LOGIN = "/accounts/login/"
pytestmark = pytest.mark.django_db


def sign_in(client, username, password=PASSWORD, address="10.0.0.1"):
    return client.post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=address)


def said(response):
    """The sentences above the refused form."""
    return [str(error) for error in response.context["form"].non_field_errors()]


def test_li_signs_in_and_is_told_when_he_was_here_last(client, li, time_machine):
    time_machine.move_to("2026-11-20 09:05+08:00", tick=False)
    first = sign_in(client, "li")
    assert first.status_code == 302
    assert "上次登录时间" not in client.get("/burden/").content.decode()
    client.logout()
    time_machine.move_to("2026-11-21 09:00+08:00", tick=False)
    sign_in(client, "li")
    assert "上次登录时间：2026-11-20 09:05" in client.get("/burden/").content.decode()


def test_wrong_unknown_and_stopped_answer_alike(client, li, wang, admin):
    wang.holdings.update(until=SINCE)
    actions.deactivate(by=admin, user=wang, today=clock.today())
    wrong = sign_in(client, "li", "not-his-password")
    unknown = sign_in(client, "nobody")
    stopped = sign_in(client, "wang")
    assert {r.status_code for r in (wrong, unknown, stopped)} == {422}
    assert said(wrong) == said(unknown) == said(stopped)
    assert "用户名或密码不正确" in said(wrong)[0]
    assert wrong.content.decode().count("忘记密码") == 1


def test_five_wrong_lock_this_name_at_this_address(client, li, wang):
    answers = [sign_in(client, "li", "wrong").status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    locked = sign_in(client, "li")  # now with the right one
    assert locked.status_code == 429
    assert "<b>15</b> 分钟后" in locked.content.decode()
    assert sign_in(client, "wang").status_code == 302, "the same town hall, another name"
    client.logout()
    assert sign_in(client, "li", address="10.0.0.2").status_code == 302, "the same name elsewhere"


def test_the_minutes_count_down_and_end(client, li, time_machine):
    time_machine.move_to("2026-11-21 09:00+08:00", tick=False)
    for _ in range(5):
        sign_in(client, "li", "wrong")
    time_machine.move_to("2026-11-21 09:10+08:00", tick=False)
    assert "<b>5</b> 分钟后" in sign_in(client, "li", "wrong").content.decode()
    time_machine.move_to("2026-11-21 09:16+08:00", tick=False)
    assert sign_in(client, "li").status_code == 302


def test_behind_a_proxy_the_visitor_cannot_choose_his_address(client, li, settings):
    settings.AXES_IPWARE_PROXY_COUNT = 1
    for number in range(5):
        forged = f"1.2.3.{number}, 203.0.113.9"
        answer = client.post(
            LOGIN, {"username": "li", "password": "wrong"}, HTTP_X_FORWARDED_FOR=forged
        )
    assert answer.status_code == 429
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"203.0.113.9"}


@pytest.mark.parametrize(
    ("passed", "counted"),
    [
        ("198.51.100.7:52114", "198.51.100.7"),  # as IIS writes it
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("unknown", "127.0.0.1"),
        ("", "127.0.0.1"),
        ("1.2.3.4' OR 1", "127.0.0.1"),
    ],
)
def test_what_a_proxy_writes_beside_an_address_breaks_no_log_in(
    client, li, settings, passed, counted
):
    settings.AXES_IPWARE_PROXY_COUNT = 1
    answer = client.post(
        LOGIN, {"username": "li", "password": "wrong"}, HTTP_X_FORWARDED_FOR=passed
    )
    assert answer.status_code == 422
    assert AccessAttempt.objects.get().ip_address == counted


def test_a_password_is_kept_nowhere_when_it_is_wrong(client, li):
    sign_in(client, "li", "a-mistyped-secret")
    attempt = AccessAttempt.objects.get()
    assert "a-mistyped-secret" not in attempt.post_data + attempt.get_data


def test_demo_accounts_only_where_the_demo_is_on(client, li, settings):
    li.is_demo = True
    li.save()
    settings.DEMO = False
    assert sign_in(client, "li").status_code == 422
    settings.DEMO = True
    assert sign_in(client, "li").status_code == 302
    settings.DEMO = False
    assert client.get("/burden/").status_code == 302, "nor does a session outlive it"


def test_signing_out_is_a_post(client, li):
    sign_in(client, "li")
    assert client.get(reverse("accounts:logout")).status_code == 405
    assert client.get("/burden/").status_code == 200
    assert client.post(reverse("accounts:logout")).status_code == 302
    assert client.get("/burden/").status_code == 302


def test_a_stranger_page_is_not_followed_after_log_in(client, li):
    answer = client.post(
        f"{LOGIN}?next=https://evil.example/", {"username": "li", "password": PASSWORD}
    )
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]


def test_a_name_longer_than_any_is_wrong_like_any_other(client, li):
    """The table of attempts holds 255 letters, and PostgreSQL minds."""
    endless, wrong = sign_in(client, "x" * 5000), sign_in(client, "nobody")
    assert endless.status_code == 422
    assert said(endless) == said(wrong)
    assert AccessAttempt.objects.filter(username__startswith="xxx").count() == 1
