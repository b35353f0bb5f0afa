"""A test that commits leaves the next one what migrations seeded, and nothing else."""

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command

from cadres.models import CalendarDay
from grievances.models import Category
from tests import seeds
from villages.models import Township


def everything() -> dict[str, list]:
    """Every row of every table, as JSON says it."""
    return {
        model._meta.label: serializers.serialize("python", model._base_manager.order_by("pk"))
        for model in apps.get_models()
    }


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_goes_and_what_was_seeded_comes_back():
    sown = everything()
    assert len(sown["grievances.Category"]) > 20
    Township.objects.create(code="990001100000", name="青山镇", ledger_prefix="100")
    CalendarDay.objects.all().delete()
    Category.objects.filter(name="水利").update(name="改过的")
    call_command("flush", interactive=False, verbosity=0, reset_sequences=False)
    assert not any(everything().values())
    seeds.sow()
    assert everything() == sown
    assert Category.objects.create(name="新的类别").pk  # the numbers go on beyond the seeds
