"""What hangs on the village's board when somebody of the team is on leave."""

import datetime as dt

import pytest

from cadres.cards.content import cards_of
from cadres.models import CardText
from liaison import clock
from visits import actions
from visits.actions import posting
from visits.day_cards import day_cards
from visits.models import LiaisonSession
from visits.posters import posters_of
from visits.posting import due

from .leaving import NEXT, approve

pytestmark = pytest.mark.django_db


def board(day, by):
    """(the days to announce on the Sunday before, what a notice printed then would say)."""
    rows = LiaisonSession.objects.select_related("village__township", "township", "team")
    (poster,) = posters_of(rows.filter(pk=day.pk), NEXT)
    return list(due(by, NEXT - dt.timedelta(days=2))), poster


def put_up(day, by):
    sunday = clock.now() + dt.timedelta(days=5)
    posting.mark_posted(by=by, sessions={day.pk: day.version}, now=sunday)


def test_a_notice_follows_who_sits_there(ask, ahead, li, feng, he):
    put_up(ahead, li)
    leave = ask(stand_in=he)
    assert board(ahead, li)[0] == []  # asked for is not granted
    approve(leave, li, stand_in=he)
    days, poster = board(ahead, li)
    assert (days, poster.names) == ([ahead], ["李明", "何欣"])
    assert "原公示的驻点人员有变动" in poster.opening
    put_up(ahead, li)
    assert board(ahead, li)[0] == []
    leave.refresh_from_db()
    actions.withdraw_leave(leave=leave, by=feng, now=clock.now(), version=leave.version)
    days, poster = board(ahead, li)
    assert (days, poster.names) == ([ahead], ["李明", "冯兰"])
    put_up(ahead, li)
    assert board(ahead, li)[0] == []


def test_a_request_refused_or_never_decided_takes_no_notice_down(ask, ahead, li, feng):
    put_up(ahead, li)
    leave = ask()
    actions.withdraw_leave(leave=leave, by=feng, now=clock.now(), version=leave.version)
    again_asked = ask()
    actions.refuse_leave(
        leave=again_asked, by=li, now=clock.now(), version=again_asked.version, words="人手不够"
    )
    assert board(ahead, li)[0] == []


def test_the_number_on_a_notice_is_of_somebody_who_sits_there(ask, ahead, li, feng, zhao, qingshan):
    CardText.objects.create(township=qingshan, phones="all")
    for person, number in ((li, "15455500001"), (feng, "15455500002")):
        person.set_phones([number])
        person.save()
    assert board(ahead, li)[1].contact == "154 5550 0001（李明）"
    approve(ask(by=li), zhao)
    assert board(ahead, li)[1].contact == "154 5550 0002（冯兰）"


def test_the_card_of_the_day_names_who_stands_in(ask, ahead, li, feng, he, qingshan):
    CardText.objects.create(township=qingshan, phones="all")
    he.set_phones(["15455500003"])
    he.save()
    approve(ask(stand_in=he), li, stand_in=he)
    (card,) = day_cards([ahead], NEXT)
    lines = [(each.name, each.duty, each.post, each.phone) for each in card.people]
    assert lines == [("李明", "责任人", "党委委员", ""), ("何欣", "成员", "代班", "15455500003")]
    (usual,) = cards_of([ahead.village], NEXT)  # the team's own card stays as it is
    assert [each.name for each in usual.people] == ["李明", "冯兰"]
