"""Townships to search in, filled by the database's own road, and what is asked of them."""

import random
from functools import partial
from time import perf_counter, process_time

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from cadres.models import Holding, Post, User
from cadres.roles import Role
from demo import people
from desk.search import find
from liaison import clock
from liaison.bulk import insert_many
from liaison.personal import Sealed
from villages.models import Group, Household, Resident, SearchToken, Township, Village
from villages.models.search import PER_OBJECT
from villages.pinyin import place_key, search_key
from villages.search import (
    refresh_households,
    refresh_residents,
    tokens_of_household,
    tokens_of_resident,
)
from villages.typed import Typed

VILLAGES, GROUPS, HOUSEHOLDS, RESIDENTS = 25, 10, 29_000, 100_000
# Surnames as they are spread in the country, roughly: the first ten head a third of all.
WEIGHTS = [1 / (place + 4) for place in range(len(people.SURNAMES))]
GIVEN = people.MALE + people.FEMALE + "思雨浩然子轩欣怡宇辰佳琪诗涵泽楷铭俊熙博文若曦语桐一诺"
RARE = "鬯贞𠮷龘"  # one of each in the whole township, so that a rare name is there to be found


def fill(townships):
    """Migrate, fill one township, and copy it until there are as many: nobody reads beyond his own."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    have = Township.objects.count()
    for number in range(have, townships):
        with transaction.atomic():
            _copy(number) if number else _township(0)
    if have < townships:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _township(number):
    rng = random.Random(number)
    code = f"9900{number:02d}100000"
    township = Township.objects.create(
        code=code, name=f"青山{number}镇", county_code="990001000000", county_name="测试县",
        ledger_prefix=f"{100 + number}",
    )  # fmt: skip
    villages = insert_many(Village, [
        Village(township=township, code=f"{code[:9]}{200 + at}", name=f"石桥{at}村", pinyin=place_key("石桥村"))
        for at in range(VILLAGES)
    ])  # fmt: skip
    groups = insert_many(
        Group,
        [
            Group(village=each, name=f"第{at}组", number=at)
            for each in villages
            for at in range(1, GROUPS + 1)
        ],
    )
    homes = [_household(rng, rng.choice(groups), at) for at in range(HOUSEHOLDS)]
    insert_many(Household, homes)
    refresh_households(
        homes, (tokens_of_household(each.number, each.head_name) for each in homes), new=True
    )
    _people(rng, homes)
    if number == 0:
        user = User.objects.create_user(
            "bangong", "x" * 20, display_name="赵敏", township=township, must_change_password=False
        )
        post = Post.objects.create(township=township, title="驻点办干事", role=Role.OFFICE)
        Holding.objects.create(user=user, post=post, since=clock.today().replace(year=2020))


def _copy(number):
    """The first township once more, a whole township's ids further on."""
    moved = {
        Township: ({"id": 1}, {"code": f"9900{number:02d}100000", "ledger_prefix": str(100 + number)}),
        Village: ({"id": VILLAGES, "township_id": 1}, {}),
        Group: ({"id": VILLAGES * GROUPS, "village_id": VILLAGES}, {}),
        Household: (
            {"id": HOUSEHOLDS, "township_id": 1, "village_id": VILLAGES, "group_id": VILLAGES * GROUPS},
            {},
        ),
        Resident: (
            {"id": RESIDENTS, "township_id": 1, "village_id": VILLAGES, "household_id": HOUSEHOLDS},
            {},
        ),
    }  # fmt: skip
    for model, (steps, other) in moved.items():
        _copy_rows(model, number, steps, other, f"{_owner(model)} = 1")
    places = {"township_id": 1, "village_id": VILLAGES}
    for kinds, rows in (("<= 3", RESIDENTS), ("> 3", HOUSEHOLDS)):
        steps = places | {"id": rows * PER_OBJECT}
        _copy_rows(SearchToken, number, steps, {}, f"township_id = 1 AND kind {kinds}")


def _owner(model):
    return {Township: "id", Group: f"village_id <= {VILLAGES} AND 1"}.get(model, "township_id")


def _copy_rows(model, number, steps, other, where):
    columns, values = [], []
    for field in model._meta.concrete_fields:
        columns.append(connection.ops.quote_name(field.column))
        value = columns[-1]
        if field.column in steps:
            value = f"{value} + {number * steps[field.column]}"
        elif field.column in other:
            value = f"'{other[field.column]}'"
        elif model is Village and field.column == "code":
            value = f"'9900{number:02d}' || substr(code, 7)"
        values.append(value)
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} WHERE {where}"
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _name(rng):
    return rng.choices(people.SURNAMES, WEIGHTS)[0] + "".join(
        rng.choices(GIVEN, k=rng.choice((1, 2, 2, 2)))
    )


