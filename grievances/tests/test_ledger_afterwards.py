"""Matters of an older ledger, worked on afterwards as any other."""

import pytest
from django.urls import reverse

from grievances import actions
from grievances.models import Grievance, SettlementMethod, Status
from grievances.tests.conftest import DAY, moment
from grievances.tests.older_ledgers import take
from liaison.errors import NotAllowed

from .ledger_twice import OTHER, ROW, changed, file


def test_an_open_matter_of_an_older_ledger_goes_its_way(township, zhao, li):
    take(file(ROW), township)
    matter = Grievance.objects.get()
    given = {"on": DAY, "now": moment(DAY), "version": None}
    matter = actions.accept(grievance=matter, by=zhao, **given)
    method = SettlementMethod.objects.get(name="①实质办结")
    how = {"settlement": "substantive", "method": method, "words": "修好了"}
    matter = actions.settle(grievance=matter, by=zhao, **given, **how)
    matter = actions.answer(grievance=matter, by=li, mode="oral", **given)
    assert matter.status == Status.ANSWERED


def test_a_settled_one_can_be_opened_again(township, zhao):
    take(file(OTHER), township)
    matter = Grievance.objects.get()
    matter = actions.reopen(
        grievance=matter, by=zhao, on=DAY, now=moment(DAY), version=None, words="又堵了"
    )
    assert (matter.status, matter.reopened_count) == (Status.IN_HAND, 1)
    assert "原办结2019-03-20" in matter.steps.last().words
    assert "None" not in matter.steps.last().words


@pytest.fixture
def lost(township):
    """A matter of a village nobody knows."""
    take(file(changed(ROW, 村="李家庄")), township)
    return Grievance.objects.get()


def test_a_matter_without_a_village_waits_for_the_office(lost, zhao, li, shiqiao):
    with pytest.raises(NotAllowed, match="先核定所在村"):
        actions.accept(grievance=lost, by=zhao, on=DAY, now=moment(DAY), version=None)
    assert not Grievance.objects.visible_to(li).exists()
    given = {"on": DAY, "now": moment(DAY), "version": lost.version}
    matter = actions.place(grievance=lost, by=zhao, village=shiqiao, **given)
    assert (matter.village, matter.village_words) == (shiqiao, "李家庄")
    assert matter.steps.last().words == "原写“李家庄”，核定为石桥村"
    assert Grievance.objects.visible_to(li).get() == matter
    actions.accept(grievance=matter, by=zhao, on=DAY, now=moment(DAY), version=None)


def test_only_the_office_places_it_once_and_in_its_township(
    lost, zhao, sun, shiqiao, foreign_village
):
    given = {"on": DAY, "now": moment(DAY), "version": None}
    with pytest.raises(NotAllowed, match="岗位"):
        actions.place(grievance=lost, by=sun, village=shiqiao, **given)
    with pytest.raises(NotAllowed, match="本镇"):
        actions.place(grievance=lost, by=zhao, village=foreign_village, **given)
    actions.place(grievance=lost, by=zhao, village=shiqiao, **given)
    with pytest.raises(NotAllowed, match="已经核定"):
        actions.place(grievance=lost, by=zhao, village=shiqiao, **given)


def test_the_page_asks_which_village(lost, zhao, shiqiao, signed_in):
    client = signed_in(zhao)
    address = reverse("grievances:place", args=[lost.number])
    assert address in client.get(reverse("grievances:detail", args=[lost.number])).content.decode()
    assert "李家庄" in client.get(address).content.decode()
    assert client.post(address, {"village": "", "version": 1}).status_code == 422
    answer = client.post(address, {"village": shiqiao.pk, "version": lost.version})
    assert answer.status_code == 302
    lost.refresh_from_db()
    assert lost.village == shiqiao
