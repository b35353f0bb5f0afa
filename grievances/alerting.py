"""预警: what level is suggested, and why. A suggestion binds nobody; the level is set by hand.

By size and trend, and by the time left, each by the bands of grievances.models.AlertBand; the highest
level reached is suggested. By size, blue is suggested only for what is a dispute or has a level already:
one villager with one wish is no risk.
"""

from dataclasses import dataclass

from django.utils import timezone

from .models import AlertBand, Grievance
from .models.alert_parts import RANK, TREND_RANK, Level, Trend
from .models.states import OVER
from .nearing import is_near

PERMISSION = "grievances.alert"


@dataclass(frozen=True)
class Suggestion:
    """A level and the words why."""

    level: str
    why: str

    @property
    def name(self) -> str:
        """「橙色预警」."""
        return Level(self.level).label


def refusal(matter, by) -> str:
    """Why this user may not set, change or clear the level of a matter he sees; "" when he may."""
    if not by.has_perm(PERMISSION):
        return "您的岗位不设定预警，请告诉驻点干部或镇驻点办。"
    if matter.status in OVER:
        return f"这件诉求现在是“{matter.get_status_display()}”，不再预警。"
    return ""


def as_known(matter) -> tuple[int, str]:
    """(persons in 人, trend) as the last dated row has them; else those of the registration."""
    last = max(matter.alerts.all(), key=lambda row: row.pk, default=None)
    return (last.persons, last.trend) if last else (matter.persons, Trend.CONTAINED)


def suggested(matter, now, *, persons, trend, bands=None) -> Suggestion | None:
    """The highest level the bands give a matter now; None when none is reached.

    Args:
        persons: 人 concerned. trend: 受控, 可能扩大, 正在蔓延. bands: read when not given.
    """
    if matter.status in OVER:
        return None
    if bands is None:
        bands = AlertBand.objects.bands_of(matter.township_id)
    reached = [band for band in bands if _reaches(band, matter, now, persons, trend)]
    band = max(reached, key=lambda row: (RANK[row.level], row.least), default=None)
    return band and Suggestion(band.level, _why(band, matter, now, persons, trend))


def _reaches(band, matter, now, persons, trend):
    if band.by == AlertBand.By.SIZE:
        risk = matter.kind == Grievance.Kind.DISPUTE or matter.alert_level
        if band.level == Level.BLUE and not risk:
            return False
        return persons >= band.least and TREND_RANK[trend] >= TREND_RANK[band.trend]
    if band.by == AlertBand.By.NEAR:
        return is_near(matter, now)
    return matter.is_overdue(now) and _days_late(matter, now) >= band.least


def _days_late(matter, now) -> int:
    """自然日 past the due day; a matter late by hours counts as one day."""
    return max(1, (timezone.localtime(now).date() - matter.due_on).days)


def _why(band, matter, now, persons, trend):
    if band.by == AlertBand.By.SIZE:
        return f"涉及{persons}人，事态{Trend(trend).label}，达到“{band.condition}”"
    if band.by == AlertBand.By.NEAR:
        return f"临近办理时限{matter.due_on}"
    return f"已超期{_days_late(matter, now)}天，达到“{band.condition}”"
