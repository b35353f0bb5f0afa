"""What visits does when the apps to its left tell of a change."""

from django.dispatch import receiver

from cadres.signals import plans_changed, plans_withdrawn

from .planning import replan_all, withdraw


@receiver(plans_changed, dispatch_uid="visits.replan")
def days_follow_their_plans(sender, *, plans, by, today, since, **kwargs):
    """The days of changed plans, in the transaction of the change."""
    replan_all(plans, by=by, today=today, since=since)


@receiver(plans_withdrawn, dispatch_uid="visits.withdraw")
def days_go_with_their_plans(sender, *, plans, **kwargs):
    """Days nobody was told of and nobody has written on; the others stay, and with them the plan."""
    for plan in plans:
        withdraw(plan)
