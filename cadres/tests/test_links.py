"""包户联系: linked, handed over, unlinked, refused."""

import datetime as dt

import pytest
import time_machine

from cadres import actions
from cadres.models import HouseholdLink, Post, Representative, User
from cadres.roles import Role
from conftest import SINCE
from liaison.errors import NotAllowed, Stale
from villages.models import Household

from .linking import EARLIER, TODAY, TOMORROW, he, homes, link, ma, now_with, trail

__all__ = ["he", "homes", "ma"]  # fixtures, asked for by name

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _saturday():
    with time_machine.travel("2026-11-21T10:00:00+08:00", tick=False):
        yield


# --- Linked and handed over --------------------------------------------------------------------


def test_many_households_are_linked_at_once(zhao, homes, he):
    outcome = link(zhao, homes, he)
    assert len(outcome.made) == 4
    assert now_with(he) == set(homes)
    assert trail("包户联系").count() == 4
    assert trail("包户联系").first().after == {"村民代表": "何秀英", "起": "2026-11-21"}


def test_the_one_before_hands_over_the_same_day_and_no_day_has_two(zhao, homes, he, ma):
    link(zhao, homes, he, since=EARLIER)
    outcome = link(zhao, homes[:2], ma)
    old = HouseholdLink.objects.get(household=homes[0], representative=he)
    assert (old.until, old.version) == (TODAY, 2)
    assert now_with(he) == set(homes[2:])
    assert now_with(ma) == set(homes[:2])
    yesterday = TODAY - dt.timedelta(days=1)
    assert he.household_links.current(yesterday).count() == 4
    assert len(outcome.ended) == 2
    assert trail("包户联系").latest("id").before == {"村民代表": "何秀英"}


def test_a_slip_is_put_right_the_same_day(zhao, homes, he, ma):
    link(zhao, homes, he)
    link(zhao, homes, ma)
    assert now_with(ma) == set(homes)
    assert not now_with(he)


def test_once_more_changes_nothing(zhao, homes, he):
    link(zhao, homes, he, since=EARLIER)
    outcome = link(zhao, homes, he)
    assert len(outcome.unchanged) == 4
    assert HouseholdLink.objects.count() == 4
    assert trail("包户联系").count() == 4


def test_a_household_has_a_cadre_and_a_representative(zhao, homes, he, li):
    link(zhao, homes, he)
    link(zhao, homes, li.post)
    assert now_with(he) == now_with(li.post) == set(homes)


def test_a_successor_in_the_post_has_the_households(zhao, homes, li):
    """They are linked to the post; nothing is done to them when the holder changes."""
    link(zhao, homes, li.post)
    assert li.post.household_links.current(TODAY).count() == 4
    assert not any(
        field.related_model is User for field in HouseholdLink._meta.fields if field.is_relation
    )


def test_all_of_one_go_to_another(zhao, homes, he, ma):
    link(zhao, homes, he, since=EARLIER)
    outcome = actions.hand_over(by=zhao, source=he, target=ma, since=TODAY, on=TODAY)
    assert len(outcome.made) == 4
    assert now_with(ma) == set(homes)
    with pytest.raises(NotAllowed, match="名下没有联系户"):
        actions.hand_over(by=zhao, source=he, target=ma, since=TODAY, on=TODAY)


@pytest.mark.parametrize(
    ("target", "sentence"), [("li", "包户干部的户交给包户干部"), ("he", "另一位接手的人")]
)
def test_households_are_not_handed_to_the_wrong_hands(zhao, homes, he, li, target, sentence):
    link(zhao, homes, he)
    target = {"li": li.post, "he": he}[target]
    with pytest.raises(NotAllowed, match=sentence):
        actions.hand_over(by=zhao, source=he, target=target, since=TODAY, on=TODAY)


# --- Refused ------------------------------------------------------------------------------------


