"""分派规则 of the demo township: each category goes to the unit that has always handled it."""

from grievances.models import RoutingRule

from .matters import Cast
from .texts import MATTERS


def route_as_handled(cast: Cast) -> None:
    """One rule a category, in the order of the texts."""
    usual: dict[str, str] = {}
    for category, *_, department, _method in MATTERS:
        usual.setdefault(category, department)
    RoutingRule.objects.bulk_create(
        RoutingRule(
            township=cast.township,
            name=f"{category}归{department}",
            category=cast.categories[category],
            department=cast.handlers[department][0],
        )
        for category, department in usual.items()
    )
