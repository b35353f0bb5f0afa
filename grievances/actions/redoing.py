"""待重办: 不满意 and 反弹 wait for the office until the matter is opened again or answered for in writing."""

from django.db import transaction

from grievances.models import RedoCall
from liaison.clock import local_date
from liaison.errors import NotAllowed

from ._move import Move, claimed, require_words

PERMISSION = "grievances.reopen"
Outcome = RedoCall.Outcome


def call_for_redo(matter, *, why, on, now, follow_up=None, look_back=None) -> RedoCall:
    """Raise the call, once while one stands; called by the verb that found it out."""
    found = {"raised_on": on, "entered_at": now, "follow_up": follow_up, "look_back": look_back}
    call, _ = RedoCall.objects.waiting().get_or_create(
        grievance=matter, defaults={"why": why, **found}
    )
    return call


def is_called_for(matter) -> bool:
    """Whether a call stands."""
    return RedoCall.objects.waiting().filter(grievance=matter).exists()


def end_calls(matter, *, outcome, by, on, words="") -> None:
    """What stood is done with: reopened, or kept settled with a reason."""
    for call in RedoCall.objects.waiting().filter(grievance=matter).select_for_update():
        call.outcome, call.words, call.decided_on, call.decided_by = outcome, words, on, by
        call.save()


@transaction.atomic
def keep_settled(*, grievance, by, now, version, words):
    """不重办: the call is closed with a written reason; the villager's answer stays what it was.

    Raises:
        Stale: somebody saved in between. NotAllowed: wrong hands, his own work, nothing to answer for.
    """
    matter = claimed(grievance, by, version)
    if not by.has_perm(PERMISSION):
        raise NotAllowed("您的岗位不决定是否重办，请联系镇驻点办。")
    if not is_called_for(matter):
        raise NotAllowed("这件诉求没有待重办的事项，请刷新页面查看最新情况。")
    if by.pk in (matter.handler_id, matter.settled_by_id):
        raise NotAllowed("自己办的事由其他同志决定是否重办。")
    reason = require_words(words, "请写明不重办的理由，并告诉反映人。")
    on = local_date(now)
    end_calls(matter, outcome=Outcome.KEPT, by=by, on=on, words=reason)
    matter.version += 1
    matter.save(update_fields=["version"])
    Move("keep", matter, by, on, now, reason).write("不重办", matter.status)
    return matter
