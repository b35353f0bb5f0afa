"""What is done to 驻点安排: made and changed. The days follow in the same transaction."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from cadres import rota
from cadres.models import LiaisonPlan, LiaisonTeam, RotaTurn
from cadres.rhythm import FIELDS as RHYTHM_FIELDS
from cadres.signals import plans_changed
from liaison import audit, versions
from liaison.errors import NotAllowed

FIELDS = (
    "team", "village", "place", *RHYTHM_FIELDS, "starts_at", "ends_at",
    "holiday_rule", "make_up_weekday", "notice_days", "valid_from", "valid_to",
)  # fmt: skip
# A plan entered late gives past days too, so that they can be written up; not beyond this.
ENTERED_LATE = dt.timedelta(days=366)
PERMISSION = "cadres.manage_plans"


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
    _one_after_another(plan.team_id)
    _check(plan, by, turns)
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
    _one_after_another(facts["team"].pk if "team" in facts else plan.team_id)
    plan = versions.claim(LiaisonPlan.objects.visible_to(by), plan.pk, version)
    before = _in_words(plan)
    for name, value in facts.items():
        setattr(plan, name, value)
    _check(plan, by, plan.own_turns() if turns is None else turns)
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


def _check(plan, by, turns):
    if not by.has_perm(PERMISSION):
        raise NotAllowed("您的岗位不能安排驻点，请联系镇驻点办。")
    if (
        not type(plan.village)
        .objects.visible_to(by, PERMISSION)
        .filter(pk=plan.village_id)
        .exists()
    ):
        raise NotAllowed("这个村不在您的工作范围内，请重新选择。")
    if not plan.team.villages.filter(pk=plan.village_id).exists():
        raise NotAllowed(f"{plan.team}不联系{plan.village}，请先在团队中加上这个村，或另选一个村。")
    plan.place = plan.place or plan.village.office
    if not plan.place:
        raise NotAllowed("这个村没有登记村(社区)办公地点，请填写驻点地点。")
    if plan.rhythm.lacks():
        raise NotAllowed("驻点时间没有写完整，请补上星期几或哪一天。")
    rotating = turns or plan.team.rotating_seats()
    if plan.recurrence == LiaisonPlan.Recurrence.ROTA and not rotating:
        raise NotAllowed("轮值要有人：请在团队中设责任人或成员，或写明轮值次序。")
    seated = set(plan.team.seats.values_list("post", flat=True))
    if any(post.pk not in seated for _, post, _ in turns):
        raise NotAllowed(f"轮值的岗位不在{plan.team}里，请先在团队中加上。")
    if _same_plans(plan):
        raise NotAllowed("这个团队在这个村已有相同周期的安排，请直接修改原来的安排。")


def _one_after_another(team_pk):
    """Hold the team: of two who fix it to the same days at once, the second sees the first."""
    LiaisonTeam.objects.select_for_update(of=("self",)).get(pk=team_pk)


def _same_plans(plan):
    """Other plans of this team in this village with the same rhythm, valid at the same time."""
    others = LiaisonPlan.objects.exclude(pk=plan.pk)
    same = others.filter(team=plan.team, village=plan.village, recurrence=plan.recurrence)
    if plan.valid_to:
        same = same.filter(valid_from__lte=plan.valid_to)
    same = same.filter(Q(valid_to=None) | Q(valid_to__gte=plan.valid_from))
    return [other for other in same if other.rhythm == plan.rhythm]


def _record(plan, by, action, before):
    audit.record(
        by=by,
        action=action,
        subject=plan,
        before=before,
        after=_in_words(plan),
        township_id=plan.village.township_id,
    )


def _in_words(plan):
    words = {
        "团队": str(plan.team),
        "村(社区)": str(plan.village),
        "时间": plan.in_words(),
        "地点": plan.place,
        "遇节假日": plan.get_holiday_rule_display(),
        "有效期": f"{plan.valid_from}至{plan.valid_to or '长期'}",
    }
    if plan.recurrence == LiaisonPlan.Recurrence.ROTA:
        words["轮值次序"] = rota.in_words(plan.rota_turns()).replace("\n", "；")
    return words
