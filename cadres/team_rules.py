"""What the office should look at before a team is saved. Advice, never a refusal."""

from collections import defaultdict
from functools import cache

from django.db.models import Count, Prefetch, Q

from cadres.bounds import Bounds
from cadres.models import LiaisonTeam, Post, Seat
from villages.models import Village


class Serving:
    """The liaison teams in use of a township: whom they serve and who leads them. A few queries for all."""

    def __init__(self, township_id):
        self.township_id = township_id
        self._bounds = cache(Bounds.on)
        teams = LiaisonTeam.objects.for_liaison().filter(township=township_id, is_active=True)
        in_order = Prefetch("villages", Village.objects.in_order())
        self.teams = list(teams.order_by("name").prefetch_related(in_order))
        self.villages = {team.pk: list(team.villages.all()) for team in self.teams}
        self.leads = defaultdict(set)  # team id -> post ids
        leads = Seat.objects.filter(team__in=self.villages, kind=Seat.Kind.LEAD)
        for team, post in leads.values_list("team", "post"):
            self.leads[team].add(post)

    def others(self, team):
        """Every one but this."""
        return [other for other in self.teams if team is None or other.pk != team.pk]

    def villages_per_lead(self, on):
        """How many villages a lead of the township may have on a day."""
        return self._bounds(on, (self.township_id,)).villages_per_lead(self.township_id)

    def villages_of(self, team):
        """Its villages in administrative order; of one not in use they are asked for."""
        if team.pk not in self.villages:
            self.villages[team.pk] = list(team.villages.in_order())
        return self.villages[team.pk]


def warnings(
    *, team, villages, seats, is_active, on, kind=LiaisonTeam.Kind.LIAISON, serving=None
) -> list[str]:
    """Sentences about a team as it would be saved; empty when there is nothing to say.

    Args:
        team: the team as it stands, None for a new one.
        villages: the villages it would serve; seats: (post, kind) pairs.
        on: the day whose holders are named; kind: a 督查小组 shares its villages with their teams.
        serving: the teams of its township, where many are looked at together.
    """
    if kind == LiaisonTeam.Kind.SUPERVISION:
        return [] if villages or not is_active else ["督查小组还没有督查的村。"]
    if serving is None:
        places = [team, *villages, *(post for post, _ in seats)]
        serving = Serving(next((place.township_id for place in places if place), None))
    if not is_active:
        return _left_alone(team, (), serving)
    leads = [post for post, kind in seats if kind == Seat.Kind.LEAD]
    said = []
    if not leads:
        said.append("团队还没有责任人。")
    if len(leads) > 1:
        said.append(f"团队有 {len(leads)} 名责任人，一般为 1 名。")
    if not villages:
        said.append("团队还没有联系村。")
    said += _served_twice(team, villages, serving)
    said += _left_alone(team, villages, serving)
    said += [_too_many(post, team, villages, on, serving) for post in leads]
    return [sentence for sentence in said if sentence]


def _served_twice(team, villages, serving):
    """Villages that another team serves already."""
    said, wanted = [], {village.pk for village in villages}
    for other in serving.others(team):
        shared = [v.name for v in serving.villages_of(other) if v.pk in wanted]
        if shared:
            names = "、".join(shared)
            said.append(f"{names}已由“{other.name}”联系，保存后同时有两个团队。")
    return said


def _left_alone(team, villages, serving):
    """Villages this team would leave, and no other serves."""
    if team is None:
        return []
    cared_for = {village.pk for village in villages}
    for other in serving.others(team):
        cared_for |= {village.pk for village in serving.villages_of(other)}
    alone = [v for v in serving.villages_of(team) if v.pk not in cared_for]
    return [f"{village.name}保存后没有驻点团队。" for village in alone]


def _too_many(post: Post, team, villages, on, serving):
    """A lead who would serve more villages than is usual."""
    served = {village.pk for village in villages}
    for other in serving.others(team):
        if post.pk in serving.leads[other.pk]:
            served |= {village.pk for village in serving.villages_of(other)}
    if len(served) < 2:
        return ""  # every bound allows one
    most = serving.villages_per_lead(on)
    if len(served) <= most:
        return ""
    holder = post.holder(on)
    who = f"{post.title}（{holder}）" if holder else post.title
    return f"{who}将联系 {len(served)} 个村，一般不超过 {most} 个。"


def villages_without_a_team(townships):
    """Villages of these townships that no team in use serves, in administrative order."""
    served = Count("teams", filter=Q(teams__is_active=True, teams__kind="liaison"))
    return Village.objects.filter(township__in=townships).annotate(n=served).filter(n=0).in_order()
