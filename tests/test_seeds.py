"""A test that commits leaves the next one what migrations seeded, and nothing else."""

import pytest
from django.apps import apps
from django.core import serializers

from cadres.models import CalendarDay
from grievances.models import Category
from villages.models import Township

SEEN = {}


def everything() -> dict[str, list]:
    """Every row of every table, as JSON says it."""
    return {
        model._meta.label: serializers.serialize("python", model._base_manager.order_by("pk"))
        for model in apps.get_models()
    }


@pytest.mark.django_db
def test_first_what_the_seeds_are():
    SEEN.update(everything())
    assert len(SEEN["grievances.Category"]) > 20
    assert not SEEN["villages.Township"]


@pytest.mark.django_db(transaction=True)
def test_then_somebody_commits_and_takes_seeds_away(qingshan):
    CalendarDay.objects.all().delete()
    Category.objects.filter(name="水利").update(name="改过的")
    assert Township.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_next_one_that_commits_finds_the_seeds():
    assert everything() == SEEN


@pytest.mark.django_db
def test_and_one_that_rolls_back_can_write(qingshan):
    """The sequences go on beyond the seeds."""
    assert Category.objects.create(name="新的类别").pk
