"""批量办理, row by row: each in its own transaction, through its verb, at the version that was shown.

What is done stays done whatever becomes of the next row; taken up again after a breakdown it goes on with
the rows that still wait.
"""

import structlog
from django.db import transaction

from liaison import clock, jobs
from liaison.errors import NotAllowed, Stale

from . import actions, rules
from .actions import supervising
from .actions.routing import NO_RULE
from .actions.triage import KIND
from .models import Triage, TriageLine
from .routing import facts_of, route, rules_of, sections_of

log = structlog.get_logger(__name__)
Outcome = TriageLine.Outcome
BY_RULE = ("accept", "assign")  # acts that go where a rule says
CHANGED = "您选择之后又有新的办理，没有改动；请打开查看最新情况。"
NOT_TAKEN_UP = (
    "没有适用的分派规则，没有受理；请打开受理，再选择承办单位交办。"  # 受理并交办: both or neither
)
BROKEN = "没有办成，请打开这件诉求单独办理。"


def run(job, progress, now) -> str:
    """Do what still waits of a triage; answers one sentence with the three counts."""
    triage = Triage.objects.select_related("by", "department", "handler").get(job=job)
    waiting = triage.lines.filter(outcome=Outcome.WAITING).select_related("grievance__department")
    lines = list(waiting)
    for at, line in enumerate(lines):
        try:
            progress("正在办理", at, len(lines))
        except jobs.Cancelled:
            return f"已停止。{in_words(triage)}"
        do_one(triage, line, now)
    return in_words(triage)


def do_one(triage, line, now) -> None:
    """One row: the verb and its outcome in one transaction; a refusal or a fault is noted beside the row."""
    try:
        with transaction.atomic():
            if sentence := refusals(triage.act, [line.grievance], triage.by, now)[0]:
                line.outcome, line.reason = Outcome.SKIPPED, sentence
            else:
                _verb(triage, line, now)
                line.outcome, line.reason = Outcome.DONE, ""
            line.save(update_fields=["outcome", "reason"])
        return
    except Stale:
        line.outcome, line.reason = Outcome.SKIPPED, CHANGED
    except NotAllowed as refused:
        left = str(refused) == NO_RULE
        said = NOT_TAKEN_UP if left and triage.act == "accept" else str(refused)[:200]
        line.outcome, line.reason = Outcome.SKIPPED if left else Outcome.FAILED, said
    except Exception:
        log.exception("triage.row_failed", triage=triage.pk, line=line.pk)
        line.outcome, line.reason = Outcome.FAILED, BROKEN
    line.save(update_fields=["outcome", "reason"])


def _verb(triage, line, now):
    given = {
        "grievance": line.grievance,
        "by": triage.by,
        "now": now,
        "version": line.shown_version,
    }
    if triage.act == "urge":  # is of the moment it is done
        return actions.urge(**given)
    given["on"] = triage.on
    if triage.act == "accept":
        return actions.accept(**given, also_assign=triage.also_assign, rule=line.rule)
    if triage.act == "assign" and triage.department is None:
        return actions.assign_by_rule(**given, rule=line.rule)
    if triage.act == "assign":
        return actions.assign(**given, department=triage.department, handler=triage.handler)
    return getattr(actions, triage.act)(**given)


def in_words(triage) -> str:
    """「已办12件，跳过3件，失败0件。」, with what still waits if anything does."""
    outcomes = list(triage.lines.values_list("outcome", flat=True))
    said = [
        f"{outcome.label}{outcomes.count(outcome)}件"
        for outcome in (Outcome.DONE, Outcome.SKIPPED, Outcome.FAILED, Outcome.WAITING)
        if outcome != Outcome.WAITING or outcome in outcomes
    ]
    return f"{'，'.join(said)}。"


def refusals(act, matters, by, now) -> list[str]:
    """For each of some matters why this user may not do the act to it; "" where he may."""
    if act != "urge":
        return [rules.refusal(act, each, by) for each in matters]
    urged = supervising.urged_on([each.pk for each in matters], clock.local_date(now))
    told = dict.fromkeys(urged, supervising.URGED)
    return [supervising.may_supervise(each, by) or told.get(each.pk, "") for each in matters]


def foreseen(act, matters, by, now) -> list[dict]:
    """[{matter, refusal, route}] of a choice before it is confirmed: what would be skipped, and where each goes.

    Args:
        matters: read with ``department`` and ``village``.
    """
    routes = act in BY_RULE
    tables = {pk: rules_of(pk) for pk in {each.township_id for each in matters}} if routes else {}
    homes = {each.household_id for each in matters} - {None}
    sections = sections_of(homes) if routes and homes else {}
    return [
        {
            "matter": each,
            "refusal": refusal,
            "route": route(facts_of(each, sections=sections), tables[each.township_id])
            if routes
            else None,
        }
        for each, refusal in zip(matters, refusals(act, matters, by, now), strict=True)
    ]


jobs.handle(KIND, run=run)
