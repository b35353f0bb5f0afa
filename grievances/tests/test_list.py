"""The ledger as a list: its filters are linked to from figures, and nonsense in an address still gives a page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grievances import actions
from grievances.models import Category

from .conftest import DAY, moment
from .pages import FOLLOW_UPS, LEDGER, numbers


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "waiting declined spot urgent late"),
        ("status=registered", "waiting urgent"),
        ("status=registered&status=declined", "waiting urgent declined"),
        ("state=open", "waiting urgent"),
        ("state=settled", "spot late"),
        ("state=overdue", "waiting urgent"),
        ("state=declined", "declined"),
        ("state=counted", "waiting spot urgent late"),
        ("kind=dispute", "urgent"),
        ("urgent=1", "urgent"),
        ("urgent=0", "waiting declined spot late"),
        ("settlement=substantive", "spot late"),
        ("settled_from=2026-12-01&settled_to=2026-12-31", "late"),
        ("registered_from=2026-11-02&registered_to=2026-11-03", "waiting declined"),
        ("on_time=yes", ""),
        ("on_time=no", "waiting urgent late"),
        ("due_from=2026-11-01&due_to=2026-11-10", "urgent"),
        ("open_at=2026-11-30", "waiting urgent late"),
        ("open_at=2026-11-02", "waiting late"),
        ("q=当场", "spot"),
        ("q=周大山 急", "urgent"),
        ("q=100-2026-00002", "waiting"),
        ("satisfaction=satisfied", ""),
    ],
)
def test_every_filter_gives_exactly_its_rows(signed_in, zhao, several, query, expected):
    found = numbers(signed_in(zhao), query)
    assert found == {several[name].number for name in expected.split()}


def test_filters_by_a_row(signed_in, zhao, several, heping, minzheng, facts):
    client = signed_in(zhao)
    assert numbers(client, f"village={heping.pk}") == {several["waiting"].number}
    assert numbers(client, f"department={minzheng.pk}") == {several["late"].number}
    assert len(numbers(client, f"category={facts['category'].pk}")) == 5
    assert len(numbers(client, f"source={facts['source'].pk}")) == 5
    other = Category.objects.get(name="水利")
    assert numbers(client, f"category={other.pk}") == set()


def test_the_office_s_rows_are_not_another_township_s(signed_in, qian, several):
    assert numbers(signed_in(qian), "") == set()


@pytest.mark.parametrize(
    "query",
    [
        "page=" + "9" * 20,
        "page=-1",
        "page=x",
        "page_size=" + "9" * 20,
        "order=phone",
        "order=-id",
        "after=x~y",
        "before=2026-02-30~1",
        "nonsense=1",
        "q=" + "%25_'\"",
    ],
)
def test_nonsense_in_the_address_still_gives_a_page(signed_in, zhao, several, query):
    assert signed_in(zhao).get(f"{LEDGER}?{query}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "status=lost",
        "state=x",
        "kind=x",
        "village=" + "9" * 20,
        "village=x",
        "category=" + "9" * 30,
        "registered_from=2026-02-30",
        "open_at=x",
        "on_time=maybe",
        "q=" + "长" * 61,
    ],
)
def test_a_wrong_condition_is_said_and_gives_no_rows(signed_in, zhao, several, query):
    answer = signed_in(zhao).get(f"{LEDGER}?{query}")
    assert answer.status_code == 422
    assert "查询条件有误" in answer.content.decode()
    assert not answer.context["page"].rows


def test_a_foreign_village_is_no_condition(signed_in, zhao, several, foreign_village):
    assert signed_in(zhao).get(f"{LEDGER}?village={foreign_village.pk}").status_code == 422


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_ends_of_time_are_days_too(signed_in, zhao, several, day):
    assert signed_in(zhao).get(f"{LEDGER}?open_at={day}").status_code == 200


def test_a_nul_byte_is_refused(signed_in, zhao, several):
    assert signed_in(zhao).get(f"{LEDGER}?q=%00").status_code == 400


def queries_of(client, url):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_fifty_rows_cost_no_more_queries_than_one(signed_in, zhao, registered, act, li, facts):
    client = signed_in(zhao)
    url = f"{LEDGER}?page_size=50"
    client.get(url)  # the session is touched once
    one = queries_of(client, url)
    for _ in range(49):
        matter = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
        act("assign", act("accept", matter))
    assert queries_of(client, url) == one
    assert one <= 17  # three of them for 临期: the limits, and the calendar's two


def test_a_matter_s_page_costs_the_same_after_many_steps(signed_in, zhao, matter_at, act):
    matter = matter_at("settled")
    client, url = signed_in(zhao), f"/ledger/{matter.number}/"
    client.get(url)
    few = queries_of(client, url)
    for _ in range(5):
        matter = act("settle", act("reopen", matter))
    assert queries_of(client, url) == few
    assert (
        few <= 39
    )  # a panel asks once or twice: hands, levels, extensions, 督办, meetings, papers


def test_follow_ups_are_listed_with_their_answers(signed_in, sun, matter_at, act):
    matter = act("verify", matter_at("answered"), answer="unreached")
    matter = act("verify", matter, answer="basically", verbatim="亮是亮了")
    client = signed_in(sun)

    def answers(query):
        page = client.get(f"{FOLLOW_UPS}?{query}").context["page"]
        return [row.answer for row in page.rows]

    assert answers("") == ["basically", "unreached"]
    assert answers("valid=1") == ["basically"]
    assert answers("answer=unreached") == ["unreached"]
    assert answers("on_from=2026-11-18") == []
    assert client.get(f"{FOLLOW_UPS}?answer=x").status_code == 422
