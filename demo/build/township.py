"""The whole demo township in one transaction, with one line in the trail."""

from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from liaison import audit
from villages.models import Township

from . import days, life, links, matters, places, staff
from .scale import Build

DIVISIONS = Path(__file__).resolve().parent.parent / "data" / "divisions-liuyang.csv"
DAYAO = "430181110000"


@transaction.atomic
def build_township(build: Build) -> Township:
    """大瑶镇 with its villages, people, teams, liaison days, visits and matters.

    Args:
        build: the size and the day of the story; the same build gives the same rows.
    """
    call_command("import_divisions", str(DIVISIONS), township=DAYAO[:9], verbosity=0)
    township = Township.objects.get(code=DAYAO)
    villages = list(township.villages.in_order())
    for village in villages:
        village.office = f"{village.name}便民服务大厅"
        village.save(update_fields=["office"])
    places.sections_and_groups(build, villages)
    posts = staff.staff(build, township, villages)
    teams = staff.teams(build, township, villages, posts)
    places.households(build, township, villages)
    links.links(build, township, villages, posts)
    held = days.sessions(build, teams)
    visits = days.visits(build, held)
    matters.matters(build, matters.gather(township, posts, build.today), visits)
    life.lives(build, posts["驻点办主任"].holder(build.today))
    audit.record(by=None, action="生成演示数据", subject=township, township_id=township.pk)
    return township
