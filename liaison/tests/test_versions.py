"""No lost update."""

import pytest
from django import forms
from django.db import transaction

from desk.tests.at_once import at_once
from liaison.errors import Stale
from liaison.versions import claim, differences
from villages.models import Household


def rename(pk, version, name):
    """What every edit does: claim, change, count up."""
    with transaction.atomic():
        row = claim(Household, pk, version)
        row.head_name = name
        row.version += 1
        row.save()
    return row.version


@pytest.mark.django_db
def test_the_first_save_counts_and_the_late_one_is_told(household):
    assert rename(household.pk, 1, "周大山") == 2
    with pytest.raises(Stale) as caught:
        rename(household.pk, 1, "周小山")
    assert caught.value.current.head_name == "周大山"
    assert rename(household.pk, 2, "周小山") == 3


@pytest.mark.django_db
def test_who_has_just_read_the_row_needs_no_version(household):
    assert rename(household.pk, None, "周大山") == 2


@pytest.mark.django_db
def test_a_row_outside_the_given_set_is_not_claimed(household, wang):
    with pytest.raises(Household.DoesNotExist), transaction.atomic():
        claim(Household.objects.visible_to(wang), household.pk, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_told(household):
    def save(name):
        try:
            return rename(household.pk, 1, name)
        except Stale as stale:
            return stale.current.head_name

    calls = [lambda: save("甲"), lambda: save("乙")]
    results, kept = at_once(calls, lambda: Household.objects.get(pk=household.pk))
    assert 2 in results
    assert kept.head_name in results, "the one refused is shown the other's name"
    assert kept.version == 2


@pytest.mark.django_db
def test_what_differs_is_said_field_by_field(household):
    class Form(forms.Form):
        head_name = forms.CharField(label="户主")
        address = forms.CharField(label="住址")
        reason = forms.CharField(label="原因")

    form = Form({"head_name": "周小山", "address": household.address, "reason": "写错了"})
    assert form.is_valid()
    assert differences(form, household) == [
        {"label": "户主", "theirs": "周大山", "yours": "周小山"}
    ]
