"""What the apps to the right may want to know. Sent inside the transaction of the change.

Sessions stand in ``visits``, which ``cadres`` may not import; ``visits`` listens instead.
"""

from django.dispatch import Signal

# plans: a list of LiaisonPlan whose days may have changed; by: who changed them, None for the
# machine; today: local date;
# since: the first day to plan from, in the past for a plan entered late.
plans_changed = Signal()

# plans: a list of LiaisonPlan about to be removed, because the import that made them is taken back.
plans_withdrawn = Signal()
