"""Which unit a matter goes to by the office's rules, and which of them says so.

A rule fits when each of its conditions does; an empty condition fits all. Of the rules that fit the most
exact one applies, asked in this order: for 加急 alone; of the level of the ladder; of the category; of the 片;
of the village; of the team's villages; of the kind; of two alike the newer. The order is fixed and ends in
the row's own key, so there are no ties.
"""

from dataclasses import dataclass, field, replace

from villages.models import Household

from .ladder import begins_at, level_of
from .models import DeadlinePolicy, RoutingRule
from .models.ledger import Grievance


@dataclass(frozen=True)
class Facts:
    """What of a matter rules look at: ids, the value of the kind, 加急."""

    category_id: int | None
    village_id: int | None
    kind: str
    is_urgent: bool
    section_id: int | None = None  # of the household, where it is known
    level: int | None = None  # place of its rung; None: the lowest, where it began


@dataclass(frozen=True)
class Rule:
    """A row of the table, and the villages of its team as they are today."""

    row: RoutingRule
    team_villages: frozenset[int] = field(default_factory=frozenset)
    begins: int | None = None  # place of the lowest rung, where rules ask for a level

    def fits(self, facts: Facts) -> bool:
        """Whether every condition of the rule holds of a matter."""
        row = self.row
        return (
            (not row.urgent or facts.is_urgent)
            and row.level in (None, self.begins if facts.level is None else facts.level)
            and row.category_id in (None, facts.category_id)
            and row.section_id in (None, facts.section_id)
            and row.village_id in (None, facts.village_id)
            and (row.team_id is None or facts.village_id in self.team_villages)
            and row.kind in ("", facts.kind)
        )

    @property
    def exactness(self):
        """What is compared where several rules fit; the greater applies."""
        row = self.row
        named = (row.level, row.category_id, row.section_id, row.village_id, row.team_id)
        return row.urgent, *(key is not None for key in named), bool(row.kind), row.pk


@dataclass(frozen=True)
class Route:
    """Where a matter goes, and by which rule."""

    rule: RoutingRule
    is_urgent: bool = False  # the matter

    @property
    def department(self):
        """承办单位."""
        return self.rule.department

    @property
    def policy(self) -> DeadlinePolicy | None:
        """The rule's own time limit while it is in use; None leaves it to the general table.

        What is 加急 keeps its 加急 limit unless the rule is for such matters: a unit's limit never slows it.
        """
        policy = self.rule.policy
        if self.is_urgent and not self.rule.urgent:
            return None
        return policy if policy and policy.is_active else None

    @property
    def key(self) -> str:
        """The rule and its version, to be carried by a form: what was shown is what is done."""
        return f"{self.rule.pk}v{self.rule.version}"

    @property
    def why(self) -> str:
        """「按分派规则“水利归农业办”交农业办办理，时限3个工作日。」."""
        limit = f"，时限{self.policy.amount}{self.policy.get_unit_display()}" if self.policy else ""
        return f"按分派规则“{self.rule}”交{self.to}办理{limit}。"

    @property
    def to(self) -> str:
        """「农业办」, 「农业办主任」; a post's title often begins with its unit."""
        post, unit = str(self.rule.post or ""), str(self.department)
        return post if post.startswith(unit) else f"{unit}{post}"

    def handler(self, on):
        """Who holds the rule's post on a day; None where it names none or it is vacant."""
        return self.rule.post.holder(on) if self.rule.post else None


def route(facts: Facts, rules: list[Rule]) -> Route | None:
    """The most exact rule that fits; None when none does. Pure: nothing is read or asked.

    Args:
        rules: those of the matter's township, as ``rules_of`` gives them.
    """
    fitting = [rule for rule in rules if rule.fits(facts)]
    best = max(fitting, key=lambda rule: rule.exactness, default=None)
    return Route(best.row, facts.is_urgent) if best else None


def rules_of(township_id: int) -> list[Rule]:
    """A township's rules in use whose unit still stands; one query, one more each where teams or levels are named."""
    rows = RoutingRule.objects.filter(
        township=township_id, is_active=True, department__abolished_on=None
    ).select_related("department", "post", "policy")
    rows = list(rows)
    teams = {row.team_id for row in rows} - {None}
    villages = _villages_by_team(teams) if teams else {}
    begins = begins_at(township_id) if any(row.level is not None for row in rows) else None
    return [Rule(row, frozenset(villages.get(row.team_id, ())), begins) for row in rows]


def sections_of(households) -> dict[int, int]:
    """{household: its 片}, of those that stand in one.

    Args:
        households: their ids, or a query of them.
    """
    rows = Household.objects.filter(pk__in=households, group__section__isnull=False)
    return dict(rows.values_list("pk", "group__section"))


def facts_of(matter: Grievance, rules: list[Rule] = (), sections=None) -> Facts:
    """What rules look at, of a matter as it stands.

    Args:
        rules: those it will be held to; whether the 片 has to be asked for.
        sections: ``sections_of`` the households of many matters, read beforehand.
    """
    if sections is None:
        asked = matter.household_id and any(rule.row.section_id for rule in rules)
        sections = sections_of([matter.household_id]) if asked else {}
    return Facts(
        matter.category_id, matter.village_id, matter.kind, matter.is_urgent,
        sections.get(matter.household_id), level_of(matter),
    )  # fmt: skip


def route_of(matter: Grievance, **put_right) -> Route | None:
    """The route of a matter by the rules as they are now.

    Args:
        put_right: facts as a form would change them: ``category_id``, ``is_urgent``, ``level``.
    """
    rules = rules_of(matter.township_id)
    return route(replace(facts_of(matter, rules), **put_right), rules)


def _villages_by_team(teams):
    through = RoutingRule._meta.get_field("team").related_model.villages.through
    found: dict[int, set[int]] = {}
    for team, village in through.objects.filter(
        liaisonteam__in=teams, liaisonteam__is_active=True
    ).values_list("liaisonteam", "village"):
        found.setdefault(team, set()).add(village)
    return found
