"""Somebody entered twice: warned while typing, asked once on saving, listed, merged on one page."""

import datetime as dt

import pytest
from django.urls import reverse

from liaison.idempotency import new_key
from tests.filling import fill_in, form_on
from villages.models import Household, Resident

from .conftest import PHONE, ZHOU_ID
from .test_life_of_people import fresh

BORN = dt.date(1995, 5, 6)
SIMILAR, LIST = reverse("villages:similar"), reverse("villages:duplicates")
ELSEWHERE = "可能已登记在本镇另一户"


def text_of(response):
    return response.content.decode()


def typed(household, **facts):
    return {"household": household.pk, "name": "周小山", **facts}


@pytest.mark.parametrize(
    "facts",
    [
        {"birth_date": "1995-05-06"},
        {"name": "周大山", "phones": PHONE},
        {"name": "别的名", "id_number": ZHOU_ID},
        {},
    ],
)
def test_who_seems_to_be_on_the_roll_is_shown_while_one_types(signed_in, li, family, facts):
    answer = signed_in(li).post(SIMILAR, typed(family.neighbour, **facts))
    assert answer.status_code == 200
    assert "可能已登记" in text_of(answer)
    assert "石桥村第1组 周大山户(001)" in text_of(answer)
    assert ZHOU_ID not in text_of(answer)
    assert PHONE not in text_of(answer)


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "周"},
        {"name": ""},
        {"birth_date": "1990-01-01"},
        {"name": "x" * 300},
        {"household": 9**20},
    ],
)
def test_nobody_else_is_shown(signed_in, li, family, facts):
    answer = signed_in(li).post(SIMILAR, typed(family.neighbour) | facts)
    assert "可能已登记" not in text_of(answer)


def test_of_the_next_village_no_more_is_told_than_that_there_is_one(
    signed_in, wang, qian, heping, foreign_village, family
):
    for facts in ({"birth_date": "1995-05-06"}, {"name": "某某", "id_number": ZHOU_ID}):
        answer = text_of(signed_in(wang).post(SIMILAR, typed(heping.households.get(), **facts)))
        assert ELSEWHERE in answer
        for word in ("石桥村", "周大山户", "430"):
            assert word not in answer
        far = signed_in(qian).post(SIMILAR, typed(foreign_village.households.get(), **facts))
        assert "可能已登记" not in text_of(far)
    assert "可能" not in text_of(signed_in(wang).post(SIMILAR, typed(heping.households.get())))
    assert signed_in(wang).post(SIMILAR, typed(family.home)).status_code == 404
    assert signed_in(wang).get(SIMILAR).status_code == 405


def test_who_left_is_no_double(signed_in, li, family):
    Resident.objects.update(left_on=dt.date(2026, 1, 1))
    answer = signed_in(li).post(SIMILAR, typed(family.neighbour, birth_date="1995-05-06"))
    assert "可能已登记" not in text_of(answer)


