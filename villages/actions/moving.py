"""People and households change their place: moved, split off, put into another group."""

from django.db import IntegrityError, transaction

from liaison.errors import NotAllowed
from villages.models import Group, Household, RegistryEvent
from villages.pinyin import search_key

from . import remaining, roll, search_words
from .checks import EDIT, NO_PLACE, require, require_day, require_household

Kind = RegistryEvent.Kind


@transaction.atomic
def move_residents(
    *, household, version, residents, to, by, on, now, relations=None, new_head=None, empty_as=""
) -> Household:
    """People of one household move into another of the township; their visits and matters stay as they were made.

    Args:
        version: of the household they leave, as the form carried it.
        to: the household they join.
        relations: {id: relation to the head there}; "" where nothing is said.
        new_head, empty_as: see ``remaining.settle``.
    Returns:
        The household they joined.
    Raises:
        Stale. NotAllowed: not his work or place on either side, a day that cannot be, a cancelled household.
    """
    require_household(by, household)
    require_household(by, to)
    if household.pk == to.pk:
        raise NotAllowed("迁入的是同一户，请另选一户。")
    both = roll.claim_households({household.pk: version, to.pk: None})
    source, target = both[household.pk], both[to.pk]
    people = roll.claim_members(source, residents)
    require_day(on, now, people)
    roll.tell(Kind.MOVED, source, on=on, now=now, by=by, people=people, other=target)
    head_went = roll.has_head(people)
    _join(people, target, relations or {})
    roll.refresh(target)
    roll.save(target, *roll.ROLL)
    remaining.settle(
        source, head_went=head_went, on=on, now=now, by=by, new_head=new_head, empty_as=empty_as
    )
    said = {"成员": roll.names(people), "迁往": str(target)}
    roll.record(by, "迁移成员", source, on=on, **said)
    search_words.refresh(households=[source, target], residents=people)
    return target


@transaction.atomic
def split_household(
    *, household, version, residents, head, group, number, address, by, on, now,
    relations=None, new_head=None, empty_as="",
) -> Household:  # fmt: skip
    """分户: some of a household become a household of their own.

    Args:
        head: who of them heads it. group, number, address: where it stands.
        relations, new_head, empty_as: as in ``move_residents``.
    Returns:
        The new household.
    Raises:
        Stale. NotAllowed: as ``move_residents``; the number is taken, the head is not among them.
    """
    require_household(by, household)
    require(by, EDIT, Group.objects, group)
    source = roll.claim_household(household, version)
    people = roll.claim_members(source, residents)
    require_day(on, now, people)
    if head is None or head.pk not in {person.pk for person in people}:
        raise NotAllowed("新户的户主要从分出的成员里选，请核对。")
    made = _found(source, group, number=number, address=address, head=head)
    roll.tell(
        Kind.SPLIT, source, on=on, now=now, by=by, people=people, other=made,
        detail=f"新户主{head.name}",
    )  # fmt: skip
    head_went = roll.has_head(people)
    _join(people, made, {**(relations or {}), head.pk: roll.HEAD})
    roll.refresh(made)
    made.save(update_fields=roll.ROLL)
    remaining.settle(
        source, head_went=head_went, on=on, now=now, by=by, new_head=new_head, empty_as=empty_as
    )
    said = {"成员": roll.names(people), "新户": str(made), "组": f"{group.village}{group}"}
    roll.record(by, "分户", source, on=on, **said)
    search_words.refresh(households=[source, made], residents=people)
    return made


@transaction.atomic
def change_group(*, household, version, group, by, on, now) -> Household:
    """换组: the whole household belongs to another group of its village.

    Raises:
        Stale. NotAllowed: not his work or place, another village's group, the same group.
    """
    require_household(by, household)
    row = roll.claim_household(household, version)
    require_day(on, now)
    if group.village_id != row.village_id:
        raise NotAllowed("换组只在本村内办理；迁到别的村，请办理「迁移」或「分户」。")
    if group.pk == row.group_id:
        raise NotAllowed(f"这一户已在{group}，请另选一个组。")
    before, row.group = str(row.group), group
    roll.save(row, "group")
    detail = f"{before} → {group}"
    roll.tell(Kind.GROUP_CHANGED, row, on=on, now=now, by=by, detail=detail)
    roll.record(by, "换组", row, on=on, before={"组": before}, 组=str(group))
    return row


def _join(people, home, relations):
    """People belong to a household now, with what they are to its head."""
    for person in people:
        if person.township_id != home.township_id:
            raise NotAllowed("跨乡镇的请办理「迁出」，由迁入地重新登记。")
        person.household, person.village_id = home, home.village_id
        person.relation = relations.get(person.pk, "")
        roll.save(person, "household", "village", "relation")


def _found(source, group, *, number, address, head):
    """Store a household; the database says whether its number is free, also when two take it at once."""
    if group.village.township_id != source.township_id:
        raise NotAllowed(NO_PLACE)
    try:
        with transaction.atomic():
            return Household.objects.create(
                township_id=source.township_id,
                village_id=group.village_id,
                group=group,
                number=number,
                address=address,
                head_name=head.name,
                head_pinyin=search_key(head.name),
            )
    except IntegrityError as taken:
        raise NotAllowed(f"户编号「{number}」在{group.village}已有，请换一个。") from taken
