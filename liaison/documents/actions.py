"""What is done with templates: a township's own is taken, the shipped one comes back."""

from django.db import transaction

from liaison import audit
from liaison.errors import NotAllowed
from liaison.models import DocumentTemplate

from . import store
from .checking import check_template
from .kinds import Kind
from .refusing import DocumentRefused

PERMISSION = "liaison.settings"


def take_template(*, by, township_id, kind: Kind, data: bytes, file_name, now) -> DocumentTemplate:
    """A township's own template of a paper, in use from now on; what was in use before is kept.

    Raises:
        NotAllowed: not his to set, or the file is none that can be used; nothing is kept then.
    """
    _require(by, township_id)
    try:
        check_template(data, kind)
    except DocumentRefused as refusal:
        raise NotAllowed(str(refusal)) from refusal
    name = store.keep(data)
    try:
        with transaction.atomic():
            facts = {"stored_name": name, "digest": store.digest_of(data), "size": len(data)}
            return _set(by, township_id, kind, now, file_name=file_name[-200:], **facts)
    except BaseException:
        store.remove(name)
        raise


@transaction.atomic
def restore_shipped(*, by, township_id, kind: Kind, now) -> DocumentTemplate:
    """The shipped template is in use again; saying it twice changes nothing.

    Raises:
        NotAllowed: not his to set, or it is in use already.
    """
    _require(by, township_id)
    now_used = DocumentTemplate.objects.in_use(township_id, kind.key)
    if now_used is None or now_used.is_shipped:
        raise NotAllowed(f"{kind.title}现在用的就是自带模板，不用恢复。")
    return _set(by, township_id, kind, now)


def _require(by, township_id):
    if township_id not in by.village_scope(PERMISSION).townships:
        raise NotAllowed("文书模板由本镇驻点办设定，请联系他们。")


def _set(by, township_id, kind, now, **facts):
    before = DocumentTemplate.objects.in_use(township_id, kind.key)
    row = DocumentTemplate.objects.create(
        kind=kind.key, township_id=township_id, set_at=now, set_by_id=by.pk,
        set_by_name=by.display_name, **facts,
    )  # fmt: skip
    audit.record(
        by=by, action="设定文书模板", subject=row, label=kind.title, before=_told(before),
        after=_told(row), township_id=township_id,
    )  # fmt: skip
    return row


def _told(row):
    if row is None or row.is_shipped:
        return {"模板": "自带模板"}
    return {"模板": "本镇模板", "大小(字节)": row.size, "校验": row.digest[:12]}
