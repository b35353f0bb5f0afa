"""What the apps to the right may want to know. Sent inside the transaction of the change."""

from django.dispatch import Signal

# visit: as it stands now; before: a Stood, what it said until then; by: who put it right; now: when.
visit_put_right = Signal()
