"""Meetings: called, their agenda set, held with minutes; a decision becomes a line of the matter's history."""

from django.db import transaction
from django.urls import reverse

from cadres.notices import Message, notify_many
from grievances import telling
from grievances.models import Grievance, Meeting, MeetingItem
from liaison import audit, clock, versions
from liaison.errors import NotAllowed

from ._move import Move, check_day

PERMISSION = "grievances.meet"
OF_A_VILLAGE = (Meeting.Kind.ANALYSIS,)
OF_THE_TOWN = (Meeting.Kind.DISPATCH, Meeting.Kind.REVIEW)
FACTS = ("kind", "village", "standing", "on", "place", "chaired_by", "recorder")
MOST_ITEMS = 200
EARLIEST, LATEST = 2004, 2100  # years anybody could mean


@transaction.atomic
def call_meeting(*, by, now, township, matters=(), **facts) -> Meeting:
    """A meeting with its agenda.

    Args:
        matters: [(matter, why)] to be talked over, as grievances.agenda proposes them.
        facts: those of FACTS.
    Raises:
        NotAllowed: not his place, or a kind that is not of this place.
    """
    meeting = Meeting(township=township, entered_by=by, entered_at=now, **facts)
    _check(meeting, by)
    meeting.save()
    _put(meeting, by, matters, ())
    _record(meeting, by, "安排会议")
    return meeting


@transaction.atomic
def change_meeting(*, meeting, by, version, **facts) -> Meeting:
    """Day, place and people put right.

    Raises:
        Stale: somebody changed it in between. NotAllowed: as call_meeting.
    """
    meeting = claimed(meeting, by, version)
    before = _told(meeting)
    for name, value in facts.items():
        setattr(meeting, name, value)
    _check(meeting, by)
    _save(meeting)
    _record(meeting, by, "修改会议", before)
    return meeting


@transaction.atomic
def set_agenda(*, meeting, by, version, matters, subjects) -> Meeting:
    """What it goes through: matters and free subjects; what was decided already stays.

    Args:
        matters: [(matter, why)]; one he does not see is refused. subjects: lines of words.
    Raises:
        Stale, NotAllowed: as above.
    """
    meeting = claimed(meeting, by, version)
    _put(meeting, by, matters, subjects)
    _save(meeting)
    _record(meeting, by, "调整会议议题")
    return meeting


@transaction.atomic
def hold_meeting(*, meeting, by, now, version, attendees, others, minutes, lines) -> Meeting:
    """Its minutes: who was there, what was said and decided; again, to put them right.

    A decision that is new or has changed is written into the history of its matter, and told to who must act.

    Args:
        lines: {item id: {"discussed", "decision", "who", "due_on"}}; items left out stay as they are.
    Raises:
        Stale: somebody saved in between. NotAllowed: wrong hands, or the day has not come.
    """
    meeting = claimed(meeting, by, version)
    check_day(meeting.on, now)
    meeting.status, meeting.minutes = Meeting.Status.HELD, minutes.strip()
    meeting.others = others.strip()
    _save(meeting)
    meeting.attendees.set(attendees)
    items = MeetingItem.objects.visible_to(by).filter(meeting=meeting, pk__in=lines)
    for item in items.select_related("grievance"):
        _minute(item, meeting, by, now, lines[item.pk])
    _record(meeting, by, "会议记录")
    return meeting


def may_keep(by, township_id, village_id) -> bool:
    """Whether this user keeps meetings of a village, or with None of the township."""
    scope = by.village_scope(PERMISSION)
    return township_id in scope.townships or village_id in scope.villages


def claimed(meeting, by, version) -> Meeting:
    """The locked meeting at the version that was shown, if he keeps it; Stale or NotAllowed otherwise."""
    try:
        meeting = versions.claim(Meeting.objects.visible_to(by), meeting.pk, version)
    except Meeting.DoesNotExist as gone:
        raise NotAllowed("没有这次会议，或不在您的工作范围内。") from gone
    _require(meeting, by)
    return meeting


def _require(meeting, by):
    if not may_keep(by, meeting.township_id, meeting.village_id):
        whose = f"{meeting.village}的驻点干部或镇驻点办" if meeting.village else "镇驻点办"
        raise NotAllowed(f"这次会议由{whose}安排和记录，请联系他们。")


