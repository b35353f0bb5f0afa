"""上一件, 下一件: through a filtered list from page to page, and on to the next after an act."""

import pytest
from django.urls import reverse

from grievances import actions
from tests.filling import fill_in

from .conftest import DAY, moment


@pytest.fixture
def row_of_five(li, wang, heping, facts):
    """Five matters, newest first: the second is 和平村's, the others 石桥村's."""
    made = []
    for n in range(5):
        more = {"village": heping} if n == 3 else {}
        by = wang if more else li
        made.append(actions.register(by=by, on=DAY, now=moment(DAY), **facts | more))
    return made[::-1]


def page_of(client, matter, query):
    url = reverse("grievances:detail", args=[matter.number])
    return client.get(url, {"list": query})


def around(client, matter, query):
    told = page_of(client, matter, query).context["around"]
    return told and (told.previous, told.place, told.next)


def test_the_list_leads_into_it_with_its_filter(signed_in, zhao, row_of_five, shiqiao):
    client = signed_in(zhao)
    listed = client.get(
        f"/ledger/?village={shiqiao.pk}&state=open&q=&page_size=50"
    ).content.decode()
    query = f"village={shiqiao.pk}&state=open"
    link = f"/ledger/{row_of_five[0].number}/?list=village%3D{shiqiao.pk}%26state%3Dopen"
    assert link in listed
    first, _, third, fourth, last = (each.number for each in row_of_five)
    assert around(client, row_of_five[0], query) == (None, 1, third)
    assert around(client, row_of_five[2], query) == (first, 2, fourth)
    assert around(client, row_of_five[4], query) == (fourth, 4, None)
    assert around(client, row_of_five[4], query + "&order=old") == (None, 1, fourth)
    page = page_of(client, row_of_five[2], query).content.decode()
    assert "第2件" in page
    assert f'href="/ledger/{fourth}/?list=' in page
    assert last


def test_without_a_list_there_is_no_walking(signed_in, zhao, row_of_five):
    page = signed_in(zhao).get(f"/ledger/{row_of_five[0].number}/")
    assert page.context["around"] is None
    assert "下一件" not in page.content.decode()


def test_a_cadre_walks_his_own_village_alone(signed_in, li, row_of_five):
    first, third = row_of_five[0], row_of_five[2]
    assert around(signed_in(li), first, "") == (None, 1, third.number)


def test_after_an_act_the_next_one_stands_open(signed_in, zhao, row_of_five):
    """Though the act leads the matter out of the filter."""
    client, query = signed_in(zhao), "status=registered"
    page = page_of(client, row_of_five[0], query)
    after = fill_in(client, page, "list=status%3Dregistered", then="next", on=str(DAY))
    assert after.context["matter"].number == row_of_five[1].number
    assert around(client, row_of_five[1], query) == (None, 1, row_of_five[2].number)
    stays = fill_in(client, after, "list=status%3Dregistered", on=str(DAY))
    assert stays.context["matter"].number == row_of_five[1].number
    assert stays.context["around"].place is None
    assert stays.context["around"].next == row_of_five[2].number


def test_after_the_last_one_the_list_comes_back(signed_in, zhao, row_of_five):
    client = signed_in(zhao)
    page = page_of(client, row_of_five[4], "state=open")
    after = fill_in(client, page, "list=state%3Dopen", then="next", on=str(DAY))
    assert after.redirect_chain[-1][0] == "/ledger/?state=open"
    assert "已经是最后一件" in after.content.decode()


@pytest.mark.parametrize(
    "query", ["village=x", "status=lost", "x" * 900, "order=phone", "q=%00%ff"]
)
def test_nonsense_in_the_query_is_no_walk_or_the_whole_list(signed_in, zhao, row_of_five, query):
    assert page_of(signed_in(zhao), row_of_five[0], query).status_code == 200


def test_its_cost_does_not_grow_with_the_list(
    signed_in, zhao, row_of_five, li, facts, django_assert_max_num_queries
):
    client = signed_in(zhao)
    page_of(client, row_of_five[0], "state=open")
    with django_assert_max_num_queries(38):
        page_of(client, row_of_five[0], "state=open")
