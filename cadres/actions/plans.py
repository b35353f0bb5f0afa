"""What is done to 驻点安排: made and changed. The days follow in the same transaction."""

import datetime as dt

from django.db import transaction

from cadres import rota
from cadres.models import LiaisonPlan, RotaTurn
from cadres.plan_checks import PERMISSION, PlanChecks, hold_teams
from cadres.rhythm import FIELDS as RHYTHM_FIELDS
from cadres.signals import plans_changed
from liaison import audit, versions

__all__ = ["FIELDS", "PERMISSION", "change_plan", "make_plan"]
FIELDS = (
    "team", "village", "place", *RHYTHM_FIELDS, "starts_at", "ends_at",
    "holiday_rule", "make_up_weekday", "notice_days", "valid_from", "valid_to",
)  # fmt: skip
# A plan entered late gives past days too, so that they can be written up; not beyond this.
ENTERED_LATE = dt.timedelta(days=366)


@transaction.atomic
def make_plan(*, by, today, turns=(), **facts) -> LiaisonPlan:
    """Fix a team to a village, a time and a place; its days appear at once.

    Args:
        facts: the FIELDS; an empty ``place`` becomes the village office.
        turns: of a rota, (turn, post, weekday it is fixed to or None).
    Raises:
        NotAllowed: no right, a foreign or mismatched village, or the same plan once more.
    """
    plan = LiaisonPlan(**facts)
    hold_teams([plan.team_id])
    PlanChecks([plan], by).check(plan, turns)
    plan.save()
    _take_turns(plan, turns)
    _record(plan, by, "新增驻点安排", before={})
    since = max(plan.valid_from, today - ENTERED_LATE)
    plans_changed.send(LiaisonPlan, plans=[plan], by=by, today=today, since=min(since, today))
    return plan


@transaction.atomic
def change_plan(*, plan, by, today, version, turns=None, **facts) -> LiaisonPlan:
    """Change a plan. Days still to come and not yet written on follow it; held ones never move.

    Args:
        turns: of a rota, as make_plan; None leaves them as they are.
    Raises:
        NotAllowed: as make_plan; Stale when somebody changed it since ``version``.
    """
    hold_teams([facts["team"].pk if "team" in facts else plan.team_id])
    plan = versions.claim(LiaisonPlan.objects.visible_to(by), plan.pk, version)
    before = in_words(plan)
    for name, value in facts.items():
        setattr(plan, name, value)
    PlanChecks([plan], by).check(plan, plan.own_turns() if turns is None else turns)
    plan.version += 1
    plan.save()
    if turns is not None:
        _take_turns(plan, turns)
    _record(plan, by, "修改驻点安排", before)
    plans_changed.send(LiaisonPlan, plans=[plan], by=by, today=today, since=today)
    return plan


def _take_turns(plan, turns):
    """The turns of a rota; of any other plan there are none."""
    plan.turns.all().delete()
    if plan.recurrence == LiaisonPlan.Recurrence.ROTA:
        RotaTurn.objects.bulk_create(
            RotaTurn(plan=plan, turn=turn, post=post, weekday=weekday)
            for turn, post, weekday in turns
        )


def _record(plan, by, action, before):
    audit.record(
        by=by,
        action=action,
        subject=plan,
        before=before,
        after=in_words(plan),
        township_id=plan.village.township_id,
    )


def in_words(plan) -> dict[str, str]:
    """A plan for the trail."""
    words = {
        "团队": str(plan.team),
        "村(社区)": str(plan.village),
        "时间": plan.in_words(),
        "地点": plan.place,
        "遇节假日": plan.holiday_in_words(),
        "有效期": f"{plan.valid_from}至{plan.valid_to or '长期'}",
    }
    if plan.recurrence == LiaisonPlan.Recurrence.ROTA:
        words["轮值次序"] = rota.in_words(plan.rota_turns()).replace("\n", "；")
    return words
