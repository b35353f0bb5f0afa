"""The rows of a staged roster made ready to be stored, while others may still write."""

from liaison import personal
from liaison.imports.kinds import CHANGED, MOVED, NEW
from liaison.personal import Sealed
from villages.pinyin import search_key
from villages.search import tokens_of_household, tokens_of_resident

STEP = 500  # rows between two signs of life
PHASE = "加密与编码"


class _Sounds(dict):
    """Names by sound; each name is worked out once."""

    def __missing__(self, name):
        self[name] = search_key(name)
        return self[name]


def prepare(staged, progress):
    """Make each change ``ready``.

    That is a new one's values, in the order of HOUSEHOLD or RESIDENT; a changed one's
    {attribute name: value to store}.

    Lets go of what the file said of new people, so ``lines()`` has no answer after it.

    Args:
        progress: as ``Staged.prepare`` has it.
    """
    sounds, people = _Sounds(), staged.residents
    for change in staged.households:
        if change.kind == NEW:
            said = change.parsed
            change.ready = _household(said, sounds)
            change.words = tokens_of_household(said.stored_number, said.head_name)
        elif change.kind == CHANGED:
            change.ready = _home_values(change.values, sounds)
    for at, change in enumerate(people):
        if at % STEP == 0:
            progress(PHASE, at, len(people))
        if change.kind == NEW:
            said = change.parsed
            change.words = tokens_of_resident(said.name, said.id_number, said.phones)
            change.ready = _resident(said, sounds)
            change.parsed = None
        elif change.kind in (CHANGED, MOVED):
            change.ready = _person_values(change.values, sounds)
        if change.kind in (NEW, MOVED) and change.household.kind == NEW:
            change.household.ready[-1] += 1
    for household in staged.parsed.households:
        household.residents.clear()


HOUSEHOLD = ("number", "head_name", "head_pinyin", "address", "residents_count")


def _household(parsed, sounds):
    """The values of HOUSEHOLD; people are counted as they are made ready."""
    head = parsed.head_name
    return [parsed.stored_number, head, sounds[head], parsed.address[:200], 0]


RESIDENT = (
    "name", "pinyin", "relation", "sex", "birth_date", "birth_month_only", "id_number", "id_index",
    "phones", "phone_index", "remark",
)  # fmt: skip


def _resident(said, sounds):
    """The values of RESIDENT."""
    phones = said.phones
    return (
        said.name, sounds[said.name], said.relation, said.sex, said.birth_date, said.birth_month_only,
        Sealed(said.id_number), said.id_index,
        Sealed("、".join(phones)), personal.blind_index(phones[0], "phone") if phones else "",
        said.remark,
    )  # fmt: skip


def _home_values(values, sounds):
    """Group and section are rows of their own: ``Writing`` finds them."""
    ready = {name: values[name] for name in ("head_name", "address") if name in values}
    if "head_name" in values:
        ready["head_pinyin"] = sounds[values["head_name"]]
    return ready


def _person_values(values, sounds):
    """The changed fields with what stands beside them: an index, a sound; ciphertext ready-made."""
    ready = dict(values)
    if "id_number" in values:
        ready["id_number"] = Sealed(values["id_number"])
        ready["id_index"] = personal.blind_index(values["id_number"], "id")
    if "phones" in values:
        ready["phones"] = Sealed(values["phones"])
        ready["phone_index"] = personal.blind_index(values["phones"].split("、")[0], "phone")
    if "name" in values:
        ready["pinyin"] = sounds[values["name"]]
    return ready
