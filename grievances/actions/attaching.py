"""附件: added to a matter, taken away with a reason; the bytes of what was taken away are kept."""

from django.db import transaction

from grievances import files, secrecy
from grievances.models import MatterFile, PaperPolicy
from liaison import audit
from liaison.errors import NotAllowed

from ._move import claimed, require_words

PERMISSION = "grievances.settle"
OFFICE = "grievances.assign"  # takes away what others added
NOT_HIS = "您的岗位不添加附件，请交给承办的同志。"


def may_attach(matter, by) -> bool:
    """Whose role handles matters; to a confidential one who works on it, whatever his role (0046)."""
    return secrecy.may_act(by, matter) if matter.is_confidential else by.has_perm(PERMISSION)


def attach(*, grievance, by, now, given) -> list[MatterFile]:
    """Add files to a matter, all or none.

    Args:
        given: [(name of the file, its bytes)].
    Raises:
        NotAllowed: not his to add, too many or too large by the township's rule, or of no kind that is
            taken; nothing is stored then.
    """
    if not may_attach(grievance, by):
        raise NotAllowed(NOT_HIS)
    if not given:
        raise NotAllowed("请先选择文件。不传附件也可以，不影响办理。")
    policy = PaperPolicy.of(grievance.township_id)
    sniffed = [files.sniff(data, name, policy.most_megabytes) for name, data in given]
    names = []
    try:
        names += [files.folder.keep(each.data) for each in sniffed]
        return _store(grievance, by, now, sniffed, names, policy.most_files)
    except BaseException:
        for name in names:
            files.folder.remove(name)
        raise


@transaction.atomic
def _store(grievance, by, now, sniffed, names, most):
    matter = claimed(grievance, by, None)
    there = matter.files.shown().count()
    if there + len(sniffed) > most:
        raise NotAllowed(f"一件诉求最多{most}个附件，已有{there}个，请少选几个。")
    rows = [
        MatterFile.objects.create(
            grievance=matter, name=each.name, kind=each.kind, stored_name=name, digest=each.digest,
            size=len(each.data), sent_at=now, sent_by=by,
        )
        for each, name in zip(sniffed, names, strict=True)
    ]  # fmt: skip
    _note(matter, by, "添加附件", {"附件": there}, {"附件": there + len(rows)})
    return rows


@transaction.atomic
def take_away_file(*, file, by, now, reason) -> MatterFile:
    """撤下: no longer shown nor sent; the file is kept for the record.

    Raises:
        NotAllowed: neither his own nor the office's to take away, gone already, or no reason given.
    """
    matter = claimed(file.grievance, by, None)
    row = MatterFile.objects.select_for_update().get(pk=file.pk)
    if not may_take_away(row, by):
        raise NotAllowed("附件由上传的同志或镇驻点办撤下，请联系他们。")
    if row.taken_away_at:
        raise NotAllowed("这个附件已经撤下。")
    row.taken_away_for = require_words(reason, "请写明撤下的原因。")[:100]
    row.taken_away_at, row.taken_away_by = now, by
    row.save()
    _note(matter, by, "撤下附件", {}, {"附件序号": row.pk, "原因": row.taken_away_for})
    return row


def may_take_away(file, by) -> bool:
    """Who added it, or the office; of a confidential matter, whose file may be older than that, who works on it."""
    matter = file.grievance
    own = matter.is_confidential or file.sent_by_id == by.pk or by.has_perm(OFFICE)
    return own and may_attach(matter, by)


@transaction.atomic
def note_download(*, file, by) -> None:
    """The line in the trail: who took which attachment."""
    _note(file.grievance, by, "下载附件", {}, {"附件序号": file.pk})


def _note(matter, by, action, before, after):
    audit.record(
        by=by, action=action, subject=matter, before=before, after=after,
        township_id=matter.township_id,
    )  # fmt: skip
