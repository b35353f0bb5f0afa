"""全局查找: by number, name, sound or a full ID or phone number; only what the reader may see.

Every look-up begins at the beginning of a word, so that an index answers it; ``%`` and ``_`` are letters.
"""

import re
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.urls import reverse

from grievances.models import Grievance
from liaison.personal import blind_index
from villages.models import Household, Resident, Village
from villages.roster.text import as_searched

SHOWN = 20
SHORTEST = 1
LONGEST = 50
LAST_LETTER = "\U0010ffff"
_ID_NUMBER = re.compile(r"\d{17}[\dXx]|\d{15}")
_PHONE = re.compile(r"1\d{10}")


@dataclass(frozen=True)
class Hit:
    """One line of the answer."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Found:
    """What was found of one kind: at most SHOWN lines, and whether there were more."""

    heading: str
    hits: list[Hit]
    more: bool


def tidy(text: str) -> str:
    """What was typed, without blanks around it or inside a name, and of bearable length."""
    return as_searched(text)[:LONGEST]


def is_personal(text: str) -> bool:
    """Whether this is a whole ID or phone number: kept out of addresses and never echoed."""
    bare = text.replace(" ", "").replace("-", "")
    return bool(_ID_NUMBER.fullmatch(bare) or _PHONE.fullmatch(bare))


def find(user, text: str) -> list[Found]:
    """Everything the text may mean, kind by kind; one query a kind. Kinds without a hit are left out."""
    if len(text) < SHORTEST:
        return []
    kinds = [
        ("grievances.view", "诉求", _grievances, _grievance_hit),
        ("villages.view", "村(社区)", _villages, _village_hit),
        ("villages.view_households", "户", _households, _household_hit),
        ("villages.view_households", "居民", _residents, _resident_hit),
    ]
    found = []
    for permission, heading, look, hit in kinds:
        if not user.has_perm(permission):
            continue
        rows = list(look(user, text)[: SHOWN + 1])
        if rows:
            found.append(Found(heading, [hit(row) for row in rows[:SHOWN]], len(rows) > SHOWN))
    return found


def begins(field, text) -> Q:
    """``field`` begins with ``text``. SQLite takes its index only when the range is said beside it."""
    like = Q(**{f"{field}__startswith": text})
    if connection.vendor == "sqlite":
        like &= Q(**{f"{field}__gte": text, f"{field}__lt": text + LAST_LETTER})
    return like


def by_sound(field, text) -> Q:
    """The whole sound or the initials ("zhangsan zs"), within the names of the same first letter."""
    sound = text.lower()
    if not (sound.isascii() and sound.isalpha()):
        return Q(pk__in=())
    return begins(field, sound[0]) & (
        Q(**{f"{field}__startswith": sound}) | Q(**{f"{field}__contains": f" {sound}"})
    )


def _grievances(user, text):
    prefix = user.township.ledger_prefix if user.township else ""
    like = begins("number", text.upper()) | begins("number", f"{prefix}-{text}")
    rows = (
        Grievance.objects.visible_to(user).filter(like)
        if text[0].isalnum()
        else Grievance.objects.none()
    )
    return rows.select_related("village").order_by("-number")


def _villages(user, text):
    like = Q(name__contains=text) | Q(pinyin__startswith=text.lower()) | Q(code__startswith=text)
    like |= Q(pinyin__contains=f" {text.lower()}")
    return Village.objects.visible_to(user).filter(like).select_related("township").in_order()


def _households(user, text):
    """By head, or by the whole number in one of one's villages."""
    named = Household.objects.filter(begins("head_name", text) | by_sound("head_pinyin", text))
    numbered = Household.objects.filter(
        village__in=Village.objects.visible_to(user).values("pk"), number=text
    )
    like = Q(pk__in=named.values("pk")) | Q(pk__in=numbered.values("pk"))
    rows = Household.objects.visible_to(user).filter(like).select_related("village", "group")
    return rows.order_by("village_id", "group_id", "number")


def _residents(user, text):
    """By name; by a whole ID or phone number through its blind index."""
    bare = text.replace(" ", "").replace("-", "").upper()
    if _ID_NUMBER.fullmatch(bare):
        like = Q(id_index=blind_index(bare, "id"))
    elif _PHONE.fullmatch(bare):
        like = Q(phone_index=blind_index(bare, "phone"))
    else:
        like = begins("name", text) | by_sound("pinyin", text)
    named = Resident.objects.filter(like).values("pk")
    rows = Resident.objects.visible_to(user).filter(pk__in=named).present()
    return rows.select_related("village", "household__group").order_by(
        "village_id", "household_id", "pk"
    )


def _grievance_hit(row):
    detail = f"{row.village} {row.summary}({row.get_status_display()})"
    return Hit(row.number, detail, reverse("grievances:detail", args=[row.number]))


def _village_hit(row):
    return Hit(row.name, row.township.name, reverse("villages:village", args=[row.code]))


def _household_hit(row):
    detail = f"{row.village} {row.group} {row.number}({row.get_residence_display()})"
    return Hit(row.head_name or "待定户主", detail, reverse("villages:household", args=[row.pk]))


def _resident_hit(row):
    home = row.household
    detail = f"{row.village} {home.group} {home.number}户 {row.relation} {row.masked_id}".strip()
    return Hit(row.name, detail, reverse("villages:household", args=[row.household_id]))
