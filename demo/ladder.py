"""The ladder of a practice, put on a township that has none of its own yet."""

from grievances.models import Rung


def set_ladder(scheme, township) -> int:
    """Rungs in the order of the file; one that is there already is left as the office has it.

    Returns:
        How many are new (级).
    """
    made = 0
    for order, said in enumerate(scheme.rungs, start=1):
        _, new = Rung.objects.get_or_create(
            township=township, name=said["name"], defaults={"order": order, **_facts(said)}
        )
        made += new
    return made


def _facts(said):
    return {name: said.get(name) for name in ("role", "overdue_days", "meets_on")}
