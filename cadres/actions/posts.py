"""Verbs on departments, posts and holdings: dated, never deleted, every one in the trail."""

from django.db import IntegrityError, transaction
from django.db.models import Q

from cadres.models import Department, Holding, Post, User
from cadres.roles import Role, permissions_of
from liaison import audit
from liaison.errors import NotAllowed
from liaison.versions import claim

from .checks import MANAGE_ACCOUNTS, require

# What the keeper of accounts must never come by alone: people's matters, other townships' figures,
# and the trail that watches him.
READS_CASES = frozenset(
    {
        "villages.view_households",
        "villages.reveal",
        "grievances.view",
        "reports.view",
        "liaison.audit",
    }
)


def reads_cases(role: str) -> bool:
    """Whether a role reads households, matters, figures or the audit trail."""
    return bool(permissions_of([role]) & READS_CASES)


@transaction.atomic
def create_department(*, by, township, name, order=0, phone="") -> Department:
    """A new handling unit (承办单位).

    Raises:
        NotAllowed: not his to do, or the name stands already.
    """
    require(by, MANAGE_ACCOUNTS, township)
    try:
        with transaction.atomic():
            unit = Department.objects.create(township=township, name=name, order=order, phone=phone)
    except IntegrityError:
        raise NotAllowed("本乡镇已有同名单位，请核对名称。") from None
    _record(by, "新增单位", unit, after={"名称": name})
    return unit


@transaction.atomic
def abolish_department(*, by, department, on) -> Department:
    """A department no longer stands from a day on; its matters keep its name.

    Raises:
        NotAllowed: not his to do, abolished already, or posts of it still stand.
    """
    require(by, MANAGE_ACCOUNTS, department.township)
    unit = Department.objects.select_for_update(of=("self",)).get(pk=department.pk)
    if unit.abolished_on:
        raise NotAllowed("该单位已撤销。")
    if unit.posts.standing(on).exists():
        raise NotAllowed("该单位还有未撤销的岗位，请先撤销这些岗位。")
    unit.abolished_on = on
    unit.save(update_fields=["abolished_on"])
    _record(by, "撤销单位", unit, after={"撤销日期": str(on)})
    return unit


@transaction.atomic
def create_post(*, by, township, title, role, department=None, village=None, order=0) -> Post:
    """A new post; rights come with its role, to whoever is appointed.

    Raises:
        NotAllowed: not his to do, a department or village of elsewhere or missing, or the title stands already.
    """
    require(by, MANAGE_ACCOUNTS, township)
    if role == Role.HANDLER and department is None:
        raise NotAllowed("承办人岗位须选所属单位，交办的诉求按单位分派。")
    if role == Role.CONTACT and village is None:
        raise NotAllowed("村联络员岗位须选所在村。")
    for place in (department, village):
        if place is not None and place.township_id != township.pk:
            raise NotAllowed("所选单位或村不属于本乡镇。")
    try:
        with transaction.atomic():
            post = Post.objects.create(
                township=township,
                title=title,
                role=role,
                department=department,
                village=village,
                order=order,
            )
    except IntegrityError:
        raise NotAllowed("本乡镇已有同名岗位，请换一个名称。") from None
    _record(by, "新增岗位", post, after={"岗位": title, "角色": post.get_role_display()})
    return post


@transaction.atomic
def abolish_post(*, by, post, on, version=None) -> Post:
    """A post no longer stands from a day on.

    Raises:
        NotAllowed: not his to do, abolished already, still held or still seated in a team.
        Stale: changed by somebody else since the page was opened.
    """
    require(by, MANAGE_ACCOUNTS, post.township)
    post = claim(Post, post.pk, version)
    if post.abolished_on:
        raise NotAllowed("该岗位已撤销。")
    if post.holdings.filter(Q(until=None) | Q(until__gte=on)).exists():
        raise NotAllowed("该岗位在撤销日期仍有人任职，请先办理离任。")
    team = post.seats.filter(team__is_active=True).select_related("team").first()
    if team:
        raise NotAllowed(f"该岗位还是“{team.team}”的成员，请先在团队中调整。")
    if post.household_links.alive(on).exists():
        raise NotAllowed("该岗位还联系着户，请先在“包户联系”中移交给别的岗位。")
    post.abolished_on = on
    post.version += 1
    post.save(update_fields=["abolished_on", "version"])
    _record(by, "撤销岗位", post, after={"撤销日期": str(on)})
    return post


@transaction.atomic
def appoint(*, by, user, post, since, is_main=False) -> Holding:
    """A person takes a post from a day on; one post has one holder at a time.

    Raises:
        NotAllowed: not his to do, another township's person or post, a stopped account, an abolished or
            occupied post, or himself to a post that reads cases (separation of duties).
    """
    require(by, MANAGE_ACCOUNTS, post.township)
    require(by, MANAGE_ACCOUNTS, user.township)
    if user.pk == by.pk and reads_cases(post.role):
        raise NotAllowed(
            "不能给自己任命可查看户情、诉求、统计或审计记录的岗位，请由另一位系统管理员办理。"
        )
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    _require_vacant(user, post, since)
    others = user.holdings.filter(Q(until=None) | Q(until__gte=since))
    is_main = is_main or not others.exists()
    if is_main:
        others.update(is_main=False)
    holding = Holding.objects.create(user=user, post=post, since=since, is_main=is_main)
    _record_holding(by, "任命", holding, {"任职日期": str(since), "主要岗位": is_main})
    return holding


def _require_vacant(user, post, since):
    if not user.is_active:
        raise NotAllowed("该账号已停用，请先启用再任命。")
    if post.abolished_on:
        raise NotAllowed("该岗位已撤销，不能再任命。")
    taken = post.holdings.filter(Q(until=None) | Q(until__gte=since)).select_related("user")
    holding = taken.order_by("-since").first()
    if holding is None:
        return
    if holding.user_id == user.pk:
        raise NotAllowed("此人在该日期已任这一岗位。")
    raise NotAllowed(f"该岗位在该日期由{holding.user}担任，请先办理其离任。")


@transaction.atomic
def end_holding(*, by, holding, until) -> Holding:
    """A person leaves a post; ``until`` is the last day in it. The records keep his name and post.

    Raises:
        NotAllowed: not his to do, ended already, a day before the beginning, or his own administrator's post.
    """
    require(by, MANAGE_ACCOUNTS, holding.post.township)
    holding = (
        Holding.objects.select_for_update(of=("self",)).select_related("post").get(pk=holding.pk)
    )
    if holding.until:
        raise NotAllowed(f"这项任职已于{holding.until}结束。")
    if holding.user_id == by.pk and holding.post.role == Role.ADMIN:
        raise NotAllowed("不能结束自己的系统管理员任职，请由另一位系统管理员办理。")
    if until < holding.since:
        raise NotAllowed(f"离任日期不能早于任职日期{holding.since}。")
    holding.until = until
    holding.save(update_fields=["until"])
    _record_holding(by, "离任", holding, {"离任日期": str(until)})
    return holding


def _record_holding(by, action, holding, after):
    audit.record(
        by=by,
        action=action,
        subject=holding,
        label=f"{holding.user}：{holding.post}（{holding.post.get_role_display()}）",
        after=after,
        township_id=holding.post.township_id,
    )


def _record(by, action, subject, after):
    audit.record(
        by=by, action=action, subject=subject, after=after, township_id=subject.township_id
    )
