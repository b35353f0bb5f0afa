"""What the ledger does when the apps to its left tell of a change."""

from django.dispatch import receiver

from visits.signals import visit_put_right

from .actions.following import follow


@receiver(visit_put_right, dispatch_uid="grievances.follow")
def matters_follow_their_visit(sender, *, visit, before, by, now, **kwargs):
    """The matters asked at a visit that was put right, in the transaction of the change."""
    follow(visit, before, by=by, now=now)
