"""A script that sends a form is told whether it was stored; only the proof lets the browser forget."""

import uuid

import pytest
from django.test import Client

from desk.tests.conftest import sent
from liaison.drafts.answers import BY_STATUS, WORDS
from liaison.drafts.keys import key_of, tag_of
from liaison.models import Submission
from visits.models import Visit
from visits.tests.conftest import _evening_of_the_day, day, feng  # noqa: F401

pytestmark = pytest.mark.django_db
NEW = "/visits/new/"


@pytest.fixture
def visit(shiqiao):
    """``visit(visitor="匿名")``: what the page of a visit posts."""

    def fill(**told):
        place = {"occurred_on": "2026-11-17", "village": shiqiao.pk}
        rows = {"row-TOTAL_FORMS": 1, "row-INITIAL_FORMS": 0}
        row = sent("row-0", {"mode": "phone", "visitor": "匿名", **told})
        return {"form_key": str(uuid.uuid4()), **place, **rows, **row}

    return fill


def send(client, user, data, url=NEW, **headers):
    """Posted as the script posts it."""
    headers = {"X-Draft": data.get("form_key", ""), "X-Draft-Owner": tag_of(user), **headers}
    return client.post(url, data, headers=headers)


def test_a_save_is_answered_with_its_proof_and_a_replay_with_the_same(signed_in, li, visit):
    client, data = signed_in(li), visit()
    first, again = send(client, li, data), send(client, li, data)
    proof = Submission.objects.get(uuid=data["form_key"])
    pk = Visit.objects.get().pk
    made = {"id": proof.pk, "url": f"/visits/saved/?from={pk}&to={pk}"}
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json() == made
    assert first["Cache-Control"] == "no-store"


def test_a_thousand_replays_heap_up_no_sentences_for_the_next_page(signed_in, li, visit):
    client = signed_in(li)
    send(client, li, visit())
    assert "messages" not in client.cookies


def test_htmx_is_told_in_headers_and_led_on(signed_in, li, day):  # noqa: F811
    client, key = signed_in(li), str(uuid.uuid4())
    data = {
        "form_key": key, "version": day.version, "seen": "1", "row-TOTAL_FORMS": 0,
        "row-INITIAL_FORMS": 0, f"seat-{li.post.pk}-mark": "present",
        **{f"seat-{seat.post_id}-mark": "present" for seat in li.team.seats.all()},
    }  # fmt: skip
    answer = send(client, li, data, f"/sessions/{day.pk}/", **{"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer["X-Draft-Id"] == str(Submission.objects.get(uuid=key).pk)
    assert answer["X-Draft-Url"] == answer["HX-Redirect"] == f"/sessions/{day.pk}/saved/"


def test_without_the_header_nothing_changes(signed_in, li, visit):
    assert signed_in(li).post(NEW, visit()).status_code == 302
    assert Client().post(NEW, visit()).status_code == 302


def test_signed_out_is_401_and_never_a_page(client, li, visit):
    answer = send(client, li, visit())
    assert (answer.status_code, answer.json()["why"]) == (401, "signed_out")
    assert send(client, li, visit(), **{"HX-Request": "true"}).status_code == 401
    assert client.get("/drafts/key/", headers={"X-Draft": "key"}).status_code == 401
    assert not Visit.objects.exists()


def test_one_persons_draft_is_never_stored_under_anothers_name(signed_in, li, wang, visit):
    answer = send(signed_in(wang), li, visit())
    assert (answer.status_code, answer.json()["why"]) == (401, "another")
    nobody = signed_in(li).post(NEW, visit(), headers={"X-Draft": str(uuid.uuid4())})
    assert nobody.json()["why"] == "another"
    assert not Visit.objects.exists()


def test_a_first_password_comes_first(signed_in, li, visit):
    li.must_change_password = True
    li.save()
    answer = send(signed_in(li), li, visit())
    assert (answer.status_code, answer.json()["why"]) == (403, "first_password")


def test_an_old_form_token_is_told_apart_from_a_missing_permission(li, county, visit):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(li, backend="cadres.backends.RoleBackend")
    assert send(strict, li, visit()).json()["why"] == "form_token"
    strict = Client()
    strict.force_login(county, backend="cadres.backends.RoleBackend")
    answer = send(strict, county, visit())
    assert (answer.status_code, answer.json()["why"]) == (403, "forbidden")


def test_what_must_be_mended_is_422_with_words_and_to_htmx_the_page(signed_in, li, visit):
    client, data = signed_in(li), visit(visitor="", said="没写是谁")
    answer = send(client, li, data)
    assert (answer.status_code, answer.json()["why"]) == (422, "to_mend")
    page = send(client, li, data, **{"HX-Request": "true"})
    assert (page.status_code, page["X-Draft-Why"]) == (422, "to_mend")
    assert "请填写户或来访人" in page.content.decode()


def test_other_words_under_one_key_are_409(signed_in, li, visit):
    client, data = signed_in(li), visit()
    send(client, li, data)
    answer = send(client, li, {**data, "row-0-visitor": "另一位"})
    assert (answer.status_code, answer.json()["why"]) == (409, "different")
    assert Visit.objects.count() == 1


def test_a_day_changed_by_a_colleague_is_another_409(signed_in, li, day):  # noqa: F811
    data = {
        "form_key": str(uuid.uuid4()), "version": day.version + 1, "seen": "1",
        "row-TOTAL_FORMS": 0, "row-INITIAL_FORMS": 0,
        **{f"seat-{seat.post_id}-mark": "present" for seat in li.team.seats.all()},
    }  # fmt: skip
    answer = send(signed_in(li), li, data, f"/sessions/{day.pk}/")
    assert (answer.status_code, answer.json()["why"]) == (409, "changed")


def test_too_much_is_413_before_it_is_read(signed_in, li, visit, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    client = signed_in(li)
    words = "a" * 2000
    headers = {"X-Draft": str(uuid.uuid4()), "X-Draft-Owner": tag_of(li)}
    kind = "application/x-www-form-urlencoded"
    answer = client.post(NEW, f"said={words}", content_type=kind, headers=headers)
    assert (answer.status_code, answer.json()["why"]) == (413, "too_large")


def test_a_foreign_day_is_404(signed_in, wang, day):  # noqa: F811
    answer = send(signed_in(wang), wang, {"form_key": str(uuid.uuid4())}, f"/sessions/{day.pk}/")
    assert (answer.status_code, answer.json()["why"]) == (404, "gone")


def test_a_fault_is_told_as_one(li, visit, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(li, backend="cadres.backends.RoleBackend")
    monkeypatch.setattr("desk.views.outside.log_visits", lambda **facts: 1 / 0)
    answer = send(client, li, visit())
    assert (answer.status_code, answer.json()["why"]) == (500, "fault")


def test_every_reason_has_its_words():
    assert set(BY_STATUS.values()) <= set(WORDS)


# --- The key --------------------------------------------------------------------------------


def test_the_key_is_ones_own_and_kept_by_nobody(signed_in, li, wang):
    answer = signed_in(li).get("/drafts/key/")
    assert answer["Cache-Control"] == "no-store"
    assert answer.json()["tag"] == tag_of(li) != tag_of(wang)
    assert key_of(li) != key_of(wang)
    assert len(key_of(li)) == 32


def test_key_and_tag_hang_on_the_secret(li, settings):
    before = tag_of(li), key_of(li)
    assert (tag_of(li), key_of(li)) == before
    settings.SECRET_KEY = "another"
    after = tag_of(li), key_of(li)
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_the_page_of_the_list_names_nobody(signed_in, li):
    assert signed_in(li).get("/unsent/").status_code == 200
