"""村民代表 appointed and gone, and bounds that only warn."""

import datetime as dt

import pytest
import time_machine

from cadres import actions, bounds
from cadres.models import HouseholdLink, LinkPolicy, Representative
from liaison.errors import NotAllowed
from villages.models import Household, Resident

from .linking import EARLIER, TODAY, TOMORROW, he, homes, link, ma, now_with, trail

__all__ = ["he", "homes", "ma"]  # fixtures, asked for by name

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _saturday():
    with time_machine.travel("2026-11-21T10:00:00+08:00", tick=False):
        yield


# --- Representatives ----------------------------------------------------------------------------


def appoint(by, village, name="何秀英", **more):
    return actions.appoint_representative(
        by=by, village=village, name=name, since=TODAY, on=TODAY, **more
    )


def test_a_representative_is_appointed_once(zhao, shiqiao):
    row = appoint(zhao, shiqiao)
    assert (row.village, row.since, row.until) == (shiqiao, TODAY, None)
    assert trail("新增村民代表").count() == 1
    with pytest.raises(NotAllowed, match="已有在任的村民代表何秀英"):
        appoint(zhao, shiqiao)


def test_a_namesake_is_told_by_group_and_person(zhao, shiqiao, homes):
    other = shiqiao.groups.create(name="第2组", number=2)
    appoint(zhao, shiqiao, group=homes[0].group)
    appoint(zhao, shiqiao, group=other)
    person = Resident.objects.create(
        township=shiqiao.township, village=shiqiao, household=homes[0], name="马春"
    )
    appoint(zhao, shiqiao, "马春", resident=person)
    with pytest.raises(NotAllowed, match="马春已是在任"):
        appoint(zhao, shiqiao, "马春", resident=person)


def test_who_signs_in_is_a_contact_of_the_township(zhao, shiqiao, contact, li, qian):
    for user, sentence in ((li, "没有担任村联络员"), (qian, "不属于本乡镇")):
        with pytest.raises(NotAllowed, match=sentence):
            appoint(zhao, shiqiao, user=user)
    appoint(zhao, shiqiao, user=contact)
    with pytest.raises(NotAllowed, match="已关联一位"):
        appoint(zhao, shiqiao, "马春", user=contact)


def test_a_representative_of_a_foreign_place_is_refused(zhao, qian, li, shiqiao, heping, homes):
    with pytest.raises(NotAllowed, match="不在您的工作范围内"):
        appoint(qian, shiqiao)
    with pytest.raises(NotAllowed, match="您的岗位不办理"):
        appoint(li, shiqiao)
    with pytest.raises(NotAllowed, match="不属于石桥村"):
        appoint(zhao, shiqiao, group=heping.groups.get())


def test_who_leaves_hands_over_or_leaves_them_open(zhao, homes, he, ma):
    link(zhao, homes[:2], he, since=EARLIER)
    actions.end_representative(by=zhao, representative=he, until=TODAY, on=TODAY, successor=ma)
    assert now_with(ma) == set(homes[:2])
    actions.end_representative(by=zhao, representative=ma, until=TODAY, on=TODAY)
    assert not HouseholdLink.objects.current(TODAY).exists()
    assert not Representative.objects.current(TODAY).exists()
    assert trail("村民代表离任").count() == 2
    with pytest.raises(NotAllowed, match="已于2026-11-21离任"):
        link(zhao, homes, he)


def test_nobody_leaves_before_he_came_or_twice(zhao, he):
    end = actions.end_representative
    with pytest.raises(NotAllowed, match="不能早于起任日期"):
        end(by=zhao, representative=he, until=dt.date(2019, 1, 1), on=TODAY)
    with pytest.raises(NotAllowed, match="不能晚于今天"):
        end(by=zhao, representative=he, until=TOMORROW, on=TODAY)
    end(by=zhao, representative=he, until=TODAY, on=TODAY, version=1)
    with pytest.raises(NotAllowed, match="离任"):
        end(by=zhao, representative=he, until=TODAY, on=TODAY)


# --- Bounds -------------------------------------------------------------------------------------


def set_bounds(by, township, least=2, most=3, since=TODAY, kind="representative"):
    return actions.set_link_policy(
        by=by, township=township, kind=kind, least=least, most=most, since=since, on=TODAY
    )


def test_bounds_warn_and_never_refuse(zhao, homes, he, ma, qingshan):
    set_bounds(zhao, qingshan)
    link(zhao, homes, he)
    link(zhao, homes[:1], ma)
    assert bounds.warnings([he, ma], TODAY, qingshan.pk) == [
        "马春现在联系1户，少于标准2–3户，请酌情调整。"
    ]
    link(zhao, homes, he)
    assert bounds.warnings([he], TODAY, qingshan.pk) == [
        "何秀英现在联系4户，超出标准2–3户，请酌情调整。"
    ]


def test_without_bounds_nothing_is_said(zhao, homes, he, qingshan):
    link(zhao, homes, he)
    set_bounds(zhao, qingshan, kind="cadre")
    assert bounds.warnings([he], TODAY, qingshan.pk) == []


def test_a_cancelled_household_is_no_longer_counted(zhao, homes, he, qingshan):
    link(zhao, homes, he)
    Household.objects.filter(pk=homes[0].pk).update(residence="cancelled")
    assert bounds.households_of([he], TODAY) == {("representative", he.pk): 3}


def test_bounds_are_dated_and_the_past_ones_stay(zhao, qingshan):
    LinkPolicy.objects.create(
        township=qingshan, kind="representative", least=5, most=15, since=EARLIER
    )
    set_bounds(zhao, qingshan, 3, 8)
    set_bounds(zhao, qingshan, 4, 9)
    at = {day: bounds.Bounds.on(day).of(qingshan.pk, "representative") for day in (EARLIER, TODAY)}
    assert (at[EARLIER].in_words(), at[TODAY].in_words()) == ("5–15户", "4–9户")
    assert LinkPolicy.objects.count() == 2
    assert trail("设定联系标准").last().before == {"标准": "3–8户"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"least": 0}, "最少须在1以上"),
        ({"least": 9, "most": 3}, "最少须在1以上"),
        ({"most": 1000}, "不超过999"),
        ({"since": EARLIER}, "不能早于今天"),
        ({"kind": "nobody"}, "请选择"),
    ],
)
def test_bounds_that_cannot_be_are_refused(zhao, qingshan, said, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        set_bounds(zhao, qingshan, **said)


def test_bounds_are_the_office_s(li, qian, qingshan):
    for person in (li, qian):
        with pytest.raises(NotAllowed):
            set_bounds(person, qingshan)
