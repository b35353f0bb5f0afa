"""What is done to the 工作日历: a year published, a local day set or taken back."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from cadres import calendar_csv
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
    """A planned day that a change of the calendar moves (``after`` None: drops; ``before`` None: adds).

    ``turns``: of a rota, whether on days that stay it becomes another's turn.
    """

    plan: LiaisonPlan
    before: date | None
    after: date | None
    turns: bool = False


def moves(*, township, on, is_workday, today) -> list[Move]:
    """Which planned days would move, were ``on`` to become a working day, a holiday, or (None) neither.

    Only days after ``today``, in the order of the villages. Reads; changes nothing.
    """
    now = WorkCalendar.load(township)
    if is_workday is None:  # taken back: what the country says holds again
        is_workday = WorkCalendar.load().exceptions.get(on)
    then = now.with_day(on, is_workday=is_workday)
    start, end = max(today + timedelta(days=1), on - _AROUND), on + _AROUND
    plans = LiaisonPlan.objects.alive(today).of(township).select_related("team", "village")
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
    pairs, turns = max(len(gone), len(come)), turns_shift(before, after)
    gone += [None] * (pairs - len(gone))
    come += [None] * (pairs - len(come))
    return [Move(plan, left, right, turns) for left, right in zip(gone, come, strict=True)]


def turns_shift(before, after) -> bool:
    """Whether on some day of both it becomes another's turn: one working day less, and a rota goes on a day later."""
    turns = {day.on: day.turn for day in before}
    return any(turns.get(day.on, day.turn) != day.turn for day in after)


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
    plan_again(township, by, today)
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
    plan_again(township, by, today)


@transaction.atomic
def publish(*, days, source, today, by=None) -> list[int]:
    """Store the country's days of one or more years, each replaced as a whole; the years published.

    Args:
        days: unsaved CalendarDay rows; ``source`` the notice they come from.
    """
    years = sorted({day.on.year for day in days})
    CalendarDay.objects.filter(township=None, on__year__in=years).delete()
    CalendarDay.objects.bulk_create(days, batch_size=500)
    publish_years(years=years, source=source, by=by, days=len(days), replace=True)
    plan_all_again(by=by, today=today)
    return years


def publish_years(*, years, source, by, days=None, replace=False) -> None:
    """Say of years that their days are known now, and from where, in the caller's transaction.

    Args:
        source: the notice; "" for the usual one, or for the one on record of a published year.
        days: how many came with it, for the trail. replace: years published before are told again.
    """
    known = set(CalendarYear.objects.values_list("year", flat=True))
    told = [year for year in sorted(years) if replace or source or year not in known]
    for year in told:
        default = f"国务院办公厅关于{year}年部分节假日安排的通知"
        CalendarYear.objects.update_or_create(
            year=year, defaults={"source": (source or default)[:100]}
        )
    if told:
        after = {} if days is None else {"天数": days}
        audit.record(by=by, action="发布工作日历", label="、".join(map(str, told)), after=after)


def what_lacks(days, *, refused=0) -> str:
    """Why these days cannot publish the years they lie in that are not published; "" when they can.

    A notice names the whole year; New Year and the National Day stand in every one.

    Args:
        refused: how many rows of the file were not taken; one of them may be the missing holiday.
    """
    days = set(days)
    known = set(CalendarYear.objects.values_list("year", flat=True))
    for year in sorted({day.year for day in days} - known):
        if not {date(year, 1, 1), date(year, 10, 1)} <= days:
            return f"{year}年还没有发布，文件里没有该年的元旦和国庆节；请上传全年的放假和调休日。"
        if refused:
            return (
                f"{year}年还没有发布，文件里有{refused}行没有收；请全部改好后再上传，一次发布全年。"
            )
    return ""


def carried_years() -> dict[int, list[CalendarDay]]:
    """{year: its days} of the file carried in, unsaved."""
    years: dict[int, list[CalendarDay]] = {}
    for day in calendar_csv.read(calendar_csv.CARRIED):
        years.setdefault(day.on.year, []).append(day)
    return years


def publish_carried(*, year, by, today) -> None:
    """Publish a year from the data carried in.

    Raises:
        NotAllowed: published already, or the data does not hold it.
    """
    if CalendarYear.objects.filter(year=year).exists():
        raise NotAllowed(f"{year}年工作日历已经发布。")
    days = carried_years().get(year)
    if not days:
        raise NotAllowed(
            f"{year}年工作日历未发布，随系统附带的数据里还没有，请上传该年的放假安排。"
        )
    publish(days=days, source="", today=today, by=by)


def plan_all_again(*, by, today) -> None:
    """Every township's planned days follow the country's calendar."""
    plans = list(LiaisonPlan.objects.select_related("team", "village"))
    plans_changed.send(LiaisonPlan, plans=plans, by=by, today=today, since=today)


def _may_change(by, township, on, today):
    if not by.has_perm(PERMISSION) or township.pk not in by.village_scope(PERMISSION).townships:
        raise NotAllowed("您的岗位不能设定本镇的工作日历，请联系镇驻点办。")
    if on <= today:
        raise NotAllowed("只能设定今天以后的日子，已经过去的不再变动。")


def plan_again(township, by, today):
    """A township's planned days follow its calendar."""
    plans = list(LiaisonPlan.objects.of(township).select_related("team", "village"))
    plans_changed.send(LiaisonPlan, plans=plans, by=by, today=today, since=today)


def _in_words(day):
    return {"日期": str(day.on), "类型": day.get_kind_display(), "名称": day.name}
