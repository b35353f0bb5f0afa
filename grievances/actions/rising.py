"""超期提醒: an overdue matter is told to each rung of the ladder whose day has come, once for each due day it missed.

What is due is one question to the database whatever the number of matters, and is written by one statement;
so a pass that finds nothing costs three statements. Everybody gets one digest a pass, by day, with numbers
and a link to exactly those matters.
"""

import uuid
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from cadres.notices import Message, notify_many
from cadres.reminding import ReminderTimes
from grievances.ladder import Ladders, Standing
from grievances.models import Grievance, OverdueRise, Rung, Step
from liaison import audit, clock

ACT, ACT_NAME, BY = "rise", "超期提醒", "系统"
ARMS = 200  # rungs of townships asked for in one statement


@dataclass(frozen=True)
class _Rise:
    """One rung of one township: whom it names, and from what moment on they may be told."""

    township_id: int
    rung: Rung
    people: tuple
    told_at: object

    def due(self, on, now):
        """Matters this rung is to be told of and was not yet."""
        told = OverdueRise.objects.filter(
            grievance=OuterRef("pk"), rung=self.rung.pk, due_on=OuterRef("due_on")
        )
        rows = Grievance.objects.late_by(self.rung.overdue_days, on=on, now=now)
        return rows.filter(~Exists(told), township=self.township_id).order_by()

    def rows(self, on, now, batch):
        """What is to be stored of them: (matter, due day, rung, moment, names, pass)."""
        names = "、".join(person.display_name for person in self.people)[:200]
        more = (Value(self.rung.pk), Value(self.told_at), Value(names), Value(batch))
        return self.due(on, now).values_list("pk", "due_on", *more)


def rise_overdue(*, now) -> int:
    """Tell the rungs of what is overdue; safe to repeat and to run in parallel. A rung nobody stands on waits.

    Returns:
        New rows: matters (件) times the rungs they were told to.
    """
    on, ladders = clock.local_date(now), Ladders.load()
    late = Grievance.objects.overdue(now).order_by().values_list("township", flat=True).distinct()
    wanted = [(township, rung) for township in late for rung in ladders.told_by_delay(township)]
    if not wanted or not _any_due(wanted, on, now):
        return 0
    times, standing = ReminderTimes.load(), Standing([rung for _, rung in wanted], on)
    rises = [
        _Rise(township, rung, tuple(people), times.opens(township, now))
        for township, rung in wanted
        if (people := standing.at(rung, township))
    ]
    return _tell(rises, on, now) if rises else 0


def _any_due(wanted, on, now):
    arms = [_Rise(township, rung, (), now).due(on, now).values("pk") for township, rung in wanted]
    parts = (arms[start : start + ARMS] for start in range(0, len(arms), ARMS))
    return any(_union(part)[:1] for part in parts)


@transaction.atomic
def _tell(rises, on, now):
    # One pass at a time: the second finds what the first has stored.
    Rung.objects.select_for_update().filter(pk=rises[0].rung.pk).first()
    batch = uuid.uuid4().hex[:12]
    columns = ("grievance", "due_on", "rung", "told_at", "told", "batch")
    arms = [rise.rows(on, now, batch) for rise in rises]
    # In order: so all of it is read before the first row is written, and not looked for among them.
    stored = sum(
        _store(OverdueRise, columns, _union(arms[start : start + ARMS]).order_by("pk"))
        for start in range(0, len(arms), ARMS)
    )
    if stored:
        _write_history(batch, on, now)
        _send_digests(rises, batch, now)
    return stored


def _union(arms):
    first, *others = arms
    return first.union(*others, all=True) if others else first


def _store(model, names, rows) -> int:
    """Insert what a query answers, leaving out what stands there already; how many are new."""
    quote, meta = connection.ops.quote_name, model._meta
    columns = ", ".join(quote(meta.get_field(name).column) for name in names)
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(meta.db_table)} ({columns}) {sql} ON CONFLICT DO NOTHING", params
        )
        return cursor.rowcount


def _write_history(batch, on, now):
    """A line of each matter's history for each rung."""
    days = Cast("rung__overdue_days", CharField())
    said = Concat(
        Value("超期满"), days, Value("天，已提醒“"), F("rung__name"), Value("”："), F("told"),
        output_field=CharField(),
    )  # fmt: skip
    status = F("grievance__status")
    columns = {
        "grievance": F("grievance_id"), "act": Value(ACT), "act_name": Value(ACT_NAME),
        "from_status": status, "to_status": status, "by_name": Value(BY), "by_post": Value(""),
        "department": F("grievance__department_id"), "words": said, "on": Value(on),
        "entered_at": Value(now),
    }  # fmt: skip
    rows = OverdueRise.objects.filter(batch=batch).order_by().values_list(*columns.values())
    _store(Step, list(columns), rows)


def _send_digests(rises, batch, now):
    """One notice to each person: how many matters, and where they are; of a single one its number."""
    mine = {}
    for rise in rises:
        for person in rise.people:
            mine.setdefault((rise.township_id, person), []).append(rise)
    kinds = {tuple(each.rung.pk for each in theirs): None for theirs in mine.values()}
    counts = _counted(batch, list(kinds))
    messages = [
        _digest(person, theirs, batch, *told)
        for (township, person), theirs in mine.items()
        if (told := counts.get((township, tuple(each.rung.pk for each in theirs))))
    ]
    notify_many(messages, now=now)
    for township in {rise.township_id for rise in rises}:
        told = [names for names in counts if names[0] == township]
        if told:
            after = {"件数": max(counts[each][0] for each in told), "批次": batch}
            audit.record(
                by=None, action=ACT_NAME, label="超期未结的诉求", after=after, township_id=township
            )


def _counted(batch, kinds):
    """{(township, rungs): (matters, the number of the first)} of one pass, where there are any; one query."""
    asked = {}
    for at, rungs in enumerate(kinds):
        those = Q(rung__in=rungs)
        asked[f"n{at}"] = Count("grievance", distinct=True, filter=those)
        asked[f"first{at}"] = Min("grievance__number", filter=those)
    rows = OverdueRise.objects.filter(batch=batch).order_by().values("grievance__township")
    return {
        (row["grievance__township"], rungs): (row[f"n{at}"], row[f"first{at}"])
        for row in rows.annotate(**asked)
        for at, rungs in enumerate(kinds)
        if row[f"n{at}"]
    }


def _digest(person, rises, batch, count, number) -> Message:
    names = "、".join(dict.fromkeys(rise.rung.name for rise in rises))
    if count == 1:
        title = f"诉求{number}超期未结，请过问"
        url = reverse("grievances:detail", args=[number])
    else:
        title = f"有{count}件诉求超期未结，请过问"
        asked = "".join(f"&rung={rise.rung.pk}" for rise in rises)
        url = f"{reverse('grievances:ledger')}?risen={batch}{asked}"
    return Message(
        recipient=person, kind="overdue_rise", subject=f"township:{rises[0].township_id}",
        slot=batch, title=title, text=f"按本镇的办理层级({names})提醒您；每件每级只提醒一次。",
        url=url, due_at=rises[0].told_at,
    )  # fmt: skip
