"""What an older ledger says became of a matter: how far it is, the limit, who has it, the end."""

from grievances.deadlines import end_of
from grievances.models import Status
from liaison.imports.text import half_width, tidy

from .days import read_limit
from .words import (
    DECLINED,
    MODE_OF,
    ON_THE_SPOT,
    SATISFACTION,
    SETTLEMENT_OF,
    open_state,
    read_done,
)

HANDLER = 120


def read_handling(row, values, lists, *, closed_by_title):
    """Fill ``values`` (attribute of Grievance -> value) with state, limit, unit and end of a row.

    办结, 反馈 and 销号 are three days: each is taken only where the file writes it.
    """
    _whose(row, values, lists)
    values["accepted_on"] = _later(row, values, "accepted")
    values["assigned_on"] = _later(row, values, "assigned")
    _limit(row, values, lists)
    _how(row, values, lists)
    done = _is_done(row, values, closed_by_title)
    values["settled_on"] = _settled_on(row, values, done)
    values["settled_at"] = end_of(values["settled_on"]) if values["settled_on"] else None
    values["result"] = (row.lines("result") or row.lines("course")) if done else ""
    _after(row, values, done)
    values["status"] = _status(row, values, lists, done)


def _whose(row, values, lists):
    """Unit and handler by name where they are ours, their words beside."""
    unit, handler = row.text("unit"), row.text("handler")
    department = lists.departments.get(half_width(unit)) if unit else None
    user = lists.handlers.get((department.pk, handler)) if department else None
    values["department"], values["handler"] = department, user
    words = [unit] if unit and department is None else []
    words += [handler] if handler and user is None else []
    values["handler_words"] = " ".join(words)[:HANDLER]


def _later(row, values, name):
    """A day between the registration and today; any other is left as written, with a warning."""
    day = row.day(name)
    if day is None or values["registered_on"] <= day <= row.on:
        return day
    row.warn(name, "W-ORDER", row.head(name))
    return None


def _limit(row, values, lists):
    limit = read_limit(
        row.value("due"),
        start=values["registered_on"],
        on=row.on,
        calendar=lists.calendar,
        date_1904=row.date_1904,
    )
    due, words = limit.due_on, limit.words
    if due and due < values["registered_on"]:
        row.warn("due", "W-ORDER", row.head("due"))
        due, words = None, words or f"{due}"
    elif words and due is None:
        row.warn("due", "W-DUE", words[:30])
    values["due_on"], values["due_at"] = due, end_of(due) if due else None
    values["due_unit"], values["due_words"] = limit.unit if due else "", words


def _how(row, values, lists):
    """办结类型 and 办结方式, if the file knows ours; 当场办结."""
    method = lists.method(row.text("method"))
    values["method"] = method
    said = SETTLEMENT_OF.get(row.text("settlement"), "")
    values["settlement"] = method.settlement if method else said
    words = {row.text(name) for name in ("method", "done", "course")}
    values["on_the_spot"] = bool(words & ON_THE_SPOT) or "当场办结" in row.text("remark")


def _is_done(row, values, closed_by_title):
    """Whether it is settled: by its own column; without one by 办理情况 in one word, by the day, by the title."""
    if "done" in row.table.columns:
        done = read_done(row.value("done"))
        if done is None:
            row.warn("done", "W-DONE-WORD", tidy(row.value("done"))[:20])
        return bool(done)
    course = row.text("course")
    if course and (done := read_done(course)) is not None:
        return done
    return values["on_the_spot"] or bool(row.text("settled")) or closed_by_title


def _settled_on(row, values, done):
    """The day of settling if it is known and can be true."""
    day = row.day("settled")
    if not done:
        values["settlement"], values["method"], values["on_the_spot"] = "", None, False
        if day:
            row.warn("settled", "W-OPEN-SETTLED")
        return None
    if day is None:
        row.warn("settled", "W-END-NONE")
    elif day < values["registered_on"]:
        row.warn("settled", "W-END-EARLY")
    elif day > row.on:
        row.warn("settled", "W-END-FUTURE")
    else:
        return day
    return None


def _after(row, values, done):
    """反馈, 回访, 销号 and 群众评价 of a settled matter."""
    for name in ("answered", "verified", "closed_out"):
        values[f"{name}_on"] = _later(row, values, name) if done else None
    values["answer_mode"] = MODE_OF.get(row.text("answer_mode"), "") if done else ""
    values["satisfaction"] = SATISFACTION.get(row.text("satisfaction"), "") if done else ""


def _status(row, values, lists, done):
    values["decline_reason"] = None
    word = row.text("done")
    if word in DECLINED:
        values["decline_reason"] = lists.reason(row.lines("remark") + row.lines("course"))
        return Status.DECLINED
    if not done:
        words = [word, *row.lines("course").split("\n")]
        has_unit = values["department"] is not None
        return open_state(words, accepted=values["accepted_on"], has_unit=has_unit)
    if values["closed_out_on"] or word == Status.CLOSED_OUT.label:
        return Status.CLOSED_OUT
    if values["answered_on"]:
        return Status.VERIFIED if values["verified_on"] else Status.ANSWERED
    return Status.ANSWERED if word == Status.ANSWERED.label else Status.SETTLED
