"""What happens to a row of a reference table: added, changed, switched off or on, taken in from a file."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from liaison import audit, versions
from liaison.errors import NotAllowed
from liaison.imports.kinds import NEW

from .resources import refusals
from .staging import stage

NOT_WHAT_WAS_SHOWN = "预览之后又有变动，下面是重新核对的结果，请看过后再确认。"


@transaction.atomic
def add_row(*, table, by, **facts):
    """A new row.

    Raises:
        NotAllowed: no right, or its name or code is taken.
    """
    table.require(by)
    row = table.model(**facts)
    _store(table, row)
    audit.record(
        by=by,
        action=f"新增{table.title}",
        subject=row,
        label=table.label(row),
        after=table.texts(row),
    )
    return row


@transaction.atomic
def change_row(*, table, row, by, version, **facts):
    """A row put right; what was stored under it before stays as it was.

    Raises:
        Stale: somebody changed it in between. NotAllowed: as in add_row().
    """
    table.require(by)
    row = versions.claim(table.rows(by), row.pk, version)
    before = table.texts(row)
    for name, value in facts.items():
        setattr(row, name, value)
    after = table.texts(row)
    if after == before:
        return row
    row.version += 1
    _store(table, row)
    audit.record(
        by=by,
        action=f"修改{table.title}",
        subject=row,
        label=table.label(row),
        before={head: text for head, text in before.items() if after[head] != text},
        after={head: text for head, text in after.items() if before[head] != text},
    )
    return row


def switch_row(*, table, row, by, version, is_active: bool):
    """A row switched off (停用: no longer offered, still read where it stands) or on again."""
    return change_row(
        table=table, row=row, by=by, version=version, **{table.active_field: is_active}
    )


def take_in(*, table, rows, by, today, fingerprint, file_name, said):
    """Take a previewed file in: one transaction, a line in the trail for each row and one for the file.

    Args:
        fingerprint: of what was shown.
        said: what the upload form asked beside the file.
    Returns:
        The Staged that was done.
    Raises:
        NotAllowed: no right, or the file would do something else by now; nothing is stored.
    """
    table.require(by)
    with transaction.atomic():
        try:
            staged = stage(table, rows, by=by, today=today, is_trial=False)
        except IntegrityError as clash:  # a colleague stored the same name this very moment
            raise NotAllowed(NOT_WHAT_WAS_SHOWN) from clash
        if staged.fingerprint() != fingerprint:
            raise NotAllowed(NOT_WHAT_WAS_SHOWN)
        if objection := table.objection(staged):
            raise NotAllowed(objection)
        audit.record_many(by=by, lines=_told(table, staged, file_name))
        table.taken(by=by, today=today, staged=staged, said=said)
    return staged


def _store(table, row):
    """Save, or say in words why not."""
    resource = table.resource_class(is_trial=True)
    try:
        resource.check(row, is_new=row._state.adding)
    except ValidationError as broken:
        said = [
            f"{resource.head_of(name)}：{sentence}" if name else sentence
            for name, sentence in refusals(broken)
        ]
        raise NotAllowed("；".join(said) + "。") from broken
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise NotAllowed("名称或编码刚被别人用了，请改用别的。") from taken


def _told(table, staged, file_name):
    lines = [
        {
            "action": f"{'新增' if line.kind == NEW else '修改'}{table.title}",
            "subject": line.instance,
            "label": table.label(line.instance),
            "before": {head: old for head, old, _ in line.fields if line.kind != NEW},
            "after": {head: new for head, _, new in line.fields},
        }
        for line in staged.writes
    ]
    counts = dict(staged.counts())
    return [*lines, {"action": f"导入{table.title}", "label": file_name, "after": counts}]
