"""/links/ changed: many linked at once, handed over, ended; representatives and bounds."""

import pytest
from django.urls import reverse

from cadres import actions
from cadres.models import HouseholdLink, Post, Representative
from cadres.roles import Role
from conftest import SINCE
from liaison import clock
from tests.filling import fill_in, form_on
from villages.models import Resident

from .link_pages import he, homes, linked, listed

__all__ = ["he", "homes", "linked"]  # fixtures, asked for by name


# --- Many at once -------------------------------------------------------------------------------


def bulk(village, **query):
    words = "&".join(f"{name}={value}" for name, value in {"village": village.pk, **query}.items())
    return f"{reverse('cadres:link_many')}?{words}"


def test_ticked_households_and_whole_groups_are_linked(signed_in, zhao, shiqiao, homes, he):
    client = signed_in(zhao)
    answer = fill_in(
        client,
        bulk(shiqiao),
        holding="since",
        who=f"representative:{he.pk}",
        groups=[homes[3].group_id],
        households=[homes[0].pk],
    )
    assert "已把4户交由何秀英联系" in answer.content.decode()
    now = set(HouseholdLink.objects.values_list("household", flat=True))
    assert now == {homes[n].pk for n in (0, 3, 4, 5)}


def test_a_group_stands_for_those_that_were_listed(signed_in, zhao, shiqiao, linked, homes, he):
    """「无村民代表的户」 of group 1: the two that 何秀英 has stay hers."""
    ma = Representative.objects.create(village=shiqiao, name="马春", since=SINCE)
    client = signed_in(zhao)
    answer = fill_in(
        client,
        bulk(shiqiao, state="no_representative"),
        holding="since",
        who=f"representative:{ma.pk}",
        groups=[homes[0].group_id],
    )
    assert "马春现在联系1户，少于标准3–5户" in answer.content.decode()
    assert {link.household for link in ma.household_links.all()} == {homes[2]}


def test_what_a_colleague_did_meanwhile_is_shown_first(signed_in, zhao, shiqiao, homes, he, client):
    page = signed_in(zhao).get(bulk(shiqiao))
    actions.link_households(
        by=zhao, households=homes[:1], who=he, since=clock.today(), on=clock.today()
    )
    ma = Representative.objects.create(village=shiqiao, name="马春", since=SINCE)
    address, data = form_on(page, holding="since")
    data |= {"who": [f"representative:{ma.pk}"], "households": [homes[0].pk, homes[1].pk]}
    stale = client.post(address, data)
    assert stale.status_code == 409
    assert "刚被别人改为由何秀英联系" in stale.content.decode()
    assert not ma.household_links.exists()
    again = fill_in_again(client, stale)
    assert again.status_code == 200
    assert ma.household_links.count() == 2


def fill_in_again(client, response):
    """Send the form of a refused page as it stands."""
    address, data = form_on(response, holding="since")
    return client.post(address, data, follow=True)


def test_twice_the_same_form_links_once(signed_in, zhao, shiqiao, homes, he, client):
    address, data = form_on(signed_in(zhao).get(bulk(shiqiao)), holding="since")
    data |= {"who": [f"representative:{he.pk}"], "households": [homes[0].pk]}
    for _ in range(2):
        assert client.post(address, data).status_code == 302
    assert HouseholdLink.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "请选择交由"),
        ({"who": "representative:987654"}, "请从列表中选择交由"),
        ({"households": ["9" * 25]}, "请从列表中选择户"),
        ({"groups": ["abc"]}, "组"),
        ({"since": "0001-01-01"}, "请核对日期的年份"),
        ({"since": "2099-01-01"}, "日期不能晚于今天"),
        ({"households": []}, "请至少勾选一户"),
    ],
)
def test_what_is_wrong_is_said_and_kept(signed_in, zhao, shiqiao, homes, he, said, sentence):
    client = signed_in(zhao)
    address, data = form_on(client.get(bulk(shiqiao)), holding="since")
    fitting = {"who": [f"representative:{he.pk}"], "households": [homes[0].pk]}
    if sentence == "请选择交由":
        fitting.pop("who")
    answer = client.post(address, {**data, **fitting, **said})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not HouseholdLink.objects.exists()


