"""批量办理 is ordered here, in one transaction; each row is done by itself in ``grievances.triage``."""

from django.db import transaction

from grievances.models import Grievance, Triage, TriageLine
from grievances.models.states import TRANSITIONS
from grievances.rules import PERMISSIONS
from liaison import audit, jobs
from liaison.errors import NotAllowed

from . import supervising

KIND = "triage"
MOST = 500  # 件 at once; more asks for a narrower choice
# act -> (its name, the permission it needs)
ACTS = {
    act: (TRANSITIONS[act][0], PERMISSIONS[act]) for act in ("accept", "assign", "take_in_hand")
}
ACTS["urge"] = ("催办", supervising.PERMISSION)


def acts_of(user) -> list[tuple[str, str]]:
    """(act, its name) of what somebody may do to many at once."""
    return [(act, name) for act, (name, permission) in ACTS.items() if user.has_perm(permission)]


@transaction.atomic
def order_triage(
    *, by, act, rows, on, now, also_assign=False, department=None, handler=None
) -> Triage:
    """Write down what shall be done to which matters; a worker, or the page itself, does it afterwards.

    Args:
        rows: [(matter's id, version shown, key of the rule shown)], at most MOST.
        also_assign, department, handler: as the verbs take them; no department: each by its rule.
    Raises:
        NotAllowed: not his act, none or too many chosen, a matter he does not see.
    """
    if act not in dict(acts_of(by)):
        raise NotAllowed("您的岗位不能批量办理这一项，请联系镇驻点办。")
    if not 1 <= len(rows) <= MOST:
        raise NotAllowed(f"请选择1至{MOST}件；更多的请缩小查询条件，分几次办理。")
    known = Grievance.objects.visible_to(by).filter(pk__in=[pk for pk, _, _ in rows])
    townships = dict(known.values_list("pk", "township"))
    if len(townships) != len(rows):
        raise NotAllowed("所选的诉求有的已不在您的工作范围内，请回列表重新选择。")
    township_id, name = townships[rows[0][0]], ACTS[act][0]
    title = f"批量{name} {len(rows)}件"
    job = jobs.enqueue(
        kind=KIND, subject_id=0, title=title, by=by, township_id=township_id, now=now
    )
    triage = Triage.objects.create(
        township_id=township_id, by=by, act=act, on=on, asked_at=now, also_assign=also_assign,
        department=department, handler=handler, job=job,
    )  # fmt: skip
    job.subject_id = triage.pk
    job.save(update_fields=["subject_id"])
    TriageLine.objects.bulk_create(
        TriageLine(triage=triage, grievance_id=pk, shown_version=version, rule=rule)
        for pk, version, rule in rows
    )
    audit.record(
        by=by, action="批量办理", subject=triage, label=title, after={"动作": name, "件数": len(rows)},
        township_id=township_id,
    )  # fmt: skip
    return triage
