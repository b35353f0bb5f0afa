"""The plan of one row against the plan that stands."""

from dataclasses import dataclass, field, replace

from cadres.models import LiaisonPlan
from cadres.rhythm import FIELDS as RHYTHM_FIELDS


@dataclass(eq=False)
class PlanChange:
    """A plan to be made (``plan`` None) or changed; ``values`` by model field, ``fields`` as in Line."""

    plan: object = None
    values: dict = field(default_factory=dict)
    fields: list = field(default_factory=list)


def plan_change(row, stored, on):
    """(PlanChange or None, (field, code) of a refusal or None).

    Args:
        row: a PlanRow; a row that says no time leaves the plan alone.
        stored: the plans in force of its team in its village.
    """
    time = row.time
    if time is None:
        return None, None
    plan, wrong = _meant(time, stored)
    if wrong:
        return None, wrong
    hours = time.hours or (plan and (plan.starts_at, plan.ends_at))
    if not hours:
        return None, ("time", "R-HOURS")
    place = row.place or (plan.place if plan else row.village.office)
    if not place:
        return None, ("place", "R-PLACE")
    said = {
        **_rhythm_of(time, plan).as_fields(),
        "starts_at": hours[0],
        "ends_at": hours[1],
        "place": place,
    }
    if time.holiday_rule:
        said["holiday_rule"] = time.holiday_rule
    if time.make_up_weekday is not None:
        said["make_up_weekday"] = time.make_up_weekday
    if plan is None:
        return _new(said, on), None
    values = {name: value for name, value in said.items() if getattr(plan, name) != value}
    return PlanChange(plan, values, _shown(plan, values)) if values else None, None


def _meant(time, stored):
    """(the stored plan a row speaks of, refusal)."""
    if len(stored) < 2:
        return next(iter(stored), None), None
    same = [plan for plan in stored if plan.rhythm == _rhythm_of(time, plan)]
    return (same[0], None) if len(same) == 1 else (None, ("time", "R-PLANS-MANY"))


def _rhythm_of(time, plan):
    """What the row says; of every two weeks without a first one, the weeks that are kept already."""
    said = time.rhythm
    if plan is None or said.phase_from or said.recurrence != plan.recurrence:
        return said
    return replace(said, phase_from=plan.phase_from)


def _new(said, on):
    values = {"holiday_rule": LiaisonPlan.HolidayRule.NEXT, "valid_from": on} | said
    plan = LiaisonPlan(**values)
    fields = [("驻点时间", "", plan.in_words()), ("驻点地点", "", plan.place)]
    return PlanChange(None, values, fields)


def _shown(plan, values):
    after = LiaisonPlan(**{name: getattr(plan, name) for name in _TIME} | values)
    fields = []
    if plan.in_words() != after.in_words():
        fields.append(("驻点时间", plan.in_words(), after.in_words()))
    if "place" in values:
        fields.append(("驻点地点", plan.place, values["place"]))
    old, new = plan.holiday_in_words(), after.holiday_in_words()
    if old != new:
        fields.append(("遇节假日", old, new))
    return fields


_TIME = (*RHYTHM_FIELDS, "starts_at", "ends_at", "holiday_rule", "make_up_weekday")
