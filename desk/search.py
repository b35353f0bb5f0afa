"""全局查找: by name, sound, initials, number or last four; only what the reader may see, and why it was found.

People and households are read by their search words (docs/decisions/0016); villages and matters are few.
"""

from typing import NamedTuple

from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from grievances.models import Grievance
from liaison.personal import mask_id, mask_phone
from villages.looking import Look
from villages.met import SIGILS, Met, explain
from villages.models import Household, Resident, Village
from villages.search import PHONE_TAIL
from villages.typed import Typed

SHOWN, SUGGESTED = 20, 5
LAST_LETTER = "\U0010ffff"
DIVISION_DIGITS = 9  # of a village's code; fewer begin every code of the county
LEFT = {
    Resident.Left.DIED: "已死亡",
    Resident.Left.MOVED_OUT: "已迁出",
    Resident.Left.DUPLICATE: "重复登记",
}


class Hit(NamedTuple):
    """One line of the answer: the name with what was typed of it, why it is here, where it is.

    The order of the fields is that of the templates that unpack it (rows/desk/found.html, suggestions.html).
    """

    met: Met
    detail: str
    url: str
    state: str = ""


class Found(NamedTuple):
    """What was found of one kind, and whether there is more.

    Attributes:
        more_url: where all of it is listed, when there is more; "" when nowhere.
    """

    heading: str
    hits: list[Hit]
    more: bool
    more_url: str


def find(user, typed: Typed, shown: int = SHOWN) -> list[Found]:
    """Everything the text may mean, at most ``shown`` of a kind; kinds without a hit are left out."""
    if not typed.text:
        return []
    kinds = [
        ("villages.view_households", "居民", _residents, "villages:residents"),
        ("villages.view_households", "户", _households, "villages:households"),
        ("villages.view", "村(社区)", _villages, "villages:villages"),
        ("grievances.view", "诉求", _grievances, "grievances:ledger"),
    ]
    look, found = Look(user, typed), []
    for permission, heading, reads, listed in kinds:
        hits = reads(look, typed, shown + 1) if user.has_perm(permission) else []
        if hits:
            more = len(hits) > shown
            found.append(Found(heading, hits[:shown], more, _all_of(listed, typed) if more else ""))
    return found


def _all_of(listed, typed):
    """Where all of a kind is listed; "" for a whole number, which never stands in an address."""
    return "" if typed.is_personal else f"{reverse(listed)}?{urlencode({'q': typed.text})}"


def begins(field, text) -> Q:
    """``field`` begins with ``text``. In SQLite's order, that of code points, it is a range that its index takes."""
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": text + LAST_LETTER})
    return Q(**{f"{field}__startswith": text})


def _residents(look, typed, limit):
    met, address = look.residents(limit), _addresses("villages:household")
    return [_resident_hit(row, explain(row.name, word, typed), address) for row, word in met]


def _addresses(name):
    """pk -> the page's address: asked of the router once, for forty hits."""
    before, _, after = reverse(name, args=[0]).rpartition("0")
    return lambda pk: f"{before}{pk}{after}"


def _resident_hit(row, met, address):
    home = f"{row.village__name}{row.household__group__name}{row.household__number}户"
    number = mask_id(row.id_number)
    if met.why == SIGILS[PHONE_TAIL]:
        number = "、".join(mask_phone(each) for each in row.phones.split("、"))
    state = LEFT.get(row.left_as, "已离册") if row.left_on else ""
    detail = " ".join(filter(None, (home, row.relation, number)))
    return Hit(met, detail, address(row.household_id), state)


def _households(look, typed, limit):
    met, address = look.households(limit), _addresses("villages:household")
    return [_household_hit(row, explain(row.head_name, word, typed), address) for row, word in met]


def _household_hit(row, met, address):
    name = met if row.head_name else Met(met.why, "待定户主")
    residence = Household.Residence(row.residence)
    gone = residence == Household.Residence.CANCELLED
    place = f"{row.village__name}{row.group__name} {row.number}"
    detail = place if gone else f"{place} {residence.label}"
    return Hit(name, detail, address(row.pk), residence.label if gone else "")


def _villages(look, typed, limit):
    word, code = typed.word, typed.bare
    if word:
        like = Q(name__contains=word)
        if word.isascii():
            like |= Q(pinyin__startswith=word) | Q(pinyin__contains=f" {word}")
    elif code.isdigit() and len(code) >= DIVISION_DIGITS:
        like = Q(code__startswith=code)
    else:
        return []
    rows = Village.objects.visible_to(look.user).filter(like).in_order()
    rows = rows.values_list("code", "name", "township__name", named=True)
    return [_village_hit(row, typed) for row in rows[:limit]]


def _village_hit(row, typed):
    url = reverse("villages:village", args=[row.code])
    before, mark, after = row.name.partition(typed.word)
    if mark:
        return Hit(Met("村名", before, mark, after), row.township__name, url)
    why = "区划代码" if typed.bare.isdigit() else "村名拼音"
    return Hit(Met(why, row.name), row.township__name, url)


def _grievances(look, typed, limit):
    """By the number, with the township's prefix or without it."""
    number = "".join(typed.text.upper().split())
    user = look.user
    prefixes = {place.ledger_prefix.upper() for place in user.townships_for("grievances.view")}
    if not any(map(str.isdigit, number)) and not any(each.startswith(number) for each in prefixes):
        return []
    like = begins("number", number)
    for prefix in sorted(prefixes):
        like |= begins("number", f"{prefix}-{number}")
    rows = Grievance.objects.visible_to(user).filter(like).select_related("village")
    # No whole rows: what is not shown would be decrypted for nothing.
    rows = rows.only(
        "number", "summary", "status", "checked_on", "verified_on", "village_words", "village__name"
    )  # fmt: skip
    return [_grievance_hit(row, number) for row in rows.order_by("-number")[:limit]]


def _grievance_hit(row, number):
    detail = f"{row.village_name} {row.summary}({row.get_status_display()})"
    before, mark, after = row.number.partition(number)
    met = Met("台账编号", before, mark, after)
    return Hit(met, detail, reverse("grievances:detail", args=[row.number]))
