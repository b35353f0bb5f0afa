"""What becomes of one household, of one person: new, changed, moved, unchanged; field by field, masked."""

from dataclasses import dataclass

from liaison import personal
from liaison.imports.kinds import CHANGED, MOVED, NEW, UNCHANGED
from liaison.imports.text import tidy_lines

from .matching import NO_GROUP
from .registry import plain_numbers
from .text import read_group, same_name
from .words import SEX_NAMES, read_relation

HOME_LABELS = {"group": "组", "section": "片", "head_name": "户主", "address": "住址"}
LABELS = {
    "name": "姓名",
    "relation": "与户主关系",
    "sex": "性别",
    "birth_date": "出生日期",
    "birth_month_only": "只知年月",
    "id_number": "身份证号",
    "phones": "联系电话",
    "remark": "备注",
}
FROM_THE_NUMBER = ("sex", "birth_date", "birth_month_only")


@dataclass(slots=True, eq=False)
class Change:
    """One household or resident. `stored` is None when new, `parsed` None when missing.

    `fields` are (label, old, new), masked and fit to be shown; `values` what to store of a stored one, by model field.
    """

    kind: str
    parsed: object = None
    stored: object = None
    fields: tuple | list = ()
    values: dict | None = None
    household: object = None  # of a resident: his household's Change
    tags: frozenset | None = None  # of a resident: the tags to have; None leaves them alone
    ready: object = (
        None  # what to store, made by prepare(); of a new one its values without its places
    )
    words: str = ""  # of a new one: what it will be found by, made by prepare()
    row: object = None  # of a changed one: the model's row, once it is written
    pk: int | None = None  # the key, once there is one

    def __post_init__(self):
        if self.stored is not None:
            self.pk = self.stored.pk


def household_change(parsed):
    """The Change of a parsed household that is matched."""
    stored = parsed.stored
    if stored is None:
        return Change(NEW, parsed)
    if stored.is_cancelled:  # and stays so: what the registry decided, a list does not undo
        return Change(UNCHANGED, parsed, stored, values={})
    said = {
        "group": parsed.stored_group,
        "section": parsed.section,
        "head_name": parsed.head_name,
        "address": parsed.address[:200],
    }
    was = {
        "group": stored.group.name,
        "section": stored.group.section.name if stored.group.section else "",
        "head_name": stored.head_name,
        "address": stored.address,
    }
    # Nothing said is no wish to take away, and 未分组 is nothing said.
    alike = was | {
        "group": read_group(stored.group.name)[0],
        "head_name": same_name(stored.head_name),
        "address": tidy_lines(stored.address),
    }
    values = {k: v for k, v in said.items() if v and v not in (was[k], alike[k]) and v != NO_GROUP}
    fields = [(HOME_LABELS[name], was[name], value) for name, value in values.items()]
    return Change(CHANGED if values else UNCHANGED, parsed, stored, fields, values)


def resident_change(parsed, home, registry, columns):
    """The Change of a parsed resident that is matched.

    Args:
        home: his household's Change.
        columns: the fields every table of the file has.
    """
    stored = parsed.stored
    wanted = frozenset(parsed.categories) if "categories" in columns else None
    if stored is None:
        return Change(NEW, parsed, household=home, tags=wanted)
    if stored.left_on:  # warned about; who died or moved away is not brought back by a list
        return Change(UNCHANGED, parsed, stored, values={}, household=home)
    said = said_of(parsed)
    if stored.id_index and not parsed.id_number:
        # His number is known here: what it says of birth and sex outweighs a column.
        said = {name: value for name, value in said.items() if name not in FROM_THE_NUMBER}
    values = {
        name: value
        for name, value in said.items()
        if _differs(parsed, stored, name, value, columns)
    }
    fields = [_shown(stored, name, value) for name, value in values.items()]
    tags = _tags(stored, wanted, registry)
    if tags is not None:
        fields.append(("人员类别", "", "有改动"))  # which, only the village's own team may read
    change = Change(UNCHANGED, parsed, stored, fields, values, home, tags)
    moved = home.stored is None or home.stored.pk != stored.household_id
    if moved or "group" in home.values:
        was = registry.households[stored.household_id]
        fields.insert(0, ("所在户", *_places(was, home)))
        change.kind = MOVED
    elif fields:
        change.kind = CHANGED
    return change


def said_of(parsed):
    """What the file says of a person, by model field; the ID number by its index beside it."""
    return {
        "name": parsed.name,
        "relation": parsed.relation,
        "sex": parsed.sex,
        "birth_date": parsed.birth_date,
        "birth_month_only": parsed.birth_month_only,
        "id_number": parsed.id_number,
        "phones": "、".join(parsed.phones),
        "remark": parsed.remark,
    }


def _tags(stored, wanted, registry):
    """The tags to have, None when nothing changes. A sensitive one is added by a roster, never taken away.

    Who imports may not even see those the village's team has set (tags.py).
    """
    if wanted is None:
        return None
    has = frozenset(registry.tags.get(stored.pk, ()))
    wanted |= has & registry.sensitive
    return None if wanted == has else wanted


def _differs(parsed, stored, name, value, columns):
    if name == "id_number":
        return bool(value) and parsed.id_index != stored.id_index
    if name == "birth_month_only":
        return "birth_date" in columns and bool(value) != stored.birth_month_only
    if name == "remark":  # An emptied remark is a change; the rest empty is only not known here
        return "remark" in columns and value not in (stored.remark, tidy_lines(stored.remark))
    if name == "relation":  # 妻, typed in at the desk, is 配偶
        return bool(value) and value not in (stored.relation, read_relation(stored.relation))
    return bool(value) and value != getattr(stored, name)


def _shown(stored, name, value):
    if name == "id_number":
        return LABELS[name], "", personal.mask_id(value)
    old = getattr(stored, name)
    if name == "phones":
        old, value = (_masked_phones(text) for text in (old, value))
    elif name == "sex":
        old, value = SEX_NAMES.get(old, ""), SEX_NAMES.get(value, "")
    elif name == "birth_month_only":
        old, value = ("是" if flag else "否" for flag in (old, value))
    elif name == "remark":
        old, value = (personal.mask_numbers(text[:60]) for text in (old, value))
    return LABELS[name], str(old or ""), str(value or "")


def _masked_phones(text):
    return "、".join(personal.mask_phone(each) for each in text.split("、")) if text else ""


def show_old_numbers(changes):
    """Fill in the masked old ID number where one changes; few do, so they are fetched apart."""
    changing = [each for each in changes if each.values and "id_number" in each.values]
    numbers = plain_numbers([each.stored for each in changing])
    for each in changing:
        old = personal.mask_id(numbers.get(each.stored.pk, ""))
        each.fields = [
            (label, old if label == LABELS["id_number"] else was, new)
            for label, was, new in each.fields
        ]


def place_of(household):
    """第3组 237030004户, for a stored household."""
    return f"{household.group.name} {household.number}户"


def planned_place(home):
    """The same for a household's Change, as it will be."""
    stored, parsed = home.stored, home.parsed
    if stored is None:
        return f"{parsed.stored_group} {parsed.stored_number}户"
    group = (home.values or {}).get("group") or stored.group.name
    return f"{group} {stored.number}户"


def village_of(home):
    """The Village of a household's Change."""
    return home.stored.village if home.stored else home.parsed.village


def _places(was, home):
    """(old, new) place, with the villages where they differ."""
    old, new = place_of(was), planned_place(home)
    if was.village != village_of(home):
        old, new = f"{was.village.name}{old}", f"{village_of(home).name}{new}"
    return old, new
