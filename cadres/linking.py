"""How 包户联系 change hands: the previous link of a kind ends on the day the next one begins.

``who`` is a Post (包户干部) or a Representative (村民代表). The verbs and the import both come through here.
"""

from dataclasses import dataclass, field

from django.db.models import F

from cadres.models import HouseholdLink, Representative
from liaison.errors import NotAllowed
from villages.models import Household

CHUNK = 5000  # ids asked for at once: SQLite takes no more than some thirty thousand
KIND = HouseholdLink.Kind


@dataclass
class Relinked:
    """What became of some households' links (HouseholdLinks, and Households left as they were)."""

    made: list = field(default_factory=list)
    ended: dict = field(default_factory=dict)  # (household id, kind) -> the link taken over from
    unchanged: list = field(default_factory=list)


def kind_of(who) -> str:
    """The kind of a link to this post or representative."""
    return KIND.REPRESENTATIVE if isinstance(who, Representative) else KIND.CADRE


def points_to(link, who) -> bool:
    """Whether a link leads to this post or representative."""
    held = link.representative_id if kind_of(who) == KIND.REPRESENTATIVE else link.post_id
    return link.kind == kind_of(who) and held == who.pk


def links_of(who):
    """Every link to a post or representative, past ones too."""
    path = "representative" if kind_of(who) == KIND.REPRESENTATIVE else "post"
    return HouseholdLink.objects.filter(**{path: who})


def make_link(household, who, since) -> HouseholdLink:
    """A link not stored yet."""
    kind = kind_of(who)
    return HouseholdLink(
        village_id=household.village_id,
        household=household,
        kind=kind,
        post=who if kind == KIND.CADRE else None,
        representative=who if kind == KIND.REPRESENTATIVE else None,
        since=since,
    )


def lock_households(ids) -> dict[int, Household]:
    """These households by id, locked in one order: of two who link at once, one waits for the other.

    Without the key, so that a visit to one of them can be written down meanwhile.
    """
    ids, found = sorted(set(ids)), {}
    for start in range(0, len(ids), CHUNK):
        rows = Household.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
        found |= {row.pk: row for row in rows.filter(pk__in=ids[start : start + CHUNK])}
    return found


def relink(pairs, since) -> Relinked:
    """Link households from a day on; who had them until then hands them over that day.

    Args:
        pairs: (household id, who); at most one of each kind a household.
    Raises:
        NotAllowed: a household was cancelled, or a link of the kind began or ended after that day.
    """
    households = lock_households(pk for pk, _ in pairs)
    earlier = _by_household_and_kind(households)
    outcome = Relinked()
    for pk, who in pairs:
        _take(households[pk], who, since, earlier.get((pk, kind_of(who)), ()), outcome)
    _store_ended(outcome.ended.values(), since)
    HouseholdLink.objects.bulk_create(outcome.made, batch_size=500)
    return outcome


def end_links(links, until) -> list[HouseholdLink]:
    """End links on a day; the households are locked first.

    Raises:
        NotAllowed: one of them began after that day.
    """
    lock_households(link.household_id for link in links)
    rows = HouseholdLink.objects.filter(pk__in=[link.pk for link in links], until=None)
    rows = list(rows.select_related("household", "post", "representative"))
    for link in rows:
        if link.since > until:
            raise NotAllowed(f"{link.household}自{link.since}起才由其联系，日期不能早于这一天。")
        close(link, until)
    _store_ended(rows, until)
    return rows


def _store_ended(links, until):
    """All on one day, so one statement does for many; the rows in memory have it already."""
    ids = sorted(link.pk for link in links)
    for start in range(0, len(ids), CHUNK):
        rows = HouseholdLink.objects.filter(pk__in=ids[start : start + CHUNK])
        rows.update(until=until, version=F("version") + 1)


def close(link, until) -> None:
    """End a link in memory."""
    link.until = until
    link.version += 1


def _by_household_and_kind(households):
    ids, found = sorted(households), {}
    for start in range(0, len(ids), CHUNK):
        rows = HouseholdLink.objects.filter(household__in=ids[start : start + CHUNK])
        for link in rows.select_related("post", "representative"):
            found.setdefault((link.household_id, link.kind), []).append(link)
    return found


def _take(household, who, since, links, outcome):
    if household.residence == Household.Residence.CANCELLED:
        raise NotAllowed(f"{household}已注销，不能再联系，请从所选的户中去掉。")
    standing = next((link for link in links if link.until is None), None)
    if standing and points_to(standing, who):
        outcome.unchanged.append(household)
        return
    last = max((link.until or link.since for link in links), default=since)
    if last > since:
        raise NotAllowed(f"{household}在{last}刚调整过联系人，起始日期请填这一天或以后。")
    if standing:
        close(standing, since)
        outcome.ended[household.pk, standing.kind] = standing
    outcome.made.append(make_link(household, who, since))
