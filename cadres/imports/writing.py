"""Storing people, posts and holdings of a list; shared by schedules and lists of cadres."""

import re

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError
from django.db.models import Max
from pypinyin import lazy_pinyin

from cadres.models import Holding, Post, User
from liaison.errors import NotAllowed
from villages.models import Township

from .registry import stamp

MOVED_ON = "人员、岗位或团队在预览之后又有变动，预览已不准确。请重新上传，再看一遍预览后确认。"
BATCH = 500


class Changing:
    """A block that stores: the township held, nothing changed since the staging, collisions told."""

    def __init__(self, registry):
        self.registry = registry

    def __enter__(self):
        """Two imports of one township come one after the other, and the second sees the first."""
        Township.objects.select_for_update(no_key=True).get(pk=self.registry.township.pk)
        if stamp(self.registry.township) != self.registry.stamp:
            raise NotAllowed(MOVED_ON)

    def __exit__(self, kind, error, trace):
        if kind and issubclass(kind, IntegrityError):  # somebody was entered in the same moment
            raise NotAllowed(MOVED_ON) from error


def store_people(people, registry, trace, lines):
    """Make who is new (nobody can sign in yet) and keep the phones that became known; ``lines`` of the trail grow.

    Each Who has its ``user`` afterwards.
    """
    new = [who for who in people if who.user is None]
    taken = {who.username for who in new if who.username}
    made = usernames((who.name for who in new if not who.username), taken)
    names = [who.username or next(made) for who in new]
    for who, username in zip(new, names, strict=True):
        who.user = User(
            username=username,
            display_name=who.name,
            township=registry.township,
            password=make_password(None),
            email=who.email,
        )
        who.user.set_phones(list(who.phones))
    User.objects.bulk_create([who.user for who in new], batch_size=BATCH)
    trace.created([who.user for who in new])
    lines += [
        {
            "action": "导入新增人员",
            "subject": who.user,
            "label": f"{who.name}（{who.user.username}）",
            "after": {
                "姓名": who.name,
                "可登录": "否",
                "岗位": "、".join(p.title for p in who.posts),
            },
            "township_id": registry.township.pk,
        }
        for who in new
    ]


def learn_contacts(people, registry, trace, lines):
    """Keep the phones and mail addresses that became known of stored people."""
    for who in people:
        learns_email = bool(who.email) and not who.is_new
        if not (who.learns_phone or learns_email):
            continue
        user = User.objects.select_for_update(of=("self",)).get(pk=who.user.pk)
        before = {"phone": user.phone, "phone_index": user.phone_index, "email": user.email}
        said = {"联系电话": user.masked_phone, "有邮箱": bool(user.email)}
        if who.learns_phone:
            user.set_phones(list(who.phones))
        user.email = who.email or user.email
        user.version += 1
        user.save(update_fields=["phone", "phone_index", "email", "version"])
        trace.changed(user, before)
        lines.append(
            {
                "action": "导入修改人员",
                "subject": user,
                "label": f"{user.display_name}（{user.username}）",
                "before": said,
                "after": {"联系电话": user.masked_phone, "有邮箱": bool(user.email)},
                "township_id": registry.township.pk,
            }
        )


def store_posts(planned, registry, trace):
    """Make the posts that are new and appoint their people from today on."""
    last = Post.objects.filter(township=registry.township).aggregate(last=Max("order"))["last"] or 0
    new = [plan for plan in planned if plan.post is None]
    for number, plan in enumerate(new, 1):
        plan.post = Post(
            township=registry.township,
            title=plan.title,
            role=plan.role,
            village=plan.village,
            department=plan.department,
            order=min(last + number, 32000),
        )
    Post.objects.bulk_create([plan.post for plan in new], batch_size=BATCH)
    trace.created([plan.post for plan in new])
    holdings, begun = [], set()
    for plan in planned:
        main = plan.who.user.pk not in begun and not registry.posts_of[plan.who.user.pk]
        begun.add(plan.who.user.pk)
        since = plan.since or registry.on
        holdings.append(Holding(user=plan.who.user, post=plan.post, since=since, is_main=main))
    Holding.objects.bulk_create(holdings, batch_size=BATCH)
    trace.created(holdings)


def usernames(names, taken=()):
    """Names of sign-in from the sound, each once in the whole house: zhangsan, zhangsan2 …

    Args:
        taken: names the same list gives to others.
    """
    names = [_sound(name) for name in names]
    stems = tuple(dict.fromkeys(names))
    taken = set(taken)
    for start in range(0, len(stems), BATCH):
        pattern = "|".join(re.escape(stem) for stem in stems[start : start + BATCH])
        rows = User.objects.filter(username__regex=rf"^({pattern})[0-9]*$")
        taken |= set(rows.values_list("username", flat=True))
    for name in names:
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name}{number}"
        taken.add(free)
        yield free


def _sound(name):
    sound = re.sub(r"[^a-z0-9._-]", "", "".join(lazy_pinyin(name)).lower()).lstrip("._-")[:24]
    return sound if len(sound) > 1 else "renyuan"
