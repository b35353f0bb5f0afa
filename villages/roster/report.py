"""What a preview and a result page show of an import: counts, changes, problems. Masked throughout."""

from types import SimpleNamespace

from .stage import CHANGED, KIND_NAMES, MISSING, MOVED, NEW, UNCHANGED, place_of, planned_place

SHOWN = 100  # rows of a list on the page; the counts are of all
PROBLEMS_KEPT = 5000  # of a file; beyond that it is the wrong file
KINDS = (NEW, CHANGED, MOVED, UNCHANGED, MISSING)


def report(staged):
    """A dict that templates and a JSON field take: `counts`, `changes`, `missing`, `problems`, names of columns."""
    parsed = staged.parsed
    counts = staged.counts()
    return {
        "rows": parsed.data_rows,
        "residents": _tiles(counts["residents"]),
        "households": _tiles(counts["households"]),
        "villages": [each.name for each in staged.villages],
        "strangers": _strangers(staged),
        "changes": _changes(staged),
        "missing": _missing(staged),
        "missing_households": [
            f"{place_of(each.stored)} {each.stored.head_name}"
            for each in staged.households
            if each.kind == MISSING
        ][:SHOWN],
        "refused": len(parsed.refused),
        "warnings": len(parsed.warnings),
        "ignored_columns": parsed.ignored_columns,
        "hidden_sheets": parsed.hidden_sheets,
        "unread_sheets": parsed.unread_sheets,
    }


def kept(staged):
    """The report without people, and the problems: what stays with the import once its file is gone."""
    said = report(staged)
    for name in ("strangers", "changes", "missing", "missing_households"):
        del said[name]
    return said | {"problems": problems_of(staged)}


def problems_of(staged):
    """Refused rows, then warnings, as plain dicts."""
    parsed = staged.parsed
    problems = [*parsed.refused, *parsed.warnings][:PROBLEMS_KEPT]
    return [
        each.as_json() | {"head": each.head, "refused": each.refused, "fix": each.fix}
        for each in problems
    ]


def problem_rows(problems):
    """The same as objects, for the export's columns."""
    return [
        SimpleNamespace(**each, what="未收" if each["refused"] else "已收，请核对")
        for each in problems
    ]


def _tiles(counts):
    return [[KIND_NAMES[kind], counts[kind]] for kind in KINDS if kind in counts]


def _changes(staged):
    """Changed and moved people: name, place, what becomes of which field."""
    rows = [each for each in staged.residents if each.kind in (CHANGED, MOVED)]
    return [
        {
            "kind": KIND_NAMES[each.kind],
            "name": each.stored.name,
            "place": planned_place(each.household),
            "fields": each.fields,
        }
        for each in rows[:SHOWN]
    ]


def _strangers(staged):
    """Numbers of households that a whole other family lives in: the number may be wrong."""
    matching, numbers = staged.matching, []
    for change in staged.households:
        if change.kind in (NEW, MISSING):
            continue
        old = [r for r in matching.registry.by_household[change.stored.pk] if r.left_on is None]
        found = {matching.resident_of[id(each)] for each in change.parsed.residents}
        if old and not found.intersection(old):
            numbers.append(change.stored.number)
    return numbers[:SHOWN]


def _missing(staged):
    rows = staged.of_kind(MISSING)[:SHOWN]
    homes = staged.matching.registry.households
    return [{"name": e.stored.name, "place": place_of(homes[e.stored.household_id])} for e in rows]