def _check(meeting, by):
    kind = Meeting.Kind(meeting.kind)
    if kind in OF_A_VILLAGE and meeting.village is None:
        raise NotAllowed(f"{kind.label}由各村召开，请选择村(社区)。")
    if kind in OF_THE_TOWN and meeting.village is not None:
        raise NotAllowed(f"{kind.label}由镇里召开，不用选村(社区)。")
    if meeting.village and meeting.village.township_id != meeting.township_id:
        raise NotAllowed("请选择本镇的村(社区)。")
    if not EARLIEST <= meeting.on.year <= LATEST:
        raise NotAllowed(f"会议日期的年份应在{EARLIEST}至{LATEST}之间，请核对。")
    _require(meeting, by)


def _put(meeting, by, matters, subjects):
    """The agenda becomes these, in this order; an item with words of the meeting is never taken away."""
    wanted = {matter.pk: why for matter, why in matters}
    if len(wanted) + len(subjects) > MOST_ITEMS:
        raise NotAllowed(f"一次会议最多{MOST_ITEMS}个议题，请少选一些。")
    if Grievance.objects.visible_to(by).filter(pk__in=wanted).count() != len(wanted):
        raise NotAllowed("有的诉求不在您的工作范围内，请重新选择。")
    seen = MeetingItem.objects.visible_to(by).filter(meeting=meeting)
    known = {item.grievance_id or item.subject: item for item in seen}
    keys = [*wanted, *subjects]
    gone = [
        item.pk
        for key, item in known.items()
        if key not in keys and not (item.discussed or item.decision)
    ]
    MeetingItem.objects.filter(pk__in=gone).delete()
    kept = [key for key in known if key not in keys and known[key].pk not in gone]
    for order, key in enumerate([*kept, *keys], start=1):
        item = known.get(key) or MeetingItem(meeting=meeting)
        item.order = order
        if isinstance(key, int):
            item.grievance_id, item.why = key, wanted.get(key) or item.why
        else:
            item.subject = key
        item.save()


def _minute(item, meeting, by, now, said):
    before = (item.decision, item.who, item.due_on)
    for name, value in said.items():
        setattr(item, name, value.strip() if isinstance(value, str) else value)
    if item.due_on and item.due_on < meeting.on:
        raise NotAllowed(f"“{item}”的完成期限{item.due_on}早于会议日期，请核对。")
    item.save()
    changed = before != (item.decision, item.who, item.due_on)
    if item.grievance_id and changed and (item.decision or before[0]):
        _write_decision(item, meeting, by, now, was=before[0])


def _write_decision(item, meeting, by, now, was):
    """「调度会议定：…」 in the matter's history; a decision put right or taken back is a further line."""
    matter = Grievance.objects.select_for_update(of=("self",)).get(pk=item.grievance_id)
    check_day(meeting.on, now, matter, "registered_on")
    by_when = f"，{item.due_on}前完成" if item.due_on else ""
    who = f"（{item.who}{by_when}）" if item.who or by_when else ""
    said = f"{item.decision}{who}" if item.decision else f"撤回原议定“{was}”"
    words = f"{meeting.get_kind_display()}议定：{'更正：' if was else ''}{said}"
    matter.version += 1
    matter.save(update_fields=["version"])
    move = Move("decide", matter, by, meeting.on, now, words, {"会议": str(meeting)})
    move.write("会议议定", matter.status)
    people = telling.acting(matter, clock.local_date(now)) if matter.is_open else []
    url = reverse("grievances:detail", args=[matter.number])
    messages = [
        Message(
            recipient=person, kind="meeting_decision", subject=f"grievance:{matter.pk}",
            slot=f"v{matter.version}", title=f"诉求{matter.number}：{meeting.get_kind_display()}有议定事项",
            text="", url=url, due_at=now,
        )
        for person in people
        if person.pk != by.pk
    ]  # fmt: skip
    notify_many(messages, now=now)


def _save(meeting):
    meeting.version += 1
    meeting.save()


def _record(meeting, by, action, before=None):
    audit.record(
        by=by, action=action, subject=meeting, before=before or {}, after=_told(meeting),
        township_id=meeting.township_id,
    )  # fmt: skip


def _told(meeting):
    return {
        "会议类别": meeting.get_kind_display(),
        "范围": meeting.where,
        "日期": str(meeting.on),
        "地点": meeting.place,
        "状态": meeting.get_status_display(),
        "议题数": meeting.items.count() if meeting.pk else 0,
    }
