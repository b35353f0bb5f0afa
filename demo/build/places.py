"""Real villages, 片 and 组 in the published numbers, and invented households."""

import datetime as dt
import random

from demo import people
from villages.models import (
    Group,
    Household,
    Resident,
    ResidentTag,
    Section,
    TagHolding,
    Township,
    Village,
)
from villages.pinyin import search_key
from villages.search import refresh_households, refresh_residents

from .scale import Build

SECTION_NAMES = ("东片", "西片", "南片", "北片", "中片", "新片")
RESIDENCE = ("resident",) * 16 + ("seasonal",) * 2 + ("away",) * 2 + ("vacant",)
BATCH = 2000
# (relation to the head, sex, years younger than the head, how likely)
RELATIVES = (
    ("妻", "F", (-3, 6), 0.75),
    ("子", "M", (22, 30), 0.6),
    ("女", "F", (22, 30), 0.45),
    ("儿媳", "F", (23, 31), 0.25),
    ("孙子", "M", (46, 56), 0.2),
    ("母亲", "F", (-28, -20), 0.15),
)


def sections_and_groups(build: Build, villages: list[Village]) -> None:
    """片 and 组 of every village, groups in the order of their numbers."""
    shares = zip(
        villages,
        build.share(build.place.sections, len(villages)),
        build.share(build.place.groups, len(villages)),
        strict=True,
    )
    groups = []
    for village, sections, count in shares:
        made = Section.objects.bulk_create(
            Section(village=village, name=SECTION_NAMES[i]) for i in range(sections)
        )
        groups += [
            Group(
                village=village,
                section=made[i * sections // count],
                name=f"第{i + 1}组",
                number=i + 1,
            )
            for i in range(count)
        ]
    Group.objects.bulk_create(groups)


def households(build: Build, township: Township, villages: list[Village]) -> None:
    """Households and residents of every village that has handed in its roster."""
    settled = [village for village in villages if village.name not in build.empty_villages]
    rows = []
    for village, count in zip(settled, build.share(build.households, len(settled)), strict=True):
        groups = list(village.groups.order_by("number"))
        for group, of_group in zip(groups, build.share(count, len(groups)), strict=True):
            rows += [_household(build, township, village, group, i + 1) for i in range(of_group)]
    Household.objects.bulk_create(rows, batch_size=BATCH)
    _residents(build, rows)


def _household(build, township, village, group, serial):
    head = people.name(build.rng, "M" if build.rng.random() < 0.8 else "F")
    return Household(
        township=township,
        village=village,
        group=group,
        # Not the nine digits of the sample rosters: an imported household is never a demo one.
        number=f"{group.number:02d}-{serial:03d}",
        head_name=head,
        head_pinyin=search_key(head),
        address=f"{village.name}{group.name}{serial}号",
        residence=build.rng.choice(RESIDENCE),
    )


def _residents(build, rows):
    tags = {tag.name: tag for tag in ResidentTag.objects.all()}
    taken: set[str] = set()
    members, links = [], []
    for household in rows:
        family = _family(build, household, taken)
        household.residents_count = len(family)
        members += family
    Resident.objects.bulk_create(members, batch_size=BATCH)
    Household.objects.bulk_update(rows, ["residents_count"], batch_size=BATCH)
    refresh_households(rows, new=True)
    refresh_residents(members, new=True)
    days = random.Random(build.seed + 2)  # apart from the build's own: nothing else moves
    for member in members:
        links += [_carried(build, days, member, tags[name]) for name in _tags(build, member, tags)]
    TagHolding.objects.bulk_create(links, batch_size=BATCH)


def _carried(build, days, member, tag):
    """A tag given some time in the last fourteen months; a few ended, a few end soon."""
    start = build.today - dt.timedelta(days=days.randrange(10, 420))
    start = max(start, member.birth_date or start)
    return TagHolding(
        resident=member, tag=tag, valid_from=start, valid_until=tag.proposed_until(start)
    )


def _family(build, household, taken):
    rng, today = build.rng, build.today
    head_born = people.birth_date(rng, 30, 84, today)
    head_sex = "M" if household.head_name[1] in people.MALE else "F"
    family = [_person(build, household, household.head_name, "户主", head_sex, head_born, taken)]
    for relation, sex, (low, high), likely in RELATIVES:
        born = head_born + dt.timedelta(days=365 * rng.randrange(low, high) + rng.randrange(365))
        too_odd = (
            born > today or (today - born).days > 99 * 365 or (relation == "妻" and head_sex == "F")
        )
        if rng.random() < likely and not too_odd:
            surname = household.head_name[0] if relation in ("子", "女", "孙子") else ""
            name = people.name(rng, sex, surname)
            family.append(_person(build, household, name, relation, sex, born, taken))
    return family


def _person(build, household, name, relation, sex, born, taken):
    person = Resident(
        township_id=household.township_id,
        village_id=household.village_id,
        household=household,
        name=name,
        pinyin=search_key(name),
        relation=relation,
        sex=sex,
        birth_date=born,
    )
    number = people.id_number(build.rng, born, sex, taken)
    person.birth_date = dt.datetime.strptime(number[6:14], "%Y%m%d").date()  # noqa: DTZ007 - a date without a time
    person.set_id_number(number)
    if person.age(build.today) >= 16 and build.rng.random() < 0.75:
        person.set_phones([people.phone(build.rng)])
    return person


def _tags(build, member, tags):
    rng, age = build.rng, member.age(build.today)
    wanted = {
        "低保": rng.random() < 0.05,
        "残疾": rng.random() < 0.04,
        "党员": age > 20 and rng.random() < 0.06,
        "外出务工": 18 < age < 55 and rng.random() < 0.2,
        "留守儿童": age < 14 and rng.random() < 0.2,
        "独居老人": age > 70 and member.relation == "户主" and rng.random() < 0.15,
        "退役军人": age > 22 and member.sex == "M" and rng.random() < 0.03,
    }
    return [name for name, has in wanted.items() if has and name in tags]
