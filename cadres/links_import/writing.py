"""Taking a staged table of 包户联系 in: representatives, links, audit lines; inside the caller's transaction."""

from collections import defaultdict

from cadres.actions.links import record_links
from cadres.linking import relink
from cadres.models import Representative
from liaison import audit
from liaison.errors import NotAllowed
from liaison.imports.kinds import CHANGED, KIND_NAMES, NEW
from villages.models import Village

from .finding import Newcomer

MOVED_ON = "核对之后，有的户的联系人又有改动，请重新上传核对。"


def write_links(staged, *, by, file_name, trace) -> None:
    """Store what ``staged`` says, with its lines in the trail.

    Raises:
        NotAllowed: links compared with have changed since.
    """
    items = [item for item in staged.items if item.kind in (NEW, CHANGED)]
    villages = Village.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    list(villages.filter(pk__in=staged.villages))
    made = _make_representatives(staged, by)
    outcomes = [(since, relink(pairs, since)) for since, pairs in _pairs(items).items()]
    _require_as_staged(items, [outcome for _, outcome in outcomes])
    for since, outcome in outcomes:
        for link in outcome.ended.values():
            trace.changed(link, {"until": None})
        record_links(by, "导入包户联系", outcome, since)
    trace.created(made)
    for _, outcome in outcomes:
        trace.created(outcome.made)
    _summary(staged, by, file_name)


def _pairs(items):
    found = defaultdict(list)
    for item in items:
        who = item.who.row if isinstance(item.who, Newcomer) else item.who
        found[item.since].append((item.household.pk, who))
    return found


def _require_as_staged(items, outcomes):
    """What was done is what the preview showed."""
    ended = {link.pk for outcome in outcomes for link in outcome.ended.values()}
    if ended != {item.standing.pk for item in items if item.standing}:
        raise NotAllowed(MOVED_ON)
    if sum(len(outcome.made) for outcome in outcomes) != len(items):
        raise NotAllowed(MOVED_ON)


def _make_representatives(staged, by):
    newcomers = list(staged.finder.newcomers.values())
    serving = Representative.objects.filter(village__in=staged.villages, until=None)
    names = {(row.village_id, row.name) for row in serving}
    lines = []
    for each in newcomers:
        if (each.village.pk, each.name) in names:
            raise NotAllowed(MOVED_ON)
        each.row = Representative(
            village=each.village,
            name=each.name,
            resident=each.resident,
            group_id=each.resident.household.group_id if each.resident else None,
            since=each.since,
        )
        after = {"村": str(each.village), "起任日期": str(each.since)}
        lines.append({
            "action": "导入新增村民代表", "subject": each.row, "after": after,
            "township_id": staged.place.township.pk,
        })  # fmt: skip
    Representative.objects.bulk_create([each.row for each in newcomers], batch_size=500)
    audit.record_many(by=by, lines=lines)
    return [each.row for each in newcomers]


def _summary(staged, by, file_name):
    counts = {KIND_NAMES[kind]: number for kind, number in staged.counts()["items"].items()}
    audit.record(
        by=by,
        action="导入包户联系表",
        label=file_name,
        after={**counts, "未收": len(staged.refused)},
        township_id=staged.place.township.pk,
    )
