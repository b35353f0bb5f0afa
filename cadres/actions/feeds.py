"""What happens to calendar feeds: an address made or replaced, or put out of use."""

import secrets

from django.db import transaction

from cadres.models import CalendarFeed
from cadres.models.feeds import READS, digest_of, may_follow
from liaison import audit
from liaison.errors import NotAllowed


@transaction.atomic
def issue(*, by, now, team=None) -> str:
    """A new address for one's own days, or a team's; the one before stops at once.

    Returns:
        The token (43 characters); only its keyed hash is stored, so it cannot be read out again.
    Raises:
        NotAllowed: no right to read liaison days, or neither in the team nor of the office that forms it.
    """
    if not by.has_perm(READS):
        raise NotAllowed("您的岗位不查看驻点日，不能订阅。")
    if team is not None and not may_follow(by, team):
        raise NotAllowed("只有本团队成员和镇驻点办可以订阅这个团队的驻点日。")
    token = secrets.token_urlsafe(32)
    facts = {"digest": digest_of(token), "made_at": now, "revoked_at": None}
    feed, is_new = CalendarFeed.objects.update_or_create(owner=by, team=team, defaults=facts)
    _note(feed, by, "生成日历订阅" if is_new else "更换日历订阅地址")
    return token


@transaction.atomic
def revoke(*, feed, by, now) -> None:
    """The address opens no more; one already out of use stays so.

    Raises:
        NotAllowed: somebody else's.
    """
    if feed.owner_id != by.pk:
        raise NotAllowed("只能停用自己的订阅。")
    feed = CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    if feed.revoked_at is None:
        feed.revoked_at = now
        feed.save(update_fields=["revoked_at"])
        _note(feed, by, "停用日历订阅")


def _note(feed, by, act):
    township = feed.team.township_id if feed.team_id else by.township_id
    audit.record(by=by, action=act, subject=feed, label=str(feed), township_id=township)
