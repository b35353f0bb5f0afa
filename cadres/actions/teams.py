"""Verbs on teams: made, changed, put out of use. Seats belong to posts."""

from django.db import IntegrityError, transaction

from cadres.models import LiaisonTeam, Seat
from liaison import audit
from liaison.errors import NotAllowed
from liaison.versions import claim

from .checks import MANAGE_TEAMS, require


@transaction.atomic
def create_team(
    *, by, township, name, villages, seats, kind=LiaisonTeam.Kind.LIAISON
) -> LiaisonTeam:
    """A new team.

    Args:
        kind: what it is for; villages: the villages it serves; seats: (post, kind) pairs in their order.
    Raises:
        NotAllowed: not his to do, a place or post of elsewhere, a post twice, or the name stands already.
    """
    require(by, MANAGE_TEAMS, township)
    _check(township, villages, seats)
    team = _saved(LiaisonTeam(township=township, name=name, kind=kind))
    _fill(team, villages, seats)
    _record(by, "新建团队", team, before={}, after=in_words(team))
    return team


@transaction.atomic
def edit_team(*, by, team, name, villages, seats, is_active, version) -> LiaisonTeam:
    """Change a team's name, villages and seats, or put it out of use. Days already held stay as they were.

    Raises:
        NotAllowed: as create_team. Stale: changed by somebody else since the page was opened.
    """
    require(by, MANAGE_TEAMS, team.township)
    team = claim(LiaisonTeam, team.pk, version)
    _check(team.township, villages, seats)
    before = in_words(team)
    team.name, team.is_active = name, is_active
    team.version += 1
    _saved(team)
    _fill(team, villages, seats)
    _record(by, "修改团队", team, before=before, after=in_words(team))
    return team


def in_words(team) -> dict[str, str]:
    """A team for the trail and for the page of two versions."""
    seats = team.seats.select_related("post").order_by("order", "pk")
    return {
        "团队名称": team.name,
        "联系村": "、".join(village.name for village in team.villages.in_order()),
        "成员": "、".join(f"{seat.get_kind_display()}：{seat.post}" for seat in seats),
        "状态": "在用" if team.is_active else "停用",
    }


def _check(township, villages, seats):
    posts = [post for post, _ in seats]
    if any(place.township_id != township.pk for place in (*villages, *posts)):
        raise NotAllowed("所选的村或岗位不属于本乡镇。")
    if len({post.pk for post in posts}) < len(posts):
        raise NotAllowed("同一岗位在团队中只能有一个席位。")


def _saved(team):
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError:
        raise NotAllowed("本乡镇已有同名团队，请换一个名称。") from None
    return team


def _fill(team, villages, seats):
    """Seats that stay keep their row; the others come and go."""
    team.villages.set(villages)
    team.seats.exclude(post__in=[post.pk for post, _ in seats]).delete()
    for order, (post, kind) in enumerate(seats):
        Seat.objects.update_or_create(team=team, post=post, defaults={"kind": kind, "order": order})


def _record(by, action, team, before, after):
    changed = [key for key in after if before.get(key) != after[key]]
    audit.record(
        by=by,
        action=action,
        subject=team,
        before={key: before[key] for key in changed if key in before},
        after={key: after[key] for key in changed},
        township_id=team.township_id,
    )
