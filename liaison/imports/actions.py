"""What happens to an uploaded file: kept, read, its columns put right, confirmed, given up, taken back."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from liaison import jobs
from liaison.errors import NotAllowed
from liaison.models import ImportBatch, ImportLayout

from . import files, preview
from .kinds import KINDS
from .work import NOT_WHAT_WAS_SHOWN, READ, TAKE, UNDO, forget, opened, trail

State = ImportBatch.State
KEPT = dt.timedelta(days=1)  # a preview nobody confirmed
UNDO_WITHIN = dt.timedelta(days=30)
SMALL_FILE = 300_000  # bytes; read at once by the request that brought it
SMALL_IMPORT = 3_000  # rows; stored at once by the request that confirms


@transaction.atomic
def receive(*, by, kind, township_id, village_id, place_name, data, file_name, now) -> ImportBatch:
    """Keep an upload (bytes, stored encrypted for a day at most) and have it read."""
    name = files.keep(data)
    try:
        batch = ImportBatch.objects.create(
            kind=kind.key,
            township_id=township_id,
            village_id=village_id,
            place_name=place_name,
            uploaded_by_id=by.pk,
            uploaded_by_name=by.display_name,
            uploaded_at=now,
            file_name=file_name,
            stored_name=name,
            counts={"size": len(data)},
        )
        trail(by, batch, "上传导入文件")
        return _queue(batch, READ, f"核对{kind.title}", by, now)
    except BaseException:
        files.remove(name)
        raise


@transaction.atomic
def read_again(*, batch, by, now, layouts=None, picked_sheets=None) -> ImportBatch:
    """Have the file read anew, with columns put right or hidden sheets picked.

    Args:
        layouts: layout key -> {column as text: field or ""}; remembered for the township.
    Raises:
        NotAllowed: confirmed or given up before.
    """
    batch = opened(batch, State.PREVIEWED, State.UNREADABLE)
    for layout, columns in (layouts or {}).items():
        ImportLayout.objects.update_or_create(
            township_id=batch.township_id,
            kind=batch.kind,
            layout=layout,
            defaults={"columns": columns, "saved_by_name": by.display_name, "saved_at": now},
        )
    if layouts:
        batch.layouts = batch.layouts | layouts
        trail(by, batch, "更正导入栏目")
    if picked_sheets is not None:
        batch.picked_sheets = picked_sheets
    batch.state = State.READING
    batch.save()
    return _queue(batch, READ, f"核对{KINDS[batch.kind].title}", by, now)


@transaction.atomic
def point_at_header(*, batch, sheet, row) -> None:
    """Note which row of a sheet without a known header is its header; its columns are put right next.

    Args:
        sheet: number of the sheet among those shown; ``row`` from zero.
    """
    batch = opened(batch, State.UNREADABLE)
    shown = batch.tables[sheet]
    batch.tables = [preview.pointed_at(shown, row), *batch.tables]
    batch.save(update_fields=["tables"])


@transaction.atomic
def confirm(*, batch, fingerprint, by, now) -> ImportBatch:
    """Have a previewed file taken in; once, whoever taps how often.

    Raises:
        NotAllowed: another preview was shown, or it is confirmed, given up or taken back already.
    """
    batch = opened(batch, State.PREVIEWED)
    if batch.fingerprint != fingerprint:
        raise NotAllowed(NOT_WHAT_WAS_SHOWN)
    batch.state = State.TAKING
    batch.save(update_fields=["state"])
    return _queue(batch, TAKE, f"导入{KINDS[batch.kind].title}", by, now)


@transaction.atomic
def discard(*, batch, by) -> None:
    """Give an upload up; one that is confirmed already stays confirmed."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state in (State.PREVIEWED, State.UNREADABLE):
        trail(by, batch, "放弃导入")
        forget(batch, State.DISCARDED)


def stop(*, batch, by) -> None:
    """Stop the work that runs on a file; nothing of it is stored."""
    if batch.is_at_work:
        jobs.cancel(job=batch.job)


@transaction.atomic
def ask_undo(*, batch, by, now) -> ImportBatch:
    """Have an import taken back.

    Raises:
        NotAllowed: it was never confirmed, or more than 30 days ago.
    """
    batch = opened(batch, State.COMMITTED)
    if not may_undo(batch, now):
        raise NotAllowed("导入超过30天，不能再撤销；个别差错请在档案里更正。")
    batch.undone_by_name = by.display_name
    batch.save(update_fields=["undone_by_name"])
    return _queue(batch, UNDO, f"撤销导入{KINDS[batch.kind].title}", by, now)


def may_undo(batch, now) -> bool:
    """Whether it is still of the days in which an import is taken back."""
    return batch.state == State.COMMITTED and now - batch.committed_at <= UNDO_WITHIN


def run_if_small(batch, *, now) -> None:
    """Do a small file's job in this request; a big one is left to the worker."""
    job = batch.job
    counts = batch.counts.get("units", {})
    rows = sum(n for kinds in counts.values() for kind, n in kinds.items() if kind != "unchanged")
    small = batch.counts.get("size", 0) <= SMALL_FILE if job.kind == READ else rows <= SMALL_IMPORT
    if small:
        jobs.run_now(job, now=now)


def expire(now) -> int:
    """Give up previews a day old, forget what undo kept after 30 days, remove stray files. Returns how many (份).

    Safe to repeat. `now` is an aware moment.
    """
    named = ImportBatch.objects.exclude(stored_name="", problems_name="")
    known = {name for pair in named.values_list("stored_name", "problems_name") for name in pair}
    waiting = Q(state__in=(State.READING, State.UNREADABLE, State.PREVIEWED))
    old = list(ImportBatch.objects.filter(waiting, uploaded_at__lt=now - KEPT))
    for batch in old:
        forget(batch, State.DISCARDED)
    done = ImportBatch.objects.filter(
        Q(state=State.COMMITTED, committed_at__lt=now - UNDO_WITHIN) | Q(state=State.UNDONE)
    )
    for batch in done.exclude(problems_name="", lines=None, traces=None).distinct():
        forget(batch, batch.state)
    return len(old) + files.remove_strangers(known, now - KEPT)


def _queue(batch, kind, title, by, now):
    batch.job = jobs.enqueue(
        kind=kind,
        subject_id=batch.pk,
        title=f"{title}（{batch.file_name}）",
        by=by,
        township_id=batch.township_id,
        now=now,
    )
    batch.save(update_fields=["job"])
    return batch
