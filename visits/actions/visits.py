"""One reception, door or call written down, or put right."""

from django.db import transaction

from liaison import clock
from liaison.errors import NotAllowed
from liaison.versions import claim
from visits.amending import is_settled, may_amend
from visits.models import Amendment, Visit

from ._shared import mine, note, save
from .following import Stood, follow

MOST_PERSONS = 9999  # 人次 in one line; more is a slip of the finger
SAYS = {
    "mode": "方式",
    "household": "户编号",
    "visitor": "来访人",
    "persons": "人数",
    "said": "反映情况",
    "nothing_asked": "无诉求",
    "occurred_on": "发生日期",
}
UNSAID = ("visitor", "said")  # a villager's name and words stay out of the trail


def log_visit(
    *,
    by,
    now,
    occurred_on,
    village,
    mode,
    session=None,
    household=None,
    visitor="",
    persons=1,
    said="",
    nothing_asked=False,
    line=0,
) -> Visit:
    """Write down one reception, door or call.

    Every reason to refuse is looked at before the first write, so within another verb it needs no savepoint.

    Args:
        occurred_on: the day it happened; any day up to today.
        persons: 人次.
        household: of ``village``; or else ``visitor``, the name somebody gave, 匿名 included.
        line: its place on the page it was written on.
    Raises:
        NotAllowed: a day to come, a foreign village, another village's household, nobody named.
    """
    visit = Visit(
        session=session,
        township_id=village.township_id,
        village=village,
        household=household,
        visitor=visitor.strip(),
        mode=mode,
        persons=persons,
        said=said.strip(),
        nothing_asked=nothing_asked,
        occurred_on=occurred_on,
        entered_at=now,
        entered_by=by,
        line=line,
    )
    _check_visit(visit, by, now)
    with transaction.atomic(savepoint=False):
        visit.save()
        note(visit, by, "登记走访", {}, _told(visit, SAYS))
    return visit


@transaction.atomic
def change_visit(*, visit, by, now, version, reason="", **changes) -> Visit:
    """Put right what was written of a visit: mode, household, visitor, persons, said, day. What was noted and
    asked at it goes along (following.py).

    A visit written on a liaison day keeps that day. Once the day is confirmed, or a visit outside a day
    is older than the rule says, a change is an amendment: kept with its reason, before and after.

    Args:
        reason: why (更正原因); asked of an amendment alone.
    Raises:
        NotAllowed: as log_visit, for a day other than the session's, and for an amendment without a reason
            or by somebody who neither wrote the visit nor leads nor manages there.
        Stale: the visit was changed since ``version``.
    """
    visit = claim(mine(Visit, visit, by), visit.pk, version)
    before, stood, was = _told(visit, changes), _said(visit), Stood.of(visit)
    settled = is_settled(visit, now)
    for name in SAYS:
        setattr(visit, name, changes.get(name, getattr(visit, name)))
    _check_visit(visit, by, now)
    if settled and _said(visit) != stood:
        _amend(visit, stood, by, now, reason.strip())
    save(visit, *SAYS)
    note(visit, by, "更正走访" if settled else "修改走访", before, _told(visit, changes))
    follow(visit, was, by=by, now=now)
    return visit


def _amend(visit, stood, by, now, reason):
    """Keep what it said before, and why it does not any more."""
    if not may_amend(visit, by, now):
        raise NotAllowed("这条记录已确认，要更正请找登记人、团队责任人或镇驻点办。")
    if not reason:
        raise NotAllowed("这条记录已确认，要更正请写明更正原因。")
    changes = [
        {"field": label, "before": before, "after": after}
        for (label, before), after in zip(stood.items(), _said(visit).values(), strict=True)
        if before != after
    ]
    Amendment.objects.create(
        visit=visit, at=now, by=by, by_name=by.display_name, by_post=by.post_title(),
        reason=reason[:200], changes=changes,
    )  # fmt: skip


def _said(visit) -> dict:
    """{label: what it says in words}, for the page of the visit."""
    return {
        "方式": visit.get_mode_display(),
        "户": f"{visit.household.number} {visit.household.head_name}" if visit.household else "",
        "来访人": visit.visitor,
        "人数": str(visit.persons),
        "反映情况": visit.said,
        "无诉求": "是" if visit.nothing_asked else "否",
        "发生日期": str(visit.occurred_on),
    }


def _check_visit(visit, by, now):
    """Every reason to refuse a visit, each with what to do."""
    if not by.has_perm("visits.log"):
        raise NotAllowed("您的岗位不登记走访，请联系驻点干部或镇驻点办。")
    if not by.village_scope("visits.log").holds(visit.village):
        raise NotAllowed(f"{visit.village}不是您负责的村，请核对后再填。")
    if visit.household and visit.household.village_id != visit.village_id:
        raise NotAllowed(f"{visit.household}不在{visit.village}，请重新选择。")
    if visit.session and visit.session.village_id != visit.village_id:
        raise NotAllowed(f"这个驻点日不在{visit.village}，请重新打开页面。")
    if visit.session and visit.session.on != visit.occurred_on:
        raise NotAllowed("驻点日当天的记录不能改到别的日期，请另外登记一次走访。")
    if visit.occurred_on > clock.local_date(now):
        raise NotAllowed("发生日期在今天以后，请改成实际发生的日期。")
    if visit.mode not in Visit.Mode.values:
        raise NotAllowed("请从列表里选择接触方式。")
    if not (visit.household or visit.visitor):
        raise NotAllowed("请填写走访的户或来访人；不愿留名的写“匿名”。")
    if not 1 <= visit.persons <= MOST_PERSONS:
        raise NotAllowed(f"人数请填1至{MOST_PERSONS}。")


def _told(visit, names):
    """What a visit says, for the trail; a villager's name and words are told as changed, not repeated."""
    told = {}
    for name in names:
        value = getattr(visit, name)
        if name in UNSAID:
            value = f"({len(value)}字)" if value else ""
        elif name == "mode":
            value = visit.get_mode_display()
        elif name == "household":
            value = value.number if value else ""
        elif name == "nothing_asked":
            value = "是" if value else "否"
        told[SAYS[name]] = value if isinstance(value, int) else str(value)
    return told
