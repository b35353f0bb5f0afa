"""What several parts of a matter's page ask of one matter, read once and hung onto its row.

Rules, forms and panels ask ``matter.assists.all()`` and the like, so each is right by itself too; on a page that
has called ``read_once`` it costs them nothing. Rows that a verb is going to change are read by the verb itself.
"""

from django.db.models import Prefetch, prefetch_related_objects

from .models import Assist, Supervision

_PARTS = (
    "steps",
    "extensions",
    "alerts",
    Prefetch("assists", Assist.objects.select_related("department")),
    Prefetch(
        "supervisions",
        Supervision.objects.select_related("asked_by", "replied_by", "lifted_by"),
    ),
)


def read_once(matter) -> None:
    """Hang them onto the row; called again it reads nothing."""
    prefetch_related_objects([matter], *_PARTS)
