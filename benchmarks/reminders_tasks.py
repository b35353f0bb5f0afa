"""The Celery tasks that benchmarks/reminders.py measures: one pass of the product, and one reminder a task."""

import os
from pathlib import Path

from celery import shared_task

from liaison.celery import app

# celery --app finds it here.
__all__ = ["app"]


@shared_task
def ready():
    """The worker is up."""
    (Path(os.environ["BROKER_DIR"]) / "ready").touch()


@shared_task
def whole_pass():
    """What the product's tick does with reminders, at the moment they are due."""
    from benchmarks.reminders import NOW
    from cadres.delivering import deliver_due
    from visits.reminding import remind

    remind(now=NOW)
    while deliver_due(NOW):
        pass


@shared_task
def one_reminder(session_pk, user_pk):
    """One reminder, made, sent and written down by itself."""
    from django.core.mail import EmailMessage

    from benchmarks.reminders import NOW
    from cadres.models import Delivery, Notice, User
    from visits.models import LiaisonSession

    session = LiaisonSession.objects.select_related("team", "village").get(pk=session_pk)
    user = User.objects.get(pk=user_pk)
    notice, _ = Notice.objects.get_or_create(
        kind="session_reminder", subject=f"session:{session.pk}", slot="1.1", recipient=user,
        defaults={"title": f"驻点提醒：{session}", "text": session.place, "due_at": NOW, "created_at": NOW},
    )  # fmt: skip
    delivery, _ = Delivery.objects.get_or_create(
        notice=notice, channel="mail", defaults={"next_try_at": NOW, "township": user.township}
    )
    claimed = Delivery.objects.filter(pk=delivery.pk, state="queued").update(state="claimed")
    if claimed:
        EmailMessage(notice.title, notice.text, to=[user.email]).send()
        Delivery.objects.filter(pk=delivery.pk).update(state="sent", sent_at=NOW)


def all_written(wanted) -> bool:
    """Whether so many deliveries are written down as sent."""
    from cadres.models import Delivery

    return Delivery.objects.filter(state="sent").count() >= wanted
