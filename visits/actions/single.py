"""A single day outside the plans: 定点接访、重点约访、带案下访、谈心谈话, or one more fixed day."""

import datetime as dt

from django.db import transaction

from liaison import clock
from liaison.errors import NotAllowed
from villages.models import Village
from visits.leading import may_arrange
from visits.models import Appointment, LiaisonSession
from visits.telling import tell_of_new_day

from ._shared import check_hours, note

Kind = LiaisonSession.Kind
FARTHEST = dt.timedelta(days=400)


@transaction.atomic
def plan_single(
    *, by, now, kind, team, village, on, starts_at, ends_at, place, household=None
) -> LiaisonSession:
    """Set a single day; the team is told.

    Args:
        kind: LiaisonSession.Kind; 重点约访 needs ``household``, a household of the village.
    Raises:
        NotAllowed: neither the team's lead nor the office, a team of another village, a day that is past,
            hours the wrong way round, the team elsewhere at that hour, or nobody to appoint.
    """
    day = LiaisonSession(
        kind=kind, team=team, village=village, township=village.township, on=on,
        starts_at=starts_at, ends_at=ends_at, place=place.strip(),
    )  # fmt: skip
    _check_whose(day, by, now)
    _check_when(day, clock.local_date(now))
    _check_whom(day, household)
    day.save()
    if household:
        Appointment.objects.create(session=day, household=household)
    told = {"形式": day.get_kind_display(), "日期": str(on)}
    note(day, by, "安排驻点日", {}, told | ({"户编号": household.number} if household else {}))
    tell_of_new_day(day, by=by, now=now)
    return day


def _check_whose(day, by, now):
    places = Village.objects.visible_to(by, "visits.log")
    if not places.filter(pk=day.village_id).exists():
        raise NotAllowed(f"{day.village}不是您负责的村，请核对后再填。")
    if not day.team.villages.filter(pk=day.village_id).exists():
        raise NotAllowed(f"{day.team}不联系{day.village}，请重新选择团队。")
    if not may_arrange(day, by, now):
        raise NotAllowed(f"单独安排驻点日由{day.team}的责任人或镇驻点办办理，请联系他们。")


def _check_when(day, today):
    check_hours(day)
    if day.on < today:
        raise NotAllowed("这一天已经过去；已经去过的，请直接登记走访。")
    if day.on > today + FARTHEST:
        raise NotAllowed("日期在一年以后，请核对年份。")
    if not day.place:
        raise NotAllowed("请填写地点，群众和同事都要知道到哪里去。")
    if LiaisonSession.objects.filter(team=day.team_id).overlapping(day).exists():
        raise NotAllowed(f"{day.team}在{day.on:%Y-%m-%d}这段时间已有驻点，请错开时间。")


def _check_whom(day, household):
    if day.kind not in Kind.values:
        raise NotAllowed("请从列表里选择形式。")
    if day.kind == Kind.APPOINTMENT and household is None:
        raise NotAllowed("重点约访要写明约访哪一户，请填写户。")
    if household and household.village_id != day.village_id:
        raise NotAllowed(f"{household}不在{day.village}，请重新选择。")