@pytest.mark.parametrize("village", ["", "abc", "9" * 30, "987654321"])
def test_without_a_village_of_his_the_choice_is_asked_again(signed_in, zhao, village):
    answer = signed_in(zhao).get(reverse("cadres:link_many"), {"village": village})
    assert answer.status_code == 422
    assert "请先选择村" in answer.content.decode()


# --- Handed over, ended -------------------------------------------------------------------------


def test_all_of_one_are_handed_over_on_a_page(signed_in, zhao, linked, he, shiqiao, homes):
    ma = Representative.objects.create(village=shiqiao, name="马春", since=SINCE)
    page = reverse("cadres:hand_over_representative", args=[he.pk])
    answer = fill_in(signed_in(zhao), page, target=f"representative:{ma.pk}")
    assert "马春现在联系2户，少于标准" in answer.content.decode()
    assert ma.household_links.current(clock.today()).count() == 2


def test_the_households_of_a_post_are_handed_over(signed_in, zhao, linked, li, qingshan):
    heir = Post.objects.create(township=qingshan, title="新岗位", role=Role.CADRE)
    page = reverse("cadres:hand_over_post", args=[li.post.pk])
    fill_in(signed_in(zhao), page, target=f"cadre:{heir.pk}")
    assert heir.household_links.current(clock.today()).count() == 1


def test_one_link_is_ended_on_the_household_s_page(signed_in, zhao, linked, homes):
    client = signed_in(zhao)
    link = HouseholdLink.objects.get(household=homes[1])
    shown = client.get(reverse("villages:household", args=[homes[1].pk])).content.decode()
    assert reverse("cadres:end_link", args=[link.pk]) in shown
    answer = fill_in(client, reverse("cadres:end_link", args=[link.pk]))
    assert "还没有人联系这一户" in answer.content.decode()
    assert "以前：何秀英（2026-03-01至" in answer.content.decode()


# --- Representatives and bounds -----------------------------------------------------------------


def test_a_representative_is_found_on_the_roll(signed_in, zhao, shiqiao, homes):
    people = [
        Resident.objects.create(
            township=shiqiao.township, village=shiqiao, household=home, name="马春"
        )
        for home in (homes[0], homes[3])
    ]
    client = signed_in(zhao)
    new = reverse("cadres:appoint_representative")
    with pytest.raises(AssertionError, match="几位马春，请填写所在户编号"):
        fill_in(client, new, village=shiqiao.pk, name="马春")
    fill_in(client, new, village=shiqiao.pk, name="马春", group="2组")
    row = Representative.objects.get()
    assert (row.resident, row.group) == (people[1], homes[3].group)
    fill_in(client, new, village=shiqiao.pk, name="马春", number="001")
    assert Representative.objects.filter(resident=people[0]).exists()


def test_what_is_not_on_the_roll_is_said(signed_in, zhao, shiqiao):
    client = signed_in(zhao)
    new = reverse("cadres:appoint_representative")
    for said, sentence in (({"group": "第9组"}, "没有“第9组”"), ({"number": "001"}, "没有叫马春")):
        with pytest.raises(AssertionError, match=sentence):
            fill_in(client, new, village=shiqiao.pk, name="马春", **said)
    fill_in(client, new, village=shiqiao.pk, name="马春")
    assert Representative.objects.get().resident is None


def test_who_leaves_hands_his_households_over(signed_in, zhao, linked, he, shiqiao):
    ma = Representative.objects.create(village=shiqiao, name="马春", since=SINCE)
    page = reverse("cadres:end_representative", args=[he.pk])
    fill_in(signed_in(zhao), page, successor=f"representative:{ma.pk}")
    assert ma.household_links.current(clock.today()).count() == 2
    assert he in listed(signed_in(zhao), "cadres:representatives", office="left")


def test_bounds_are_rows_from_a_day_on(signed_in, zhao, linked):
    page = reverse("cadres:link_policies")
    answer = fill_in(signed_in(zhao), page, least="4", most="8")
    said = answer.content.decode()
    assert "4–8户" in said
    assert "3–5户" in said
    with pytest.raises(AssertionError, match="最多不能小于最少"):
        fill_in(signed_in(zhao), page, least="9", most="8")
