"""涉密事项 nobody else can notice: late, with a handler who has left, or with nobody left who may open them.

What it finds reaches the matter's own readers alone, or the next desk by the rules: no rung of the ladder, no
unit, no successor, no handover sheet. So the tick changes nothing on anybody else's pages (docs/decisions/0046).
"""

import uuid

from django.db import transaction

from cadres.notices import notify_many
from cadres.reminding import ReminderTimes
from grievances import secrecy, telling
from grievances.ladder import Ladders
from grievances.models import ConfidentialReader, Grievance, LookBack, OverdueRise, Step
from grievances.models.rising import READERS
from liaison import audit, clock

from .naming import appoint
from .rising import ACT, ACT_NAME, BY

DESK, HANDLER = ConfidentialReader.Kind.DESK, ConfidentialReader.Kind.HANDLER


def tend_confidential(*, now) -> int:
    """Give waiting confidential matters a reader and remind of late ones; safe to repeat and to run in parallel.

    Returns:
        How many matters (件) moved or were reminded of.
    """
    on = clock.local_date(now)
    _call_back(on, now)
    matters = list(Grievance.every.kept_by_readers().select_related("handler").order_by("pk"))
    if not matters:
        return 0
    acting = secrecy.acting_of(matters, on)
    moved = sum(_settle_readers(each, acting[each.pk], on, now) for each in matters)
    return moved + _remind(matters, acting, on, now)


@transaction.atomic
def leave_to_desk(matter, on, now, because) -> None:
    """Whoever handled a confidential matter does so no longer: it is its desk's, who names another."""
    matter = Grievance.every.select_for_update(of=("self",)).get(pk=matter.pk)
    rows = matter.readers.current().filter(user=matter.handler_id, kind=HANDLER)
    rows.end(on, because)
    matter.handler = None
    _noted(
        matter, on, now, "pass_on", "交接", f"承办人{because}，由专办人办理或另行指定。", "handler"
    )
    _give_to_next_desk(matter, on, now)
    telling.tell("pass_on", matter, by=None, now=now)


def _settle_readers(matter, people, on, now) -> bool:
    if matter.handler_id and matter.handler not in people and matter.is_open:
        leave_to_desk(matter, on, now, "不在岗或须回避")
        return True
    if people or secrecy.desk_for(matter, on) is None:  # nobody yet: the next tick asks again
        return False
    with transaction.atomic():
        matter = Grievance.every.select_for_update(of=("self",)).get(pk=matter.pk)
        if found := _give_to_next_desk(matter, on, now):
            telling.tell("pass_on", matter, by=None, now=now)
    return found


def _give_to_next_desk(matter, on, now) -> bool:
    """The next desk is named where nobody is left; whoever named the first one stands for it."""
    post = None if secrecy.sighted(matter, on) else secrecy.desk_for(matter, on)
    if post is None:
        return False
    first = matter.readers.order_by("pk").first()
    appoint(matter, first.by, on, post=post, kind=DESK, reason="原专办岗位空缺或须回避，按涉密规则")
    _noted(matter, on, now, "pass_on", "交接", f"已无人可以办理，按涉密规则转{post}。")
    return True


def _call_back(on, now) -> None:
    """回头看 whose day has come, told to the readers once: the list of look-backs holds none of these."""
    rows = LookBack.objects.due(on).filter(grievance__is_confidential=True)
    messages = [
        telling.quiet_notice(
            person, subject=f"grievance:{row.grievance_id}", slot=f"look-back:{row.pk}:{row.due_on}",
            due_at=now,
        )
        for row in rows.select_related("grievance")
        for person in secrecy.sighted(row.grievance, on)
    ]  # fmt: skip
    notify_many(messages, now=now)


def _remind(matters, acting, on, now):
    """On the days the ladder tells its rungs of delays, readers are told in their place: once for each."""
    late = [each for each in matters if each.is_overdue(now) and acting[each.pk]]
    due = _untold(late, on) if late else []
    return _tell(due, acting, on, now) if due else 0


def _untold(late, on):
    ladders = Ladders.load()
    rows = OverdueRise.objects.filter(grievance__in=[each.pk for each in late])
    told = set(rows.values_list("grievance", "rung", "due_on"))
    return [
        (each, rung)
        for each in late
        for rung in ladders.told_by_delay(each.township_id)
        if (on - each.due_on).days >= rung.overdue_days
        and (each.pk, rung.pk, each.due_on) not in told
    ]


@transaction.atomic
def _tell(due, acting, on, now) -> int:
    # One pass at a time: the second finds what the first has stored.
    ids = [matter.pk for matter, _ in due]
    locked = list(Grievance.every.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    due = _untold([each for each in locked if each.is_overdue(now)], on)
    batch, times = uuid.uuid4().hex[:12], ReminderTimes.load()
    OverdueRise.objects.bulk_create(
        OverdueRise(
            grievance=matter, rung=rung, due_on=matter.due_on, told=READERS, batch=batch,
            told_at=times.opens(matter.township_id, now),
        )
        for matter, rung in due
    )  # fmt: skip
    for matter, rung in due:
        words = f"超期满{rung.overdue_days}天，已提醒{READERS}。"
        _noted(matter, on, now, ACT, ACT_NAME, words)
    _send({matter.pk: matter for matter, _ in due}, acting, batch, times, now)
    return len({matter.pk for matter, _ in due})


def _send(matters, acting, batch, times, now):
    """One notice a pass to each reader, of how many; it says no more than that."""
    mine = {}
    for pk, matter in matters.items():
        for person in acting[pk]:
            mine.setdefault(person, []).append(matter)
    messages = [
        telling.quiet_notice(
            person, subject="confidential:late", slot=batch, count=len(theirs),
            due_at=times.opens(theirs[0].township_id, now),
        )
        for person, theirs in mine.items()
    ]  # fmt: skip
    notify_many(messages, now=now)


def _noted(matter, on, now, act, name, words, *changed):
    matter.version += 1
    matter.save(update_fields=["version", *changed])
    Step.objects.create(
        grievance=matter, act=act, act_name=name, from_status=matter.status, to_status=matter.status,
        by=None, by_name=BY, department=matter.department, words=words, on=on, entered_at=now,
    )  # fmt: skip
    audit.record(by=None, action=name, subject=matter, township_id=matter.township_id)
