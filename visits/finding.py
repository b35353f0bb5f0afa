"""Find a household of a village by what somebody types: number, name, sound or group."""

import re

from django.db.models import Case, IntegerField, Q, When

from villages.models import Household
from villages.roster.text import as_searched

SHOWN = 8
IN_ORDER = ("group__number", "number", "pk")
LONGEST_NUMBER = 8  # with its noughts
_GROUP = re.compile(r"^第?(\d{1,3})组\s*")


class Unclear(Exception):
    """What was typed names no household, or several; ``str()`` says what to do."""


def in_words(household) -> str:
    """「001 周大山」: what a choice writes into the field, and what ``resolve`` takes back."""
    return f"{household.number} {household.head_name}".strip()


def suggest(village, text: str) -> list[Household]:
    """Households of a village that what was typed may mean, at most SHOWN: the one of that very number, or of that
    number with noughts before it, goes first; then the order of the roll."""
    text = as_searched(text)
    rows = _candidates(village, text)
    if text.isdigit():
        rows = rows.alias(away=_from_that_number(text)).order_by("away", *IN_ORDER)
    return list(rows[:SHOWN])


def resolve(village, text: str) -> Household:
    """The one household a text means.

    Raises:
        Unclear: none, or more than one; the sentence lists the candidates.
    """
    text = as_searched(text)
    if exact := _exact(village, text):
        return exact
    found = suggest(village, text)
    named = [each for each in found if each.head_name == text] or found
    if len(named) == 1:
        return named[0]
    if not named:
        raise Unclear(
            f"{village}没有找到“{text[:20]}”，请核对户编号或户主姓名；不在花名册上的，请填来访人。"
        )
    names = "、".join(f"{in_words(each)}({each.group})" for each in named[:5])
    raise Unclear(f"“{text[:20]}”可能是：{names}。请改填户编号。")


def _exact(village, text):
    """By the number alone, or by number and name as a choice writes them."""
    number, _, name = text.partition(" ")
    rows = Household.objects.filter(village=village, number__in={text, number})
    found = {row.number: row for row in rows.order_by()}
    if text in found:
        return _going_on(found[text])
    named = number in found and found[number].head_name == name
    return _going_on(found[number]) if named else None


def _going_on(household):
    """The household, or the one it was joined to. A cancelled one stays: a visit may be written down late."""
    while household.merged_into_id:
        household = household.merged_into
    return household


def _candidates(village, text):
    rows = Household.objects.filter(village=village).exclude(residence="cancelled")
    if group := _GROUP.match(text):
        rows, text = rows.filter(group__number=int(group[1])), text[group.end() :].strip()
    if text:
        rows = rows.filter(_like(village, text))
    return rows.select_related("group").order_by(*IN_ORDER)


def _like(village, text):
    sound = text.lower()
    like = Q(head_name__startswith=text) | Q(number__startswith=text)
    like |= Q(group__name=text) | Q(pk__in=_of_member(village, text))
    if sound.isascii() and sound.isalpha():
        like |= Q(head_pinyin__startswith=sound) | Q(head_pinyin__contains=f" {sound}")
    if text.isdigit():
        like |= Q(number__endswith=text)  # 12 for 012
    return like


def _from_that_number(text):
    """0 for the household whose number was typed whole, 1 where only the noughts were left out, else 2."""
    with_noughts = [text.zfill(length) for length in range(len(text) + 1, LONGEST_NUMBER + 1)]
    return Case(
        When(number=text, then=0), When(number__in=with_noughts, then=1), default=2,
        output_field=IntegerField(),
    )  # fmt: skip


def _of_member(village, name):
    """Households in which somebody of that name lives."""
    members = village.residents.filter(name=name, left_on=None)
    return members.values("household_id")
