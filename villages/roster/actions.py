"""What happens to an upload: kept, confirmed, given up."""

from django.db import transaction

from liaison.errors import NotAllowed
from villages.models import RosterImport

from . import uploads
from .commit import commit
from .report import kept

State = RosterImport.State
NOT_WHAT_WAS_SHOWN = "名册在预览之后又有变动，下面是重新核对的结果，请看过后再确认。"
NOT_OPEN = "这次导入已经确认或放弃，请从上传页重新开始。"


@transaction.atomic
def keep_upload(*, by, staged, village, data, file_name, now):
    """Keep an upload for its preview.

    Args:
        data: the file's bytes; stored encrypted, for a day at most.
        village: when the file is for one village alone.
    Returns:
        The RosterImport.
    """
    name = uploads.keep(data)
    try:
        return RosterImport.objects.create(
            township=staged.township,
            village=village,
            uploaded_by_id=by.pk,
            uploaded_by_name=by.display_name,
            uploaded_at=now,
            file_name=file_name,
            stored_name=name,
            counts=kept(staged),
            fingerprint=staged.fingerprint(),
        )
    except BaseException:
        uploads.remove(name)
        raise


@transaction.atomic
def confirm(*, upload, staged, by, now):
    """Take a previewed roster into the registry; once, whoever taps how often.

    Raises:
        NotAllowed: confirmed or given up before, or the registry moved on since `staged` was worked out.
    """
    upload = RosterImport.objects.select_for_update().get(pk=upload.pk)
    if upload.state != State.PREVIEWED:
        raise NotAllowed(NOT_OPEN)
    commit(staged=staged, by=by, file_name=upload.file_name)
    upload.counts = kept(staged)
    upload.fingerprint = staged.fingerprint()
    upload.committed_at = now
    uploads.forget(upload, State.COMMITTED)


@transaction.atomic
def discard(*, upload):
    """Give an upload up; one that is confirmed already stays confirmed."""
    upload = RosterImport.objects.select_for_update().get(pk=upload.pk)
    if upload.state == State.PREVIEWED:
        uploads.forget(upload, State.DISCARDED)
