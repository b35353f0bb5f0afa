"""The long work on an uploaded file, as jobs: reading and comparing, storing, taking back."""

from contextlib import suppress

from django.contrib.auth import get_user_model
from django.db import transaction

from liaison import audit, clock, jobs
from liaison.errors import NotAllowed
from liaison.models import ImportBatch, ImportLayout
from liaison.reading.excel_read import read_book
from liaison.reading.file_refused import FileRefused

from . import files, preview
from .kinds import KINDS
from .returned import problem_workbook
from .trace import InTheWay, Trace, take_back

State = ImportBatch.State
READ, TAKE, UNDO = "import_read", "import_take", "import_undo"
READ_DONE, AHEAD_DONE = "核对完成。", "准备完成"
NOT_WHAT_WAS_SHOWN = "名册或台账在预览之后又有变动，已重新核对，请看过新的结果再确认。"
NOT_OPEN = "这次导入已经确认、放弃或撤销，请从上传页重新开始。"
GONE = "这次上传已过期或已放弃，请重新上传。"
IN_THE_WAY = "导入之后有人改动或使用了这些内容，不能整批撤销，请看下面的清单逐条处理。"


def _read(job, progress, now):
    """Read and compare; the registry stays as it is."""
    batch = ImportBatch.objects.get(pk=job.subject_id)
    if batch.state != State.READING:  # the worker died between the preview and the job's end
        return READ_DONE
    progress("读取文件")
    data, kind = files.read(batch.stored_name), KINDS[batch.kind]
    if data is None:
        raise NotAllowed(GONE)
    book = None
    try:
        book = read_book(data, pick_hidden=tuple(batch.picked_sheets))
        progress("逐行核对")
        staged = kind.stage(book, place_of(batch, on=clock.local_date(now)))
    except FileRefused as refusal:
        _keep_refusal(batch, kind, refusal, book)
        return refusal.message[:300]
    progress("整理核对结果")
    files.keep_reading(batch.stored_name, staged.kept)
    _keep_preview(batch, kind, staged)
    _work_ahead(batch, staged, progress)
    return READ_DONE


def _work_ahead(batch, staged, progress):
    """Prepare while the clerk reads the preview; whoever confirms sooner has it prepared there and then."""

    def wanted(*said):
        if not ImportBatch.objects.filter(pk=batch.pk, state=State.PREVIEWED).exists():
            raise jobs.Cancelled
        progress(*said)

    with suppress(jobs.Cancelled):
        ahead = staged.prepare_ahead(wanted)
        wanted(AHEAD_DONE)
        files.keep_ahead(batch.stored_name, ahead)


def _take(job, progress, now):
    """Compare once more, with the registry as it is now; store in one transaction what was shown."""
    batch = ImportBatch.objects.get(pk=job.subject_id)
    if batch.state == State.COMMITTED:  # the worker died between the storing and the job's end
        return "已导入。"
    kind = KINDS[batch.kind]
    progress("重新核对")
    staged = _as_shown(batch, kind, now) or _staged_again(batch, kind, now)
    staged.prepare(progress, files.read_ahead(batch.stored_name))
    progress("写入")
    _store(batch, staged, job, now)
    return "已导入。"


def _as_shown(batch, kind, now):
    """What was read for the preview, compared afresh, if it would do what the preview showed; else None."""
    kept = files.read_reading(batch.stored_name)
    staged = kept and kind.stage_kept(kept, place_of(batch, on=clock.local_date(now)))
    return staged if staged and staged.fingerprint() == batch.fingerprint else None


def _staged_again(batch, kind, now):
    """The file read and compared afresh; its bytes and cells are let go of before anything is stored.

    Raises:
        NotAllowed: it would do something else than the preview showed; there is a new preview now.
    """
    data = files.read(batch.stored_name)
    if data is None:
        raise NotAllowed(GONE)
    book = read_book(data, pick_hidden=tuple(batch.picked_sheets))
    staged = kind.stage(book, place_of(batch, on=clock.local_date(now)))
    if staged.fingerprint() != batch.fingerprint:
        files.keep_reading(batch.stored_name, staged.kept)
        _keep_preview(batch, kind, staged)
        raise NotAllowed(NOT_WHAT_WAS_SHOWN)
    return staged


