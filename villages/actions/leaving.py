"""People leave the roll and come back to it; rows stay, for their history."""

from django.db import transaction

from liaison.errors import NotAllowed
from villages.models import RegistryEvent, Resident

from . import remaining, roll, search_words
from .checks import require_day, require_household, require_resident

Kind, Left = RegistryEvent.Kind, Resident.Left


def record_death(*, household, version, resident, by, on, now, new_head=None, empty_as=""):
    """死亡: somebody of a household died on a day.

    Args:
        version: of the household, as the form carried it.
        new_head, empty_as: see ``remaining.settle``.
    Raises:
        Stale. NotAllowed: not his work or place, a day that cannot be, no new head named.
    """
    return _leave(
        household, version, [resident], Left.DIED, Kind.DIED, "登记死亡", "",
        by=by, on=on, now=now, new_head=new_head, empty_as=empty_as,
    )  # fmt: skip


def record_moving_out(
    *, household, version, residents, where, by, on, now, new_head=None, empty_as=""
):
    """迁出: people of a household moved out of the township.

    Args:
        where: where to, in the office's words; may be empty.
        new_head, empty_as: see ``remaining.settle``.
    Raises:
        Stale. NotAllowed: as ``record_death``.
    """
    return _leave(
        household, version, residents, Left.MOVED_OUT, Kind.MOVED_OUT, "登记迁出", where,
        by=by, on=on, now=now, new_head=new_head, empty_as=empty_as,
    )  # fmt: skip


@transaction.atomic
def _leave(
    household, version, residents, left_as, kind, action, where, *, by, on, now, new_head, empty_as
):
    require_household(by, household)
    row = roll.claim_household(household, version)
    people = roll.claim_members(row, residents)
    require_day(on, now, people)
    for person in people:
        person.left_on, person.left_as = on, left_as
        roll.save(person, "left_on", "left_as")
    roll.tell(kind, row, on=on, now=now, by=by, people=people, detail=where)
    remaining.settle(
        row,
        head_went=roll.has_head(people),
        on=on,
        now=now,
        by=by,
        new_head=new_head,
        empty_as=empty_as,
    )
    said = {"成员": roll.names(people)} | ({"去向": where} if where else {})
    roll.record(by, action, row, on=on, **said)
    search_words.refresh(households=[row], residents=people)
    return row


@transaction.atomic
def return_to_roll(*, resident, version, relation, by, on, now) -> Resident:
    """恢复在册: somebody marked as gone is on the roll again, in the household he left.

    Args:
        relation: what he is to its head now.
    Raises:
        Stale. NotAllowed: not his work or place, he is on the roll, was entered twice, or the household is cancelled.
    """
    require_resident(by, resident)
    household, person = roll.claim_person(resident, version)
    if person.merged_into_id:
        raise NotAllowed("这是重复登记的记录，已合并到另一人名下，不能恢复。")
    if person.left_on is None:
        raise NotAllowed(f"{person.name}本来就在册，不需要恢复。")
    roll.refuse_cancelled(household)
    require_day(on, now, [person])
    if on < person.left_on:
        raise NotAllowed(f"日期早于离册日期（{person.left_on}），请核对后再提交。")
    before = f"{person.get_left_as_display()} {person.left_on}".strip()
    person.left_on, person.left_as, person.relation = None, "", relation
    roll.save(person, "left_on", "left_as", "relation")
    roll.refresh(household)
    roll.save(household, *roll.ROLL)
    detail = f"原记为{before}"
    roll.tell(Kind.RETURNED, household, on=on, now=now, by=by, people=[person], detail=detail)
    roll.record(by, "恢复在册", household, on=on, subject=person, before={"离册": before})
    search_words.refresh(households=[household], residents=[person])
    return person
