"""What is done to 遍访轮次: made, changed, closed, opened again."""

from django.db import IntegrityError, transaction

from cadres.actions.checks import require
from liaison import audit
from liaison.errors import NotAllowed
from liaison.versions import claim
from villages.models import Household
from visits.models import Visit, VisitRound

PERMISSION = "visits.manage"
FACTS = ("name", "starts_on", "ends_on", "target", "modes")


@transaction.atomic
def make_round(*, by, township, villages, **facts) -> VisitRound:
    """A round of a township.

    Args:
        villages: Village rows it goes to; none for all of the township, later ones too.
        facts: name, starts_on, ends_on (both days count), target (居住状态), modes (接触方式).
    Raises:
        NotAllowed: not his to do, days the wrong way round, a foreign village, a name taken.
    """
    row = VisitRound(township=township, **facts)
    _check(row, villages, by)
    _store(row)
    row.villages.set(villages)
    _record(row, by, "新增遍访轮次")
    return row


@transaction.atomic
def change_round(*, visit_round, by, version, villages, **facts) -> VisitRound:
    """Change a round that is open; its figures follow at once.

    Raises:
        NotAllowed: as make_round, and for one that is closed. Stale: changed since ``version``.
    """
    row = _claim(visit_round, by, version)
    if row.is_closed:
        raise NotAllowed("这一轮已结束，不能修改；确需修改请先“重新开启”。")
    before = _told(row)
    for name in FACTS:
        setattr(row, name, facts.get(name, getattr(row, name)))
    _check(row, villages, by)
    row.version += 1
    _store(row)
    row.villages.set(villages)
    _record(row, by, "修改遍访轮次", before)
    return row


@transaction.atomic
def close_round(*, visit_round, by, on, version, reason) -> VisitRound:
    """End a round: visits after this day do not count, visits before it still do when they are written down later.

    Raises:
        NotAllowed: not his to do, closed already, not yet begun. Stale.
    """
    row = _claim(visit_round, by, version)
    if row.is_closed:
        raise NotAllowed("这一轮已经结束，不需要再办。")
    if on < row.starts_on:
        raise NotAllowed("这一轮还没有开始；不再开展的，请修改起止日期。")
    return _switch(row, by, "结束遍访轮次", closed_on=on, close_reason=reason)


@transaction.atomic
def reopen_round(*, visit_round, by, version, reason) -> VisitRound:
    """A closed round goes on: visits up to its last day count again.

    Raises:
        NotAllowed: not his to do, not closed. Stale.
    """
    row = _claim(visit_round, by, version)
    if not row.is_closed:
        raise NotAllowed("这一轮没有结束，不需要重新开启。")
    return _switch(row, by, "重新开启遍访轮次", closed_on=None, close_reason=reason)


def _claim(visit_round, by, version):
    rows = VisitRound.objects.visible_to(by, PERMISSION)
    if not rows.filter(pk=visit_round.pk).exists():
        raise NotAllowed("您的岗位不办理遍访轮次，请联系镇驻点办。")
    return claim(rows, visit_round.pk, version)


def _switch(row, by, action, **facts):
    before = _told(row)
    for name, value in facts.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*facts, "version"])
    _record(row, by, action, before)
    return row


def _check(row, villages, by):
    require(by, PERMISSION, row.township)
    if row.ends_on < row.starts_on:
        raise NotAllowed("截止日期早于起始日期，请核对。")
    if any(village.township_id != row.township_id for village in villages):
        raise NotAllowed("所选的村不都在本镇，请重新选择。")
    countable = set(Household.Residence.values) - {Household.Residence.CANCELLED}
    if not row.target or not set(row.target) <= countable:
        raise NotAllowed("请选择应走访哪些户；已注销的户不再走访。")
    if not row.modes or not set(row.modes) <= set(Visit.Mode.values):
        raise NotAllowed("请至少选择一种计入的方式。")


def _store(row):
    """Save it; the database says whether its name is free, also when two take it at once."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise NotAllowed(f"本镇已有“{row.name}”，请换一个名称。") from taken


def _told(row):
    return {
        "轮次名称": row.name,
        "起止日期": f"{row.starts_on}至{row.ends_on}",
        "村(社区)": row.places,
        "应走访的户": row.target_words(),
        "计入的方式": row.modes_words(),
        "状态": f"已于{row.closed_on}结束" if row.is_closed else "未结束",
        "说明": row.close_reason,
    }


def _record(row, by, action, before=None):
    audit.record(
        by=by,
        action=action,
        subject=row,
        label=f"{row.township}{row}",
        before=before or {},
        after=_told(row),
        township_id=row.township_id,
    )
