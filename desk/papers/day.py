"""Papers of a liaison day: one reader's rows of it, asked for once, and each kind filled in from them."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from liaison.documents.layout import TITLE, Paper
from visits.attendance import may_write_up, seats_of
from visits.leading import may_arrange
from visits.models import Attendance, LiaisonSession, Visit

from . import kinds, words
from .rows import Counts, visits_with_matters

Mark = Attendance.Mark
YES = "√"


@dataclass
class DayOnPaper:
    """One day for one reader.

    Args:
        session: with village, township and team; one this reader may see.
        visits: its rows as the reader sees them, each with ``matters`` (visits_with_matters).
    """

    session: LiaisonSession
    user: object
    now: object
    visits: list

    @cached_property
    def sheet(self):
        """Its seats."""
        return seats_of(self.session)

    @cached_property
    def tells_why(self) -> bool:
        """Whether the reader may know which kind of leave somebody took, as on the day's page."""
        return may_write_up(self.session, self.user, self.now) or may_arrange(
            self.session, self.user, self.now
        )

    @cached_property
    def receptions(self):
        """They came to us; the others are visits, calls and talks."""
        return [visit for visit in self.visits if visit.is_reception]

    @cached_property
    def calls(self):
        """We went to them."""
        return [visit for visit in self.visits if not visit.is_reception]

    def paper(self, kind) -> Paper:
        """One of the kinds."""
        facts = words.head_of(self.session) | words.made(self.user, self.now)
        return Paper(
            kind=kind,
            context=facts | FILL[kind.key](self),
            place=(str(self.session.township), str(self.session.village)),
            when=f"{self.session.on:%Y%m%d}",
        )

    def title(self, of) -> str:
        """「青山镇石桥村驻点日志」."""
        return f"{self.session.township}{self.session.village}{of}"

    def attendance(self) -> dict:
        """考勤表: a seat a line; nothing in 实到 before the sheet is filled in."""
        rows = [seat_row(seat, self.tells_why) for seat in self.sheet]
        written = [seat.line for seat in self.sheet if seat.line]
        came = sum(line.mark in (Mark.PRESENT, Mark.STAND_IN) for line in written)
        return {
            TITLE: self.title("驻点日考勤表"),
            "名单": numbered(rows),
            "应到人数": str(sum(row["应到"] == YES for row in rows)),
            "实到人数": str(came) if written else "",
            "确认情况": confirmed(self.session, written),
        }

    def reception(self) -> dict:
        """接待登记表."""
        rows = [
            {
                "来访人": words.who(visit), "居住地": words.where(visit), "联系电话": phone(visit),
                "人数": str(visit.persons), "来访事由": words.reason(visit),
                "处理意见与结果": words.outcomes(visit), "备注": remark(visit),
            }
            for visit in self.receptions
        ]  # fmt: skip
        return {
            TITLE: self.title("群众来访接待登记表"),
            "驻点人员": self.sitting(),
            "来访": numbered(rows) or [nil(kinds.RECEPTION, "来访", "来访事由", "本日无来访")],
            "接待批数": str(len(rows)),
            "接待人次": str(sum(visit.persons for visit in self.receptions)),
        }

    def calls_made(self) -> dict:
        """走访登记表."""
        rows = [
            {
                "户主": words.who(visit), "居住地": words.where(visit), "方式": visit.get_mode_display(),
                "人数": str(visit.persons), "反映情况": visit.said, "诉求及办理": words.with_summary(visit),
                "备注": remark(visit),
            }
            for visit in self.calls
        ]  # fmt: skip
        count = Counts.of(self.visits)
        return {
            TITLE: self.title("走访登记表"),
            "驻点人员": self.sitting(),
            "走访": numbered(rows) or [nil(kinds.VISITS, "走访", "反映情况", "本日无走访")],
            "走访户数": str(count.households),
            "走访户次": str(count.visits),
        }

    def log(self) -> dict:
        """驻点日志."""
        rows = [entry(visit) for visit in self.visits]
        return {
            TITLE: self.title("驻点日志"),
            "驻点人员": self.sitting(),
            "请假代班": self.away(),
            "合计": Counts.of(self.visits).in_words(),
            "记录": numbered(rows) or [nil(kinds.LOG, "记录", "情况", "本日没有接待和走访记录")],
        }

    def sitting(self) -> str:
        """Who was there, with posts; before the sheet is filled in, who is expected."""
        said = []
        for seat in self.sheet:
            mark = seat.expected()
            if mark.mark == Mark.PRESENT and seat.person_name:
                said.append(f"{seat.person_name}（{seat.post_title}）")
            elif mark.mark == Mark.STAND_IN:
                said.append(f"{mark.stand_in}（代{seat.person_name or seat.post_title}）")
        return "、".join(said)

    def away(self) -> str:
        """Who was on leave, by whom he was stood in for, who did not come."""
        said = []
        for seat in self.sheet:
            mark = seat.expected()
            name = seat.person_name or seat.post_title
            if mark.mark == Mark.LEAVE:
                said.append(f"{name}（{leave_word(mark, self.tells_why)}）")
            elif mark.mark == Mark.STAND_IN:
                said.append(f"{name}（{mark.stand_in}代）")
            elif mark.mark == Mark.ABSENT and seat.person_name:
                said.append(f"{name}（缺）")
        return "、".join(said) or "无"


