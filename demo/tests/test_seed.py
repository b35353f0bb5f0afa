"""The demo township: real places, invented people, believable work, the same each time."""

import io
import json
import random
import re

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cadres.models import HouseholdLink, Post, User
from demo import people
from grievances.models import Assist, Grievance
from grievances.models.states import TRANSITIONS
from liaison import audit
from villages.models import Group, Household, RegistryEvent, Resident, Section, Township, Village
from visits.models import LiaisonSession, Need, Proposal, Visit

pytestmark = pytest.mark.wide

SMALL = {"households": 120, "visits": 150, "matters": 60, "verbosity": 0}


@pytest.fixture
def seeded(db, settings):
    """A small demo township, as of a Friday in November 2026."""
    settings.DEMO = True
    with time_machine.travel("2026-11-20T10:00:00+08:00", tick=False):
        call_command("seed_demo", **SMALL, stdout=io.StringIO())
        yield


def test_its_shape_is_that_of_the_published_figures(seeded):
    assert Village.objects.count() == 15
    assert Section.objects.count() == 81
    assert Group.objects.count() == 356
    founded = RegistryEvent.objects.filter(kind="split").values("other_household")
    assert Household.objects.exclude(pk__in=founded).count() == 120
    assert not Household.objects.filter(village__name="李畋村").exists()  # waits for its roster


def test_nobody_in_it_can_be_a_real_person(seeded):
    for resident in Resident.objects.exclude(id_index=""):
        assert 900 <= int(resident.id_number[14:17]) <= 989
        assert all(phone.startswith("154") for phone in resident.phones.split("、") if phone)
    assert all(row.phone.startswith("154") for row in Grievance.objects.exclude(phone=""))


def test_the_contact_has_his_households_and_sees_no_others(seeded):
    contact = User.objects.get(username="lianluo")
    own = Household.objects.visible_to(contact)
    named = HouseholdLink.objects.filter(representative__user=contact).values("household")
    assert own.count() == named.count() > 0
    assert set(own) == set(Household.objects.filter(pk__in=named))
    on_the_roll = Household.objects.on_the_roll().count()
    for kind in HouseholdLink.Kind.values:
        assert 0 < HouseholdLink.objects.filter(kind=kind).count() <= on_the_roll


def test_every_history_follows_the_transition_table(seeded):
    for matter in Grievance.objects.prefetch_related("steps"):
        state = ""
        for step in matter.steps.all():
            assert step.from_status == state
            if step.act in TRANSITIONS:
                _, starts, leads_to = TRANSITIONS[step.act]
                assert state in starts
                assert step.to_status == (leads_to or state)
            state = step.to_status
        assert state == matter.status


def test_every_state_beside_the_straight_way_has_its_rows(seeded):
    found = set(Grievance.objects.values_list("status", flat=True))
    assert {"forwarded", "escalated", "suspended", "merged"} <= found
    assert Assist.objects.waiting().exists()
    assert (
        Grievance.objects.repeats().exists() and Grievance.objects.filter(is_legacy=True).exists()
    )


def test_nothing_lies_in_the_future_and_nobody_checks_himself(seeded):
    today = LiaisonSession.objects.filter(status="held").latest("on").on
    assert not Visit.objects.filter(occurred_on__gt="2026-11-20").exists()
    assert today < LiaisonSession.objects.filter(status="planned").latest("on").on
    for matter in Grievance.objects.exclude(verified_on=None).prefetch_related("follow_ups"):
        assert matter.follow_ups.get().asked_by_id != matter.settled_by_id


def test_the_registry_has_lived(seeded):
    kinds = set(RegistryEvent.objects.values_list("kind", flat=True))
    assert {"split", "died", "moved", "residence", "merged"} <= kinds
    for household in Household.objects.all():
        assert household.residents_count == household.residents.present().count()
    assert Household.objects.exclude(merged_into=None).on_the_roll().count() == 0


def test_visits_left_proposals_and_needs_behind(seeded):
    assert {"study", "adopted", "rejected"} <= set(Proposal.objects.values_list("state", flat=True))
    assert {"open", "passed"} <= set(Need.objects.values_list("state", flat=True))
    assert not Proposal.objects.filter(lines__on__gt="2026-11-20").exists()
    assert not Need.objects.filter(lines__on__gt="2026-11-20").exists()


def test_the_numbers_go_on_where_the_demo_ends(seeded):
    serials = [
        int(number[-5:])
        for number in Grievance.objects.filter(number__contains="-2026-").values_list(
            "number", flat=True
        )
    ]
    assert sorted(serials) == list(range(1, len(serials) + 1))


def test_it_leaves_a_whole_trail_and_accounts_for_every_role(seeded):
    assert audit.verify() == []
    out = io.StringIO()
    call_command("demo_accounts", json=True, stdout=out)
    accounts = json.loads(out.getvalue())
    assert [each["role"] for each in accounts].count("cadre") == 2
    assert len({each["role"] for each in accounts}) == 9
    cadres = [each["scope"] for each in accounts if each["role"] == "cadre"]
    assert cadres[0] != cadres[1]
    assert all(re.fullmatch(r"demo-[0-9a-f]{4}-[0-9a-f]{4}", each["password"]) for each in accounts)


@pytest.mark.parametrize(
    ("key", "villages", "days"),
    [("yingzai", 22, 52), ("laizhou", 35, 250), ("luyang", 8, 12), ("tangwu", 43, 0)],
)
def test_every_practice_has_a_township_of_its_own(db, settings, key, villages, days):
    settings.DEMO = True
    with time_machine.travel("2026-11-20T10:00:00+08:00", tick=False):
        small = {"households": 90, "visits": 90, "matters": 20, "verbosity": 0}
        call_command("seed_demo", scheme=key, full_roster=True, **small, stdout=io.StringIO())
    assert Village.objects.count() == villages
    held = LiaisonSession.objects.filter(on__range=("2025-11-20", "2026-11-19"))
    assert abs(held.values("on").distinct().count() - days) <= 3
    assert Visit.objects.count() >= 80
    assert Grievance.objects.exists()
    assert audit.verify() == []
    titles = set(Post.objects.values_list("title", flat=True))
    assert ("办事处主任" in titles, "镇长" in titles) == (key == "luyang", key != "luyang")


def test_a_database_in_use_is_refused(qingshan):
    with pytest.raises(CommandError, match="空库"):
        call_command("seed_demo", **SMALL)
    assert Township.objects.count() == 1


def test_a_database_without_demo_people_has_no_demo_accounts(zhao):
    with pytest.raises(CommandError, match="不是演示库"):
        call_command("demo_accounts")


def test_the_same_seed_gives_the_same_people():
    names = [[people.name(random.Random(7), "M") for _ in range(3)] for _ in range(2)]
    assert names[0] == names[1]
