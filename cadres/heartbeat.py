"""Whether the pass over everything due still comes: a row each step writes, and the question every page asks."""

import datetime as dt

from django.db.models import Exists, Q

from cadres.models import Delivery, Heartbeat

REMIND, DELIVER = "remind", "deliver"
LATE_AFTER = dt.timedelta(minutes=5)


def beat(name, now, **more) -> None:
    """A step came to its end at this moment; an earlier moment than the last one's changes nothing."""
    beaten = Heartbeat.objects.filter(Q(at=None) | Q(at__lte=now), pk=name)
    if not beaten.update(at=now, **more):
        Heartbeat.objects.get_or_create(pk=name, defaults={"at": now, **more})


def last(name) -> dt.datetime | None:
    """When a step last came to its end; None for never."""
    return Heartbeat.objects.filter(pk=name).values_list("at", flat=True).first()


def is_late(now) -> bool:
    """Whether something has been due for minutes and nobody came for it; one query by two indexes."""
    limit = now - LATE_AFTER
    unmade = Q(pk=REMIND, next_due_at__lte=limit)
    unsent = Q(pk=DELIVER) & Q(Exists(Delivery.objects.due(limit)))
    silent = Heartbeat.objects.filter(Q(at=None) | Q(at__lt=limit))
    return silent.filter(unmade | unsent).exists()
