"""知情人 and 被反映人 of a confidential matter; every look at it is a line of the trail."""

from django.db import transaction

from grievances import secrecy
from grievances.models import AccusedPerson, ConfidentialReader
from liaison import audit
from liaison.errors import NotAllowed

from ._move import Move, claimed, require_words

Kind = ConfidentialReader.Kind


def appoint(matter, by, on, *, kind, reason, user=None, post=None) -> ConfidentialReader:
    """A current row for a person or a post; the one that is there already, if it is no registrar's."""
    rows = matter.readers.current().filter(user=user, post=post)
    if earlier := rows.acting().first():
        return earlier
    rows.end(on, "改为办理人")
    return ConfidentialReader.objects.create(
        grievance=matter, user=user, post=post, kind=kind, since=on, by=by, reason=reason[:200]
    )


def add_accused(matter, by, now, people=(), household=None, words="") -> None:
    """Enter whom a matter accuses, as far as it is known."""
    rows = [AccusedPerson(user=each) for each in people]
    if household or words.strip():
        rows.append(AccusedPerson(household=household, words=words.strip()))
    for row in rows:
        row.grievance, row.by, row.entered_at = matter, by, now
        row.save()


def admit(matter, handler, by, on) -> None:
    """The handler a confidential matter is assigned to may open it; refused when it accuses somebody near him.

    Raises:
        NotAllowed: nobody named, or one who is barred.
    """
    if handler is None:
        raise NotAllowed("涉密事项须交给具体承办人，请选择承办人。")
    if secrecy.is_barred(handler, matter, on):
        raise NotAllowed(f"{handler}与被反映人有关联，须回避，请另选承办人。")
    appoint(matter, by, on, user=handler, kind=Kind.HANDLER, reason="承办")


@transaction.atomic
def name_reader(*, grievance, by, on, now, version, user, reason) -> ConfidentialReader:
    """指定知情人, with a reason.

    Raises:
        NotAllowed: not by who works on it; somebody who reads no ledger, or must keep away.
    """
    matter = _claimed(grievance, by, version)
    reason = require_words(reason, "请写明为什么需要他知情。")
    if not (user.is_active and user.has_perm("grievances.view")):
        raise NotAllowed(f"{user}的岗位不看台账，请另选。")
    if secrecy.is_barred(user, matter, on):
        raise NotAllowed(f"{user}与被反映人有关联，须回避，请另选。")
    row = appoint(matter, by, on, user=user, kind=Kind.NAMED, reason=reason)
    _written(matter, by, on, now, "name_reader", "指定知情人", f"{user}。{reason}")
    return row


@transaction.atomic
def end_reader(*, grievance, by, on, now, version, row, reason) -> None:
    """停止知情, with a reason; somebody who works on it must remain."""
    matter = _claimed(grievance, by, version)
    reason = require_words(reason, "请写明停止知情的理由。")
    matter.readers.current().filter(pk=row.pk).end(on, reason)
    _check_somebody_remains(matter, on)
    _written(matter, by, on, now, "end_reader", "停止知情", f"{row}。{reason}")


@transaction.atomic
def accuse(*, grievance, by, on, now, version, people=(), household=None, words="") -> None:
    """补充被反映人: whoever stands near to him loses sight in this moment; the next desk free of it takes over.

    Raises:
        NotAllowed: nothing said, not by who works on it, or nobody would be left to see it.
    """
    matter = _claimed(grievance, by, version)
    if not (people or household or words.strip()):
        raise NotAllowed("请选择干部或户，或写明被反映人。")
    add_accused(matter, by, now, people, household, words)
    for row in matter.readers.current().filter(user__isnull=False).select_related("user"):
        if secrecy.is_barred(row.user, matter, on):
            matter.readers.filter(pk=row.pk).end(on, "与被反映人有关联，回避")
    if not secrecy.sighted(matter, on):
        post = secrecy.desk_for(matter, on)
        if post is not None:
            appoint(matter, by, on, post=post, kind=Kind.DESK, reason="原知情人回避")
    _check_somebody_remains(matter, on)
    _written(matter, by, on, now, "accuse", "补充被反映人", "")


@transaction.atomic
def note_view(*, grievance, by, what="查看") -> None:
    """A look at a confidential matter, or at what hangs on it, in the trail."""
    audit.record(by=by, action=what, subject=grievance, township_id=grievance.township_id)


def _claimed(grievance, by, version):
    matter = claimed(grievance, by, version)
    if not (matter.is_confidential and secrecy.may_act(by, matter)):
        raise NotAllowed("知情人和被反映人由办理这件事的人确定，请与专办人联系。")
    return matter


def _check_somebody_remains(matter, on):
    if not secrecy.sighted(matter, on):
        raise NotAllowed("这样就没有人能办理这件事了，请先指定一位须知情的同志。")


def _written(matter, by, on, now, act, name, words):
    matter.version += 1
    matter.save(update_fields=["version"])
    Move(act, matter, by, on, now, words).write(name, matter.status)
