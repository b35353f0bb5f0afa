"""示意图位置: the office clicks where houses stand; the drawing shows them there, the others in their order."""

import re

import pytest
from django.urls import reverse

from conftest import PASSWORD
from tests.browser import PC, _open, sign_in
from villages.models import Group, HousePoint
from visits.rounds import Reach
from visits.schematic import blocks, tally
from visits.tests.test_walking import visit_round, walked  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(shiqiao):
    return reverse("visits:house_points", args=[shiqiao.code])


def homes_by_number(village):
    return {home.number: home for home in village.households.all()}


def test_a_click_places_the_house_and_the_next_one_is_chosen(
    signed_in, zhao, shiqiao, neighbours, url
):
    client, homes = signed_in(zhao), homes_by_number(shiqiao)
    page = client.get(url)
    assert page.context["form"].initial["household"] == homes["001"].pk
    clicked = {"household": homes["001"].pk, "x": "", "y": "", "at.x": "120", "at.y": "599"}
    answer = client.post(url, clicked)
    assert answer.status_code == 302
    assert HousePoint.objects.of_village(shiqiao) == {homes["001"].pk: (20, 100)}
    page = client.get(answer["Location"])
    assert page.context["form"].initial["household"] == homes["002"].pk
    typed = {"household": homes["003"].pk, "x": "50", "y": "7"}
    page = client.get(client.post(url, typed)["Location"])
    assert page.context["form"].initial["household"] == homes["004"].pk
    assert [home.number for home, _ in page.context["placed"]] == ["001", "003"]
    assert "本组 2 户已填，3 户未填" in page.content.decode()
    client.post(url, {"household": homes["001"].pk, "off": "1"})
    assert HousePoint.objects.of_village(shiqiao) == {homes["003"].pk: (50, 7)}


def test_what_is_missing_wrong_or_of_another_group_is_said(
    signed_in, zhao, shiqiao, heping, neighbours, url
):
    client, home = signed_in(zhao), shiqiao.households.get(number="001")
    second = Group.objects.create(village=shiqiao, name="第2组", number=2)
    foreign = heping.households.get()
    for said, sentence in (
        ({"household": home.pk}, "请在图上点一下"),
        ({"household": home.pk, "x": "101", "y": "3"}, "小于或等于"),
        ({"household": home.pk, "x": "乱", "y": "3"}, "请在图上点一下|输入整数"),
        ({"household": foreign.pk, "x": "1", "y": "3"}, "请从列表中选择户"),
        ({"household": home.pk, "at.x": "999", "at.y": "1"}, "小于或等于"),
    ):
        answer = client.post(url, said)
        assert answer.status_code == 422, said
        assert re.search(sentence, answer.content.decode()), said
    other = client.post(f"{url}?group={second.pk}", {"household": home.pk, "x": "1", "y": "3"})
    assert other.status_code == 422
    assert not HousePoint.objects.exists()


def test_it_is_the_office_s_page_of_its_own_villages(signed_in, zhao, li, qian, shiqiao, url):
    drawing = reverse("visits:village_map", args=[shiqiao.code])
    assert url in signed_in(zhao).get(drawing).content.decode()
    assert url not in signed_in(li).get(drawing).content.decode()
    assert signed_in(li).get(url).status_code == 403
    assert signed_in(qian).get(url).status_code == 404


def test_placed_houses_stand_at_their_place_the_others_in_order(
    li, shiqiao, visit_round, walked,  # noqa: F811
):  # fmt: skip
    HousePoint.objects.create(household=walked["002"], x=20, y=30)
    drawn = blocks(li, shiqiao, reach := Reach.of(visit_round), visit_round.target)
    first = drawn[0]
    assert [(mark.number, mark.x, mark.y) for mark in first.placed] == [("002", 185, 285)]
    assert [mark.number for mark in first.marks] == ["001", "003", "004", "005"]
    # The numbers are the same wherever a house is drawn.
    HousePoint.objects.all().delete()
    in_order = blocks(li, shiqiao, reach, visit_round.target)
    assert tally(drawn) == tally(in_order)
    assert [block.homes for block in drawn] == [block.homes for block in in_order]


def test_the_page_shows_both_and_says_so(signed_in, li, contact, shiqiao, visit_round, walked):  # noqa: F811
    at = reverse("visits:round_map", args=[visit_round.pk, shiqiao.code])
    plain = signed_in(li).get(at).content.decode()
    assert "按填写的位置" not in plain and "按户册顺序排列" in plain
    HousePoint.objects.create(household=walked["002"], x=20, y=30)
    page = signed_in(li).get(at).content.decode()
    assert "按填写的位置" in page and "translate(185 285)" in page
    assert "002 周小山：待走访" in page
    # Whoever does not read the household sees a blank square there.
    hidden = signed_in(contact).get(at).content.decode()
    assert "translate(185 285)" in hidden and "周小山" not in hidden


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_two_clicks_place_two_houses(
    chromium, live_server, zhao, shiqiao, neighbours, url, scripts
):
    page = _open(chromium, live_server, PC, java_script_enabled=scripts)
    with page.context:
        sign_in(page, zhao.username, PASSWORD, url)
        for at in ((300, 150), (60, 540)):
            page.locator("input[type=image]").click(position={"x": at[0], "y": at[1]})
            page.wait_for_url("**after=**")
            page.wait_for_load_state("load")
        placed = {
            home.number: (home.point.x, home.point.y)
            for home in shiqiao.households.exclude(point=None)
        }
        assert placed == {"001": (50, 25), "002": (10, 90)}
        # Enter in a field is the button beside it, no click at the corner.
        page.fill("[name=x]", "70")
        page.fill("[name=y]", "71")
        page.press("[name=y]", "Enter")
        page.wait_for_load_state("load")
        page.get_by_text("横70 纵71").wait_for()
