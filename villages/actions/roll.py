"""What the verbs share: rows locked in one order, what a household tells of its people, events, the trail.

Every verb locks households before residents, each in the order of their ids: two verbs at once wait for
one another and never for each other.
"""

from liaison import audit
from liaison.errors import NotAllowed, Stale
from liaison.versions import claim
from villages.models import Household, RegistryEvent, Resident

HEAD = "户主"
TWO_HEADS = "一户只能有一位户主，请先办理「户主变更」。"


def claim_households(versions: dict[int, int | None]) -> dict[int, Household]:
    """Lock households, in the order of their ids.

    Args:
        versions: {id: the version the form carried, or None}.
    Raises:
        Stale: one was changed meanwhile. NotAllowed: one is cancelled.
    """
    rows = Household.objects.select_related("village", "group")
    found = {pk: claim(rows, pk, versions[pk]) for pk in sorted(versions)}
    for row in found.values():
        refuse_cancelled(row)
    return found


def claim_household(household, version=None) -> Household:
    """Lock one household. Raises Stale, NotAllowed as ``claim_households``."""
    return claim_households({household.pk: version})[household.pk]


def refuse_cancelled(household):
    """Raises NotAllowed for a household that is off the roll."""
    if household.merged_into_id:
        raise NotAllowed(f"{household}已并入另一户，请到并入的那一户办理。")
    if household.is_cancelled:
        raise NotAllowed(f"{household}已注销，不能办理；确需办理请先恢复该户。")


def claim_members(household, people) -> list[Resident]:
    """Lock people of a household that is locked already.

    Raises:
        NotAllowed: none was named, or one has left the household meanwhile.
    """
    wanted = {person.pk for person in people}
    if not wanted:
        raise NotAllowed("请选择家庭成员。")
    rows = Resident.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    found = [row for row in rows if row.household_id == household.pk and row.left_on is None]
    if len(found) != len(wanted):
        raise NotAllowed("所选成员已不在这一户的在册名单里，请刷新页面核对后再办理。")
    return found


def claim_person(resident, version):
    """Lock a person and the household he is in: (household, person).

    Raises:
        Stale: he was changed, or moved to another household meanwhile.
    """
    household = claim(
        Household.objects.select_related("village", "group"), resident.household_id, None
    )
    row = claim(Resident, resident.pk, version)
    if row.household_id != household.pk:
        raise Stale(row)
    return household, row


def save(row, *fields):
    """Store these fields of a locked row, and raise its version."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def refresh(household):
    """What a household tells of its people, worked out anew on the row: how many, and who heads them.

    Returns:
        The people on the roll. The caller stores the row.
    Raises:
        NotAllowed: two would head it.
    """
    people = list(household.residents.present().order_by("pk"))
    heads = [person for person in people if person.relation == HEAD]
    if len(heads) > 1:
        raise NotAllowed(TWO_HEADS)
    household.residents_count = len(people)
    if heads:
        household.head_name, household.head_pinyin = heads[0].name, heads[0].pinyin
    return people


ROLL = ("residents_count", "head_name", "head_pinyin")


def tell(kind, household, *, on, now, by, people=(None,), other=None, detail=""):
    """Append one line of history for each of these people, or one for the household.

    Args:
        kind: a RegistryEvent.Kind. other: the second household the line is read on.
    """
    RegistryEvent.objects.bulk_create(
        RegistryEvent(
            village_id=household.village_id,
            household=household,
            other_household=other,
            resident=person,
            kind=kind,
            on=on,
            detail=detail[:300],
            entered_at=now,
            by_id=by.pk,
            by_name=by.display_name,
        )
        for person in people
    )


def record(by, action, household, *, on, subject=None, before=None, **after):
    """A line in the trail about a household, or about ``subject`` in it; ``after`` in the office's words."""
    audit.record(
        by=by,
        action=action,
        subject=subject or household,
        before=before,
        after={"户": str(household), "日期": str(on), **after},
        township_id=household.township_id,
    )


def has_head(people) -> bool:
    """Whether the head is among them."""
    return any(person.relation == HEAD for person in people)


def names(people) -> str:
    """「周大山、周小山」."""
    return "、".join(person.name for person in people)
