"""一台账两清单: which list of which village does not hang this week, and the one click to its preview."""

import datetime as dt

import pytest
from django.urls import reverse

from desk.todo import todos
from grievances import actions
from grievances.models import Publication
from grievances.publishing.weekly import due_in_week, lists_due

from .conftest import DAY, moment

MONDAY, FRIDAY = dt.date(2026, 11, 16), dt.date(2026, 11, 20)
NOW = moment(FRIDAY, 15)


@pytest.fixture
def week(li, facts, act, matter_at, zhao):
    """石桥村 settled one matter this week and has another open; the township asks for lists on Fridays."""
    matter_at("settled")
    actions.register(by=li, on=DAY, now=moment(DAY), **facts)

    def asks(**more):
        rule = {"reminds_weekly": True, "weekday": 5, "lists_by_village": True} | more
        actions.set_paper_policy(by=zhao, township=zhao.township, version=None, **rule)

    return asks


def due(user, on=FRIDAY, monday=MONDAY):
    """[(place, list)]."""
    return [(row.place, row.label) for row in due_in_week(user, on, monday)]


def hang(zhao, kind, village=None, on=FRIDAY):
    """It hangs."""
    span = {"starts_on": MONDAY, "ends_on": on}
    draft = actions.draft_publication(
        by=zhao, now=NOW, township=zhao.township, kind=kind, village=village, **span
    )
    return actions.hang(publication=draft, by=zhao, version=None, on=on, now=NOW, is_checked=True)


def test_each_village_s_two_lists_are_due_until_they_hang(week, zhao, shiqiao):
    week()
    name = shiqiao.name
    assert due(zhao) == [(name, "问题清单"), (name, "办结清单")]
    hang(zhao, "problems")  # the township's is not the village's
    assert len(due(zhao)) == 2
    hang(zhao, "problems", shiqiao)
    assert due(zhao) == [(name, "办结清单")]
    hang(zhao, "settled", shiqiao)
    assert due(zhao) == []


def test_without_the_flag_one_of_each_is_due_for_the_township(week, zhao, shiqiao):
    week(lists_by_village=False)
    assert due(zhao) == [("全部村(社区)", "问题清单"), ("全部村(社区)", "办结清单")]
    hang(zhao, "settled", shiqiao)  # a village's is not the township's
    assert len(due(zhao)) == 2
    hang(zhao, "settled")
    assert due(zhao) == [("全部村(社区)", "问题清单")]


def test_the_desk_counts_the_same_lists_from_the_township_s_day_on(week, zhao, li):
    week()

    def counted(user, on):
        found = {each.label: each for each in todos(user, on, NOW)}.get("本周清单待公示")
        return (found.count, found.url) if found else None

    assert counted(zhao, FRIDAY) == (2, reverse("grievances:publications_due"))
    assert lists_due(zhao, FRIDAY) == len(due(zhao))
    assert counted(zhao, FRIDAY - dt.timedelta(days=1)) is None
    assert counted(li, FRIDAY) is None
    assert counted(zhao, FRIDAY + dt.timedelta(days=7)) is None  # nothing was said in that week


def test_where_no_rule_asks_or_nothing_would_stand_on_it_nothing_is_due(week, zhao, qian):
    assert due(zhao) == []
    week()
    assert due(zhao, MONDAY - dt.timedelta(days=1), MONDAY - dt.timedelta(days=7)) == []
    assert due(qian) == []  # another township's office
    week(reminds_weekly=False)
    assert due(zhao) == []


def test_a_confidential_matter_asks_for_no_list(week, zhao, shiqiao, monkeypatch):
    from grievances.querysets import GrievanceQuerySet

    week()
    monkeypatch.setattr(GrievanceQuerySet, "public", lambda rows: rows.none())
    assert due(zhao) == []


def test_one_click_drafts_it_and_leads_to_the_preview(week, signed_in, zhao, shiqiao, monkeypatch):
    week(shows_names=True)
    monkeypatch.setattr("liaison.clock.today", lambda: FRIDAY)
    monkeypatch.setattr("liaison.clock.now", lambda: NOW)
    client, url = signed_in(zhao), reverse("grievances:publications_due")
    page = client.get(url).content.decode()
    assert page.count("起草并预览") == 2 and shiqiao.name in page and FRIDAY.isoformat() in page
    asked = page.split("起草并预览")[0]
    said = {
        name: asked.split(f'name="{name}" value="')[-1].split('"')[0]
        for name in ("form_key", "kind", "village", "starts_on", "ends_on", "shows_names")
    }
    first, second = (client.post(reverse("grievances:publication_new"), said) for _ in range(2))
    draft = Publication.objects.get()
    assert first.url == second.url == reverse("grievances:publication", args=[draft.pk])
    assert (draft.village, draft.kind, draft.ends_on) == (shiqiao, "problems", FRIDAY)
    assert draft.shows_names and draft.lines.count() == 1
    page = client.get(url).content.decode()
    assert page.count("起草并预览") == 1 and first.url in page


def test_only_the_office_opens_the_page(signed_in, li, zhao):
    url = reverse("grievances:publications_due")
    assert signed_in(li).get(url).status_code == 403
    answer = signed_in(zhao).get(url)
    assert "没有待公示的清单" in answer.content.decode()
