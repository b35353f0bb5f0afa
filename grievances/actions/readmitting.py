"""重新受理: a matter that was declined is taken up after all."""

from django.db import transaction

from grievances.deadlines import moment_of
from grievances.models import Grievance
from liaison.errors import NotAllowed

from ._move import begin, require_words
from .closing import to_be_told_again
from .dating import set_deadline


@transaction.atomic
def readmit(*, grievance, by, on, now, version, words) -> Grievance:
    """不予受理 taken back with a reason: accepted from this day on, with a new time limit, as after 重办.

    It counts in the figures again as what it is: registered on its day, and open (decision 0007). Why it was
    declined stays in its history; who brought a matter merged into it hears the new end too.
    """
    move = begin("readmit", grievance=grievance, by=by, on=on, now=now, version=version)
    reason, matter = require_words(words, "请写明重新受理的原因。"), move.grievance
    declined = matter.steps.filter(act="decline").order_by("pk").last()
    if declined and on < declined.on:
        raise NotAllowed(f"日期{on}早于不予受理的日期{declined.on}，请核对。")
    was = f"原不予受理：{matter.decline_reason}。" if matter.decline_reason else ""
    matter.decline_reason, matter.accepted_on = None, on
    move.words = f"{reason}。{was}{set_deadline(matter, moment_of(on, now))}"
    move.told = {"应办结日": str(matter.due_on or "未定")}
    to_be_told_again(matter)
    return move.finish()
