"""A township of fifty villages with a cadre each, for the saves: everybody writes at once, each in his own village."""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection, transaction

from cadres.models import Holding, LiaisonTeam, Post, Seat, User
from cadres.roles import Role
from liaison import clock
from liaison.bulk import insert_many
from liaison.models import AuditChain
from villages.models import Group, Household, Township, Village
from visits.models import LiaisonSession

CADRES, GROUPS, HOUSEHOLDS = 50, 10, 200
PASSWORD = "a-long-bench-phrase-7"
DAYS = 12  # past liaison days of each team, to be written up
SINCE = dt.date(2020, 1, 1)


def fill():
    """Migrate, empty, and found the township."""
    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        _found()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _found():
    township = Township.objects.create(
        code="990001100000", name="青山镇", county_code="990001000000", ledger_prefix="100"
    )
    password = make_password(PASSWORD)
    for at in range(CADRES):
        village = Village.objects.create(
            code=f"990001100{201 + at}", township=township, name=f"石桥{at}村"
        )
        _people(township, village)
        _cadre(township, village, password, at)


def _people(township, village):
    groups = [Group(village=village, name=f"第{at}组", number=at) for at in range(1, GROUPS + 1)]
    groups = insert_many(Group, groups)
    homes = [
        Household(
            township=township, village=village, group=groups[at % GROUPS],
            number=f"{at + 1:03d}", head_name=f"周大山{at}", head_pinyin="zhoudashan zds",
        )
        for at in range(HOUSEHOLDS)
    ]  # fmt: skip
    insert_many(Household, homes)


def _cadre(township, village, password, at):
    user = User.objects.create(
        username=f"bench{at:02d}", password=password, display_name="李敏", township=township,
        must_change_password=False,
    )  # fmt: skip
    AuditChain.objects.create(
        key=str(user.pk)
    )  # so that the bare view finds one, as after any save
    post = Post.objects.create(township=township, title=f"驻点干部{at}", role=Role.CADRE)
    Holding.objects.create(user=user, post=post, since=SINCE)
    team = LiaisonTeam.objects.create(township=township, name=f"{village.name}驻点团队")
    team.villages.add(village)
    Seat.objects.create(team=team, post=post, kind=Seat.Kind.LEAD)
    today = clock.today()
    insert_many(LiaisonSession, [
        LiaisonSession(
            township=township, team=team, village=village, on=today - dt.timedelta(days=7 * back),
            starts_at=dt.time(9), ends_at=dt.time(11), place="村委会", changed_at=clock.now(),
        )
        for back in range(1, DAYS + 1)
    ])  # fmt: skip


def sessions():
    """{user name: [ids of his team's days]}."""
    rows = LiaisonSession.objects.order_by("team_id", "pk").values_list(
        "team__seats__post__holdings__user__username", "pk"
    )
    found = {}
    for name, pk in rows:
        found.setdefault(name, []).append(pk)
    return found
