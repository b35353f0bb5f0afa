"""What the liaison-day page refuses: faulty rows, nonsense, other people, days to come; nothing of it is stored."""

import pytest
from django.urls import reverse

from visits.models import Attendance, LiaisonSession, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(day):
    return reverse("desk:day", args=[day.pk])


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"said": "没写是谁"}, "请填写户或来访人"),
        ({"household": "赵云"}, "石桥村没有找到"),
        ({"household": "001", "persons": -3}, "人数至少为1"),
        ({"household": "001", "on_the_spot": "on"}, "请填写诉求摘要"),
        ({"household": "001", "summary": "修路", "nothing_asked": "on"}, "请去掉“无诉求”"),
        ({"household": "001", "summary": "长" * 61}, "60"),
        ({"household": "001", "mode": "telepathy"}, "telepathy"),
        ({"household": "001", "summary": "修路", "category": "99999"}, "99999"),
    ],
)
def test_a_faulty_row_says_so_and_nothing_is_stored(signed_in, li, day, url, filled, row, sentence):
    answer = signed_in(li).post(url, filled({0: {"visitor": "好行"}, 2: row}))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text and "第3行需要改正" in text and "好行" in text
    day.refresh_from_db()
    assert day.status == "planned"
    assert not Visit.objects.exists() and not Attendance.objects.exists()


def test_an_ambiguous_name_lists_who_it_may_be(signed_in, li, url, neighbours, filled):
    answer = signed_in(li).post(url, filled({0: {"household": "周"}}))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "001 周大山(第1组)" in text and "002 周小山(第1组)" in text


def test_a_household_of_another_village_is_not_found(signed_in, li, heping, url, filled):
    heping.households.update(number="H-77", head_name="林阿妹")
    for typed in ("H-77", "林阿妹", "H-77 林阿妹"):
        answer = signed_in(li).post(url, filled({0: {"household": typed}}))
        assert answer.status_code == 422
        assert "石桥村没有找到" in answer.content.decode()


def test_only_the_team_and_the_office_fill_the_page(
    signed_in, li, zhao, sun, wang, day, url, filled
):
    assert signed_in(sun).get(url).status_code == 200
    assert signed_in(sun).post(url, filled()).status_code == 403
    assert signed_in(wang).get(url).status_code == 404
    assert signed_in(wang).post(url, filled()).status_code == 404
    assert not Attendance.objects.exists()
    assert signed_in(zhao).post(url, filled(seen="1")).status_code == 302


def test_a_day_to_come_shows_no_form(signed_in, li, day, url, filled):
    LiaisonSession.objects.update(on="2026-11-24")
    assert 'id="day"' not in signed_in(li).get(url).content.decode()
    refused = signed_in(li).post(url, filled({0: {"household": "001"}}))
    assert refused.status_code == 422
    assert "还没有到" in refused.content.decode()
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"row-0-said": "文" * 1_000_000}, 422),
        ({"row-0-said": "文" * 4_000_000}, 413),
        ({"row-0-said": "有\x00字"}, 400),
        ({"row-TOTAL_FORMS": "500"}, 422),
        ({"row-TOTAL_FORMS": "9" * 20}, 422),
        ({"row-TOTAL_FORMS": "六"}, 422),
        ({"form_key": "不是标识"}, 422),
        ({"version": ""}, 422),
        ({"version": "9" * 20}, 409),
    ],
)
def test_bad_input_is_refused_without_a_trace(signed_in, li, url, filled, change, status):
    answer = signed_in(li).post(url, filled({0: {"household": "001"}}) | change)
    assert answer.status_code == status
    assert not Visit.objects.exists() and not Attendance.objects.exists()


def test_five_hundred_filled_rows_are_refused(signed_in, li, url, filled):
    rows = {at: {"visitor": f"来访{at}"} for at in range(500)}
    answer = signed_in(li).post(url, filled(rows, total=500))
    assert answer.status_code == 422
    assert "一次最多填写60行" in answer.content.decode()
    assert not Visit.objects.exists()


def test_a_missing_number_and_a_giant_one_are_not_found(signed_in, li, day):
    for pk in ("0", "999999", "9" * 30):
        assert signed_in(li).get(f"/sessions/{pk}/").status_code == 404
