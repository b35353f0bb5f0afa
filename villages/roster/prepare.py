"""The rows of a staged roster made ready to be stored, while others may still write."""

from liaison import personal
from liaison.imports.kinds import CHANGED, MOVED, NEW
from liaison.personal import Sealed

STEP = 500  # rows between two signs of life
PHASE = "加密与编码"


def prepare(staged, progress, making):
    """Make each change ``ready``.

    That is a new one's values, in the order of HOUSEHOLD or RESIDENT; a changed one's
    {attribute name: value to store}.

    Lets go of what the file said of new people, so ``lines()`` has no answer after it.

    Args:
        progress: as ``Staged.prepare`` has it.
        making: the Making that works it out.
    """
    people = staged.residents
    for change in staged.households:
        if change.kind == NEW:
            change.ready, change.words = _household(change.parsed, making)
        elif change.kind == CHANGED:
            change.ready = _home_values(change.values, making)
    for at, change in enumerate(people):
        if at % STEP == 0:
            progress(PHASE, at, len(people))
        if change.kind == NEW:
            change.ready, change.words = _resident(change.parsed, making)
            change.parsed = None
        elif change.kind in (CHANGED, MOVED):
            change.ready = _person_values(change.values, making)
        if change.kind in (NEW, MOVED) and change.household.kind == NEW:
            change.household.ready[-1] += 1
    for household in staged.parsed.households:
        household.residents.clear()


def work_out(staged, progress, making):
    """Have ``making`` work out, in the order of ``prepare``, what that asks of it for new ones; nothing is changed."""
    for change in staged.households:
        if change.kind == NEW:
            making.household(change.parsed)
    for at, change in enumerate(staged.residents):
        if at % STEP == 0:
            progress(PHASE, at, len(staged.residents))
        if change.kind == NEW:
            making.person(change.parsed)


HOUSEHOLD = ("number", "head_name", "head_pinyin", "address", "residents_count")


def _household(said, making):
    """(the values of HOUSEHOLD, search words); people are counted as they are made ready."""
    sound, words = making.household(said)
    return [said.stored_number, said.head_name, sound, said.address[:200], 0], words


RESIDENT = (
    "name", "pinyin", "relation", "sex", "birth_date", "birth_month_only", "id_number", "id_index",
    "phones", "phone_index", "remark",
)  # fmt: skip


def _resident(said, making):
    """(the values of RESIDENT, search words)."""
    sound, number, phones, phone_index, words = making.person(said)
    return (
        said.name, sound, said.relation, said.sex, said.birth_date, said.birth_month_only,
        number, said.id_index, phones, phone_index, said.remark,
    ), words  # fmt: skip


def _home_values(values, making):
    """Group and section are rows of their own: ``Writing`` finds them."""
    ready = {name: values[name] for name in ("head_name", "address") if name in values}
    if "head_name" in values:
        ready["head_pinyin"] = making.sound(values["head_name"])
    return ready


def _person_values(values, making):
    """The changed fields with what stands beside them: an index, a sound; ciphertext ready-made."""
    ready = dict(values)
    if "id_number" in values:
        ready["id_number"] = Sealed(values["id_number"])
        ready["id_index"] = personal.blind_index(values["id_number"], "id")
    if "phones" in values:
        ready["phones"] = Sealed(values["phones"])
        ready["phone_index"] = personal.blind_index(values["phones"].split("、")[0], "phone")
    if "name" in values:
        ready["pinyin"] = making.sound(values["name"])
    return ready
