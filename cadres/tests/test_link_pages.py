"""/links/ — by household and by person, many linked at once, representatives, bounds, the panels."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cadres import actions
from cadres.models import Holding, HouseholdLink, LinkPolicy, Post, Representative
from cadres.roles import Role
from conftest import SINCE
from liaison import clock
from tests.filling import fill_in, form_on
from villages.models import Household, Resident

DAY = dt.date(2026, 3, 1)


@pytest.fixture
def homes(shiqiao):
    """Six households of 石桥村 in two groups, one of them 空挂."""
    first = shiqiao.households.get()
    second = shiqiao.groups.create(name="第2组", number=2)
    more = [
        Household.objects.create(
            township=shiqiao.township,
            village=shiqiao,
            group=first.group if n < 4 else second,
            number=f"00{n}",
            head_name=f"户主{n}",
            residence="vacant" if n == 6 else "resident",
        )
        for n in range(2, 7)
    ]
    return [first, *more]


@pytest.fixture
def he(shiqiao):
    """何秀英, 村民代表 of 石桥村."""
    return Representative.objects.create(
        village=shiqiao, name="何秀英", group=shiqiao.groups.first(), since=SINCE
    )


@pytest.fixture
def linked(homes, he, li, zhao):
    """何秀英 has the first two, 李's post the first one; bounds 3–5."""
    today = clock.today()
    LinkPolicy.objects.create(
        township=he.village.township, kind="representative", least=3, most=5, since=DAY
    )
    for who, own in ((he, homes[:2]), (li.post, homes[:1])):
        actions.link_households(by=zhao, households=own, who=who, since=DAY, on=today)


def listed(client, name="cadres:links", **query):
    """The rows of a list."""
    return client.get(reverse(name), query).context["page"].rows


def sheet(client, name):
    answer = client.get(reverse(name), {"format": "xlsx"})
    return str(list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)))


# --- By household -------------------------------------------------------------------------------


def test_each_household_stands_with_who_answers_for_it(signed_in, zhao, linked, homes):
    page = signed_in(zhao).get(reverse("cadres:links")).content.decode()
    assert "何秀英" in page
    assert "党委委员" in page
    assert "未联系 <b>3</b> 户" in page


@pytest.mark.parametrize(
    ("state", "numbers"),
    [("none", "345"), ("no_cadre", "2345"), ("no_representative", "345"), ("linked", "12")],
)
def test_who_is_unlinked_is_a_list(signed_in, zhao, linked, homes, state, numbers):
    """空挂 households need nobody."""
    rows = listed(signed_in(zhao), state=state)
    assert [row.number[-1] for row in rows] == list(numbers)


def test_the_numbers_above_are_the_lengths_of_their_lists(signed_in, zhao, linked, homes):
    Household.objects.filter(pk=homes[1].pk).update(residence="vacant")
    client = signed_in(zhao)
    for each in client.get(reverse("cadres:links")).context["counts"]:
        page = client.get(f"{reverse('cadres:links')}?{each['query']}").context["page"]
        assert page.total == each["number"], each["label"]


def test_those_who_wait_come_first_on_demand(signed_in, zhao, linked, homes):
    rows = listed(signed_in(zhao), order="unlinked")
    assert [row.number for row in rows] == ["003", "004", "005", "006", "002", "001"]


def test_the_number_beside_a_name_is_the_length_of_its_list(signed_in, zhao, linked, he, li):
    client = signed_in(zhao)
    for name, who, query in (
        ("cadres:representatives", he, "representative"),
        ("cadres:linked_posts", li.post, "post"),
    ):
        row = next(row for row in listed(client, name) if row == who)
        assert len(listed(client, **{query: who.pk})) == row.number > 0


