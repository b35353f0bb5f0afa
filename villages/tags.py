"""Which 人群标签 a person may see: sensitive ones are for the team fixed to the village."""

from django.db.models import Q

from .models import ResidentTag, TagHolding


def team_villages(user) -> frozenset[int]:
    """Ids of the villages whose sensitive tags this user sees: where he is fixed and may write."""
    if not user.has_perm("villages.edit_households"):
        return frozenset()
    return user.village_scope("villages.edit_households").villages


def visible_tags(user, village_id: int | None = None):
    """Tags this user may see in a village; with no village, in any of his."""
    of_team = team_villages(user)
    allowed = bool(of_team) if village_id is None else village_id in of_team
    return ResidentTag.objects.all() if allowed else ResidentTag.objects.filter(sensitive=False)


def tags_shown(user, resident) -> list[TagHolding]:
    """The holdings of one resident, found ``with_tags``, whose tag this user may see; no query of its own."""
    of_team = resident.village_id in team_villages(user)
    return [held for held in resident.tags_now if of_team or not held.tag.sensitive]


def holdings_shown(user):
    """The TagHoldings of one's territory whose tag one may see."""
    allowed = Q(tag__sensitive=False) | Q(resident__village__in=team_villages(user))
    return TagHolding.objects.visible_to(user).filter(allowed)
