"""What a handover's sheet says to print again: each concerned team's cards and year, behind links that open."""

import datetime as dt
import re

import pytest

from cadres import actions
from cadres.models import Seat
from grievances.tests.conftest import moment
from visits.planning import plan_sessions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
MONDAY = dt.date(2026, 11, 23)


@pytest.fixture
def handed_over(admin, li, gao, plan):
    """``handed_over(until)``: the sheet's address after 李's post went to 高, whose days are planned."""
    plan_sessions(today=MONDAY)

    def carry(until=dt.date(2026, 11, 22)):
        row = actions.hand_over_post(
            by=admin, holding=li.holdings.get(), until=until, successor=gao, today=MONDAY,
            now=moment(MONDAY),
        )  # fmt: skip
        return f"/handovers/{row.pk}/"

    return carry


def listed(client, sheet):
    """{team: {words: address}} of the section 需要重新打印的."""
    page = client.get(sheet).content.decode()
    _, found, section = page.partition('aria-label="需要重新打印的"')
    rows = re.findall(r"<tr>\s*<td>\d+</td>\s*<td>(.*?)</td>(.*?)</tr>", section, re.DOTALL)
    assert bool(found) == bool(rows)
    links = re.compile(r'<a href="([^"]+)">([^<]+)</a>')
    return {team: {words: url for url, words in links.findall(cell)} for team, cell in rows}


def test_cards_plans_and_the_year_of_each_team_are_listed_and_open(
    signed_in, zhao, li, wang, gao, handed_over
):
    Seat.objects.create(team=wang.team, post=li.post, kind=Seat.Kind.MEMBER)
    client = signed_in(zhao)
    teams = listed(client, handed_over())
    assert list(teams) == ["石桥村驻点团队", "和平村驻点团队"]
    for team, links in teams.items():
        assert list(links) == ["固定人员、时间和地点", "便民服务卡", "驻点安排", "全年驻点日"]
        answers = {words: client.get(url) for words, url in links.items()}
        assert {answer.status_code for answer in answers.values()} == {200}, team
        assert f"{team}2026年驻点日" in answers["全年驻点日"].content.decode()
    cards = client.get(teams["石桥村驻点团队"]["便民服务卡"])
    assert [village.name for village in cards.context["page"].rows] == ["石桥村"]
    assert "高远" in cards.content.decode()


def test_the_year_is_the_one_in_which_the_successor_begins(signed_in, zhao, handed_over):
    client = signed_in(zhao)
    links = listed(client, handed_over(until=dt.date(2026, 12, 31)))["石桥村驻点团队"]
    assert links["全年驻点日"].endswith("?year=2027")
    assert "2027年驻点日" in client.get(links["全年驻点日"]).content.decode()


def test_nobody_is_offered_a_print_he_may_not_open(signed_in, admin, gao, wang, sun, handed_over):
    sheet = handed_over()
    offered = {}
    for reader in (admin, gao, wang, sun):
        client = signed_in(reader)
        offered[reader.username] = links = listed(client, sheet)["石桥村驻点团队"]
        assert {client.get(url).status_code for url in links.values()} == {200}, reader
    assert "全年驻点日" not in offered["he"]
    assert "便民服务卡" not in offered["sun"]
    assert {"便民服务卡", "全年驻点日"} <= set(offered["gao"])


def test_a_supervising_team_has_no_cards_to_print(signed_in, zhao, li, handed_over):
    li.team.kind = "supervision"
    li.team.save()
    assert list(listed(signed_in(zhao), handed_over())["石桥村驻点团队"]) == [
        "固定人员、时间和地点"
    ]


def test_a_post_without_a_team_leaves_nothing_to_print(signed_in, zhao, li, handed_over):
    li.post.seats.all().delete()
    assert listed(signed_in(zhao), handed_over()) == {}