def test_the_sheets_hold_what_the_lists_show(signed_in, zhao, linked, homes):
    client = signed_in(zhao)
    by_household = sheet(client, "cadres:links")
    assert "'何秀英'" in by_household
    assert "'李明'" in by_household
    assert "不足" in sheet(client, "cadres:representatives")
    assert "'党委委员', '李明', 1" in sheet(client, "cadres:linked_posts")


def test_a_cadre_sees_and_changes_nothing(signed_in, li, wang, linked, homes):
    client = signed_in(li)
    page = client.get(reverse("cadres:links")).content.decode()
    assert "何秀英" in page
    assert "批量联系" not in page
    assert client.get(reverse("cadres:link_many")).status_code == 403
    assert not set(listed(signed_in(wang))) & set(homes)


def test_lists_cost_the_same_however_many_rows(signed_in, zhao, linked, homes):
    client = signed_in(zhao)
    client.get(reverse("cadres:links"))
    asked = []
    for size in (1, 6):
        Household.objects.filter(number__in=[f"00{n}" for n in range(size + 1, 7)]).update(
            residence="cancelled"
        )
        if size == 6:
            Household.objects.update(residence="resident")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("cadres:links"))
        asked.append(len(queries))
    assert asked[0] == asked[1]


# --- By person ----------------------------------------------------------------------------------


def test_too_few_and_too_many_are_said_in_words(signed_in, zhao, linked, he, homes, shiqiao):
    ma = Representative.objects.create(village=shiqiao, name="马春", since=SINCE)
    client = signed_in(zhao)
    assert set(listed(client, "cadres:representatives", verdict="few")) == {he, ma}
    LinkPolicy.objects.update(least=1, most=1)
    assert listed(client, "cadres:representatives", verdict="many") == [he]
    page = client.get(reverse("cadres:representatives")).content.decode()
    assert "超出" in page
    assert "1–1户" in page
    # 何秀英 of group 1 stands after 马春, who is of none: the order of the village, not of numbers
    assert listed(client, "cadres:representatives") == [ma, he]


def test_a_vacant_post_with_households_is_named(signed_in, zhao, linked, li):
    yesterday = clock.today() - dt.timedelta(days=1)
    Holding.objects.filter(post=li.post).update(until=yesterday)
    client = signed_in(zhao)
    assert listed(client, "cadres:linked_posts", state="vacant") == [li.post]
    assert "岗位空缺" in client.get(reverse("cadres:links")).content.decode()


def test_a_post_is_judged_only_by_who_sees_all_its_households(signed_in, zhao, li, linked):
    LinkPolicy.objects.create(township=li.township, kind="cadre", least=9, most=20, since=DAY)
    assert listed(signed_in(zhao), "cadres:linked_posts", state="few")
    assert not listed(signed_in(li), "cadres:linked_posts", state="few")


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


def test_a_person_s_card_names_his_households(signed_in, zhao, admin, linked, li):
    card = reverse("cadres:cadre", args=[li.pk])
    page = signed_in(zhao).get(card).content.decode()
    assert "共 1 户" in page
    assert "周大山" in page
    assert "周大山" not in signed_in(admin).get(card).content.decode()


def test_a_contact_finds_who_else_answers_for_his_household(
    signed_in, contact, linked, homes, zhao
):
    actions.link_households(
        by=zhao, households=homes[:1], who=contact.post, since=clock.today(), on=clock.today()
    )
    page = signed_in(contact).get(reverse("villages:household", args=[homes[0].pk]))
    assert "何秀英" in page.content.decode()
    assert "解除" not in page.content.decode()


@pytest.mark.parametrize(
    "name",
    ["end_link", "end_representative", "hand_over_representative", "hand_over_post"],
)
def test_a_foreign_row_is_a_missing_one(signed_in, qian, linked, he, li, name):
    row = {"end_link": he.household_links.first(), "hand_over_post": li.post}.get(name, he)
    address = reverse(f"cadres:{name}", args=[row.pk])
    assert signed_in(qian).get(address).status_code == 404
    assert signed_in(qian).post(address).status_code == 404
