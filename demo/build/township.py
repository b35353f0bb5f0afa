"""The whole demo township in one transaction, with one line in the trail."""

from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from demo import scheme
from demo.rounds import add_rounds, close_past
from liaison import audit
from villages.models import Township

from . import (
    days,
    hands,
    life,
    links,
    matters,
    noted,
    overseen,
    places,
    risks,
    rounds,
    routing,
    staff,
    wishes,
)  # fmt: skip
from .scale import Build

DATA = Path(__file__).resolve().parent.parent / "data"


@transaction.atomic
def build_township(build: Build) -> Township:
    """The township of a practice with its villages, people, teams, liaison days, visits and matters.

    Args:
        build: the size and the day of the story; the same build gives the same rows.
    """
    place = build.place
    call_command(
        "import_divisions", str(DATA / place.divisions), township=place.code[:9], verbosity=0
    )
    township = Township.objects.get(code=place.code)
    villages = list(township.villages.in_order())
    for village in villages:
        village.office = f"{village.name}便民服务大厅"
        village.save(update_fields=["office"])
    places.sections_and_groups(build, villages)
    posts = staff.staff(build, township, villages)
    staff.teams(township, villages, posts)
    practice = scheme.Scheme.read(build.scheme)
    scheme.load(practice, township, since=build.start, today=build.start, until=build.today)
    places.households(build, township, villages)
    links.links(build, township, villages, posts)
    held = days.sessions(build, township)
    add_rounds(practice, township, build.start, build.today)
    visits = days.visits(build, held) if held else rounds.visits(build, villages)
    cast = matters.gather(township, posts, build.today)
    matters.matters(build, cast, visits)
    routing.route_as_handled(cast)
    overseen.overseen(build, township, posts)
    clerk = posts["驻点办主任"].holder(build.today)
    hands.hands(build, clerk)
    noted.noted(build, clerk, visits)
    close_past(township, build.today)
    life.lives(build, clerk)
    wishes.wishes(build, villages, posts)
    leader = next(post for post in posts.values() if post.role == "leader").holder(build.today)
    risks.risks(build, clerk, leader)
    audit.record(by=None, action="生成演示数据", subject=township, township_id=township.pk)
    return township
