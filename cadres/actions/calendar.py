"""What is done to the 工作日历: a year published, a local day set or taken back."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from cadres.models import CalendarDay, CalendarYear, LiaisonPlan
from cadres.recurrence import days_of
from cadres.signals import plans_changed
from cadres.workcalendar import CalendarNotPublished, WorkCalendar
from liaison import audit
from liaison.errors import NotAllowed

PERMISSION = "cadres.manage_calendar"
# A holiday moves a day by less than this; a change of one day is felt no further.
_AROUND = timedelta(days=40)


@dataclass(frozen=True)
class Move:
    """A planned day that a change of the calendar moves (``after`` None: drops; ``before`` None: adds)."""

    plan: LiaisonPlan
    before: date | None
    after: date | None


def moves(*, township, on, is_workday, today) -> list[Move]:
    """Which planned days would move, were ``on`` to become a working day, a holiday, or (None) neither.

    Only days after ``today``, in the order of the villages. Reads; changes nothing.
    """
    now = WorkCalendar.load(township)
    if is_workday is None:  # taken back: what the country says holds again
        is_workday = WorkCalendar.load().exceptions.get(on)
    then = now.with_day(on, is_workday=is_workday)
    start, end = max(today + timedelta(days=1), on - _AROUND), on + _AROUND
    plans = LiaisonPlan.objects.of(township).select_related("team", "village")
    return [
        move
        for plan in plans.order_by("village__code", "pk")
        for move in _differences(
            plan, days_of(plan, start, end, now), days_of(plan, start, end, then)
        )
    ]


def _differences(plan, before, after):
    """Pair the days that go with the days that come, in order of date."""
    old, new = ({day.on for day in days} for days in (before, after))
    gone, come = sorted(old - new), sorted(new - old)
    pairs = max(len(gone), len(come))
    gone += [None] * (pairs - len(gone))
    come += [None] * (pairs - len(come))
    return [Move(plan, left, right) for left, right in zip(gone, come, strict=True)]


@transaction.atomic
def set_local_day(*, township, by, today, on, kind, name) -> CalendarDay:
    """Set a day of the township's own: off, or worked. Planned days follow.

    Raises:
        NotAllowed: no right, a day not in the future, a year not published, a day that is so already or set already.
    """
    _may_change(by, township, on, today)
    is_workday = kind == CalendarDay.Kind.WORKDAY
    try:
        if WorkCalendar.load(township).is_workday(on) == is_workday:
            raise NotAllowed(f"{on}本来就是{'上班' if is_workday else '休息'}日，不用再设定。")
    except CalendarNotPublished as unknown:
        raise NotAllowed(str(unknown)) from unknown
    try:
        with transaction.atomic():
            day = CalendarDay.objects.create(township=township, on=on, kind=kind, name=name)
    except IntegrityError as taken:
        raise NotAllowed(f"{on}已有本地设定，请先取消原来的设定。") from taken
    audit.record(
        by=by, action="设定本地日", subject=day, after=_in_words(day), township_id=township.pk
    )
    _plan_again(township, by, today)
    return day


@transaction.atomic
def take_back_local_day(*, day, by, today) -> None:
    """Take a local day back; what the country's calendar says holds again.

    Raises:
        NotAllowed: no right, a day of the whole country, or a day already past.
    """
    if not day.is_local():
        raise NotAllowed("全国统一的放假安排不能在这里取消。")
    _may_change(by, day.township, day.on, today)
    audit.record(
        by=by, action="取消本地日", subject=day, before=_in_words(day), township_id=day.township_id
    )
    township = day.township
    day.delete()
    _plan_again(township, by, today)


@transaction.atomic
def publish(*, days, source, today) -> list[int]:
    """Store the country's days of one or more years, each replaced as a whole; the years published.

    Args:
        days: unsaved CalendarDay rows; ``source`` the notice they come from.
    """
    years = sorted({day.on.year for day in days})
    for year in years:
        CalendarDay.objects.filter(township=None, on__year=year).delete()
        default = f"国务院办公厅关于{year}年部分节假日安排的通知"
        CalendarYear.objects.update_or_create(
            year=year, defaults={"source": (source or default)[:100]}
        )
    CalendarDay.objects.bulk_create(days, batch_size=500)
    audit.record(
        by=None, action="发布工作日历", label="、".join(map(str, years)), after={"天数": len(days)}
    )
    plans = list(LiaisonPlan.objects.select_related("team", "village"))
    plans_changed.send(LiaisonPlan, plans=plans, by=None, today=today, since=today)
    return years


def _may_change(by, township, on, today):
    if not by.has_perm(PERMISSION) or township.pk not in by.village_scope(PERMISSION).townships:
        raise NotAllowed("您的岗位不能设定本镇的工作日历，请联系镇驻点办。")
    if on <= today:
        raise NotAllowed("只能设定今天以后的日子，已经过去的不再变动。")


def _plan_again(township, by, today):
    plans = list(LiaisonPlan.objects.of(township).select_related("team", "village"))
    plans_changed.send(LiaisonPlan, plans=plans, by=by, today=today, since=today)


def _in_words(day):
    return {"日期": str(day.on), "类型": day.get_kind_display(), "名称": day.name}
