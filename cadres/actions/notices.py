"""What people do with notices: read them; and, in the office, send stuck mails once more."""

from django.db import transaction

from cadres.models import Delivery, Notice
from liaison import audit
from liaison.errors import NotAllowed

RETRY = "cadres.manage_plans"  # the office that plans the days answers for their reminders


def mark_read(*, by, now, pk=None) -> int:
    """Mark one of one's own notices read, or all of them; returns how many (条) were unread."""
    unread = Notice.objects.visible_to(by).unread()
    return (unread if pk is None else unread.filter(pk=pk)).update(read_at=now)


@transaction.atomic
def retry(*, by, now, pk=None) -> int:
    """Queue a stuck delivery once more, or all of one's townships; returns how many (条).

    Raises:
        NotAllowed: no right, or nothing is stuck any more.
    """
    if not by.has_perm(RETRY):
        raise NotAllowed("您的岗位不能重发通知，请联系镇驻点办。")
    stuck = Delivery.objects.visible_to(by).stuck()
    stuck = stuck if pk is None else stuck.filter(pk=pk)
    count = stuck.update(state=Delivery.State.QUEUED, attempts=0, next_try_at=now, lease_until=None)
    if not count:
        raise NotAllowed("没有需要重发的通知，可能已经发出，请刷新后再看。")
    audit.record(
        by=by,
        action="重发通知",
        label=f"投递{pk}" if pk else "全部未发出的通知",
        after={"条数": count},
    )
    return count
