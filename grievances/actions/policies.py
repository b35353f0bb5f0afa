"""Setting the time limits. A row changed moves no matter that already has its date."""

from django.db import transaction

from grievances.models import ConfidentialPolicy, DeadlinePolicy
from liaison import audit, versions
from liaison.errors import NotAllowed

FACTS = (
    "name", "category", "kind", "source", "level", "urgent", "amount", "unit", "start",
    "warn_before", "extend_by", "approver", "basis", "is_active",
)  # fmt: skip


@transaction.atomic
def add_policy(*, by, township, **facts) -> DeadlinePolicy:
    """A township's own row; ``facts`` are those of FACTS."""
    require_own(by, township)
    policy = DeadlinePolicy.objects.create(township=township, **facts)
    audit.record(by=by, action="新增办理时限", subject=policy, after=_told(policy))
    return policy


@transaction.atomic
def change_policy(*, policy, by, version, **facts) -> DeadlinePolicy:
    """Change a township's own row; matters dated by an earlier version keep their dates.

    Raises:
        Stale: somebody changed it in between. NotAllowed: a general row, or another township's.
    """
    try:
        policy = versions.claim(DeadlinePolicy.objects.visible_to(by), policy.pk, version)
    except DeadlinePolicy.DoesNotExist as gone:
        raise NotAllowed("没有这条办理时限。") from gone
    require_own(by, policy.township)
    before = _told(policy)
    for name, value in facts.items():
        setattr(policy, name, value)
    policy.version += 1
    policy.save()
    audit.record(by=by, action="修改办理时限", subject=policy, before=before, after=_told(policy))
    return policy


def require_own(by, township):
    """Refuse whoever may not set this township's limits; ``township`` None is a general row.

    Raises:
        NotAllowed: in words.
    """
    if not by.has_perm("grievances.policies"):
        raise NotAllowed("您的岗位不能设定办理时限。")
    if township is None:
        raise NotAllowed("通用时限不能直接修改，请为本镇另设一条。")
    if township.pk not in by.village_scope("grievances.policies").townships:
        raise NotAllowed("只能设定本镇的办理时限。")


def _told(policy):
    return {
        str(DeadlinePolicy._meta.get_field(name).verbose_name): _in_words(policy, name)
        for name in FACTS
    }


def _in_words(policy, name) -> str:
    """One field as the page prints it: codes by their names, 是 or 否, nothing for nothing."""
    value = getattr(policy, name)
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None:
        return ""
    if display := getattr(policy, f"get_{name}_display", None):
        return str(display())
    return str(value)


@transaction.atomic
def set_confidential_rules(*, by, township, desk_post, least_told) -> ConfidentialPolicy:
    """涉密规则 of one's township; matters that came before keep the people they name.

    Raises:
        NotAllowed: another township's, or a post of one.
    """
    require_own(by, township)
    if desk_post is not None and desk_post.township_id != township.pk:
        raise NotAllowed("请选择本镇的岗位。")
    facts = {"desk_post": desk_post, "least_told": least_told}
    rules, _ = ConfidentialPolicy.objects.update_or_create(township=township, defaults=facts)
    told = {"专办岗位": str(desk_post or "镇领导"), "少于几件不列数": least_told}
    audit.record(by=by, action="设定涉密规则", subject=rules, after=told)
    return rules
