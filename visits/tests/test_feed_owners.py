"""Who has a calendar feed, and until when; and the page that gives its address."""

import datetime as dt
import logging

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from cadres import actions as people
from cadres.actions import feeds as actions
from cadres.models import CalendarFeed, Holding, LiaisonTeam, Seat
from conftest import SINCE, appoint
from liaison import clock
from liaison.errors import NotAllowed
from liaison.idempotency import new_key
from liaison.log_filters import HideFeedAddresses
from liaison.models import AuditEntry

from .conftest import TUESDAY
from .feeds import events, fetch, issue

# --- Who, and until when --------------------------------------------------------------------


def test_the_token_is_kept_nowhere(li, day):
    token = issue(li)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cadres_calendarfeed")
        assert token not in str(cursor.fetchall())
    assert token not in str(list(AuditEntry.objects.values_list("object_label", "after")))
    assert AuditEntry.objects.filter(action="生成日历订阅", actor_name="李明").exists()


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "１" * 43, "x" * 5000, "%20", "..%2f"])
def test_a_wrong_address_is_a_missing_one(li, day, token):
    issue(li)
    assert fetch(token).status_code == 404


def test_no_address_is_left_in_the_log(li, day, settings):
    """A revoked one neither: its owner's account may be let in again."""
    logger = logging.getLogger("zhudian.test")
    line = logger.makeRecord(
        "django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", f"/calendar/feeds/{issue(li)}.ics"), None
    )  # fmt: skip
    assert HideFeedAddresses().filter(line)
    assert line.getMessage() == "Not Found: /calendar/feeds/***.ics"
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["keys"]


def test_replacing_ends_the_address_before(li, day):
    first, second = issue(li), issue(li)
    assert fetch(first).status_code == 404
    assert fetch(second).status_code == 200
    assert CalendarFeed.objects.count() == 1


def test_a_revoked_address_opens_no_more_and_a_new_one_does(li, wang, day):
    token = issue(li)
    feed = CalendarFeed.objects.get()
    with pytest.raises(NotAllowed):
        actions.revoke(feed=feed, by=wang, now=clock.now())
    assert fetch(token).status_code == 200
    actions.revoke(feed=feed, by=li, now=clock.now())
    assert fetch(token).status_code == 404
    assert fetch(issue(li)).status_code == 200


def test_a_deactivated_person_has_no_feed(zhou, admin, day):
    token = issue(zhou)
    Holding.objects.filter(user=zhou).update(until=TUESDAY - dt.timedelta(days=1))
    with pytest.raises(NotAllowed):  # his post is still his on that day
        people.deactivate(by=admin, user=zhou, today=TUESDAY - dt.timedelta(days=1))
    people.deactivate(by=admin, user=zhou, today=TUESDAY)
    assert fetch(token).status_code == 404


def test_who_leaves_his_post_reads_nothing_more(li, day):
    own, of_team = issue(li), issue(li, li.team)
    Holding.objects.filter(user=li).update(until=TUESDAY - dt.timedelta(days=1))
    assert fetch(own).status_code == 404
    assert fetch(of_team).status_code == 404


def test_a_lost_seat_ends_the_feed_of_the_team(li, feng, day):
    token = issue(feng, li.team)
    assert fetch(token).status_code == 200
    Seat.objects.filter(post=feng.post).delete()
    assert fetch(token).status_code == 404


def test_a_successor_finds_the_days_by_himself(li, feng, qingshan, day):
    """The seat belongs to the post: whoever holds it has the days."""
    new = appoint(qingshan, "xin", "新来", "cadre", title="见习岗位")
    token = issue(new)
    assert events(fetch(token)) == {}
    Holding.objects.create(user=new, post=feng.post, since=SINCE)
    assert len(events(fetch(token))) == 1


def test_a_team_put_out_of_use_has_no_feed(li, zhao, day):
    token = issue(zhao, li.team)
    LiaisonTeam.objects.update(is_active=False)
    assert fetch(token).status_code == 404


def test_the_office_may_have_a_teams_feed_and_the_neighbour_may_not(li, wang, zhao, qian, day):
    assert len(events(fetch(issue(zhao, li.team)))) == 1
    for stranger in (wang, qian):
        with pytest.raises(NotAllowed, match="只有本团队成员"):
            issue(stranger, li.team)


def test_who_reads_no_days_has_no_feed(county, admin):
    for user in (county, admin):
        with pytest.raises(NotAllowed, match="不查看驻点日"):
            issue(user)


# --- The page -------------------------------------------------------------------------------

PAGE = "/calendar/feeds/"


def form_of(client, team=None):
    entries = client.get(PAGE).context["entries"]
    entry = next(entry for entry in entries if entry["team"] == team)
    return {"form_key": entry["form"]["form_key"].value(), "team": team.pk if team else ""}


def test_an_address_is_read_out_once(signed_in, li, day):
    client = signed_in(li)
    said = form_of(client)
    answer = client.post(f"{PAGE}issue/", said)
    address = answer.context["address"]
    assert address in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert len(events(Client().get(address))) == 1
    again = client.post(f"{PAGE}issue/", said, follow=True)  # the same form once more
    assert "只显示一次" in again.content.decode()
    assert len(events(Client().get(address))) == 1
    assert address.split("/")[-1] not in client.get(PAGE).content.decode()


def test_the_page_lists_the_teams_one_may_follow(signed_in, li, wang, zhao, day):
    teams = [None, li.team, wang.team]
    for user, expected in ((li, teams[:2]), (zhao, teams)):
        assert [e["team"] for e in signed_in(user).get(PAGE).context["entries"]] == expected


def test_a_strange_team_is_a_missing_one(signed_in, li, wang, day):
    said = {"form_key": new_key(), "team": wang.team.pk}
    assert signed_in(li).post(f"{PAGE}issue/", said).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_revoking_on_the_page(signed_in, li, wang, day):
    token = issue(li)
    url = reverse("visits:revoke_feed", args=[CalendarFeed.objects.get().pk])
    assert signed_in(wang).post(url).status_code == 404
    assert fetch(token).status_code == 200
    page = signed_in(li).post(url, follow=True).content.decode()
    assert "订阅地址已停用" in page
    assert fetch(token).status_code == 404
