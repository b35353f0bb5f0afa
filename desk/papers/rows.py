"""The rows papers are made of, as one reader sees them, and what they add up to."""

from dataclasses import dataclass

from django.db.models import Prefetch

from grievances.models import Grievance
from visits.models import NeedLine, Proposal, Visit


def visits_with_matters(rows, user) -> list[Visit]:
    """Rows in the order of their pages; seven queries however many they are.

    Each with ``matters``, ``ideas`` (金点子) and ``found`` (lines of 需求线索) as far as this reader sees them, and
    ``is_reception`` and ``is_reached`` as the figures count them.
    """
    matters = Grievance.objects.visible_to(user).order_by("pk")
    matters = matters.select_related("department", "method", "decline_reason")
    ideas = Proposal.objects.visible_to(user).order_by("pk")
    found = NeedLine.objects.visible_to(user).select_related("need__kind", "need__department")
    sets = {"receptions": rows.receptions(), "reached": rows.to_households()}
    marked = {name: set(some.values_list("pk", flat=True)) for name, some in sets.items()}
    rows = rows.select_related("household__group", "village").prefetch_related(
        Prefetch("grievances", matters, to_attr="matters"),
        Prefetch("proposals", ideas, to_attr="ideas"),
        Prefetch("need_lines", found.order_by("pk"), to_attr="found"),
    )
    visits = list(rows.order_by("occurred_on", "session", "line", "pk"))
    for visit in visits:
        visit.is_reception = visit.pk in marked["receptions"]
        visit.is_reached = visit.pk in marked["reached"]
    return visits


@dataclass(frozen=True)
class Counts:
    """What some rows add up to, in the units of the month's report: 批, 人次, 户, 户次, 件, 条."""

    receptions: int
    received: int
    households: int
    visits: int
    matters: int
    suggestions: int
    on_the_spot: int
    ideas: int
    needs: int

    @classmethod
    def of(cls, visits) -> "Counts":
        """Of rows from visits_with_matters(); 不予受理 is no matter of the figures."""
        receptions = [visit for visit in visits if visit.is_reception]
        # Where the people live now: households put together since are one (0037)
        homes = [
            each.household.merged_into_id or each.household_id for each in visits if each.is_reached
        ]
        matters = [m for visit in visits for m in visit.matters if m.is_open or m.is_settled]
        return cls(
            receptions=len(receptions),
            received=sum(visit.persons for visit in receptions),
            households=len(set(homes)),
            visits=len(homes),
            matters=len(matters),
            suggestions=sum(m.kind == Grievance.Kind.SUGGESTION for m in matters),
            on_the_spot=sum(m.on_the_spot for m in matters),
            ideas=sum(len(visit.ideas) for visit in visits),
            needs=len({each.need_id for visit in visits for each in visit.found}),
        )

    def in_words(self) -> str:
        """「接待2批3人次；走访5户6户次；登记诉求2件，其中意见建议1条；当场办结1件」, and what else there was."""
        said = [
            f"接待{self.receptions}批{self.received}人次",
            f"走访{self.households}户{self.visits}户次",
            f"登记诉求{self.matters}件，其中意见建议{self.suggestions}条",
            f"当场办结{self.on_the_spot}件",
            f"金点子{self.ideas}条" if self.ideas else "",
            f"需求线索{self.needs}条" if self.needs else "",
        ]
        return "；".join(filter(None, said))
