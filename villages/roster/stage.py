"""A parsed roster against what is stored: new, changed, moved, unchanged, missing. Stores nothing."""

import hashlib
import json
from dataclasses import dataclass, field

from liaison import personal

from .matching import NO_GROUP, Matching
from .registry import Registry, index_of, registry_stamp
from .words import SEX_NAMES

NEW, CHANGED, MOVED, UNCHANGED, MISSING = "new", "changed", "moved", "unchanged", "missing"
KIND_NAMES = {NEW: "新增", CHANGED: "变更", MOVED: "迁移", UNCHANGED: "未变", MISSING: "未列"}


@dataclass
class Change:
    """One household or resident. `stored` is None when new, `parsed` None when missing.

    `fields` are (label, old, new), masked and fit to be shown; `values` what to store, by model field.
    """

    kind: str
    parsed: object = None
    stored: object = None
    fields: list = field(default_factory=list)
    values: dict = field(default_factory=dict)
    household: object = None  # of a resident: his household's Change
    tags: frozenset | None = None  # of a resident: the tags to have; None leaves them alone


@dataclass
class Staged:
    """What an import would do. `stamp` is the registry's state it was worked out from."""

    township: object
    villages: list
    parsed: object
    matching: object
    households: list
    residents: list
    stamp: str

    def counts(self):
        """{"households": {...}, "residents": {...}} in 户 and 人, as the contract of import_roster names them."""
        return {
            "households": _tally(self.households, (NEW, CHANGED, UNCHANGED, MISSING)),
            "residents": _tally(self.residents, (NEW, CHANGED, MOVED, UNCHANGED, MISSING)),
        }

    def of_kind(self, kind):
        """Changes of residents of a kind, in the order of the file."""
        return [each for each in self.residents if each.kind == kind]

    def fingerprint(self):
        """Equal for two stagings that would do the same to the same rows; holds no personal data."""
        digest = hashlib.sha256()
        for change in (*self.households, *self.residents):
            stored = (change.stored.pk, change.stored.version) if change.stored else None
            said = [change.kind, stored, sorted(change.values), sorted(change.tags or ())]
            said += [str(value) for _, value in sorted(change.values.items())]
            digest.update(json.dumps(said, ensure_ascii=False).encode())
        return personal.blind_index(digest.hexdigest(), "roster")


def _tally(changes, kinds):
    counts = dict.fromkeys(kinds, 0)
    for change in changes:
        counts[change.kind] += 1
    return counts


def stage(*, parsed, township, villages):
    """Compare a ParsedRoster with the registry.

    Args:
        villages: the Villages the file speaks for; only there can anybody be missing.
    """
    stamp = registry_stamp(township)
    wanted = [index_of(each.id_number) for each in parsed.residents if each.id_number]
    registry = Registry(township, villages, wanted)
    matching = Matching(parsed, registry)
    households = [_household(each, matching, parsed) for each in parsed.households]
    residents = [
        _resident(person, home, matching, registry, parsed)
        for home in households
        for person in home.parsed.residents
    ]
    _show_old_numbers(residents, registry)
    gone_homes = matching.missing_households({each.pk for each in villages})
    households += [Change(MISSING, stored=each) for each in gone_homes]
    residents += [Change(MISSING, stored=each) for each in matching.missing_residents()]
    return Staged(township, villages, parsed, matching, households, residents, stamp)


def _household(parsed, matching, roster):
    stored = matching.household_of[id(parsed)]
    group = matching.group_of(parsed)
    said = {"group": group, "section": parsed.section, "head_name": parsed.head_name}
    said["address"] = parsed.address[:200]
    if stored is None:
        return Change(NEW, parsed, values=said | {"number": matching.numbers[id(parsed)]})
    was = {
        "group": stored.group.name,
        "section": stored.group.section.name if stored.group.section else "",
        "head_name": stored.head_name,
        "address": stored.address,
    }
    # Nothing said is no wish to take away, and 未分组 is nothing said.
    values = {k: v for k, v in said.items() if v and v != was[k] and v != NO_GROUP}
    labels = {"group": "组", "section": "片", "head_name": "户主", "address": "住址"}
    fields = [(labels[name], was[name], value) for name, value in values.items()]
    return Change(CHANGED if values else UNCHANGED, parsed, stored, fields, values)


def _resident(parsed, home, matching, registry, roster):
    stored = matching.resident_of[id(parsed)]
    said = _said(parsed)
    wanted = frozenset(parsed.categories) if "categories" in roster.columns else None
    if stored is None:
        return Change(NEW, parsed, values=said, household=home, tags=wanted)
    if stored.id_index and not parsed.id_number:
        # His number is known here: what it says of birth and sex outweighs a column.
        said = {name: value for name, value in said.items() if name not in FROM_THE_NUMBER}
    values = {name: value for name, value in said.items() if _differs(stored, name, value, roster)}
    fields = [_shown(stored, name, value) for name, value in values.items()]
    tags = _tags(stored, wanted, registry)
    if tags is not None:
        fields.append(("人员类别", "", "有改动"))  # which, only the village's own team may read
    change = Change(UNCHANGED, parsed, stored, fields, values, home, tags)
    moved = home.stored is None or home.stored.pk != stored.household_id
    if moved or "group" in home.values:
        was = registry.households[stored.household_id]
        change.fields.insert(0, ("所在户", place_of(was), planned_place(home)))
        change.kind = MOVED
    elif fields:
        change.kind = CHANGED
    return change


def _tags(stored, wanted, registry):
    """The tags to have, None when nothing changes. A sensitive one is added by a roster, never taken away.

    Who imports may not even see those the village's team has set (tags.py).
    """
    if wanted is None:
        return None
    has = frozenset(registry.tags.get(stored.pk, ()))
    wanted |= has & registry.sensitive
    return None if wanted == has else wanted


FROM_THE_NUMBER = ("sex", "birth_date", "birth_month_only")


def _said(parsed):
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


def _differs(stored, name, value, roster):
    if name == "id_number":
        return bool(value) and index_of(value) != stored.id_index
    if name == "birth_month_only":
        return "birth_date" in roster.columns and bool(value) != stored.birth_month_only
    if name == "remark":  # An emptied remark is a change; the rest empty is only not known here
        return "remark" in roster.columns and value != stored.remark
    return bool(value) and value != getattr(stored, name)


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
        old, value = old[:60], value[:60]
    return LABELS[name], str(old or ""), str(value or "")


def _masked_phones(text):
    return "、".join(personal.mask_phone(each) for each in text.split("、")) if text else ""


def _show_old_numbers(residents, registry):
    """Fill in the masked old ID number where one changes; few do, so they are fetched apart."""
    changing = [each for each in residents if each.stored and "id_number" in each.values]
    numbers = registry.plain_ids([each.stored for each in changing])
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
    stored = home.stored
    group = home.values.get("group") or (stored.group.name if stored else NO_GROUP)
    return f"{group} {stored.number if stored else home.values['number']}户"
