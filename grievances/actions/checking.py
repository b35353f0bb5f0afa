"""核查: a matter outside the sample is made sure of on the spot or by its papers, by somebody else."""

from django.db import transaction

from grievances.models import CheckKind, Grievance

from ._move import begin, require_choice, require_words


@transaction.atomic
def check(*, grievance, by, on, now, version, kind, words) -> Grievance:
    """核查 with what was seen, in words. It says nothing of what the villager thinks, and counts as no answer."""
    move = begin(
        "check", grievance=grievance, by=by, on=on, now=now, version=version,
        not_before="answered_on",
    )  # fmt: skip
    require_choice(kind, CheckKind, "核查方式")
    seen = require_words(words, "请写明核查看到的情况。")
    matter = move.grievance
    matter.check_kind, matter.checked_on = kind, on
    move.words = f"{CheckKind(kind).label}：{seen}"
    move.told = {"核查方式": CheckKind(kind).label}
    return move.finish()
