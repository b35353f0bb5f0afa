"""The posts somebody holds on a day, with all that every request needs to know of them: one statement.

It is text, because put together from models it took longer than to run, on every page of the site. The columns
are the models' own, so that a field they get is read here as well.
"""

from functools import cache
from typing import NamedTuple

from django.apps import apps
from django.db import connection

from cadres import marks

# What is read of a holding has names of its own in ``held``, which PostgreSQL plans by itself: all seven tables in one
# join took it twice as long to plan as to answer.
_STATEMENT = """WITH held AS MATERIALIZED (
    SELECT {columns}
    FROM cadres_holding AS holding
    JOIN cadres_post AS post ON post.id = holding.post_id
    JOIN villages_township AS township ON township.id = post.township_id
    LEFT JOIN cadres_department AS department ON department.id = post.department_id
    WHERE holding.user_id = %(user)s AND holding.since <= %(today)s
          AND (holding.until IS NULL OR holding.until >= %(today)s)
)
SELECT sits.village_id, held.*
FROM held
LEFT JOIN cadres_seat AS seat ON seat.post_id = held.post_id
LEFT JOIN cadres_liaisonteam AS team
       ON team.id = seat.team_id AND team.is_active AND team.kind = 'liaison'
LEFT JOIN cadres_liaisonteam_villages AS sits ON sits.liaisonteam_id = team.id
"""


class Held(NamedTuple):
    """What one statement tells of somebody.

    ``posts`` with township and department, the main one first; ``seated``: {post's id: ids of the villages its
    teams sit in}; ``marks``: names of the marks (marks.py) that hold.
    """

    posts: list
    seated: dict[int, set[int]]
    marks: frozenset[str]


def held_by(user_id: int, on) -> Held:
    """The posts somebody holds on a day."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"user": user_id, "today": on.isoformat()})
        rows = cursor.fetchall()  # one for each village of each seat
    posts, seated, found, main = {}, {}, set(), set()
    for row in rows:
        village, is_main, *marked = row[: 2 + len(marks.CONDITIONS)]
        post = _post(row[2 + len(marks.CONDITIONS) :])
        posts.setdefault(post.pk, post)
        seated.setdefault(post.pk, set()).update({village} - {None})
        found.update(name for name, holds in zip(marks.CONDITIONS, marked, strict=True) if holds)
        main.update({post.pk} if is_main else ())
    # A handful: put in order here, which costs less than asking the database to.
    in_order = sorted(posts.values(), key=lambda post: (post.pk not in main, post.order, post.pk))
    return Held(in_order, seated, frozenset(found))


@cache
def _read():
    """(model, its name in the statement, its fields) of what is read whole, in the order of the columns."""
    models = ("cadres.Post", "villages.Township", "cadres.Department")
    found = [apps.get_model(name) for name in models]
    return [
        (model, model._meta.model_name, [field.attname for field in model._meta.concrete_fields])
        for model in found
    ]


@cache
def _statement() -> str:
    columns = ["holding.is_main"]
    columns += [f"({asks}) AS mark_{name}" for name, asks in marks.CONDITIONS.items()]
    for model, name, _ in _read():
        own = [field.column for field in model._meta.concrete_fields]
        columns += [f'{name}."{column}" AS {name}_{column}' for column in own]
    return _STATEMENT.format(columns=", ".join(columns))


def _post(row):
    """A post with its township and department, from the columns of a row."""
    made, at = [], 0
    for model, _, fields in _read():
        made.append(model.from_db(connection.alias, fields, row[at : at + len(fields)]))
        at += len(fields)
    post, post.township, department = made
    post.department = department if department.pk else None
    return post
