"""Write and verify the audit trail. Called by verbs, inside their transaction.

Each actor has a chain of his own, so that two people saving at once never wait
for one another's lock; ``AuditChain`` holds each chain's length and last hash.
"""

import hashlib
import hmac
import json

from django.conf import settings
from django.db import transaction

from . import clock
from .models import AuditChain, AuditEntry

SYSTEM = "system"
VEILED = "涉密事项"  # all that the trail says of a confidential row beside who did what and when


def record(
    *,
    by,
    action,
    subject=None,
    label="",
    before=None,
    after=None,
    township_id=None,
    result="成功",
):
    """Append one line to the trail, in the transaction of the change itself.

    Args:
        by: the user who acts, or None for the machine (a due task, a command).
        action: what was done, in the office's words, e.g. "交办".
        subject: the row it was done to; ``label`` replaces its ``str()``. Neither may hold an ID or phone number.
        before, after: dicts of changed fields, already masked.
        township_id: whose auditor may read it.
    Returns:
        The AuditEntry.
    """
    line = {
        "action": action,
        "subject": subject,
        "label": label,
        "before": before,
        "after": after,
        "township_id": township_id,
        "result": result,
    }
    return record_many(by=by, lines=[line])[0]


def record_many(*, by, lines) -> list[AuditEntry]:
    """Append lines in their order, as record() would one by one; an import writes thousands.

    Args:
        by: as in record().
        lines: dicts of record()'s other arguments.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit line is written in the transaction of the change it tells of")
    if not lines:
        return []
    chain = _locked_chain(str(by.pk) if by else SYSTEM)
    at, post = clock.now(), by.post_title() if by else ""
    entries = [_append(chain, by, at, post, **line) for line in lines]
    AuditEntry.objects.bulk_create(entries, batch_size=500)
    chain.save(update_fields=["length", "last_hash"])
    return entries


def _locked_chain(key):
    """An actor's chain; made at his first line, when two of his may be written at once."""
    chains = AuditChain.objects.select_for_update()
    try:
        return chains.get(key=key)
    except AuditChain.DoesNotExist:
        AuditChain.objects.get_or_create(key=key)
        return chains.get(key=key)


def _append(
    chain, by, at, post, *, action, subject=None, label="", before=None, after=None, township_id=None, result="成功"
):  # fmt: skip
    """The entry of one line, chained on; ``chain`` moves along in memory."""
    if is_confidential(subject):
        label, before, after = VEILED, None, None
    entry = AuditEntry(
        chain=chain.key,
        position=chain.length + 1,
        at=at,
        actor_id=by.pk if by else None,
        actor_name=by.display_name if by else "系统",
        actor_post=post,
        action=action,
        object_type=subject._meta.label if subject is not None else "",
        object_id=str(subject.pk) if subject is not None else "",
        object_label=(label or (str(subject) if subject is not None else ""))[:200],
        before=_as_stored(before),
        after=_as_stored(after),
        township_id=township_id if township_id is not None else getattr(by, "township_id", None),
        result=result,
        previous_hash=chain.last_hash,
    )
    entry.hash = entry_hash(entry)
    chain.length, chain.last_hash = entry.position, entry.hash
    return entry


def is_confidential(subject) -> bool:
    """Whether a row, or the matter it hangs on, says of itself that it is confidential."""
    if not hasattr(subject, "is_confidential"):
        subject = getattr(subject, "grievance", None)
    return bool(getattr(subject, "is_confidential", False))


def _as_stored(said: dict | None) -> dict:
    """Keys become texts and tuples lists now, as they will read later: the hash must stay true."""
    return json.loads(json.dumps(said or {}, ensure_ascii=False))


def entry_hash(entry: AuditEntry) -> str:
    """Keyed hash over the previous hash and everything the line says."""
    said = [
        entry.chain, entry.position, entry.at.isoformat(), entry.actor_id, entry.actor_name, entry.actor_post,
        entry.action, entry.object_type, entry.object_id, entry.object_label, entry.before, entry.after,
        entry.township_id, entry.result, entry.previous_hash,
    ]  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hmac.new(
        f"audit:{settings.INDEX_KEY}".encode(), text.encode(), hashlib.sha256
    ).hexdigest()


def verify() -> list[str]:
    """Walk every chain; returns one sentence per break, empty when all is whole."""
    faults = [fault for chain in AuditChain.objects.order_by("key") if (fault := _fault_of(chain))]
    known = AuditChain.objects.values("key")
    if AuditEntry.objects.exclude(chain__in=known).exists():
        faults.append("有审计记录不属于任何一条审计链：链的登记已被删除。")
    return faults


def _fault_of(chain: AuditChain) -> str:
    previous, length = "", 0
    entries = AuditEntry.objects.filter(chain=chain.key).order_by("position")
    for length, entry in enumerate(entries.iterator(), start=1):
        whole = entry.position == length and entry.previous_hash == previous
        if not whole or entry.hash != entry_hash(entry):
            return f"{_name(chain)}在第 {entry.position} 条处断开：内容被改动，或此前有记录缺失。"
        previous = entry.hash
    if (length, previous) != (chain.length, chain.last_hash):
        return f"{_name(chain)}应有 {chain.length} 条，现有 {length} 条：末尾的记录被删除。"
    return ""


def _name(chain: AuditChain) -> str:
    return "系统的审计链" if chain.key == SYSTEM else f"账号 {chain.key} 的审计链"
