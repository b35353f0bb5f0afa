"""会议纪要 as a paper: printed, or as .docx from a template the office may edit (liaison/documents)."""

from django.utils import timezone

from liaison.documents.kinds import Field, Kind, Rows
from liaison.documents.layout import TITLE, Column, Facts, Grid, Note, Paper, Signs, Table
from visits.posters import in_full

NOTHING = "—"

MINUTES = Kind(
    "minutes",
    "会议纪要",
    "调度会、民情分析会、工作点评、民情恳谈会的纪要：谁参加、议了什么、定了什么。看不到的诉求不会印出来。",
    (
        Field(TITLE, "文书上方的大标题", "青山镇调度会会议纪要"), Field("乡镇", "", "青山镇"),
        Field("范围", "村(社区)；镇里的会写乡镇", "青山镇"), Field("会议类别", "", "调度会"),
        Field("日期", "会议日期", "2026年11月25日（星期三）"), Field("地点", "", "镇政府三楼会议室"),
        Field("主持人", "", "周明"), Field("记录人", "", "赵敏"),
        Field("参加人", "本系统里的人员", "周明、赵敏、李明"), Field("参加人数", "参加人的人数，单位：人", "3"),
        Field("其他参加单位", "单位和人数", "石桥村村民代表12人"), Field("议题数", "单位：个", "1"),
        Field("会议小结", "", "各单位按期办理。"), Field("制表人", "导出文书的人", "赵敏"),
        Field("制表时间", "", "2026-11-25 16:30"),
    ),
    (
        Rows(
            "议题", "个",
            (
                Field("序号", "", "1"), Field("议题", "诉求的编号和摘要，或议题", "100-2026-0001 村口路灯不亮"),
                Field("提请原因", "", "超期12天"), Field("讨论情况", "", "电线老化，需更换"),
                Field("议定事项", "", "供电所本周内更换"), Field("责任单位", "", "供电所"),
                Field("完成期限", "不在会议当年的带年份", "12月4日"),
            ),
            "每个议题一行",
        ),
    ),
    (
        Grid(
            (
                ("会议类别", "范围"), ("日期", "地点"), ("主持人", "记录人"),
                ("参加人",), ("其他参加单位",),
            )
        ),
        Table(
            "议题",
            (
                Column("序号", 7, "center"), Column("议题", 26), Column("提请原因", 12), Column("讨论情况", 19),
                Column("议定事项", 21), Column("责任单位", 12), Column("完成期限", 13, "center"),
            ),
            is_small=True,
        ),
        Note("会议小结"),
        Signs(("主持人签字", "记录人签字")),
        Facts(("制表人", "制表时间")),
    ),
)  # fmt: skip


def minutes_paper(meeting, items, user, now) -> Paper:
    """The minutes of a meeting.

    Args:
        items: those the reader may see, in order, with ``grievance``.
    """
    people = [person.display_name for person in meeting.attendees.order_by("pk")]
    at = timezone.localtime(now)
    rows = [_row(number, item, meeting) for number, item in enumerate(items, start=1)]
    context = {
        TITLE: f"{meeting.where}{meeting.get_kind_display()}会议纪要",
        "乡镇": str(meeting.township),
        "范围": meeting.where,
        "会议类别": meeting.get_kind_display(),
        "日期": in_full(meeting.on),
        "地点": meeting.place or NOTHING,
        "主持人": str(meeting.chaired_by or NOTHING),
        "记录人": str(meeting.recorder or NOTHING),
        "参加人": "、".join(people) or NOTHING,
        "参加人数": str(len(people)),
        "其他参加单位": meeting.others or NOTHING,
        "议题数": str(len(rows)),
        "会议小结": meeting.minutes,
        "制表人": user.display_name,
        "制表时间": f"{at:%Y-%m-%d %H:%M}",
        "议题": rows,
    }
    place = (str(meeting.township), *([str(meeting.village)] if meeting.village else []))
    return Paper(kind=MINUTES, context=context, place=place, when=f"{meeting.on:%Y%m%d}")


def _row(number, item, meeting):
    matter = item.grievance
    return {
        "序号": str(number),
        "议题": f"{matter.number} {matter.summary}" if matter else item.subject,
        "提请原因": item.why or NOTHING,
        "讨论情况": item.discussed,
        "议定事项": item.decision,
        "责任单位": item.who,
        "完成期限": _day(item.due_on, meeting.on) if item.due_on else "",
    }


def _day(due, on):
    year = f"{due.year}年" if due.year != on.year else ""
    return f"{year}{due.month}月{due.day}日"
