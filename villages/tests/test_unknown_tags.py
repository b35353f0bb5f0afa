"""A tag that no list knows is for the assigned team only, until the office says otherwise."""

import datetime as dt

import pytest
from django.urls import reverse

from liaison.imports.kinds import Place
from liaison.reading.excel_read import read_book
from tests.filling import fill_in
from villages.models import ResidentTag
from villages.roster.commit import commit
from villages.roster.stage import stage_book
from villages.tags import visible_tags

from .roster_files import number, roster, row

ON = dt.date(2026, 11, 21)


@pytest.fixture
def brought(qingshan, shiqiao):
    """A roster of 石桥村 has brought the tag 监测户."""
    data = roster(row(id=number(), tags="监测户"))
    place = Place(on=ON, township=qingshan, village=shiqiao)
    commit(staged=stage_book(read_book(data), place), by=None, file_name="名册.csv")
    return ResidentTag.objects.get(name="监测户")


def test_it_is_seen_by_the_team_alone(brought, shiqiao, li, wang, zhao):
    assert brought.sensitive
    assert brought in visible_tags(li, shiqiao.pk)
    assert brought not in visible_tags(wang, shiqiao.pk)
    assert brought not in visible_tags(zhao, shiqiao.pk)


def test_the_office_opens_it(brought, shiqiao, zhao, signed_in):
    page = reverse("settings:tags_edit", args=[brought.pk])
    fill_in(signed_in(zhao), page, sensitive=None)
    brought.refresh_from_db()
    assert not brought.sensitive
    assert brought in visible_tags(zhao, shiqiao.pk)


def test_the_seeded_ones_stay_as_they_are(db):
    assert not ResidentTag.objects.get(name="党员").sensitive
    assert ResidentTag.objects.get(name="低保").sensitive
