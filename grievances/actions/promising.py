"""答应的事: what was promised to a villager, and by which day."""

from django.db import transaction

from grievances.models import Grievance
from liaison.clock import local_date
from liaison.errors import NotAllowed

from ._move import Move, claimed

LONGEST = 200
PERMISSION = "grievances.register"


@transaction.atomic
def promise(*, grievance, by, now, version, words, due_on) -> Grievance:
    """Something is promised to the villager of a matter, or promised anew; the history keeps what was said before.

    Args:
        words: what was promised; empty for an answer.
        due_on: by which day; None takes the promise back.
    Raises:
        Stale: somebody saved in between. NotAllowed: wrong hands, answered already, a day that has passed.
    """
    matter = claimed(grievance, by, version)
    if not by.has_perm(PERMISSION):
        raise NotAllowed("您的岗位不登记答应群众的事，请告诉驻点干部。")
    if not matter.is_awaited:
        raise NotAllowed(
            f"这件诉求现在是“{matter.get_status_display()}”，已经给过群众答复，不用再登记答应的事。"
        )
    on = local_date(now)
    check_promise(words, due_on, on)
    before = promised_in_words(matter)
    matter.promise, matter.promise_due_on = words.strip(), due_on
    matter.version += 1
    matter.save(update_fields=["promise", "promise_due_on", "version"])
    said = promised_in_words(matter) or "不再作数。"
    told = {"答应的期限": str(due_on or "取消")}
    move = Move("promise", matter, by, on, now, f"{said}原{before}" if before else said, told)
    move.write("答应群众的事", matter.status)
    return matter


def check_promise(words, due_on, on) -> None:
    """A promise has its day, and that is not before the day it was given.

    Raises:
        NotAllowed: with what to put right.
    """
    if words.strip() and due_on is None:
        raise NotAllowed("请填写答应在哪一天之前办到。")
    if len(words.strip()) > LONGEST:
        raise NotAllowed(f"答应的事请控制在{LONGEST}字以内。")
    if due_on and due_on < on:
        raise NotAllowed(f"答应的期限{due_on}早于{on}，请核对。")


def promised_in_words(matter) -> str:
    """「答应2026-11-30前派人来看。」, for the history; empty without a promise."""
    if not matter.promise_due_on:
        return ""
    return f"答应{matter.promise_due_on}前{matter.promise or '给答复'}。"
