"""What visits does when the apps to its left tell of a change."""

from django.dispatch import receiver

from cadres.signals import plans_changed

from .planning import replan


@receiver(plans_changed, dispatch_uid="visits.replan")
def days_follow_their_plans(sender, *, plans, by, today, since, **kwargs):
    """The days of changed plans, in the transaction of the change."""
    for plan in plans:
        replan(plan, by=by, today=today, since=since)