FILL = {
    kinds.ATTENDANCE.key: DayOnPaper.attendance,
    kinds.RECEPTION.key: DayOnPaper.reception,
    kinds.VISITS.key: DayOnPaper.calls_made,
    kinds.LOG.key: DayOnPaper.log,
}


def days_on_paper(sessions, user, now) -> list[DayOnPaper]:
    """Some days for one reader, in their order; the rows of all of them in three queries."""
    rows = Visit.objects.visible_to(user).filter(session__in=[each.pk for each in sessions])
    of = defaultdict(list)
    for visit in visits_with_matters(rows, user):
        of[visit.session_id].append(visit)
    return [DayOnPaper(session, user, now, of[session.pk]) for session in sessions]


def seat_row(seat, tells_why) -> dict:
    """One line of the sheet; of one not filled in yet, approved leaves alone."""
    mark, line = seat.expected(), seat.line
    row = dict.fromkeys(("实到", "请假类别", "代班人", "备注"), "")
    row |= {"姓名": seat.person_name, "职务": seat.post_title}
    row["应到"] = YES if seat.person_name else ""
    if mark.mark == Mark.STAND_IN:
        row |= {"实到": "代" if line else "", "代班人": mark.stand_in}
    elif mark.mark == Mark.LEAVE:
        row["请假类别"] = leave_word(mark, tells_why)
    elif mark.mark == Mark.PRESENT:
        row["实到"] = YES if line else ""
    else:
        row["备注"] = "缺" if seat.person_name else "空缺"
    return row


def leave_word(mark, tells_why) -> str:
    """事假, 病假 or 公假 to who may know it, and where the sheet says it; else 假."""
    kinds_of = dict(Attendance._meta.get_field("leave_kind").choices)
    return str(kinds_of.get(mark.leave_kind, "假")) if tells_why else "假"


def confirmed(session, written) -> str:
    """Who confirmed the sheet and when, or what it waits for."""
    if session.is_confirmed:
        at = timezone.localtime(session.confirmed_at)
        return f"{session.confirmed_by} {at:%Y-%m-%d %H:%M} 确认"
    return "待责任人确认" if written else "未填写"


def entry(visit) -> dict:
    """One line of a log or a diary."""
    return {
        "对象": words.about(visit), "方式": visit.get_mode_display(), "情况": visit.said,
        "诉求与建议": words.asked(visit), "后续计划": words.plans(visit),
    }  # fmt: skip


def phone(visit) -> str:
    """The number given with a matter, its middle hidden."""
    return next((each.masked_phone for each in visit.matters if each.phone), "")


def remark(visit) -> str:
    """无诉求, where that was ticked."""
    return "无诉求" if visit.nothing_asked else ""


def numbered(rows) -> list[dict]:
    """The rows with 序号."""
    return [{"序号": str(number)} | row for number, row in enumerate(rows, 1)]


def nil(kind, of, field, sentence) -> dict:
    """A row of an empty list: it says so."""
    return {each.name: "" for each in kind.rows_named(of).fields} | {field: sentence}
