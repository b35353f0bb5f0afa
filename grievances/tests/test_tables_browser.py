"""Tables of the ledger where they are read: no head over a row, no day broken in two."""

import pytest
from django.urls import reverse

from conftest import PASSWORD
from grievances import actions
from tests.browser import sign_in

from .conftest import DAY, moment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def top_and_bottom(locator):
    box = locator.bounding_box()
    return box["y"], box["y"] + box["height"]


def test_the_head_of_an_agenda_stands_above_its_first_row(page, zhao, act, matter_at):
    """A frame that slides by itself is no page: a head kept in sight there would cover what is proposed first."""
    act("escalate", matter_at("in_hand"))
    meeting = actions.call_meeting(
        by=zhao, now=moment(DAY), township=zhao.township, kind="dispatch", village=None,
        standing=None, on=DAY, place="", chaired_by=None, recorder=zhao,
    )  # fmt: skip
    sign_in(page, zhao.username, PASSWORD, reverse("meetings:agenda", args=[meeting.pk]))
    head, row = page.locator("main thead th").first, page.locator("main tbody tr").first
    assert top_and_bottom(head)[1] <= top_and_bottom(row)[0] + 1


def test_a_day_on_the_wall_is_not_broken_in_two(page, zhao, li, facts):
    for each in ("路灯不亮", "水渠堵塞"):
        actions.register(by=li, on=DAY, now=moment(DAY), **facts | {"summary": each})
    given = {"township": zhao.township, "starts_on": DAY, "ends_on": DAY, "shows_names": True}
    for kind in ("problems", "ledger"):
        row = actions.draft_publication(by=zhao, now=moment(DAY, 15), kind=kind, **given)
        poster = reverse("grievances:publication_poster", args=[row.pk])
        if kind == "problems":
            sign_in(page, zhao.username, PASSWORD, poster)
        else:
            page.goto(poster)
        days = page.locator(".board td.is-day")
        assert days.count() >= 2
        for day in days.all():
            assert day.evaluate("cell => getComputedStyle(cell).whiteSpace") == "nowrap"
            assert day.evaluate("cell => cell.scrollWidth <= cell.clientWidth + 1")
