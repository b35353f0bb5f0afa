"""包户联系 of the demo township: a cadre and a 村民代表 for almost every household, as 大瑶镇 has them.

大瑶镇 publishes 1,756 representatives of 5–15 households each for 24,000; a smaller build has as many per
household. A few households wait for somebody, one representative has too many and one too few.
"""

from cadres.models import HouseholdLink, LinkPolicy, Representative, User
from villages.models import Household, Township, Village

from .scale import Build

LEAST, MOST = 5, 15
SHARES = (14, 13, 15, 12, 14)  # 户 each, in turn: 13.6 on the average, as published
TOO_MANY, TOO_FEW = 18, 3
WAITING = 90  # every so many households one is linked to nobody yet
BATCH = 2000
KIND = HouseholdLink.Kind


def links(build: Build, township: Township, villages: list[Village], posts) -> None:
    """Bounds, representatives and links, from the first day of the story.

    Args:
        posts: the posts by title.
    """
    LinkPolicy.objects.get_or_create(
        township=township,
        kind=KIND.REPRESENTATIVE,
        since=build.start,
        defaults={"least": LEAST, "most": MOST},
    )
    contact = User.objects.get(username="lianluo")
    made = []
    for position, village in enumerate(villages):
        homes = Household.objects.on_the_roll().filter(village=village)
        homes = list(homes.select_related("group").order_by("group__number", "number"))
        homes = [home for n, home in enumerate(homes, 1) if n % WAITING]
        made += _of_representatives(build, village, homes, contact if position == 0 else None)
        made += _of_cadres(build, village, homes, posts)
    HouseholdLink.objects.bulk_create(made, batch_size=BATCH)


def _of_representatives(build, village, homes, contact):
    made, shares = [], _shares(len(homes), first=contact is not None)
    for serial, share in enumerate(shares):
        own, homes = homes[:share], homes[share:]
        user = contact if serial == 0 else None
        made += _linked(build, _representative(build, own[0], user), own)
    return made


def _shares(number, first) -> list[int]:
    """How many households each representative of a village has."""
    shares, left = ([9, TOO_MANY, TOO_FEW] if first and number > 60 else []), number
    left -= sum(shares)
    while left > 0:
        share = min(SHARES[len(shares) % len(SHARES)], left)
        if share < LEAST and shares:  # the last few go to the one before
            shares[-1] += share
            break
        shares.append(share)
        left -= share
    return shares


def _representative(build, home, user):
    """The head of the first of his households; with an account, the contact himself."""
    head = None if user else home.residents.filter(relation="户主").first()
    return Representative.objects.create(
        village_id=home.village_id,
        group=home.group,
        name=user.display_name if user else home.head_name,
        resident=head,
        user=user,
        since=build.start,
    )


def _linked(build, representative, homes):
    return [
        _link(build, home, kind=KIND.REPRESENTATIVE, representative=representative)
        for home in homes
    ]


def _of_cadres(build, village, homes, posts):
    """The village's cadre has one half of the groups, its assistant the other."""
    two = [posts[f"{village.name}包村干部"], posts[f"{village.name}驻点助理员"]]
    half = len(homes) // 2
    return [
        _link(build, home, kind=KIND.CADRE, post=two[serial >= half])
        for serial, home in enumerate(homes)
    ]


def _link(build, home, **who):
    return HouseholdLink(village_id=home.village_id, household=home, since=build.start, **who)
