"""人群标签: given from a day until a day, ended, never deleted.

What is given or ended is a line of the household's history, except for sensitive tags: the line would
tell others of them. Those who may know read the holding itself.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from liaison.clock import local_date
from liaison.errors import NotAllowed
from liaison.versions import claim
from villages.models import RegistryEvent, TagHolding
from villages.tags import visible_tags

from . import roll
from .checks import require_day, require_resident

DAY = dt.timedelta(days=1)
NOT_YOURS = "这个标签不由您的岗位办理，请另选。"
LONGEST = dt.timedelta(days=366 * 30)


@transaction.atomic
def give_tag(*, resident, version, tag, valid_from, valid_until, source, by, now) -> TagHolding:
    """A resident carries a tag from a day on; also for a renewal that begins when the last one ends.

    Args:
        valid_until: the last day; None until somebody ends it.
        source: what it is based on, e.g. a document's number; may be empty.
    Raises:
        Stale. NotAllowed: not his work, place or tag, days out of order, it is carried on one of these days.
    """
    require_resident(by, resident)
    _, row = roll.claim_person(resident, version)
    if row.left_on is not None:
        raise NotAllowed(f"{row.name}已不在册，不能加标签。")
    _require_tag(by, row, tag)
    if not tag.is_active:
        raise NotAllowed(f"标签「{tag}」已停用，请另选。")
    _require_period(valid_from, valid_until, row, now)
    meets = row.tag_holdings.filter(tag=tag).filter(_overlapping(valid_from, valid_until)).first()
    if meets is not None:
        raise NotAllowed(
            f"{row.name}已有标签「{tag}」（{meets.period()}），时间有重叠，请先终止或改起止日期。"
        )
    held = TagHolding.objects.create(
        resident=row, tag=tag, valid_from=valid_from, valid_until=valid_until, source=source
    )
    roll.save(row)
    _say(
        row,
        held,
        f"{tag} {held.period()}",
        "加标签",
        on=min(valid_from, local_date(now)),
        now=now,
        by=by,
    )
    return held


@transaction.atomic
def end_tag(*, holding, version, last_day, by, now) -> TagHolding:
    """The tag ends; its last day may lie ahead.

    Args:
        version: of the resident, as the form carried it.
    Raises:
        Stale. NotAllowed: not his work, place or tag, the day lies before it began, ended already.
    """
    require_resident(by, holding.resident)
    _, row = roll.claim_person(holding.resident, version)
    held = claim(TagHolding.objects.select_related("tag"), holding.pk, None)
    _require_tag(by, row, held.tag)
    if held.valid_until is not None and held.valid_until < local_date(now):
        raise NotAllowed(f"标签「{held.tag}」已于{held.valid_until}终止，不用再办。")
    if held.valid_from and last_day < held.valid_from - DAY:
        raise NotAllowed(f"终止日期早于开始日期（{held.valid_from}），请核对后再提交。")
    if last_day > local_date(now) + LONGEST:
        raise NotAllowed("终止日期太远，请核对后再提交。")
    held.valid_until = last_day
    held.save(update_fields=["valid_until"])
    roll.save(row)
    on = min(last_day, local_date(now))
    _say(row, held, f"{held.tag} 至 {last_day} 终止", "终止标签", on=on, now=now, by=by)
    return held


def set_current(resident, tags, *, on):
    """What a form of ticks says: these tags are carried on a day, no others; ended ones end the day before.

    Args:
        resident: locked. tags: those the actor may not see among them already.
    """
    wanted = {tag.pk: tag for tag in tags}
    for held in resident.tag_holdings.current(on):
        if held.tag_id not in wanted:
            held.valid_until = on - DAY
            held.save(update_fields=["valid_until"])
    going_on = resident.tag_holdings.current(on) | resident.tag_holdings.filter(valid_until=None)
    carried = set(going_on.values_list("tag_id", flat=True))
    for pk in wanted.keys() - carried:
        tag = wanted[pk]
        TagHolding.objects.create(
            resident=resident, tag=tag, valid_from=on, valid_until=tag.proposed_until(on)
        )


def _require_tag(by, resident, tag):
    if not visible_tags(by, resident.village_id).filter(pk=tag.pk).exists():
        raise NotAllowed(NOT_YOURS)


def _require_period(start, end, person, now):
    require_day(min(start, local_date(now)), now, [person])
    if start > local_date(now) + dt.timedelta(days=366):
        raise NotAllowed("开始日期太远，请核对后再提交。")
    if end is not None and end < start:
        raise NotAllowed("终止日期早于开始日期，请核对后再提交。")
    if end is not None and end > local_date(now) + LONGEST:
        raise NotAllowed("终止日期太远，请核对后再提交。")


def _overlapping(start, end):
    begins = Q() if end is None else Q(valid_from=None) | Q(valid_from__lte=end)
    return begins & (Q(valid_until=None) | Q(valid_until__gte=start))


def _say(row, held, detail, action, *, on, now, by):
    household = row.household
    if not held.tag.sensitive:
        roll.tell(
            RegistryEvent.Kind.TAG, household, on=on, now=now, by=by, people=[row], detail=detail
        )
    word = "有改动" if held.tag.sensitive else detail
    roll.record(by, action, household, on=on, subject=row, 标签=word)
