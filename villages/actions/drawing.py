"""A household's place on the village's 示意图: the office's to enter, and to take away again."""

from django.db import transaction

from liaison import audit
from liaison.errors import NotAllowed
from villages.models import HousePoint
from villages.models.points import MOST

from . import roll
from .checks import require_household

DRAW = "villages.draw"


@transaction.atomic
def place_house(*, household, x, y, by) -> HousePoint:
    """Draw a household at a place of the drawing; where it stood before is given up.

    Raises:
        NotAllowed: not his work or place, cancelled, or beyond the drawing.
    """
    require_household(by, household, DRAW)
    if household.is_cancelled:
        roll.refuse_cancelled(household)
    if not (0 <= x <= MOST and 0 <= y <= MOST):
        raise NotAllowed(f"横、纵都在0到{MOST}之间，请核对后再提交。")
    point = HousePoint.objects.filter(household=household).first()
    before = str(point) if point else ""
    if point and (point.x, point.y) == (x, y):
        return point  # a second tap
    point, _ = HousePoint.objects.update_or_create(household=household, defaults={"x": x, "y": y})
    _record(by, "填示意图位置", household, before, str(point))
    return point


@transaction.atomic
def take_house_off(*, household, by) -> None:
    """Give a place up: the household is drawn in the order of the roll again.

    Raises:
        NotAllowed: not his work or place.
    """
    require_household(by, household, DRAW)
    point = HousePoint.objects.filter(household=household).first()
    if point:
        point.delete()
        _record(by, "取下示意图位置", household, str(point), "")


def _record(by, act, household, before, after):
    audit.record(
        by=by,
        action=act,
        subject=household,
        before={"位置": before},
        after={"位置": after},
        township_id=household.township_id,
    )
