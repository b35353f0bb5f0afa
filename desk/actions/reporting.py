"""What a village contact heard is a visit and, if asked, a matter of the ledger."""

from django.db import transaction

from desk.entries import Defaults, Matter
from visits.actions.reporting import report_heard

from ._rows import Made, register_all

SUMMARY_LONGEST = 60
ENDS = "。；;！？!?\n"


@transaction.atomic
def report(*, by, now, household, occurred_on, mode, said, nothing_asked, asks) -> Made:
    """Write down what was heard in one of his households; with ``asks`` it is registered too (来源 代表反映).

    The summary is the beginning of what was said, the category guessed from it or 其他: the office puts both
    right when it accepts the matter.

    Raises:
        NotAllowed: any refusal of the two verbs, or a matter of which nothing was said; nothing is stored then.
    """
    visit = report_heard(
        by=by, now=now, household=household, occurred_on=occurred_on, mode=mode, said=said,
        nothing_asked=nothing_asked,
    )  # fmt: skip
    matters = [Matter(summary=summary_of(said))] if asks else []
    defaults = Defaults(reported=True)
    return Made(visit, register_all(matters, visit, by=by, now=now, defaults=defaults))


def summary_of(said: str) -> str:
    """The first sentence of what was said, at most 60 characters, as the summary of a matter."""
    text = said.strip()
    first = next((at for at, sign in enumerate(text) if sign in ENDS and at), len(text))
    return text[:first].strip()[:SUMMARY_LONGEST]
