"""What the office should look at before a team is saved. Advice, never a refusal."""

from django.db.models import Count, Q

from cadres.bounds import Bounds
from cadres.models import LiaisonTeam, Post, Seat
from villages.models import Village


def warnings(*, team, villages, seats, is_active, on, kind=LiaisonTeam.Kind.LIAISON) -> list[str]:
    """Sentences about a team as it would be saved; empty when there is nothing to say.

    Args:
        team: the team as it stands, None for a new one.
        villages: the villages it would serve; seats: (post, kind) pairs.
        on: the day whose holders are named; kind: a 督查小组 shares its villages with their teams.
    """
    if kind == LiaisonTeam.Kind.SUPERVISION:
        return [] if villages or not is_active else ["督查小组还没有督查的村。"]
    if not is_active:
        return _left_alone(team, ())
    leads = [post for post, kind in seats if kind == Seat.Kind.LEAD]
    said = []
    if not leads:
        said.append("团队还没有责任人。")
    if len(leads) > 1:
        said.append(f"团队有 {len(leads)} 名责任人，一般为 1 名。")
    if not villages:
        said.append("团队还没有联系村。")
    said += _served_twice(team, villages)
    said += _left_alone(team, villages)
    said += [_too_many(post, team, villages, on) for post in leads]
    return [sentence for sentence in said if sentence]


def _others(team):
    """The other liaison teams in use."""
    return (
        LiaisonTeam.objects.for_liaison()
        .filter(is_active=True)
        .exclude(pk=team.pk if team else None)
    )


def _served_twice(team, villages):
    """Villages that another team serves already."""
    said = []
    for other in _others(team).filter(villages__in=villages).distinct().order_by("name"):
        shared = other.villages.filter(pk__in=[v.pk for v in villages]).in_order()
        names = "、".join(village.name for village in shared)
        said.append(f"{names}已由“{other.name}”联系，保存后同时有两个团队。")
    return said


def _left_alone(team, villages):
    """Villages this team would leave, and no other serves."""
    if team is None:
        return []
    kept = [village.pk for village in villages]
    served = Village.objects.filter(teams__in=_others(team)).values("pk")
    alone = team.villages.exclude(pk__in=kept).exclude(pk__in=served).in_order()
    return [f"{village.name}保存后没有驻点团队。" for village in alone]


def _too_many(post: Post, team, villages, on):
    """A lead who would serve more villages than is usual."""
    led = Q(seats__post=post, seats__kind=Seat.Kind.LEAD)
    elsewhere = Village.objects.filter(teams__in=_others(team).filter(led).values("pk"))
    count = len({*elsewhere.values_list("pk", flat=True), *(v.pk for v in villages)})
    most = Bounds.on(on, [post.township_id]).villages_per_lead(post.township_id)
    if count <= most:
        return ""
    holder = post.holder(on)
    who = f"{post.title}（{holder}）" if holder else post.title
    return f"{who}将联系 {count} 个村，一般不超过 {most} 个。"


def villages_without_a_team(townships):
    """Villages of these townships that no team in use serves, in administrative order."""
    served = Count("teams", filter=Q(teams__is_active=True, teams__kind="liaison"))
    return Village.objects.filter(township__in=townships).annotate(n=served).filter(n=0).in_order()
