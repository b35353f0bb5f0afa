"""One person, two posts: what a post may do, it may do in its own places and nowhere else."""

import datetime as dt

import pytest
from django.db import transaction

from cadres.models import Holding, Post, Seat
from cadres.roles import Role
from conftest import SINCE
from grievances.actions import register
from grievances.models import Category, Grievance, Source
from liaison import audit
from liaison.errors import NotAllowed
from villages.actions import reveal
from villages.models import Resident, ResidentTag
from villages.tags import visible_tags
from visits.actions import log_visit

NOON = dt.datetime(2026, 11, 17, 4, tzinfo=dt.UTC)


def holds_too(user, role, **place):
    """A second post beside the one the person has; he signs in anew."""
    post = Post.objects.create(
        township=user.township, title=f"{user.display_name}兼{role.label}", role=role, **place
    )
    Holding.objects.create(user=user, post=post, since=SINCE, is_main=False)
    return type(user).objects.get(pk=user.pk)


def number_in(village):
    return f"99000119900101{village.pk:04d}"


def resident_of(village):
    """Somebody of the village's household, with an ID number."""
    home = village.households.get()
    person = Resident(township=village.township, village=village, household=home, name="周大山")
    person.set_id_number(number_in(village))
    person.save()
    return person


@pytest.fixture
def li_handles(li, minzheng):
    """李 leads 石桥村's team and handles matters of the whole township at 民政办."""
    return holds_too(li, Role.HANDLER, department=minzheng)


@pytest.fixture
def li_leads(li):
    """李 leads 石桥村's team and, as a township leader, reads all of it."""
    return holds_too(li, Role.LEADER)


def test_a_cadre_who_handles_matters_reads_his_own_village_only(
    signed_in, li_handles, shiqiao, heping
):
    resident_of(shiqiao), resident_of(heping)
    client = signed_in(li_handles)
    own, next_one = (village.households.get().pk for village in (shiqiao, heping))
    assert client.get(f"/households/{own}/").status_code == 200
    assert client.get(f"/households/{next_one}/").status_code == 404
    assert list(Resident.objects.visible_to(li_handles)) == list(shiqiao.residents.all())


@pytest.mark.parametrize("who", ["li_handles", "li_leads"])
def test_a_number_is_shown_in_the_cadres_own_village_only(request, who, shiqiao, heping):
    user = request.getfixturevalue(who)
    asked = {"by": user, "field": "id_number", "reason": "核对低保材料"}
    assert reveal(resident=resident_of(shiqiao), **asked) == number_in(shiqiao)
    with pytest.raises(NotAllowed):
        reveal(resident=resident_of(heping), **asked)


@pytest.mark.parametrize("who", ["li_handles", "li_leads"])
def test_visits_and_matters_are_written_in_the_cadres_own_village_only(
    request, who, shiqiao, heping
):
    user = request.getfixturevalue(who)

    def write(village):
        on = dt.date(2026, 11, 17)
        facts = {"by": user, "now": NOON, "village": village}
        log_visit(occurred_on=on, mode="reception", visitor="匿名", **facts)
        register(
            on=on, summary="路灯不亮", kind=Grievance.Kind.DEMAND,
            category=Category.objects.first(), source=Source.objects.first(), **facts,
        )  # fmt: skip

    write(shiqiao)
    with pytest.raises(NotAllowed):
        write(heping)
    assert Grievance.objects.filter(village=heping).count() == 0


def test_a_leader_still_reads_the_township(signed_in, li_leads, heping):
    assert signed_in(li_leads).get(f"/households/{heping.households.get().pk}/").status_code == 200


def test_sensitive_tags_stay_with_the_team_of_the_village(li, heping, shiqiao):
    user = holds_too(li, Role.CONTACT, village=heping)
    sensitive = ResidentTag.objects.filter(sensitive=True)
    assert set(sensitive) <= set(visible_tags(user, shiqiao.pk))
    assert not set(sensitive) & set(visible_tags(user, heping.pk))


def test_a_seat_in_another_team_adds_its_village(li, wang, heping):
    Seat.objects.create(team=wang.team, post=li.post)
    user = type(li).objects.get(pk=li.pk)
    assert user.village_scope("villages.reveal").villages >= {heping.pk}


def test_a_county_post_opens_no_accounts_of_other_townships(signed_in, admin, qian):
    user = holds_too(admin, Role.COUNTY)
    assert not type(user).objects.visible_to(user).filter(pk=qian.pk).exists()
    assert signed_in(user).get(f"/accounts/{qian.pk}/").status_code == 404


def test_an_auditor_reads_the_trail_of_his_own_township_only(signed_in, auditor, qian, elsewhere):
    with transaction.atomic():
        audit.record(by=qian, action="修改团队", label="白水镇的团队")
    user = holds_too(auditor, Role.COUNTY)
    assert "白水镇的团队" not in signed_in(user).get("/audit/").content.decode()
