"""After settling: told to the villager, asked by somebody else, crossed off; or opened again."""

from django.db import transaction

from grievances.deadlines import moment_of
from grievances.models import FollowUp, Grievance, RedoCall
from liaison.clock import local_date
from liaison.errors import NotAllowed

from ._move import begin, require_choice, require_words
from .booking import clear_book
from .coming_back import lapse
from .dating import clear_deadline, set_deadline
from .passing import handles_at
from .redoing import call_for_redo, end_calls, is_called_for
from .sampled import drop_from_samples, note_answer

Answer = FollowUp.Answer
Mode = Grievance.AnswerMode


@transaction.atomic
def answer(*, grievance, by, on, now, version, mode, words="") -> Grievance:
    """反馈: the villager is told the result, 口头, 电话 or 书面."""
    move = _begin_after("settled_on", "answer", grievance, by, on, now, version)
    require_choice(mode, Mode, "反馈方式")
    move.grievance.answered_on, move.grievance.answer_mode = on, mode
    parts = (f"{Mode(mode).label}反馈", words.strip())
    move.words = "。".join(part for part in parts if part)
    move.told = {"反馈方式": Mode(mode).label}
    return move.finish()


@transaction.atomic
def verify(
    *, grievance, by, on, now, version, answer, mode, verbatim="", and_reopen=False
) -> Grievance:
    """回访核实 by somebody else than the handler; 联系不上 is an answer and may be asked again.

    不满意 waits for the office until the matter is opened again or answered for in writing.

    Args:
        and_reopen: 不满意并重办, the villager's words being the reason; for who may reopen.
    """
    move = _begin_after("answered_on", "verify", grievance, by, on, now, version)
    require_choice(answer, Answer, "群众评价")
    require_choice(mode, Mode, "回访方式")
    matter, verbatim = move.grievance, verbatim.strip()
    if and_reopen and answer != Answer.DISSATISFIED:
        raise NotAllowed("群众不满意的才在这里一并重办，请核对群众评价。")
    said_by_villager = FollowUp.objects.create(
        grievance=matter,
        township=matter.township,
        village=matter.village,
        answer=answer,
        verbatim=verbatim,
        mode=mode,
        asked_by=by,
        on=on,
        entered_at=now,
    )
    note_answer(matter, said_by_villager)
    crossed_off = matter.closed_out_on
    matter.verified_on, matter.satisfaction, matter.closed_out_on = on, answer, None
    said = f"{Mode(mode).label}回访：{Answer(answer).label}"
    advice = "建议重办" if answer == Answer.DISSATISFIED else ""
    earlier = f"原销号{crossed_off}" if crossed_off else ""
    move.words = "。".join(part for part in (said, verbatim, advice, earlier) if part)
    move.told = {"群众评价": Answer(answer).label, "回访方式": Mode(mode).label}
    matter = move.finish()
    if answer == Answer.DISSATISFIED:
        why = RedoCall.Why.DISSATISFIED
        call_for_redo(matter, why=why, on=on, now=now, follow_up=said_by_villager)
    if and_reopen:
        words = require_words(verbatim, "请按原话写明不满意在哪里，作为重办的原因。")
        return reopen(grievance=matter, by=by, on=on, now=now, version=None, words=words)
    return matter


@transaction.atomic
def close_out(*, grievance, by, on, now, version, words="") -> Grievance:
    """销号: crossed off after settling, answering and a check; against 不满意 only with a reason.

    The check is a follow-up, or 现场核查 or 资料核查 by somebody other than the handler.
    """
    move = _begin_after("answered_on", "close_out", grievance, by, on, now, version)
    matter = move.grievance
    checked_on = max(filter(None, (matter.verified_on, matter.checked_on)), default=None)
    if not (matter.settled_on and matter.answered_on and checked_on):
        raise NotAllowed("办结、反馈、回访(或核查)三项齐全后才能销号。")
    if on < checked_on:
        raise NotAllowed(f"日期{on}早于回访(核查)日期{checked_on}，请核对。")
    if matter.satisfaction == Answer.DISSATISFIED or is_called_for(matter):
        require_words(words, "群众不满意或有反弹：请重办，或写明仍然销号的理由。")
    end_calls(matter, outcome=RedoCall.Outcome.KEPT, by=by, on=on, words=words.strip())
    matter.closed_out_on, move.words = on, words.strip()
    return move.finish()


@transaction.atomic
def reopen(*, grievance, by, on, now, version, words) -> Grievance:
    """重办 with a reason: the earlier dates go into the history, and a new time limit begins."""
    move = _begin_after("settled_on", "reopen", grievance, by, on, now, version)
    reason = require_words(words, "请写明重办的原因。")
    matter = move.grievance
    earlier = _earlier(matter)
    _clear(matter)
    _settle_what_hung_on_it(matter, by, on)
    if matter.handler and not handles_at(matter.handler, matter.department, local_date(now)):
        matter.handler = None  # he has left; the unit names another
    matter.reopened_count += 1
    move.words = f"{reason}。{earlier}{set_deadline(matter, moment_of(on, now))}"
    move.told = {"重办次数": matter.reopened_count, "应办结日": str(matter.due_on or "未定")}
    to_be_told_again(matter)
    return move.finish()


def to_be_told_again(matter) -> None:
    """Who brought a merged matter hears the new answer too."""
    for row in matter.merged.exclude(told_merged_on=None).select_for_update(of=("self",)):
        row.told_merged_on, row.told_merged_mode = None, ""
        row.version += 1
        row.save(update_fields=["told_merged_on", "told_merged_mode", "version"])


def _settle_what_hung_on_it(matter, by, on) -> None:
    """It is open again: nobody waits for the decision, looks back or asks about the earlier end."""
    end_calls(matter, outcome=RedoCall.Outcome.REOPENED, by=by, on=on)
    lapse(matter, on)
    drop_from_samples(matter)


def _begin_after(earlier, act, grievance, by, on, now, version):
    return begin(
        act, grievance=grievance, by=by, on=on, now=now, version=version, not_before=earlier
    )


def _earlier(matter) -> str:
    """「原办结2026-11-03(实质性办结 ①实质办结),原反馈…;」: nothing of the first round is lost."""
    dates = [
        ("原办结", matter.settled_on, _how(matter)),
        ("原反馈", matter.answered_on, ""),
        ("原回访", matter.verified_on, ""),
        ("原核查", matter.checked_on, ""),
        ("原销号", matter.closed_out_on, ""),
        ("原应办结日", matter.due_on, ""),
        ("原答应的期限", matter.promise_due_on, ""),
        ("原呈报", matter.rung, ""),
        ("原转送", matter.forwarded_to, ""),
    ]
    return ",".join(f"{name}{day}{more}" for name, day, more in dates if day) + "。"


def _how(matter) -> str:
    """(实质性办结 ①实质办结); an older ledger may not say."""
    said = [matter.get_settlement_display(), str(matter.method or "")]
    return f"({' '.join(each for each in said if each)})" if any(said) else ""


def _clear(matter) -> None:
    matter.settlement, matter.method, matter.result = "", None, ""
    matter.settled_on = matter.settled_at = matter.settled_by = None
    matter.on_the_spot = False
    matter.answered_on, matter.answer_mode = None, ""
    matter.verified_on, matter.satisfaction = None, ""
    matter.check_kind, matter.checked_on, matter.comes_back_on = "", None, None
    clear_book(matter)
    matter.closed_out_on = None
    matter.promise, matter.promise_due_on = "", None
    matter.rung, matter.forwarded_to = None, ""
    clear_deadline(matter)
