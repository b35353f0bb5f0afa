"""How the ledger is read fast, and what the database itself refuses."""

from django.db import models
from django.db.models import Q

from .states import OPEN, SETTLED, Status

INDEXES = [
    # The ledger of a township, of a village and of a department, newest first.
    models.Index(
        fields=["township", "-registered_on", "-id", "is_confidential"],
        name="ledger_by_day",
    ),
    models.Index(
        fields=["village", "-registered_on", "-id", "is_confidential"],
        name="ledger_of_village",
    ),
    models.Index(
        fields=["department", "-registered_on", "-id", "is_confidential"],
        name="ledger_of_department",
    ),
    # The ledger under its most used filter.
    models.Index(
        fields=["township", "status", "-registered_on", "-id", "is_confidential"],
        name="ledger_by_status",
    ),
    # What is overdue: open rows, oldest deadline first.
    models.Index(
        fields=["township", "due_at"],
        condition=Q(status__in=OPEN),
        name="ledger_open_due",
    ),
    # 答应的事: what was promised, the nearest day first.
    models.Index(
        fields=["township", "promise_due_on"],
        condition=Q(promise_due_on__isnull=False),
        name="ledger_promises",
    ),
    # Figures of a period, read from the index alone: the flow by village and category,
    # what was settled and how long it took, what fell due.
    models.Index(
        fields=[
            "township",
            "village",
            "category",
            "registered_on",
            "settled_on",
            "status",
            "settlement",
            "is_confidential",
        ],
        name="ledger_flow",
    ),
    models.Index(
        fields=[
            "township",
            "settled_on",
            "village",
            "status",
            "registered_on",
            "is_confidential",
        ],
        name="ledger_settled",
    ),
    models.Index(
        fields=[
            "township",
            "due_on",
            "village",
            "status",
            "settled_at",
            "due_at",
            "is_confidential",
        ],
        name="ledger_due",
    ),
    # Whether somebody ever wrote down a confidential one: asked with every page.
    models.Index(
        fields=["registered_by"],
        condition=Q(is_confidential=True),
        name="ledger_confided",
    ),
    # 预警 in force, for the list of risks.
    models.Index(
        fields=["township", "alert_level"],
        condition=~Q(alert_level=""),
        name="ledger_alerts",
    ),
    # An older ledger that comes again, and search by its numbers.
    models.Index(
        fields=["township", "source_number"],
        condition=Q(is_imported=True),
        name="ledger_source_number",
    ),
]

RULES = [
    # An older ledger may be silent; what happens in this house never is.
    models.CheckConstraint(
        condition=~Q(status__in=SETTLED)
        | (Q(settled_on__isnull=False) & ~Q(settlement=""))
        | Q(is_imported=True),
        name="settled_has_day_and_kind",
    ),
    models.CheckConstraint(
        condition=~Q(status=Status.DECLINED)
        | Q(decline_reason__isnull=False)
        | Q(is_imported=True),
        name="declined_has_reason",
    ),
    models.CheckConstraint(
        condition=Q(village__isnull=False) | Q(is_imported=True),
        name="matter_has_village",
    ),
    models.CheckConstraint(
        condition=~Q(kind="report") | Q(is_confidential=True),
        name="report_is_confidential",
    ),
]
