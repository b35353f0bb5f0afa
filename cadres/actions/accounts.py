"""Verbs on accounts. Nobody is deleted; a password is never stored in plain, logged or audited."""

import secrets

from axes.utils import reset as forget_attempts
from django.db import IntegrityError, transaction

from cadres.handover import hanging
from cadres.models import User
from liaison import audit
from liaison.errors import NotAllowed
from liaison.versions import claim

from .checks import MANAGE_ACCOUNTS, require

# Without the letters and digits that look alike on paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def initial_password() -> str:
    """Three groups of four, about 59 bits: read out once, changed at the first log-in."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def _label(user) -> str:
    return f"{user.display_name}（{user.username}）"


def _locked(user, by):
    """The account's row, locked; the actor must be its township's administrator."""
    require(by, MANAGE_ACCOUNTS, user.township)
    return User.objects.select_for_update().get(pk=user.pk)


def _save(user, *fields):
    user.version += 1
    user.save(update_fields=[*fields, "version"])


@transaction.atomic
def create_account(*, by, username, display_name, township, email="") -> tuple[User, str]:
    """A new account without any post, hence without any right.

    Returns:
        (the user, the initial password to be read out once).
    Raises:
        NotAllowed: not his to do, or the name is taken.
    """
    require(by, MANAGE_ACCOUNTS, township)
    password = initial_password()
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username, password, display_name=display_name, township=township, email=email
            )
    except IntegrityError:
        raise NotAllowed("这个用户名已有人使用，请换一个。") from None
    audit.record(
        by=by,
        action="新建账号",
        subject=user,
        label=_label(user),
        after={"用户名": username, "姓名": display_name},
        township_id=township.pk,
    )
    return user, password


@transaction.atomic
def edit_account(*, by, user, display_name, email, version, phones=()) -> User:
    """Correct a name, a mail address or, where ``phones`` says any, the phones.

    Raises:
        NotAllowed: not his to do. Stale: changed by somebody else since the page was opened.
    """
    require(by, MANAGE_ACCOUNTS, user.township)
    user = claim(User, user.pk, version)
    before = {"姓名": user.display_name, "有邮箱": bool(user.email), "电话": user.masked_phone}
    user.display_name, user.email = display_name, email
    if phones:
        user.set_phones(phones)
    _save(user, "display_name", "email", "phone", "phone_index")
    after = {"姓名": display_name, "有邮箱": bool(email), "电话": user.masked_phone}
    _record(by, "修改账号", user, before=before, after=after)
    return user


@transaction.atomic
def reset_password(*, by, user) -> str:
    """Give a new initial password; every session of the account ends, and so does its lock.

    Returns:
        The password to be read out once.
    Raises:
        NotAllowed: not his to do, his own account, or an account out of use.
    """
    user = _locked(user, by)
    if user.pk == by.pk:
        raise NotAllowed("修改自己的密码请用右上角的“修改密码”。")
    if not user.is_active:
        raise NotAllowed("该账号已停用，请先启用；启用时会给出新的初始密码。")
    password = _new_password(user)
    _record(by, "重置密码", user)
    return password


@transaction.atomic
def change_own_password(*, by, password) -> None:
    """A new password of one's own; the caller has checked the present one and the validators.

    The sessions elsewhere end, because a session is bound to the password's hash.
    """
    user = User.objects.select_for_update().get(pk=by.pk)
    user.set_password(password)
    user.must_change_password = False
    _save(user, "password", "must_change_password")
    by.password, by.must_change_password, by.version = user.password, False, user.version
    _record(by, "修改密码", user)


@transaction.atomic
def deactivate(*, by, user, today) -> User:
    """Stop an account: it cannot sign in, and its sessions end. What it wrote stays.

    Raises:
        NotAllowed: not his to do, his own account, stopped already, or something hangs on him still: posts,
            or matters that name him. They are handed over first (``hand_over_post``).
    """
    user = _locked(user, by)
    if user.pk == by.pk:
        raise NotAllowed("不能停用自己的账号，请由另一位系统管理员办理。")
    if not user.is_active:
        raise NotAllowed("该账号已是停用状态。")
    if left := hanging(user, today=today):
        said = "、".join(f"{item.title}（{item.count}{item.unit}）" for item in left)
        raise NotAllowed(f"{user}名下还有：{said}。请先逐个岗位办理交接，再停用账号。")
    user.is_active = False
    _save(user, "is_active")
    _record(by, "停用账号", user, before={"状态": "启用"}, after={"状态": "停用"})
    return user


@transaction.atomic
def reactivate(*, by, user) -> str:
    """Let an account sign in again, with a new initial password: its old sessions stay ended.

    Returns:
        The password to be read out once.
    Raises:
        NotAllowed: not his to do, or in use already.
    """
    user = _locked(user, by)
    if user.is_active:
        raise NotAllowed("该账号已是启用状态。")
    user.is_active = True
    _save(user, "is_active")
    password = _new_password(user)
    _record(by, "启用账号", user, before={"状态": "停用"}, after={"状态": "启用"})
    return password


def _new_password(user) -> str:
    password = initial_password()
    user.set_password(password)
    user.must_change_password = True
    _save(user, "password", "must_change_password")
    forget_attempts(username=user.username)
    return password


def _record(by, action, user, **changes):
    audit.record(
        by=by,
        action=action,
        subject=user,
        label=_label(user),
        township_id=user.township_id,
        **changes,
    )
