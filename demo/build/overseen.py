"""What the demo township's matters are looked after by: a few 督办 and meetings, so that the pages have something."""

import datetime as dt

from grievances.models import Grievance, Meeting, MeetingItem, Supervision

from .days import moment

ITEMS, SUPERVISED = 5, 4
LEVELS = ("plain", "plain", "yellow", "red")
DECISIONS = (
    "由承办单位一周内办结并答复",
    "请供电、水务到现场会商，三天内拿出办法",
    "列入下月项目安排",
)


def overseen(build, township, posts) -> None:
    """督办 of what is longest overdue; a 调度会 that was held, and the next one, which is not yet."""
    clerk, leader = (posts[title].holder(build.today) for title in ("驻点办主任", "党委书记"))
    late = Grievance.objects.filter(
        township=township, due_on__lt=build.today - dt.timedelta(days=3)
    )
    late = list(late.open().order_by("due_on", "pk")[: ITEMS * 2])
    for matter, level in zip(late[:SUPERVISED], LEVELS, strict=False):
        asked = build.today - dt.timedelta(days=2)
        Supervision.objects.create(
            grievance=matter, level=level, words="请抓紧办理，按期回复。", department=matter.department,
            asked_by=leader, asked_on=asked, entered_at=moment(asked, 9),
            reply_due_on=build.today + dt.timedelta(days=1),
        )  # fmt: skip
    held = _meeting(township, build.today - dt.timedelta(days=3), clerk, leader, late[:ITEMS])
    held.status, held.minutes = Meeting.Status.HELD, "各承办单位对表推进，逾期的说明原因。"
    held.save()
    held.attendees.set([clerk, leader])
    for number, item in enumerate(held.items.all()):
        item.discussed, item.decision = "承办单位汇报了进展。", DECISIONS[number % len(DECISIONS)]
        item.due_on = build.today + dt.timedelta(days=7)
        item.save()
    _meeting(township, build.today + dt.timedelta(days=4), clerk, leader, late[ITEMS:])


def _meeting(township, on, clerk, leader, matters):
    meeting = Meeting.objects.create(
        township=township, kind=Meeting.Kind.DISPATCH, on=on, place="镇政府三楼会议室", chaired_by=leader,
        recorder=clerk, entered_by=clerk, entered_at=moment(on - dt.timedelta(days=2), 9),
    )  # fmt: skip
    MeetingItem.objects.bulk_create(
        MeetingItem(
            meeting=meeting, order=order, grievance=matter,
            why=f"超期{max(1, (on - matter.due_on).days)}天",
        )
        for order, matter in enumerate(matters, start=1)
    )  # fmt: skip
    return meeting
