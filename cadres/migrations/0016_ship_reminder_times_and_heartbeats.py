"""The reminder times the product ships, the two heartbeats; deliveries told from given up, with their township."""

import datetime as dt

from django.db import migrations
from django.db.models import OuterRef, Subquery

SINCE = dt.date(2000, 1, 1)
BEATS = ("remind", "deliver")


def sow(apps, schema_editor):
    """One row for every township without its own; the heartbeats, which have never beaten."""
    apps.get_model("cadres", "ReminderPolicy").objects.get_or_create(
        township=None,
        since=SINCE,
        defaults={"offsets": [[2, "17:00", False], [1, "17:00", True], [0, "07:30", False]]},
    )
    for name in BEATS:
        apps.get_model("cadres", "Heartbeat").objects.get_or_create(name=name)


def reap(apps, schema_editor):
    apps.get_model("cadres", "ReminderPolicy").objects.filter(township=None, since=SINCE).delete()
    apps.get_model("cadres", "Heartbeat").objects.filter(name__in=BEATS).delete()


def copy_states(apps, schema_editor):
    """What was failed was given up; what was refused and waits has failed so far."""
    Delivery = apps.get_model("cadres", "Delivery")
    Notice = apps.get_model("cadres", "Notice")
    Delivery.objects.filter(state="failed").update(state="given_up")
    Delivery.objects.filter(state="queued", attempts__gt=0).update(state="failed")
    township = Notice.objects.filter(pk=OuterRef("notice")).values("recipient__township")
    Delivery.objects.update(township=Subquery(township[:1]))


def copy_states_back(apps, schema_editor):
    Delivery = apps.get_model("cadres", "Delivery")
    Delivery.objects.filter(notice=None).delete()
    Delivery.objects.filter(state="failed").update(state="queued")
    Delivery.objects.filter(state="given_up").update(state="failed")


class Migration(migrations.Migration):
    dependencies = [("cadres", "0015_reminders_robots_and_heartbeats")]

    operations = [
        migrations.RunPython(sow, reap),
        migrations.RunPython(copy_states, copy_states_back),
    ]
