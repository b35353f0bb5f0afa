"""全局查找: in which order hits stand, how many, and what a search costs."""

import datetime as dt
import re
from unittest.mock import patch
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from villages.looking import Look
from villages.models import Household
from villages.querysets import HouseholdQuerySet
from villages.typed import Typed

from .findable import URL, findable, found, name_of, registry

__all__ = ["registry"]  # fixtures, asked for by name

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("left_as", "said"),
    [("died", "已死亡"), ("moved_out", "已迁出"), ("duplicate", "重复登记"), ("", "已离册")],
)
def test_somebody_who_left_stands_last_and_is_said_to_have_left(
    signed_in, li, registry, household, left_as, said
):
    registry.left_on, registry.left_as = dt.date(2026, 1, 1), left_as
    registry.save()
    household.residents.create(
        township=registry.township, village=registry.village, name="周大山石"
    )
    findable()
    people = signed_in(li).get(URL, {"q": "周大山"}).context["found"][0]
    assert [(name_of(hit), hit.state) for hit in people.hits] == [
        ("周大山石", ""),
        ("周大山", said),
    ]


def test_a_cancelled_household_stands_last(signed_in, li, registry, household):
    household.residence = "cancelled"
    household.save()
    other = household.village.households.get(number="004")
    other.head_name = "周大山石"
    other.save()
    findable()
    homes = signed_in(li).get(URL, {"q": "周大山"}).context["found"][1]
    assert [(name_of(hit), hit.state) for hit in homes.hits] == [
        ("周大山石", ""),
        ("周大山", "已注销"),
    ]


def test_no_more_than_twenty_of_a_kind(signed_in, li, shiqiao, household):
    for number in range(25):
        shiqiao.households.create(
            township=shiqiao.township,
            group=household.group,
            number=f"8{number}",
            head_name="欧阳海",
        )
    findable()
    answer = signed_in(li).get(URL, {"q": "欧阳"})
    kind = answer.context["found"][0]
    assert (len(kind.hits), kind.more) == (20, True)
    listed = signed_in(li).get(kind.more_url)
    assert "25 条" in listed.content.decode()
    assert f'href="{kind.more_url}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("", 5),  # session, account, posts; the bell; whether reminders are late
        ("周", 9),  # words of people and households together, both kinds' rows, villages
        ("zds", 9),
        ("5678", 8),  # words, people, matters; no household has such a number
        ("100-2026-00001", 8),  # words, matters, villages: as long as a division code
        ("无此人", 7),  # words, villages
    ],
)
def test_a_search_costs_few_queries(
    signed_in, zhao, registry, django_assert_num_queries, text, queries
):
    client = signed_in(zhao)
    client.get(URL)
    with django_assert_num_queries(queries):
        client.get(URL, {"q": text})


def test_suggestions_cost_no_frame(signed_in, zhao, li, registry, django_assert_num_queries):
    client, url = signed_in(zhao), reverse("desk:suggest")
    client.post(url, {"q": "周"})
    with django_assert_num_queries(7):
        client.post(url, {"q": "周"})
    client = signed_in(li)
    client.post(url, {"q": "周"})
    with django_assert_num_queries(8):  # the township of his villages
        client.post(url, {"q": "周"})


def test_of_a_matter_no_more_is_read_than_is_shown(signed_in, zhao, registry):
    client = signed_in(zhao)
    with CaptureQueriesContext(connection) as asked:
        assert found(client, "2026-00001") == {"诉求": ["100-2026-00001"]}
    (ledger_read,) = [each["sql"] for each in asked if "summary" in each["sql"]]
    assert not re.search("complainant|phone|detail", ledger_read)


def test_words_of_many_places_are_read_piece_by_piece(li, registry):
    """One statement takes so many stretches; more are read by another, and nothing is left out."""
    look = {many: Look(li, Typed.read("zhou")) for many in (2, 300)}
    for many, each in look.items():
        with patch("villages.looking.UNITED", many):
            each.homes = [row.pk for row, _ in each.households(5)]
            each.people = [row.pk for row, _ in each.residents(5)]
    assert look[2].homes == look[300].homes != []
    assert look[2].people == look[300].people == [registry.pk]


@pytest.mark.parametrize(
    ("text", "why", "mark"),
    [
        ("周", "姓名", "周"),
        ("大山", "姓名", "大山"),
        ("zhoud", "拼音", "周大"),
        ("das", "拼音", "大山"),
        ("ds", "首字母", "大山"),
        ("901X", "身份证号末四位", ""),
        ("5678", "电话末四位", ""),
    ],
)
def test_what_matched_is_said_and_marked(signed_in, li, registry, text, why, mark):
    hit = signed_in(li).get(URL, {"q": text}).context["found"][0].hits[0]
    assert (hit.met.why, hit.met.mark) == (why, mark)


def test_a_reader_of_few_households_misses_nothing_behind_many(signed_in, li, household, shiqiao):
    """Others' words fill what is read first; the one he may see stands behind them."""
    for number in range(120):
        shiqiao.households.create(
            township=shiqiao.township, group=household.group, number=f"9{number}", head_name="王明"
        )
    findable()
    last = shiqiao.households.order_by("pk").last()
    look = Look(li, Typed.read("wangm"))
    mine = Household.objects.filter(pk=last.pk)
    with patch.object(HouseholdQuerySet, "visible_to", lambda rows, user: rows & mine):
        assert [row.pk for row, _ in look.households(5)] == [last.pk]


def test_words_nobody_is_called_by_lead_on_to_the_ledger_s_summaries(signed_in, zhao, contact):
    text = "灌溉渠"
    page = signed_in(zhao).get(URL, {"q": text}).content.decode()
    ways = re.findall(r'href="(/ledger/\?q=[^"]+)"', page)
    assert ways == [f"/ledger/?q={quote(text)}"]
    assert signed_in(zhao).get(ways[0]).status_code == 200
    assert "/ledger/?q=" not in signed_in(contact).get(URL, {"q": text}).content.decode()
    number = signed_in(zhao).post(URL, {"q": "110101199003078515"}).content.decode()
    assert "没有找到这个号码" in number and "/ledger/?q=" not in number
