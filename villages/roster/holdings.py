"""Tags a roster gives and takes away."""

import datetime as dt

from liaison.bulk import insert_many, reserve_keys, store_rows, update_many
from liaison.imports.kinds import NEW
from villages.models import ResidentTag, TagHolding

from .registry import CHUNK

SOURCE = "花名册导入"
HOLDING = ("id", "resident_id", "tag_id", "source")
LAST_IN_ORDER = 900


def store_tags(changes, on, trace):
    """Begin and end the tags of new and changed people; one that ends held until the day before.

    Args:
        changes: of residents, who are stored.
        on: today.
        trace: told of every tag and holding.
    """
    changes = [each for each in changes if each.tags or (each.tags is not None and each.stored)]
    tags = _tags(set().union(*(each.tags for each in changes)), trace)
    names = {pk: name for name, pk in tags.items()}
    held = _held([each.pk for each in changes if each.kind != NEW], on)
    begun, ended = [], []
    for change in changes:
        has = held.get(change.pk, {})
        wanted = {tags[name] for name in change.tags}
        begun += [(change.pk, tag) for tag in sorted(wanted - has.keys(), key=names.get)]
        ended += [holding for tag, holding in has.items() if tag not in wanted]
    for holding in ended:
        before = {"valid_until": holding.valid_until}
        holding.valid_until = on - dt.timedelta(days=1)
        trace.changed(holding, before)
    update_many(TagHolding, ended, ["valid_until"])
    keys = reserve_keys(TagHolding, len(begun))
    rows = ((key, person, tag, SOURCE) for key, (person, tag) in zip(keys, begun, strict=True))
    store_rows(TagHolding, HOLDING, rows)
    trace.created_keys(TagHolding, keys, version=None)


def _tags(names, trace):
    """{name: key}; a tag nobody has heard of is made."""
    known = dict(ResidentTag.objects.filter(name__in=names).values_list("name", "pk"))
    new = [ResidentTag(name=name, order=LAST_IN_ORDER) for name in sorted(names - known.keys())]
    trace.created(insert_many(ResidentTag, new))
    return known | {each.name: each.pk for each in new}


def _held(people, on):
    """{resident: {tag: TagHolding}} of the tags they carry today."""
    held = {}
    for start in range(0, len(people), CHUNK):
        rows = TagHolding.objects.filter(resident__in=people[start : start + CHUNK])
        for each in rows.exclude(valid_until__lt=on):
            held.setdefault(each.resident_id, {})[each.tag_id] = each
    return held