def test_saving_asks_once_and_takes_yes_for_an_answer(signed_in, li, family):
    client = signed_in(li)
    address = reverse("villages:add_resident", kwargs={"pk": family.neighbour.pk})
    filled = {
        "form_key": new_key(),
        "name": "周小山",
        "relation": "外甥",
        "birth_date": "1995-05-06",
    }
    asked = client.post(address, filled)
    assert asked.status_code == 422
    assert "仍要新增" in text_of(asked)
    assert "周大山户(001)" in text_of(asked)
    assert Resident.objects.filter(name="周小山").count() == 1
    first, second = (client.post(address, filled | {"anyway": "1"}) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert Resident.objects.filter(name="周小山").count() == 2
    assert client.post(address, filled).status_code == 302  # the same form: no second question


def test_a_new_households_head_is_asked_about_too(signed_in, li, family):
    filled = {
        "form_key": new_key(), "group": family.home.group_id, "number": "009", "name": "林水生",
        "residence": "resident",
    }  # fmt: skip
    address = reverse("villages:add_household")
    asked = signed_in(li).post(address, filled)
    assert asked.status_code == 422
    assert "林水生户(002)" in text_of(asked)
    assert not Household.objects.filter(number="009").exists()
    assert signed_in(li).post(address, filled | {"anyway": "1"}).status_code == 302


# --- 疑似重复 -------------------------------------------------------------------------------


@pytest.fixture
def twin(family):
    """周小山 once more in the neighbour's household, with an ID number and a phone."""
    place = {"township": family.home.township, "village": family.home.village}
    twin = Resident(household=family.neighbour, name="周小山", birth_date=BORN, **place)
    twin.set_id_number("430181199505069033")
    twin.set_phones([PHONE])
    twin.save()
    return twin


def found(client, **query):
    groups = client.get(LIST, query).context["groups"]
    return [[person.pk for person in group] for group in groups]


def test_doubles_are_listed_in_groups(signed_in, li, wang, family, twin):
    client = signed_in(li)
    assert found(client) == [[family.son.pk, twin.pk]]
    assert found(client, kind="phone") == []
    assert found(client, village=family.home.village_id, kind="birth") != []
    assert found(signed_in(wang)) == []
    third = Resident.objects.create(
        township=family.home.township,
        village=family.home.village,
        household=family.home,
        name="王秀英",
    )
    assert found(signed_in(li), kind="household") == [[family.wife.pk, third.pk]]


def test_two_with_numbers_of_their_own_are_two_people(signed_in, li, family, twin):
    family.son.set_id_number("430181199505069050")
    family.son.save()
    assert found(signed_in(li)) == []
    family.son.set_phones([PHONE])
    family.son.save()
    assert found(signed_in(li)) == []
    assert found(signed_in(li), kind="phone") == [[family.son.pk, twin.pk]]


@pytest.mark.parametrize("query", [{"kind": "moon"}, {"village": "abc"}, {"village": str(9**20)}])
def test_a_strange_query_is_refused(signed_in, li, family, query):
    assert signed_in(li).get(LIST, query).status_code == 422


def test_the_office_merges_two_entries_on_one_page(signed_in, zhao, li, family, twin):
    address = f"{reverse('villages:merge_people', kwargs={'pk': family.son.pk})}?with={twin.pk}"
    client = signed_in(zhao)
    shown = client.get(address)
    assert "430***********9033" in text_of(shown)
    assert "430181199505069033" not in text_of(shown)
    _, data = form_on(shown, holding="other_version")
    assert data["take_id_number"] == ["other"]  # the only one there is
    first, second = (client.post(address, data) for _ in range(2))
    assert first.url == second.url == reverse("villages:resident", kwargs={"pk": family.son.pk})
    son = fresh(family.son)
    assert (son.id_number, son.phones) == ("430181199505069033", PHONE)
    page = text_of(client.get(first.url))
    assert "重复登记合并" in page
    gone = text_of(client.get(reverse("villages:resident", kwargs={"pk": twin.pk})))
    assert "这是重复登记的记录" in gone
    assert signed_in(li).get(address).status_code == 403
    assert found(signed_in(li)) == []


def test_merging_needs_two_of_ones_own(signed_in, zhao, family, twin, foreign_village):
    address = reverse("villages:merge_people", kwargs={"pk": family.son.pk})
    client = signed_in(zhao)
    far = Resident.objects.create(
        township=foreign_village.township, village=foreign_village,
        household=foreign_village.households.get(), name="周小山",
    )  # fmt: skip
    assert client.get(address).url == LIST
    assert client.get(f"{address}?with=abc").url == LIST
    for pk in (far.pk, 10**15):
        assert client.get(f"{address}?with={pk}").status_code == 404
    data = form_on(client.get(f"{address}?with={twin.pk}"), holding="other_version")[1]
    stale = client.post(f"{address}?with={twin.pk}", data | {"other_version": ["99"]})
    assert stale.status_code == 409
    assert "刚被别人改过" in text_of(stale)
    assert fresh(twin).left_on is None


def test_the_page_is_bounded(signed_in, li, family, monkeypatch):
    monkeypatch.setattr("villages.duplicates.SHOWN", 2)
    for name in ("甲", "乙", "丙"):
        for _ in range(2):
            Resident.objects.create(
                township=family.home.township, village=family.home.village, household=family.home,
                name=name * 2,
            )  # fmt: skip
    answer = signed_in(li).get(LIST, {"kind": "household"})
    assert len(answer.context["groups"]) == 2
    assert "只列前 2 组" in text_of(answer)


def test_the_merge_is_filled_in_as_a_browser_would(signed_in, zhao, family, twin):
    address = f"{reverse('villages:merge_people', kwargs={'pk': twin.pk})}?with={family.son.pk}"
    fill_in(signed_in(zhao), address, holding="other_version")
    assert fresh(family.son).merged_into == twin
