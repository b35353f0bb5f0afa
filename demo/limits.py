"""办理时限 and 预警标准 of a practice."""

from grievances.models import AlertBand, Category, DeadlinePolicy, Source

EXAMPLE = "{}（期限为示例，以本镇规定为准）"


def add_limits(scheme, township) -> int:
    """The practice's own time limits where the township has none of that name; returns how many were made.

    Args:
        scheme: its ``limits`` are tables of a file under schemes/: the fields of DeadlinePolicy, category and
            source by name. A category or source this office does not have leaves the row out.
    """
    made = 0
    for said in scheme.limits:
        facts = {
            name: value
            for name, value in said.items()
            if name not in ("name", "category", "source")
        }
        for name, model in (("category", Category), ("source", Source)):
            if name in said:
                facts[name] = model.objects.filter(name=said[name]).first()
        if None in facts.values():
            continue
        facts.setdefault("basis", EXAMPLE.format(scheme.basis)[:100])
        _, new = DeadlinePolicy.objects.get_or_create(
            township=township, name=said["name"], defaults=facts
        )
        made += new
    return made


def add_bands(scheme, township) -> int:
    """The practice's own alert bands, for a township that has set none; returns how many were made."""
    if not scheme.alerts or AlertBand.objects.filter(township=township).exists():
        return 0
    rows = [AlertBand(township=township, **said) for said in scheme.alerts]
    return len(AlertBand.objects.bulk_create(rows))