@transaction.atomic
def _store(batch, staged, job, now):
    batch = opened(batch, State.TAKING)
    by = get_user_model().objects.get(pk=job.requested_by_id)
    trace = Trace(batch.pk)
    staged.write(by=by, file_name=batch.file_name, trace=trace)
    trace.store(batch)
    batch.committed_at = now
    name, batch.stored_name, batch.state = batch.stored_name, "", State.COMMITTED
    batch.tables = []
    batch.save()
    transaction.on_commit(lambda: files.remove(name))


def _undo(job, progress, now):
    """Take an import back; what stands in the way is thrown, and shown."""
    batch = ImportBatch.objects.get(pk=job.subject_id)
    if batch.state == State.UNDONE:
        return "已撤销。"
    progress("撤销")
    try:
        _take_back(batch, job, now)
    except InTheWay as way:
        ImportBatch.objects.filter(pk=batch.pk).update(
            counts=batch.counts | {"obstacles": [[o.label, o.why] for o in way.obstacles]}
        )
        raise NotAllowed(IN_THE_WAY) from way
    return "已撤销。"


@transaction.atomic
def _take_back(batch, job, now):
    batch, kind = opened(batch, State.COMMITTED), KINDS[batch.kind]
    kind.undone(take_back(batch, kind, on=clock.local_date(now)))
    by = get_user_model().objects.get(pk=job.requested_by_id)
    trail(by, batch, "撤销导入")
    batch.undone_at, batch.undone_by_name = now, by.display_name
    forget(batch, State.UNDONE)


def _reading_failed(job):
    """Nothing could be shown of it: the file is given up."""
    batch = ImportBatch.objects.filter(pk=job.subject_id, state=State.READING).first()
    if batch:
        forget(batch, State.DISCARDED)


def _taking_failed(job):
    """Back to the preview: nothing was stored."""
    ImportBatch.objects.filter(pk=job.subject_id, state=State.TAKING).update(state=State.PREVIEWED)


jobs.handle(READ, run=_read, ended_badly=_reading_failed)
jobs.handle(TAKE, run=_take, ended_badly=_taking_failed)
jobs.handle(UNDO, run=_undo)


def place_of(batch, *, on):
    """Where a stored import belongs, with the township's remembered columns."""
    remembered = ImportLayout.objects.filter(township_id=batch.township_id, kind=batch.kind)
    layouts = dict(remembered.values_list("layout", "columns")) | batch.layouts
    return KINDS[batch.kind].place(batch, layouts=layouts, on=on)


@transaction.atomic
def _keep_preview(batch, kind, staged):
    batch.refresh_from_db()
    size = batch.counts.get("size", 0)
    batch.counts = preview.summary(kind, staged) | {"size": size}
    batch.tables = preview.seen_tables(kind, staged)
    batch.fingerprint = staged.fingerprint()
    batch.refusal_code = batch.refusal = ""
    if batch.state == State.READING:
        batch.state = State.PREVIEWED
    old, data = batch.problems_name, problem_workbook(staged)
    batch.problems_name = files.keep(data) if data else ""
    batch.save()
    preview.store_lines(batch, staged)
    transaction.on_commit(lambda: files.remove(old))


@transaction.atomic
def _keep_refusal(batch, kind, refusal, book):
    batch.refresh_from_db()
    batch.state = State.UNREADABLE
    batch.refusal_code, batch.refusal = refusal.code, refusal.message[:300]
    batch.tables = preview.headless_sheets(kind, book) if book else []
    batch.save()


def opened(batch, *states):
    """The batch, locked, in one of these states.

    Raises:
        NotAllowed: it has moved on.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in states:
        raise NotAllowed(NOT_OPEN)
    return batch


@transaction.atomic
def forget(batch, state):
    """Put a batch into its last state; its files, lines and traces go."""
    names = [batch.stored_name, batch.problems_name]
    batch.stored_name = batch.problems_name = ""
    batch.state, batch.tables = state, []
    batch.save()
    batch.lines.all().delete()
    batch.traces.all().delete()
    transaction.on_commit(lambda: [files.remove(name) for name in names])


def trail(by, batch, action):
    """A line that this was done to the file."""
    audit.record(
        by=by,
        action=action,
        subject=batch,
        label=f"{batch.place_name} {KINDS[batch.kind].title} {batch.file_name}",
        township_id=batch.township_id,
    )


@transaction.atomic
def note(*, by, batch, action):
    """A line that a file's rows were looked at or taken out."""
    trail(by, batch, action)
