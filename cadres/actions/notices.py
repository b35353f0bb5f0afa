"""What people do with notices: read them; and, in the office, send stuck mails once more."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from cadres.models import Delivery, GroupNotice, Notice
from cadres.reminding import ReminderTimes
from liaison import audit
from liaison.errors import NotAllowed

State = Delivery.State
RETRY = "cadres.manage_plans"  # the office that plans the days answers for their reminders


class Retried(NamedTuple):
    """What sending once more came to."""

    count: int
    opens: datetime


def mark_read(*, by, now, pk=None) -> int:
    """Mark one of one's own notices read, or all of them; returns how many (条) were unread."""
    unread = Notice.objects.visible_to(by).unread()
    return (unread if pk is None else unread.filter(pk=pk)).update(read_at=now)


@transaction.atomic
def retry(*, by, now, pk=None) -> Retried:
    """Queue a stuck delivery once more, or all of one's townships that are stuck.

    What expired goes out again only when it is asked for by itself: then it is no longer too late.

    Returns:
        How many (条), and when they go out: after the quiet hours.
    Raises:
        NotAllowed: no right, or nothing is stuck any more.
    """
    if not by.has_perm(RETRY):
        raise NotAllowed("您的岗位不能重发通知，请联系镇驻点办。")
    seen = Delivery.objects.visible_to(by)
    stuck = seen.stuck(now) if pk is None else (seen.stuck(now) | seen.expired()).filter(pk=pk)
    keys = list(stuck.values_list("pk", flat=True))
    opens = ReminderTimes.load().opens(by.township_id, now)
    count = _queue(Delivery.objects.filter(pk__in=keys), opens)
    if not count:
        raise NotAllowed("没有需要重发的通知，可能已经发出，请刷新后再看。")
    audit.record(
        by=by,
        action="重发通知",
        label=f"投递{pk}" if pk else "全部未发出的通知",
        after={"条数": count},
    )
    return Retried(count, opens)


def _queue(rows, opens) -> int:
    expired = rows.filter(state=State.EXPIRED)
    Notice.objects.filter(deliveries__in=expired.values("pk")).update(is_expired=False)
    GroupNotice.objects.filter(deliveries__in=expired.values("pk")).update(is_expired=False)
    expired.update(not_after=None)
    return rows.update(
        state=State.QUEUED, attempts=0, next_try_at=opens, lease_until=None, claim=None
    )
