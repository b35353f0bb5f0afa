"""Nothing that comes in breaks a page: empty forms, nonsense and the ends of time, at every address."""

import re

import pytest

from tests.addresses import PARAMETERS, ROUTES, address, ask, enter, is_list, somebody, text

pytestmark = pytest.mark.wide


def test_an_empty_form_sent_to_a_page_breaks_nothing(cast, ours):
    for name in ROUTES:
        if not PARAMETERS[name]:
            client = enter(somebody(cast, name, ours))
            assert ask(client, "post", address(name)).status_code not in (403, 404, 500), name


NONSENSE = (
    str(9**20), "-1", "0", "1.5", "abc", "'\"<script>alert(1)</script>", "%", "\\", "2026-13-45",
    "0001-01-01", "9999-12-31", "9999-99", "0000-00", "x" * 3000, "~~", "é\u202e", "\U0001f600", "１２",
)  # fmt: skip
USUAL = (
    "page", "page_size", "order", "after", "before", "last", "format", "q", "village", "period",
    "year", "month", "from", "to", "on", "session", "household", "group", "n",
)  # fmt: skip
ROOMS = sorted({name.split(":")[0] for name in ROUTES})


def room(prefix):
    """The addresses of one app."""
    return [name for name in ROUTES if name.split(":")[0] == prefix]


def parameters_of(view):
    """Names a page may read from its address: those of its query block, and the usual ones."""
    filterset = getattr(getattr(view, "view_class", None), "filterset_class", None)
    names = list(filterset.base_filters) if filterset else []
    names += [f"{name}_{end}" for name in names for end in ("after", "before", "min", "max")]
    return list(dict.fromkeys([*names, *USUAL]))


def dealt(names):
    """Nonsense for all these names at once, and dealt round so that each meets each."""
    for turn in range(len(NONSENSE)):
        yield dict.fromkeys(names, NONSENSE[turn])
        yield {name: NONSENSE[(turn + place) % len(NONSENSE)] for place, name in enumerate(names)}


@pytest.mark.parametrize("prefix", ROOMS)
def test_nonsense_in_the_address_breaks_nothing(cast, ours, prefix):
    for name in room(prefix):
        client, url = enter(somebody(cast, name, ours)), address(name, ours)
        names = parameters_of(ROUTES[name])
        every = 5 if is_list(name) else 11  # odd: both kinds take turns
        for data in list(dealt(names))[::every]:
            answer = ask(client, "get", url, data)
            assert answer.status_code < 500, (name, data)
            assert "<script>alert(1)" not in text(answer), name


def test_each_filter_alone_takes_the_ends_of_time(cast, ours):
    """Alone: one refused field would hide what another does."""
    for name in filter(is_list, ROUTES):
        client, url = enter(somebody(cast, name, ours)), address(name, ours)
        for one in ROUTES[name].view_class.filterset_class.base_filters:
            for end in ("0001-01-01", "9999-12-31", str(9**20)):
                assert ask(client, "get", url, {one: end}).status_code < 500, (name, one, end)


@pytest.mark.parametrize("prefix", ROOMS)
def test_nonsense_in_a_form_breaks_nothing(cast, ours, prefix):
    """Each name a page's own form has, filled with nonsense; and a few usual names."""
    for name in room(prefix):
        client, url = enter(somebody(cast, name, ours)), address(name, ours)
        shown = ask(client, "get", url)
        names = re.findall(r'name="([^"]+)"', text(shown)) if shown.status_code == 200 else []
        names = sorted({*names, "version", "form_key", "reason", "words", "on"})
        for data in list(dealt(names))[::17]:
            assert ask(client, "post", url, data).status_code < 500, (name, data)


def test_a_nul_byte_is_refused(cast, ours):
    """In the address, in a value and in a name; the addresses take turns."""
    for at, name in enumerate(ROUTES):
        client, url = enter(somebody(cast, name, ours)), address(name, ours)
        if at % 3 == 0:
            assert client.get(f"{url}?q=a%00b").status_code == 400, name
        else:
            sent = {"words": "a\x00b"} if at % 3 == 1 else {"a\x00b": "words"}
            assert client.post(url, sent).status_code == 400, name


LISTS = [name for name in ROUTES if is_list(name)]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_keeps_to_its_last_page_and_answers_htmx_with_rows_alone(cast, ours, name):
    client = enter(somebody(cast, name, ours))
    answer = client.get(address(name, ours), {"page": 9**20})
    assert answer.status_code == 200
    assert answer.context["page"].number == answer.context["page"].pages
    part = client.get(address(name, ours), headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]
