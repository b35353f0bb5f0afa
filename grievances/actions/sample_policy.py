"""每月回访抽样: whether a township's sample is drawn by itself, how much, and who asks."""

from django.db import transaction

from grievances.models import FollowUpPolicy
from liaison import audit, versions
from liaison.clock import local_date
from liaison.errors import NotAllowed

from .drawing import PERMISSION


@transaction.atomic
def set_follow_up_policy(*, by, township, now, version, share, posts, is_active) -> FollowUpPolicy:
    """Set it, or change it; months before the one it was set in are not drawn by themselves.

    Args:
        version: of the row, 1 while there is none yet: of two who set the first one, one is told.
    Raises:
        Stale: somebody changed it in between. NotAllowed: wrong hands.
    """
    if not by.has_perm(PERMISSION) or township.pk not in by.village_scope(PERMISSION).townships:
        raise NotAllowed("回访抽样规则由镇驻点办、镇领导或督查组设定。")
    since = local_date(now).replace(day=1)
    policy, is_new = FollowUpPolicy.objects.get_or_create(
        township=township, defaults={"share": share, "since": since, "is_active": is_active}
    )
    before = {} if is_new else _told(policy)
    policy = versions.claim(FollowUpPolicy, policy.pk, version)
    policy.share, policy.is_active, policy.tried_on = share, is_active, None
    policy.version += 1
    policy.save()
    policy.posts.set(posts)
    audit.record(
        by=by, action="设定回访抽样规则", subject=policy, before=before, after=_told(policy),
        township_id=township.pk,
    )  # fmt: skip
    return policy


def _told(policy):
    return {
        "抽取比例": f"{policy.share}%",
        "每月自动抽取": "是" if policy.is_active else "否",
        "回访岗位": "、".join(post.title for post in policy.posts.order_by("pk")),
    }
