"""What a 驻点安排 must hold to before it is stored. Refusals; what is only to be looked at is in plan_rules.py."""

from collections import defaultdict

from django.db.models import Q

from cadres.models import LiaisonPlan, LiaisonTeam, Seat
from liaison.errors import NotAllowed
from villages.models import Village

PERMISSION = "cadres.manage_plans"


class PlanRefused(NotAllowed):
    """A plan that cannot be; ``field`` is the LiaisonPlan's field to mend, "" when none is at fault."""

    def __init__(self, sentence, field=""):
        super().__init__(sentence)
        self.field = field


class PlanChecks:
    """Checks plans that are saved together; whatever it asks the database, it asks once for all of them.

    Args:
        plans: the LiaisonPlans as they shall be; what is stored under their pks no longer counts.
        by: who saves them.
    """

    def __init__(self, plans, by):
        teams = {plan.team_id for plan in plans}
        villages = Village.objects.visible_to(by, PERMISSION)
        self.may = by.has_perm(PERMISSION)
        self.villages = set(
            villages.filter(pk__in={plan.village_id for plan in plans}).values_list("pk", flat=True)
        )
        serves = LiaisonTeam.villages.through.objects.filter(liaisonteam__in=teams)
        self.serves = set(serves.values_list("liaisonteam", "village"))
        self.seats = defaultdict(dict)  # team -> {post: kind}
        for team, post, kind in Seat.objects.filter(team__in=teams).values_list(
            "team", "post", "kind"
        ):
            self.seats[team][post] = kind
        stored = LiaisonPlan.objects.filter(team__in=teams)
        self.standing = list(stored.exclude(pk__in=[plan.pk for plan in plans if plan.pk]))

    def check(self, plan, turns=()):
        """Refuse a plan that cannot be; an empty place becomes the village office.

        Args:
            turns: of a rota, (turn, post, weekday it is fixed to or None).
        Raises:
            PlanRefused: with the field at fault.
        """
        if not self.may:
            raise PlanRefused("您的岗位不能安排驻点，请联系镇驻点办。")
        if plan.village_id not in self.villages:
            raise PlanRefused("这个村不在您的工作范围内，请重新选择。", "village")
        if (plan.team_id, plan.village_id) not in self.serves:
            sentence = f"{plan.team}不联系{plan.village}，请先在团队中加上这个村，或另选一个村。"
            raise PlanRefused(sentence, "team")
        plan.place = plan.place or plan.village.office
        if not plan.place:
            raise PlanRefused("这个村没有登记村(社区)办公地点，请填写驻点地点。", "place")
        if plan.rhythm.lacks():
            raise PlanRefused("驻点时间没有写完整，请补上星期几或哪一天。", "rhythm")
        self._check_turns(plan, turns)
        if any(self._same(plan, other) for other in self.standing):
            sentence = "这个团队在这个村已有相同周期的安排，请直接修改原来的安排。"
            raise PlanRefused(sentence, "rhythm")
        self.standing.append(plan)

    def _check_turns(self, plan, turns):
        seats = self.seats[plan.team_id]
        rotating = turns or any(kind in Seat.ROTATING for kind in seats.values())
        if plan.recurrence == LiaisonPlan.Recurrence.ROTA and not rotating:
            raise PlanRefused("轮值要有人：请在团队中设责任人或成员，或写明轮值次序。", "rhythm")
        if any(post.pk not in seats for _, post, _ in turns):
            raise PlanRefused(f"轮值的岗位不在{plan.team}里，请先在团队中加上。", "rhythm")

    @staticmethod
    def _same(plan, other):
        """Whether both fix one team to one village by one rhythm, at some time together."""
        if (plan.team_id, plan.village_id) != (other.team_id, other.village_id):
            return False
        apart = (plan.valid_to and other.valid_from > plan.valid_to) or (
            other.valid_to and other.valid_to < plan.valid_from
        )
        return not apart and plan.rhythm == other.rhythm


def hold_teams(teams) -> None:
    """Lock teams (ids): of two who fix one to the same days at once, the second sees the first."""
    rows = LiaisonTeam.objects.filter(pk__in=set(teams)).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def overlapping(plans, first, last):
    """Those of a queryset of plans that are valid on some day from ``first`` to ``last``."""
    return plans.filter(Q(valid_to=None) | Q(valid_to__gte=first), valid_from__lte=last)
