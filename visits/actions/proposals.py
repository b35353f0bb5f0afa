"""金点子: written down, decided on, carried out, answered."""

from django.db import transaction

from liaison.errors import NotAllowed
from liaison.models import NumberSeries
from liaison.versions import claim
from visits.models import Proposal, ProposalLine

from ._noted import check_day, check_place, check_who, check_words, line_by
from ._shared import mine, note, save

State = Proposal.State
# {act: (its word, the states it is done from, the state it leads to; None leaves it)}
ACTS = {
    "adopt": ("采纳", (State.STUDY, State.REJECTED), State.ADOPTED),
    "reject": ("不采纳", (State.STUDY, State.ADOPTED), State.REJECTED),
    "finish": ("办好了", (State.STUDY, State.ADOPTED), State.DONE),
    "answer": ("答复提出人", tuple(State), None),
}


def acts_for(proposal) -> list[tuple[str, str]]:
    """[(act, its word)] that can be done to a proposal as it stands."""
    return [(act, word) for act, (word, since, _) in ACTS.items() if proposal.state in since]


@transaction.atomic
def suggest(
    *, by, now, village, words, proposed_on, household=None, visitor="", visit=None
) -> Proposal:
    """Write down what a villager suggested for the village; it waits to be studied.

    Args:
        proposed_on: the day he said it; any day up to today.
        visit: the row it was said at, of the same village.
    Raises:
        NotAllowed: not his village, nobody named, no words, a day to come.
    """
    check_place(by, village, household, visit)
    check_who(household, visitor)
    check_day(proposed_on, now)
    words = check_words(Proposal, "words", words, "金点子内容")
    proposal = Proposal.objects.create(
        number=_next_number(village.township, proposed_on.year),
        township=village.township, village=village, visit=visit, household=household,
        visitor=visitor.strip(), words=words, proposed_on=proposed_on, entered_at=now, entered_by=by,
    )  # fmt: skip
    _line(proposal, "登记", by, proposed_on, now)
    note(proposal, by, "登记金点子", {}, {"状态": proposal.get_state_display()})
    return proposal


@transaction.atomic
def decide(*, proposal, act, by, now, on, version, words="", told=False) -> Proposal:
    """Do one of ACTS to a proposal.

    Args:
        words: why it is not taken up, what was done, or what the villager was told.
        told: the villager was told these words by the same act.
    Raises:
        NotAllowed: not his village, not from this state, a refusal without a reason, an answer without words.
        Stale: somebody decided since ``version``.
    """
    proposal = claim(mine(Proposal, proposal, by), proposal.pk, version)
    check_place(by, proposal.village)
    check_day(on, now, since=proposal.proposed_on)
    word, since, to = ACTS[act]
    if proposal.state not in since:
        raise NotAllowed(f"这条金点子{proposal.get_state_display()}，不能再“{word}”，请刷新页面。")
    words = words.strip()
    if act == "reject":
        words = check_words(Proposal, "reason", words, "不采纳的原因，提出人要看")
        proposal.reason = words
    if act == "answer" or told:
        proposal.answer = check_words(Proposal, "answer", words, "怎样答复提出人")
        proposal.answered_on = on
    before = proposal.get_state_display()
    proposal.state = to or proposal.state
    save(proposal, "state", "reason", "answer", "answered_on")
    _line(
        proposal, f"{word}，已告诉提出人" if told and act != "answer" else word, by, on, now, words
    )
    after = proposal.get_state_display()
    note(proposal, by, f"金点子：{word}", {"状态": before}, {"状态": after})
    return proposal


def _line(proposal, act, by, on, now, words=""):
    """A line of its history."""
    line_by(
        ProposalLine, by, proposal=proposal, act=act, words=words, on=on, entered_at=now,
        to_state=proposal.state,
    )  # fmt: skip


def _next_number(township, year):
    """「金100-2026-0003」: by township and year, without gaps."""
    serial = NumberSeries.next(f"proposal:{township.pk}:{year}")
    return f"金{township.ledger_prefix}-{year}-{serial:04d}"
