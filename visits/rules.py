"""The numbers in force (驻点日规则): each township's own row, or the ones the house begins with."""

from .models import SessionPolicy


def rules_of(township_id, on) -> SessionPolicy:
    """What is in force for a township on a day; an unsaved row where it has set nothing."""
    row = SessionPolicy.objects.in_force(on).filter(township=township_id).last()
    return row or SessionPolicy(township_id=township_id, since=on)


def all_rules(on) -> dict[int | None, SessionPolicy]:
    """{township id: its row in force}, and under None what serves the others; one query."""
    rows = {row.township_id: row for row in SessionPolicy.objects.in_force(on)}
    return {None: SessionPolicy(since=on)} | rows


def days_to_confirm(on) -> dict[int | None, int]:
    """{township id: days (天) after its end a session waits for its lead}; None for all others."""
    return {pk: row.confirm_days for pk, row in all_rules(on).items()}


def days_to_escalate(on) -> dict[int | None, int]:
    """{township id: days (天) after its end a session waits at the office}; None for all others."""
    return {pk: row.office_days for pk, row in all_rules(on).items()}
