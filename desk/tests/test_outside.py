"""/visits/new/: visits outside a liaison day, by the same rows."""

import uuid

import pytest
from django.urls import reverse

from desk.tests.conftest import sent
from grievances.models import Grievance
from liaison.errors import NotAllowed
from liaison.models import AuditEntry, Submission
from visits.models import Visit

pytestmark = pytest.mark.django_db
URL = "/visits/new/"


def typed(place, *rows, **said):
    """What a browser posts for an evening's visits."""
    data = {"form_key": str(uuid.uuid4()), "village": place.pk, "occurred_on": "2026-11-16"}
    data |= {"row-TOTAL_FORMS": 6, "row-INITIAL_FORMS": 0}
    for at in range(6):
        data |= sent(f"row-{at}", {"mode": "evening"} | (rows[at] if at < len(rows) else {}))
    return data | said


def test_the_page_has_its_old_name_and_place():
    assert reverse("visits:log") == URL


def test_an_evening_s_round_is_logged_once(signed_in, li, shiqiao, household, neighbours):
    rows = (
        {"household": "001", "matters": [{"summary": "路灯不亮"}, {"summary": "问低保"}]},
        {"household": "周小山", "mode": "phone", "nothing_asked": "on"},
        {"visitor": "匿名", "mode": "chance", "said": "问路"},
    )
    client, form = signed_in(li), typed(shiqiao, *rows)
    first, second = (client.post(URL, form) for _ in range(2))
    assert first.status_code == 302
    assert first.url == second.url
    assert [
        (each.mode, str(each.occurred_on), each.entered_at.date().isoformat(), each.session)
        for each in Visit.objects.order_by("line")
    ] == [
        ("evening", "2026-11-16", "2026-11-17", None),
        ("phone", "2026-11-16", "2026-11-17", None),
        ("chance", "2026-11-16", "2026-11-17", None),
    ]
    text = client.get(first.url).content.decode()
    assert "走访接待 3 条、诉求 2 件" in text
    assert all(each.number in text for each in Grievance.objects.all())
    assert client.post(URL, form | {"row-2-said": "改了主意"}).status_code == 409


def test_a_meeting_of_many_households_is_several_rows_and_reaches_no_door(
    signed_in, li, shiqiao, neighbours
):
    rows = (
        {"household": "001", "mode": "meeting"},
        {"household": "002", "mode": "meeting"},
        {"visitor": "到会群众", "mode": "meeting", "persons": 30},
    )
    signed_in(li).post(URL, typed(shiqiao, *rows))
    assert [each.persons for each in Visit.objects.order_by("line")] == [1, 1, 30]
    tally = Visit.objects.tally_by_village()[shiqiao.pk]
    assert tally == {"visits": 0, "households": 0, "receptions": 0}
    assert not Visit.objects.to_households().exists()


@pytest.mark.parametrize(
    ("row", "said", "sentence"),
    [
        ({}, {"occurred_on": "2026-11-18"}, "今天以后"),
        ({}, {"occurred_on": "0001-01-01"}, "年份"),
        ({"household": "没有此人"}, {}, "没有找到"),
        ({"household": ""}, {}, "户或来访人"),
        ({"persons": "-1"}, {}, "人数至少为1"),
        ({}, {"village": ""}, "请选择村(社区)"),
        ({}, {"village": "9" * 20}, "请从列表中选择村(社区)"),
        ({}, {"form_key": ""}, "页面已过期"),
    ],
)
def test_a_refused_visit_says_why_and_keeps_the_words(
    signed_in, li, shiqiao, household, row, said, sentence
):
    row = {"household": "001", "said": "别丢了这句"} | row
    answer = signed_in(li).post(URL, typed(shiqiao, row, **said))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text and "别丢了这句" in text
    assert not Visit.objects.exists()


def test_an_empty_form_is_asked_for_a_row(signed_in, li, shiqiao):
    answer = signed_in(li).post(URL, typed(shiqiao))
    assert answer.status_code == 422
    assert "请至少填一行" in answer.content.decode()


def test_no_hour_and_no_lateness_refuses(signed_in, li, shiqiao, household):
    for on in ("2026-11-17", "2026-01-01", "2024-02-29"):
        form = typed(shiqiao, {"household": "001"}, occurred_on=on)
        assert signed_in(li).post(URL, form).status_code == 302
    assert {str(each.occurred_on) for each in Visit.objects.all()} == {
        "2026-11-17",
        "2026-01-01",
        "2024-02-29",
    }


def test_a_household_s_page_begins_the_first_row(signed_in, li, household, heping):
    page = signed_in(li).get(URL, {"household": household.pk}).content.decode()
    assert "001 周大山" in page
    foreign = heping.households.first()
    assert (
        foreign is None
        or foreign.head_name
        not in signed_in(li).get(URL, {"household": foreign.pk}).content.decode()
    )
    assert signed_in(li).get(URL, {"household": "乱写"}).status_code == 200


def test_a_stranger_sees_nothing_of_what_was_saved(signed_in, li, wang, shiqiao, household):
    answer = signed_in(li).post(URL, typed(shiqiao, {"household": "001", "said": "只给本村看"}))
    assert "只给本村看" in signed_in(li).get(answer.url).content.decode()
    assert "只给本村看" not in signed_in(wang).get(answer.url).content.decode()


def test_who_keeps_no_visits_is_not_let_in(signed_in, sun):
    assert signed_in(sun).get(URL).status_code == 403


def test_rows_and_matters_come_without_scripts(signed_in, li, shiqiao):
    form = typed(shiqiao, {"household": "写了一半"})
    text = signed_in(li).post(URL, form | {"more": "1"}).content.decode()
    assert 'id="entry-10"' in text and "写了一半" in text
    text = signed_in(li).post(URL, form | {"more_matters": "row-0"}).content.decode()
    assert "row-0-m0-summary" in text


def test_a_row_the_verb_refuses_takes_the_rows_before_it_along(
    signed_in, li, shiqiao, household, monkeypatch
):
    def refuse_the_second(visit, by, now):
        if visit.line == 2:
            raise NotAllowed("第二条不行。")

    client, form = signed_in(li), typed(shiqiao, {"household": "001"}, {"visitor": "匿名"})
    with monkeypatch.context() as patch:
        patch.setattr("visits.actions.visits._check_visit", refuse_the_second)
        refused = client.post(URL, form)
    assert (refused.status_code, "第二条不行。" in refused.content.decode()) == (422, True)
    for model in (Visit, AuditEntry, Submission):
        assert not model.objects.exists()
    assert client.post(URL, form).status_code == 302  # nothing of the first try stands in its way
    assert [each.line for each in Visit.objects.order_by("line")] == [1, 2]
