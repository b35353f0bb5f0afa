"""公示: drafted, put into words for the wall, hung, taken down."""

import datetime as dt

from django.db import transaction

from grievances.models import Publication
from grievances.publishing.board import board_of, lines_to_read, public_lines, snapshot_of
from grievances.publishing.choosing import MOST, lines_of, matters_for
from grievances.publishing.wording import doubtful, long_number_in, names_of
from liaison import audit, versions
from liaison.errors import NotAllowed

from ._move import check_day

PERMISSION = "grievances.publish"
MOST_DAYS = 366


@transaction.atomic
def draft_publication(
    *, by, now, township, kind, starts_on, ends_on, village=None, shows_names=False
) -> Publication:
    """A list for the board with proposed words for each matter; nothing hangs yet.

    Args:
        village: None for the whole township. shows_names: the column 反映人, as 董某某.
    Raises:
        NotAllowed: not his township, no such period, no matter in it or too many.
    """
    _require(by, township.pk)
    _check_span(starts_on, ends_on, now)
    if village is not None and village.township_id != township.pk:
        raise NotAllowed("请选择本镇的村(社区)。")
    draft = Publication(
        township=township, village=village, kind=kind, starts_on=starts_on, ends_on=ends_on,
        shows_names=shows_names, made_at=now, made_by=by,
    )  # fmt: skip
    matters = list(
        matters_for(draft, by).select_related("category", "household", "department")[: MOST + 1]
    )
    if not matters:
        raise NotAllowed("这段时间没有可以公示的诉求，请改选日期、范围或公示内容。")
    if len(matters) > MOST:
        raise NotAllowed(f"一次最多公示{MOST}件，请缩短日期或只选一个村(社区)。")
    draft.save()
    draft.lines.bulk_create(lines_of(draft, matters))
    _note(draft, by, "起草公示", {"件数": len(matters)})
    return draft


@transaction.atomic
def reword(*, publication, by, version, lines, shows_names) -> Publication:
    """The words the wall will show, put right by a person; the matters keep theirs.

    Args:
        lines: {id of the line: (words, course, is it left out)}.
    Raises:
        Stale: changed in between. NotAllowed: hung already, a line without words or with a long number.
    """
    draft = _claimed(publication, by, version)
    _require_draft(draft)
    for line in lines_to_read(draft):
        if line.pk not in lines:
            continue
        line.words, line.course, line.is_kept_off = lines[line.pk]
        if not line.is_kept_off:
            _check_words(line)
        line.save()
    draft.shows_names = shows_names
    draft.version += 1
    draft.save(update_fields=["shows_names", "version"])
    _note(draft, by, "修改公示", {"不公示": draft.lines.filter(is_kept_off=True).count()})
    return draft


@transaction.atomic
def hang(*, publication, by, version, on, now, is_checked=False) -> Publication:
    """张贴: from now on exactly these texts are what hangs.

    Args:
        is_checked: a person has looked at what might be a name, a door or a private affair.
    Raises:
        Stale: changed in between. NotAllowed: hung already, nothing to hang, a long number in it, or
            something to look at first.
    """
    draft = _claimed(publication, by, version)
    _require_draft(draft)
    check_day(on, now)
    lines = public_lines(draft)
    if not lines:
        raise NotAllowed("没有要公示的诉求：每一行都选了“不公示”，请至少留一行。")
    for line in lines:
        _check_words(line)
    found = doubts_of(draft)
    if found and not is_checked:
        raise NotAllowed(
            f"请先核对：{'、'.join(found[:5])}可能是村民姓名、门牌或个人隐私；改好后保存，看过没有问题的请勾选“已核对”。"
        )
    draft.snapshot = snapshot_of(board_of(draft, on))
    draft.status, draft.hung_on, draft.hung_by = Publication.Status.HUNG, on, by
    return _save(draft, by, "张贴公示", {"张贴日期": on.isoformat(), "件数": len(lines)})


@transaction.atomic
def take_down(*, publication, by, version, on, now) -> Publication:
    """撤下: what hung stays readable here."""
    row = _claimed(publication, by, version)
    if row.status != Publication.Status.HUNG:
        raise NotAllowed("这份公示没有张贴或已经撤下，请刷新页面查看。")
    check_day(on, now)
    if on < row.hung_on:
        raise NotAllowed(f"撤下日期{on}早于张贴日期{row.hung_on}，请核对。")
    row.status, row.down_on, row.down_by = Publication.Status.TAKEN_DOWN, on, by
    return _save(row, by, "撤下公示", {"撤下日期": on.isoformat()})


@transaction.atomic
def drop_draft(*, publication, by, version) -> None:
    """A draft nobody hung is thrown away; the trail says so."""
    draft = _claimed(publication, by, version)
    _require_draft(draft)
    _note(draft, by, "删除公示草稿", {})
    draft.delete()


def doubts_of(draft) -> list[str]:
    """What stands in the lines of a draft that may be somebody's name, door or private affair, each once."""
    names = names_of(draft.township_id, draft.village_id)
    found = (each for line in public_lines(draft) for each in _doubts(line, names))
    return list(dict.fromkeys(found))


def _doubts(line, names):
    return doubtful(f"{line.words}\n{line.course}", names)


def _check_words(line):
    if not line.words.strip():
        raise NotAllowed(f"第{line.place}行没有公示内容，请填写，或勾选“不公示”。")
    if long_number_in(f"{line.words}\n{line.course}"):
        raise NotAllowed(f"第{line.place}行里有电话或证件号一类的长号码，不能公示，请删去。")


def _check_span(starts_on, ends_on, now):
    if ends_on < starts_on or (ends_on - starts_on) >= dt.timedelta(days=MOST_DAYS):
        raise NotAllowed("截止日期应在起始日期当天或以后，最多一年，请改正。")
    check_day(starts_on, now)


def _require(by, township_id):
    if township_id not in by.village_scope(PERMISSION).townships:
        raise NotAllowed("诉求公示由本镇驻点办办理，请联系他们。")


def _require_draft(row):
    if not row.is_draft:
        raise NotAllowed("这份公示已经张贴，不能再改；内容有变的，请撤下后另起草一份。")


def _claimed(publication, by, version):
    _require(by, publication.township_id)
    return versions.claim(Publication.objects.visible_to(by, PERMISSION), publication.pk, version)


def _save(row, by, action, told):
    row.version += 1
    row.save()
    _note(row, by, action, told)
    return row


def _note(row, by, action, told):
    audit.record(
        by=by, action=action, subject=row, label=f"{row} {row.starts_on}至{row.ends_on}", after=told,
        township_id=row.township_id,
    )  # fmt: skip
