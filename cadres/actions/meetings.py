"""What is done to 例会安排: made, changed, ended by its last day."""

from django.db import transaction

from cadres.models import StandingMeeting
from liaison import audit, versions
from liaison.errors import NotAllowed

from .checks import require

PERMISSION = "cadres.manage_plans"


@transaction.atomic
def make_meeting(*, by, township, **facts) -> StandingMeeting:
    """A meeting that comes round again.

    Args:
        facts: name, place, and the fields of Recurring.
    Raises:
        NotAllowed: not his to do, an unfinished rhythm, or the same meeting once more.
    """
    meeting = StandingMeeting(township=township, **facts)
    _check(meeting, by)
    meeting.save()
    _record(meeting, by, "新增例会安排", before={})
    return meeting


@transaction.atomic
def change_meeting(*, meeting, by, version, **facts) -> StandingMeeting:
    """Change a meeting, or end it by its last day.

    Raises:
        NotAllowed: as make_meeting; Stale when somebody changed it since ``version``.
    """
    rows = StandingMeeting.objects.visible_to(by, PERMISSION)
    meeting = versions.claim(rows, meeting.pk, version)
    before = _in_words(meeting)
    for name, value in facts.items():
        setattr(meeting, name, value)
    _check(meeting, by)
    meeting.version += 1
    meeting.save()
    _record(meeting, by, "修改例会安排", before)
    return meeting


def _check(meeting, by):
    require(by, PERMISSION, meeting.township)
    rota = meeting.recurrence == StandingMeeting.Recurrence.ROTA
    if rota or meeting.rhythm.lacks():
        raise NotAllowed("例会请写成“每月25日”“每月第一个周一”“每周一”的样子。")
    same = StandingMeeting.objects.in_force(meeting.valid_from).exclude(pk=meeting.pk)
    same = same.filter(township=meeting.township, name=meeting.name)
    if any(other.rhythm == meeting.rhythm for other in same):
        raise NotAllowed(f"本镇已有{meeting.name}，周期也相同，请直接修改原来的安排。")


def _record(meeting, by, action, before):
    audit.record(
        by=by,
        action=action,
        subject=meeting,
        before=before,
        after=_in_words(meeting),
        township_id=meeting.township_id,
    )


def _in_words(meeting):
    return {
        "会议名称": meeting.name,
        "时间": meeting.in_words(),
        "地点": meeting.place,
        "遇节假日": meeting.holiday_in_words(),
        "有效期": f"{meeting.valid_from}至{meeting.valid_to or '长期'}",
    }
