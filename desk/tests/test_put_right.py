"""A row put right: what was written from it once goes along, so that nothing of it is typed twice."""

import pytest
from django.urls import reverse

from grievances.models import Grievance, Step
from tests.filling import fill_in, form_on
from visits.models import Need, NeedKind, NeedLine, Proposal, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(db):
    return NeedKind.objects.filter(is_active=True).order_by("order").first()


@pytest.fixture
def row(signed_in, feng, day, household, neighbours, filled, kind):
    """001 came with a matter, a proposal and a need; so it was written down by 冯."""
    told = {"household": "001", "said": "路灯不亮三个月", "matters": [{"summary": "路灯不亮"}]}
    told |= {"n-proposal": "村口装凉亭", "n-kinds": [kind.pk]}
    answer = signed_in(feng).post(reverse("desk:day", args=[day.pk]), filled({0: told}))
    assert answer.status_code == 302
    return Visit.objects.get()


def put_right(signed_in, who, row, **said):
    return fill_in(
        signed_in(who), reverse("visits:change", args=[row.pk]), holding="version", **said
    )


def test_the_matter_the_proposal_and_the_need_go_with_the_household(
    signed_in, feng, row, neighbours
):
    put_right(signed_in, feng, row, household="002", persons="3", said="路灯不亮两个月")
    matter = Grievance.objects.get()
    assert (matter.household.number, matter.complainant) == ("002", "周小山")
    assert (matter.persons, matter.detail) == (3, "路灯不亮两个月")
    assert Proposal.objects.get().household.number == "002"
    assert Need.objects.get().household.number == "002"


def test_the_histories_say_so(signed_in, feng, row):
    put_right(signed_in, feng, row, household="002")
    step = Step.objects.order_by("pk").last()
    assert (step.act_name, step.by, step.words) == (
        "随走访更正", feng, "反映人原为“001 周大山”，更正为“002 周小山”。",
    )  # fmt: skip
    for line in (Proposal.objects.get().lines.last(), Need.objects.get().lines.last()):
        assert (line.act, line.words) == ("随走访更正", "原为001 周大山")


def test_somebody_who_is_on_no_roll_after_all(signed_in, feng, row):
    put_right(signed_in, feng, row, household="", visitor="外村张某")
    matter = Grievance.objects.get()
    assert (matter.household, matter.complainant) == (None, "外村张某")
    assert (Proposal.objects.get().by_whom, Need.objects.get().whose) == ("外村张某", "外村张某")


def test_what_was_written_otherwise_meanwhile_stays(signed_in, feng, row):
    Grievance.objects.update(complainant="周大山之子", persons=5)
    put_right(signed_in, feng, row, household="002", persons="2")
    matter = Grievance.objects.get()
    assert (matter.household.number, matter.complainant, matter.persons) == (
        "002",
        "周大山之子",
        5,
    )


def test_a_confidential_matter_is_left_to_those_it_is_open_to(signed_in, feng, row):
    Grievance.objects.update(is_confidential=True)
    put_right(signed_in, feng, row, household="002")
    assert Grievance.every.get().household.number == "001"
    assert Step.objects.count() == 1


def test_a_change_of_the_way_alone_moves_nothing(signed_in, feng, row):
    put_right(signed_in, feng, row, mode="home")
    assert Step.objects.count() == 1
    assert Proposal.objects.get().version == 1


def test_a_household_that_has_such_a_need_already_gets_no_second_one(
    signed_in, feng, row, kind, shiqiao
):
    need = Need.objects.get()
    other = shiqiao.households.get(number="002")
    Need.objects.create(
        number="需100-2026-9999", township=need.township, village=shiqiao, household=other, kind=kind,
        found_on=need.found_on, entered_at=need.entered_at, entered_by=feng,
        next_look_on=need.next_look_on,
    )  # fmt: skip
    client, url = signed_in(feng), reverse("visits:change", args=[row.pk])
    _, sheet = form_on(client.get(url), holding="version")
    answer = client.post(url, sheet | {"household": ["002"]})
    assert answer.status_code == 422
    assert f"已有一条“{kind}”在跟进" in answer.content.decode()
    row.refresh_from_db()
    assert row.household.number == "001"
    assert Grievance.objects.get().household.number == "001"


def test_a_need_found_before_and_only_seen_again_stays_with_its_household(
    signed_in, feng, row, kind
):
    NeedLine.objects.update(act="再次发现")
    put_right(signed_in, feng, row, household="002")
    assert Need.objects.get().household.number == "001"
