"""What of this app hangs on a post: liaison days to come, days nobody has written up, and the person's own lines."""

from urllib.parse import urlencode

from django.urls import reverse

from cadres.handover import DAY, Fate, Share, counted
from cadres.handover_notices import teams_of
from cadres.models import LiaisonTeam, Seat

from .actions.leave import lapse_leaves, own_leaves
from .models import Attendance, LeaveRequest, LiaisonSession, Visit, Wish

PLANNED = LiaisonSession.Status.PLANNED
CLASHES_SHOWN = 3


class VisitShare(Share):
    """Liaison days follow the seats by themselves: whoever holds the post that day is expected."""

    key = "visits"
    name = "驻点与走访"

    def listed(self, change, *, reader, today):
        """By team: days to come, days to be written up; then what keeps the person's name."""
        found = []
        for team in teams_of(change.post).filter(kind=LiaisonTeam.Kind.LIAISON):
            found += _days(team, change, reader, today)
        lines = Attendance.objects.filter(person=change.user)
        visits = Visit.objects.filter(entered_by=change.user)
        return [
            *found,
            *_stands_in(change.user, change.carry_on),
            *_picked_up(change.user),
            *_own_leaves(change),
            *counted("考勤记录", "条", Fate.STAYS, lines),
            *counted("录入的走访接待", "条", Fate.STAYS, visits),
        ]

    def named(self, user, *, today):
        """Days he has agreed, or is asked, to stand in on, and wishes he has picked up: they are his own,
        whatever post he leaves."""
        return [*_stands_in(user, today), *_picked_up(user)]

    def warnings(self, change, *, today):
        """One person in two places at once."""
        return _clashes(change) if change.successor else []

    def carry(self, handover, *, today, now):
        """His leave for days to come is void: nobody stands in for who is not expected."""
        return lapse_leaves(
            person=handover.holding.user, post=handover.holding.post, since=handover.carry_on,
            by=handover.ordered_by, now=now,
        )  # fmt: skip


def _stands_in(user, since):
    """Days to come that name him as stand-in."""
    leaves = LeaveRequest.objects.filter(stand_in=user, on__gte=since)
    waiting = leaves.filter(state__in=(LeaveRequest.State.REQUESTED, LeaveRequest.State.APPROVED))
    note = "请到“请假”中撤回后改请别人代班"
    return counted("答应代班的驻点日", "天", Fate.ATTENTION, waiting, note=note)


def _own_leaves(change):
    """Leave asked for or approved, for days after the last one."""
    rows = own_leaves(change.user, change.post, change.carry_on)
    note = "随离任作废，代班人会收到通知"
    return counted("本人的驻点日请假", "份", Fate.MOVES, rows, note=note)


def _picked_up(user):
    """Wishes he picked up for himself; those of a team go on with the team."""
    wishes = Wish.objects.alive().filter(picked_by=user, team=None)
    note = "请先办好，或到“村民点单”里放回，由别人认领"
    return counted("自己认领的点单", "条", Fate.ATTENTION, wishes, note=note)


def _days(team, change, reader, today):
    days = LiaisonSession.objects.filter(team=team, status=PLANNED)
    coming, unwritten = (
        days.filter(on__gte=change.carry_on),
        days.filter(on__lt=_first(change, today)),
    )
    return [
        *_item(
            f"待驻点：{team}", Fate.MOVES, coming, reader, team,
            on_from=change.carry_on, note="提醒和考勤按当日在任的人",
        ),
        *_item(
            f"驻点日待补记：{team}", Fate.ATTENTION, unwritten, reader, team,
            on_to=_first(change, today) - DAY, note="可由原任在离任前补记，之后由接任人或驻点办补记",
        ),
    ]  # fmt: skip


def _first(change, today):
    """The first day that is not yet to be written up by the one who leaves."""
    return min(today, change.carry_on)


def _item(title, fate, days, reader, team, note, **ends):
    seen = LiaisonSession.objects.visible_to(reader).filter(pk__in=days.values("pk"))
    seen = seen if reader.has_perm("visits.view") else seen.none()
    asked = {"team": team.pk, "status": PLANNED.value, **ends}
    url = f"{reverse('visits:sessions')}?{urlencode(asked)}"
    return counted(title, "天", fate, days, seen=seen, url=url, note=note)


def _clashes(change):
    """Days to come on which the successor would be expected in two villages at one time."""
    held = change.successor.holdings.current(change.carry_on).exclude(post=change.post)
    own = _to_come(held.values("post"), change.carry_on)
    taken = {}
    for day in own:
        taken.setdefault(day.on, []).append(day)
    found = [
        f"{new.on}既在{new.village}又在{old.village}"
        for new in _to_come([change.post.pk], change.carry_on)
        for old in taken.get(new.on, ())
        if new.pk != old.pk and new.starts_at < old.ends_at and old.starts_at < new.ends_at
    ]
    if not found:
        return []
    shown = "、".join(found[:CLASHES_SHOWN])
    return [f"{change.successor}接任后同一时间在两处驻点，共{len(found)}次：{shown}。请调整安排。"]


def _to_come(posts, since):
    seats = Seat.objects.filter(post__in=posts, team__is_active=True)
    rows = LiaisonSession.objects.filter(
        team__in=seats.values("team"), status=PLANNED, on__gte=since
    )
    return (
        rows.filter(team__kind=LiaisonTeam.Kind.LIAISON)
        .select_related("village")
        .order_by("on", "pk")
    )
