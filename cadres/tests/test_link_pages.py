"""/links/ looked at: by household and by person, on cards, and by whom."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cadres import actions
from cadres.models import Holding, LinkPolicy, Representative
from conftest import SINCE
from liaison import clock
from villages.models import Household

from .link_pages import DAY, he, homes, linked, listed

__all__ = ["he", "homes", "linked"]  # fixtures, asked for by name


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
    counts = client.get(reverse("cadres:links")).context["counts"]
    assert len(counts) > 1
    for each in counts:
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
