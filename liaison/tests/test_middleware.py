"""The doors every request passes."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from liaison.middleware import IDLE_MINUTES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("url", ["/burden/?q=%00", "/burden/?a%00b=c", "/burden/?q=a%00b"])
def test_a_nul_byte_in_the_address_is_refused(signed_in, li, url):
    assert signed_in(li).get(url).status_code == 400


def test_a_nul_byte_in_the_path_is_refused(signed_in, li):
    answer = signed_in(li).get("/villages/9\x00/")
    assert answer.status_code == 400
    assert "请" in answer.content.decode(), "it says what to do"


def test_a_nul_byte_in_a_form_is_refused_and_plain_words_are_not(client):
    page = "/accounts/login/"
    assert client.post(page, {"username": "li\x00", "password": "x"}).status_code == 400
    assert client.post(page, {"username": "li", "password": "x"}).status_code == 422


def test_a_nul_byte_in_a_cookie_is_refused(client):
    cookie = r'sessionid="aaaaaaaaaaaa\000"'
    assert client.get("/accounts/login/", HTTP_COOKIE=cookie).status_code == 400


@pytest.mark.parametrize("charset", ["idna", "base64", "utf-7", "gbk"])
def test_a_form_in_another_writing_is_refused(client, charset):
    body = b'--b\r\nContent-Disposition: form-data; name="username"\r\n\r\n\xff\r\n--b--\r\n'
    kind = f"multipart/form-data; boundary=b; charset={charset}"
    answer = client.generic("POST", "/accounts/login/", body, content_type=kind)
    assert answer.status_code == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf8"'])
def test_a_form_that_says_it_is_in_utf_8_is_read(client, charset):
    body = '--b\r\nContent-Disposition: form-data; name="username"\r\n\r\n李\r\n--b--\r\n'
    kind = f"multipart/form-data; boundary=b; charset={charset}"
    answer = client.generic("POST", "/accounts/login/", body.encode(), content_type=kind)
    assert answer.status_code == 422
    assert 'value="李"' in answer.content.decode()


def test_what_a_person_saw_is_not_kept_by_the_browser(signed_in, client, li):
    assert "no-store" in signed_in(li).get("/burden/")["Cache-Control"]
    client.logout()
    assert "no-store" not in client.get("/healthz").get("Cache-Control", "")


def test_thirty_idle_minutes_end_a_session(signed_in, li, time_machine):
    start = dt.datetime(2026, 11, 21, 1, tzinfo=dt.UTC)
    time_machine.move_to(start, tick=False)
    client = signed_in(li)
    assert client.get("/burden/").status_code == 200
    time_machine.move_to(start + dt.timedelta(minutes=IDLE_MINUTES), tick=False)
    assert client.get("/burden/").status_code == 200, "thirty minutes are his"
    time_machine.move_to(start + dt.timedelta(minutes=2 * IDLE_MINUTES + 6), tick=False)
    answer = client.get("/burden/")
    assert answer.status_code == 302
    assert "/accounts/login/?next=/burden/" in answer["Location"]


def test_work_keeps_a_session_alive(signed_in, li, time_machine):
    start = dt.datetime(2026, 11, 21, 1, tzinfo=dt.UTC)
    time_machine.move_to(start, tick=False)
    client = signed_in(li)
    for minutes in range(0, 200, 20):
        time_machine.move_to(start + dt.timedelta(minutes=minutes), tick=False)
        assert client.get("/burden/").status_code == 200


def test_a_session_is_not_written_on_every_page(signed_in, li):
    client = signed_in(li)
    client.get("/burden/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/burden/")
    assert not [q for q in asked.captured_queries if q["sql"].startswith(("UPDATE", "INSERT"))]


def test_a_missing_address_is_a_page_of_ours(signed_in, li):
    answer = signed_in(li).get("/no-such-page/")
    assert answer.status_code == 404
    assert "<html" in answer.content.decode()


def test_the_csp_allows_nothing_inline(client):
    policy = client.get("/accounts/login/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_form_without_its_token_is_refused_with_words(li):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"username": "li", "password": "x"})
    assert answer.status_code == 403
    assert "<html" in answer.content.decode()