def _household(rng, group, at):
    name = _name(rng)
    return Household(
        township_id=group.village.township_id, village=group.village, group=group,
        number=f"{at:06d}", head_name=name, head_pinyin=search_key(name), address=f"{at}号",
    )  # fmt: skip


def _people(rng, homes):
    # Ciphertext is long to make and the same to read: a hundred of them serve.
    sealed = [Sealed(f"99000119700101{at:04d}") for at in range(9000, 9100)]
    phones = [Sealed(f"154{at:08d}") for at in range(100)]
    rows, tokens = [], []
    for at in range(RESIDENTS):
        home = homes[at % HOUSEHOLDS]
        name = home.head_name if at < HOUSEHOLDS else _name(rng)
        if at >= RESIDENTS - len(RARE):
            name = RARE[RESIDENTS - at - 1] + "明"
        person = Resident(
            township_id=home.township_id, village_id=home.village_id, household=home, name=name,
            pinyin=search_key(name), id_number=rng.choice(sealed), phones=rng.choice(phones),
            id_index=f"{at:032d}",
        )  # fmt: skip
        rows.append(person)
        tails = (f"{rng.randrange(10**18):018d}", [f"154{rng.randrange(10**8):08d}"])
        tokens.append(tokens_of_resident(name, *tails))
    insert_many(Resident, rows)
    refresh_residents(rows, tokens, new=True)


def counts():
    """How many rows stand behind the figures."""
    rows = (("residents", Resident), ("households", Household), ("words", SearchToken))
    return ", ".join(f"{model.objects.count():,} {name}" for name, model in rows)


def queries():
    """(what is asked, the text): the mix a township's offices type."""
    return [
        ("common surname", "王"),
        ("whole name", "王伟"),
        ("given name", "建国"),
        ("last character", "芳"),
        ("rare character", RARE[0]),
        ("four-byte character", RARE[2]),
        ("traditional", "陳偉"),
        ("one initial", "l"),
        ("two initials", "zj"),
        ("three initials", "lxm"),
        ("sound", "zhangwei"),
        ("part of a sound", "chenji"),
        ("last four", "4817"),
        ("household number", "012345"),
        ("matter number", "100-2026-00001"),
        ("village", "石桥7村"),
        ("nothing by name", "欧阳鑫淼"),
        ("nothing by sound", "zuqiuchang"),
    ]


def _user():
    return User.objects.get(username="bangong")


def statements_of(text):
    """([(sql, parameters)] of a search, how many hits it gave)."""
    kept, user = [], _user()
    user.village_scope()  # asked by every page alike

    def keep(execute, sql, params, many, context):
        kept.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        found = find(user, Typed.read(text))
    return kept, sum(len(kind.hits) for kind in found)


def in_database(statements):
    """(milliseconds the database takes for them, every row fetched; milliseconds of the processor).

    PostgreSQL is asked itself (planning and execution), since on a busy machine its answer waits for a turn
    of the processor longer than it took to make (what of it the processor took is not told apart); SQLite
    works in this process.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            taken = sum(_server_time(cursor, sql, params) for sql, params in statements)
            return taken, taken
        start, own = perf_counter(), process_time()
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()
        return (perf_counter() - start) * 1000, (process_time() - own) * 1000


def _server_time(cursor, sql, params):
    cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF) {sql}", params)
    lines = (line for (line,) in cursor.fetchall())
    return sum(
        float(line.split()[2]) for line in lines if line.startswith(("Planning T", "Execution T"))
    )


FORM = "application/x-www-form-urlencoded"  # as the box sends it


def requests_for(text):
    """(suggest, page, bare, blank, frame): calls for what is measured and, given a size in bytes, for the floors.

    ``bare`` is asked by POST as the suggestions are, ``blank`` and ``frame`` by GET as the page is
    (benchmarks/urls.py).
    """
    Session.objects.all().delete()
    client = Client()
    client.force_login(_user(), backend="cadres.backends.RoleBackend")
    url, form = reverse("desk:search"), urlencode({"q": text})
    client.get(url)
    return (
        partial(client.post, reverse("desk:suggest"), form, content_type=FORM),
        partial(client.get, url, {"q": text}),
        lambda size: client.post(f"/bench/searcher/{size}/", form, content_type=FORM),
        lambda size: client.get(f"/bench/searcher/{size}/"),
        lambda size: client.get(f"/bench/frame/{size}/"),
    )
