"""How the tests fill in 全年安排表: the cells of the page as a browser would send them."""

import datetime as dt
from html.parser import HTMLParser

import pytest

from liaison import clock

URL = "/plans/grid/"
BEFORE = dt.date(2025, 12, 20)


@pytest.fixture
def before_the_year(monkeypatch):
    """It is 20 December 2025: 2026 is published, 2027 is not."""
    monkeypatch.setattr(clock, "today", lambda: BEFORE)


@pytest.fixture
def office(signed_in, zhao, li, wang):
    """赵 at her desk; 石桥村 and 和平村 have their teams."""
    return signed_in(zhao)


@pytest.fixture
def table(office):
    """The empty table of 2026."""
    return fields(office.get(f"{URL}?year=2026"))


class _Fields(HTMLParser):
    """name -> value of every field of the table's form; a select gives its chosen option."""

    def __init__(self):
        super().__init__()
        self.values, self.inside, self.select, self.text = {}, False, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = attrs.get("id") == "grid"
        if not self.inside:
            return
        if tag == "input":
            self.values[attrs["name"]] = attrs.get("value", "")
        elif tag == "select":
            self.select = attrs["name"]
        elif tag == "textarea":
            self.text = attrs["name"]
            self.values[self.text] = ""
        elif tag == "option" and self.select:
            first = self.select not in self.values
            if first or "selected" in attrs:
                self.values[self.select] = attrs["value"]

    def handle_data(self, data):
        if self.text:
            self.values[self.text] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.text = None


def fields(answer) -> dict:
    """The fields of an answered page."""
    parser = _Fields()
    parser.feed(answer.content.decode())
    return parser.values


def row_of(data, village, turn=0) -> int:
    """The number of a village's row among posted fields; ``turn`` for its second and third."""
    names = [name for name, value in data.items() if name.endswith("-village")]
    numbers = [int(name.split("-")[1]) for name in names if data[name] == str(village.pk)]
    return numbers[turn]


def typed(data, village, turn=0, **cells) -> dict:
    """The fields with some cells of a village's row typed over."""
    number = row_of(data, village, turn)
    return data | {f"r-{number}-{name}": text for name, text in cells.items()}


def press(client, data, do="look", **more):
    """Send the table by one of its buttons."""
    return client.post(URL, data | {"do": do} | more)


def save(client, data):
    """Look, then confirm what was shown; the last answer."""
    looked = press(client, data)
    assert looked.status_code == 200, looked.content.decode()
    return press(client, fields(looked), "save")


def held(village):
    """The days of a village, as they stand on the calendar."""
    days = [session.on for plan in village.plans.all() for session in plan.sessions.all()]
    return sorted(days)


def words(answer):
    return answer.content.decode()
