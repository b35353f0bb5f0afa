"""What becomes of a household when its head, or the last of its people, goes."""

from liaison.errors import NotAllowed
from villages.models import Household, RegistryEvent

from . import roll

Kind, Residence = RegistryEvent.Kind, Household.Residence
EMPTY_AS = (Residence.VACANT, Residence.CANCELLED)


def settle(household, *, head_went, on, now, by, new_head=None, empty_as=""):
    """Count a household anew after some of its people went; name its new head or say what it is empty.

    Args:
        household: locked. head_went: whether its head is among those who went.
        new_head: who heads it when the head went.
        empty_as: "vacant" or "cancelled" when nobody is left.
    Raises:
        NotAllowed: the head goes and no other is named, or nobody is left and it is not said what then.
    """
    left = list(household.residents.present())
    if not left:
        _empty(household, empty_as, on=on, now=now, by=by)
    elif head_went:
        _succeed(household, left, new_head, on=on, now=now, by=by)
    roll.refresh(household)
    roll.save(household, *roll.ROLL, "residence", "cancelled_on")


def _empty(household, empty_as, *, on, now, by):
    if empty_as not in EMPTY_AS:
        raise NotAllowed("这一户办理后没有在册成员了，请在「本户无人后」中选择「空挂」或「注销」。")
    before = household.get_residence_display()
    household.residence = empty_as
    detail = f"{before} → {household.get_residence_display()}，本户已无在册成员"
    if household.is_cancelled:
        household.cancelled_on = on
    kind = Kind.CANCELLED if household.is_cancelled else Kind.RESIDENCE
    roll.tell(kind, household, on=on, now=now, by=by, detail=detail)


def _succeed(household, left, new_head, *, on, now, by):
    chosen = next((person for person in left if new_head and person.pk == new_head.pk), None)
    if chosen is None:
        raise NotAllowed("户主不在这一户了，请从其余成员中选择新户主。")
    before, chosen.relation = household.head_name, roll.HEAD
    roll.save(chosen, "relation")
    detail = f"原户主{before}" if before else ""
    roll.tell(Kind.NEW_HEAD, household, on=on, now=now, by=by, people=[chosen], detail=detail)