def test_other_hands_are_refused(li, wang, contact, homes, he, qian):
    for person in (li, wang, contact):
        with pytest.raises(NotAllowed, match="您的岗位不办理"):
            link(person, homes, he)
    with pytest.raises(NotAllowed, match="不在您的工作范围内"):
        link(qian, homes, he)
    assert not HouseholdLink.objects.exists()


def test_a_cancelled_household_is_refused_and_nothing_is_half_done(zhao, homes, he):
    Household.objects.filter(pk=homes[3].pk).update(residence="cancelled")
    with pytest.raises(NotAllowed, match="已注销"):
        link(zhao, homes, he)
    assert not HouseholdLink.objects.exists()


def test_a_representative_of_another_village_is_refused(zhao, homes, heping):
    other = Representative.objects.create(village=heping, name="柳青", since=SINCE)
    with pytest.raises(NotAllowed, match="柳青是和平村的村民代表"):
        link(zhao, homes, other)


def test_a_post_elsewhere_or_abolished_is_refused(zhao, homes, qian, li):
    with pytest.raises(NotAllowed, match="不属于这些户所在的乡镇"):
        link(zhao, homes, qian.post)
    Post.objects.filter(pk=li.post.pk).update(abolished_on=TODAY)
    with pytest.raises(NotAllowed, match="已撤销"):
        link(zhao, homes, li.post)


def test_days_that_cannot_be_are_refused(zhao, homes, he, ma):
    with pytest.raises(NotAllowed, match="不能晚于今天"):
        link(zhao, homes, he, since=TOMORROW)
    with pytest.raises(NotAllowed, match="自2020-01-01起任"):
        link(zhao, homes, he, since=dt.date(2019, 1, 1))
    link(zhao, homes, he)
    with pytest.raises(NotAllowed, match="起始日期请填这一天或以后"):
        link(zhao, homes, ma, since=EARLIER)


def test_nobody_chosen_is_said(zhao, he):
    with pytest.raises(NotAllowed, match="至少选择一户"):
        link(zhao, [], he)


def test_what_a_colleague_linked_meanwhile_is_not_overwritten(zhao, homes, he, ma):
    seen = actions.newest_link(homes)
    link(zhao, homes[:1], he)
    with pytest.raises(Stale, match="由何秀英联系") as stale:
        link(zhao, homes, ma, seen=seen)
    assert now_with(ma) == set()
    link(zhao, homes, ma, seen=stale.value.current.version)
    assert now_with(ma) == set(homes)


# --- Unlinked -----------------------------------------------------------------------------------


def test_a_link_ends_and_stays_on_record(zhao, homes, he):
    made = link(zhao, homes, he, since=EARLIER).made[0]
    ended = actions.unlink(by=zhao, link=made, until=TODAY, on=TODAY, version=1)
    assert (ended.until, ended.version) == (TODAY, 2)
    assert homes[0] not in now_with(he)
    assert trail("解除包户联系").get().before == {"村民代表": "何秀英"}
    with pytest.raises(NotAllowed, match="已于2026-11-21结束"):
        actions.unlink(by=zhao, link=made, until=TODAY, on=TODAY)


def test_a_link_does_not_end_before_it_begins_nor_in_days_to_come(zhao, homes, he):
    made = link(zhao, homes, he).made[0]
    for until, sentence in ((EARLIER, "起才由其联系"), (TOMORROW, "不能晚于今天")):
        with pytest.raises(NotAllowed, match=sentence):
            actions.unlink(by=zhao, link=made, until=until, on=TODAY)
    with pytest.raises(Stale):
        actions.unlink(by=zhao, link=made, until=TODAY, on=TODAY, version=7)


def test_a_post_that_has_households_is_not_abolished(zhao, admin, homes, li):
    post = Post.objects.create(township=li.township, title="空岗", role=Role.CADRE)
    link(zhao, homes, post)
    with pytest.raises(NotAllowed, match="还联系着户"):
        actions.abolish_post(by=admin, post=post, on=TODAY)
