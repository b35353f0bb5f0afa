"""Pages: every row once, in order, however one walks, and no page number breaks anything."""

import datetime as dt
from itertools import chain
from urllib.parse import parse_qsl

import pytest
from django.db.models.functions import Upper
from django.http import QueryDict
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from liaison import paging
from liaison.paging import paginate
from villages.models import Group, Household

ORDERS = [
    ("number", "id"),
    ("-number", "-id"),
    ("residence", "number", "id"),
    ("-residence", "number", "-id"),
]
quiet = hypothesis_settings(deadline=None, max_examples=25)


def fill(village, residences):
    """Households with these states, in this order of entry."""
    group = Group.objects.get(village=village)
    Household.objects.all().delete()
    Household.objects.bulk_create(
        Household(
            township=village.township,
            village=village,
            group=group,
            number=f"{number:04d}",
            residence=residence,
        )
        for number, residence in enumerate(residences)
    )


def page_of(query, order, rows=None):
    params = QueryDict(query) if isinstance(query, str) else query
    return paginate(rows if rows is not None else Household.objects.all(), params, order)


def walk(order, link, start=""):
    """All pages by following one kind of link."""
    page, seen = page_of(start, order), []
    while True:
        seen.append([row.pk for row in page.rows])
        query = getattr(page, link)
        if not query:
            return seen
        assert len(seen) < 50, "the walk does not end"
        page = page_of(query, order)


states = st.lists(st.sampled_from(["resident", "away", "vacant"]), max_size=130)


@pytest.mark.django_db
@pytest.mark.parametrize("counted", [True, False], ids=["counted", "beyond the count"])
@quiet
@given(residences=states, order=st.sampled_from(ORDERS), size=st.sampled_from([20, 50]))
def test_walking_on_meets_every_row_once_in_order(shiqiao, counted, residences, order, size):
    fill(shiqiao, residences)
    wanted = list(Household.objects.order_by(*order).values_list("pk", flat=True))
    limit = paging.COUNT_LIMIT
    try:
        paging.COUNT_LIMIT = limit if counted else 60
        forth = walk(order, "next_query", f"page_size={size}")
        assert list(chain(*forth)) == wanted
        assert all(len(page) <= size for page in forth)
        if counted:
            back = walk(order, "previous_query", f"page_size={size}&last=1")
            assert list(chain(*reversed(back))) == wanted
    finally:
        paging.COUNT_LIMIT = limit


@pytest.fixture
def fifty(shiqiao):
    """Fifty households: three pages of twenty."""
    fill(shiqiao, ["resident"] * 50)
    return list(Household.objects.order_by("number").values_list("pk", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["3", "4", "999", str(9**20), "9" * 400])
def test_a_page_beyond_the_end_is_the_last(fifty, asked):
    page = page_of(f"page={asked}", ("number", "id"))
    assert page.number == 3
    assert [row.pk for row in page.rows] == fifty[40:]
    assert (page.total, page.pages, page.first_row_number) == (50, 3, 41)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["0", "-3", "x", "1.5", "", "1e9", "٣x", "NaN"])
def test_a_nonsense_page_is_the_first(fifty, asked):
    page = page_of(f"page={asked}", ("number", "id"))
    assert page.number == 1
    assert [row.pk for row in page.rows] == fifty[:20]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "size"),
    [("20", 20), ("21", 50), ("50", 50), ("100", 100), ("100000", 100), ("-1", 20), ("x", 20)],
)
def test_page_sizes_are_the_three(fifty, asked, size):
    assert page_of(f"page_size={asked}", ("number", "id")).size == size


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    ["~", "~~~~", "x~y", "0001~abc", "0001", "~" * 500, "0001~" + "9" * 40, "'; DROP TABLE~1"],
)
@pytest.mark.parametrize("link", ["after", "before"])
def test_a_tampered_cursor_breaks_nothing(fifty, link, cursor):
    params = QueryDict(mutable=True)
    params[link] = cursor
    page = page_of(params, ("number", "id"))
    assert {row.pk for row in page.rows} <= set(fifty)


@pytest.mark.django_db
def test_a_cursor_beyond_every_row_gives_an_empty_page_and_the_way_back(fifty):
    page = page_of("after=zzzz~1&page=4", ("number", "id"))
    assert page.rows == []
    assert not page.next_query


@pytest.mark.django_db
def test_links_keep_the_filters_and_drop_the_old_place(fifty):
    query = page_of("village=3&page=2&format=xlsx&q=%E5%91%A8", ("number", "id")).next_query
    kept = dict(parse_qsl(query))
    assert (kept["village"], kept["q"], kept["page"]) == ("3", "周", "3")
    assert "format" not in kept


@pytest.mark.django_db
def test_a_filter_chosen_twice_stays_chosen_twice(fifty):
    page = page_of("status=assigned&status=in_hand", ("number", "id"))
    assert [value for key, value in parse_qsl(page.next_query) if key == "status"] == [
        "assigned",
        "in_hand",
    ]


@pytest.mark.django_db
def test_rows_entered_while_walking_shift_nothing(fifty, shiqiao):
    first = page_of("", ("number", "id"))
    group = Group.objects.get(village=shiqiao)
    shiqiao.households.create(township=shiqiao.township, group=group, number="0000a")
    second = page_of(first.next_query, ("number", "id"))
    assert [row.pk for row in second.rows] == fifty[20:40]


@pytest.mark.django_db
def test_times_are_a_place_to_go_on_from(li):
    from cadres.models import Notice

    at = dt.datetime(2026, 11, 17, 2, 3, 4, 567891, tzinfo=dt.UTC)
    for number in range(45):
        when = at + dt.timedelta(microseconds=number // 2)
        Notice.objects.create(
            kind="k", subject=f"s:{number}", slot="", recipient=li, title="t", due_at=when,
            created_at=when,
        )  # fmt: skip
    order, seen, query = ("-created_at", "-id"), [], ""
    while True:
        page = paginate(Notice.objects.all(), QueryDict(query), order)
        seen += [row.pk for row in page.rows]
        if not page.next_query:
            break
        query = page.next_query
    assert seen == list(Notice.objects.order_by(*order).values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_list_ordered_by_what_it_computes_walks_on_too(shiqiao):
    fill(shiqiao, ["resident", "away", "vacant"] * 15)
    rows = Household.objects.annotate(rank=Upper("residence"))
    order, seen, query = ("rank", "id"), [], ""
    while True:
        page = page_of(query, order, rows)
        seen += [row.pk for row in page.rows]
        if not page.next_query:
            break
        query = page.next_query
    assert seen == list(rows.order_by(*order).values_list("pk", flat=True))
    assert page_of("after=x~y~z&page=2", order, rows).number == 2
    assert len(page_of("after=RESIDENT~nonsense", order, rows).rows) == 20
