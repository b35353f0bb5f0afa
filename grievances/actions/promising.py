"""答应的事: what was promised to a villager, and by which day."""

from liaison.errors import NotAllowed

LONGEST = 200


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
