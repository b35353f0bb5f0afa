"""包户联系 hung onto rows of lists: who answers for a household, how many households somebody has."""

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from cadres.bounds import FEW, MANY, Bounds
from cadres.holders import hang_holders
from cadres.models import Holding, HouseholdLink

KIND = HouseholdLink.Kind


def hang_links(households, on):
    """Give each household ``cadre_link`` and ``representative_link`` of a day, posts with ``holder_now``.

    Two queries for all of them.
    """
    links = HouseholdLink.objects.current(on).filter(household__in=[row.pk for row in households])
    links = list(links.select_related("post", "representative__group"))
    hang_holders([link.post for link in links if link.post_id], on)
    found = {(link.household_id, link.kind): link for link in links}
    for row in households:
        row.cadre_link = found.get((row.pk, KIND.CADRE))
        row.representative_link = found.get((row.pk, KIND.REPRESENTATIVE))
    return households


def answered(on, kind) -> Exists:
    """Whether a household is linked to somebody of a kind on a day."""
    links = HouseholdLink.objects.current(on).filter(household=OuterRef("pk"), kind=kind)
    return Exists(links)


def with_answers(households, on):
    """``answers``: by how many kinds of people a household is looked after, 0 to 2."""
    links = HouseholdLink.objects.current(on).filter(household=OuterRef("pk")).order_by()
    number = links.values("household").annotate(number=Count("pk")).values("number")
    return households.annotate(answers=Coalesce(Subquery(number), Value(0)))


def in_state(households, state, on):
    """Households that stand in one of STATES.

    空挂 households need nobody and are in none of the states of lack.
    """
    cadre, representative = answered(on, KIND.CADRE), answered(on, KIND.REPRESENTATIVE)
    if state == "linked":
        return households.filter(cadre | representative)
    lacking = {
        "none": ~cadre & ~representative,
        "no_cadre": ~cadre,
        "no_representative": ~representative,
    }
    return households.on_the_roll().filter(lacking[state])


def count_states(households, on) -> dict[str, int]:
    """{state: 户} of every one of STATES, as ``in_state`` would count them; one query."""
    links = {"cadre": answered(on, KIND.CADRE), "representative": answered(on, KIND.REPRESENTATIVE)}
    rows = households.order_by().annotate(**links).values("residence", *links)
    found = dict.fromkeys((state for state, _ in STATES), 0)
    for row in rows.annotate(number=Count("pk")):
        for state in _states_of(row):
            found[state] += row["number"]
    return found


def _states_of(row):
    if row["cadre"] or row["representative"]:
        yield "linked"
    if row["residence"] not in ("vacant", "cancelled"):
        if not row["cadre"] and not row["representative"]:
            yield "none"
        if not row["cadre"]:
            yield "no_cadre"
        if not row["representative"]:
            yield "no_representative"


STATES = (
    ("none", "未联系"),
    ("no_cadre", "无包户干部"),
    ("no_representative", "无村民代表"),
    ("linked", "已联系"),
)


def with_number(rows, links, path):
    """``number``: how many households (户) of these links lead to each post or representative."""
    counted = links.order_by().filter(**{path: OuterRef("pk")}).values(path)
    number = counted.annotate(number=Count("pk")).values("number")
    return rows.annotate(number=Coalesce(Subquery(number, output_field=IntegerField()), Value(0)))


def beyond(rows, verdict, bounds: Bounds, kind, township_path):
    """Rows (``with_number``) that have too few or too many households by their township's bounds."""
    wanted = Q(pk__in=())
    for (township, each), policy in bounds.policies.items():
        if each == kind:
            limit = {"number__lt": policy.least} if verdict == FEW else {"number__gt": policy.most}
            wanted |= Q(**{township_path: township}, **limit)
    return rows.filter(wanted) if verdict in (FEW, MANY) else rows


def vacant(posts, on):
    """Posts (``with_number``) that have households and nobody to look after them on a day."""
    held = Holding.objects.current(on).filter(post=OuterRef("pk"))
    return posts.filter(~Exists(held), number__gt=0)
