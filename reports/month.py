"""月度驻点工作情况: what liaison work of a month came to, village by village; page, .xlsx and .docx of one table."""

from functools import cached_property

from liaison.documents.kinds import Field, Kind, Rows
from liaison.documents.layout import TITLE, Column, Facts, Note, Paper, Signs, Table

from . import metrics, month_metrics
from .board import Block, Board, Line
from .counting import OF_A_MONTH
from .exports import BoardExport
from .figure import NOTHING, Part

WORK, SAID, DONE = "驻点走访", "意见和诉求", "办理"


class MonthBoard(Board):
    """The table of a month: days due and held, receptions, visits, what was said and how it was settled."""

    sources = OF_A_MONTH
    columns = (
        Block("驻点日", metrics.session_held_rate, "到位率", WORK),
        Block("接待", metrics.received, section=WORK),
        Block("走访户", metrics.visit_coverage, "覆盖率", WORK),
        Block("走访", metrics.household_visits, section=WORK),
        Block("诉求登记", metrics.registered, section=SAID),
        Block("其中意见建议", month_metrics.suggestions, section=SAID),
        Block("金点子", month_metrics.proposals, section=SAID),
        Block("需求线索", month_metrics.needs, section=SAID),
        Block("当场办结", month_metrics.settled_on_the_spot, section=DONE),
        Block("实质办结", metrics.settled_substantive, section=DONE),
        Block("阶段办结", metrics.settled_interim, section=DONE),
        Block("程序办结", metrics.settled_procedural, section=DONE),
        Block("期末在办", metrics.closing, section=DONE),
    )

    @cached_property
    def excluded(self) -> list[Part]:
        """What is left out of the columns of this table, each reason once."""
        parts = {part.name: part for figure in self.total.figures for part in figure.excluded}
        return list(parts.values())

    @property
    def place(self) -> str:
        """The township; of several, their county and how many."""
        if len(self.townships) == 1:
            return str(self.townships[0])
        return f"{self.townships[0].county_name}{len(self.townships)}个乡镇"


class MonthExport(BoardExport):
    """月度驻点工作情况表. Only a board that balances may be exported."""

    title = "月度驻点工作情况表"
    file_word = "月度驻点工作情况"

    def notes(self) -> list[str]:
        """The balance, what was left out of these columns, the definitions."""
        start, new, done, end = (part.number for part in self.board.balance)
        left_out = "、".join(f"{part.name}{part.number}" for part in self.board.excluded) or "无"
        return [
            f"平衡：期初在办{start}+本期新增{new}-本期办结{done}=期末在办{end}(件)",
            f"不计入：{left_out}。意见建议已含在诉求登记里，当场办结已含在三种办结里。",
        ]


# (field of the .docx, its head, which figure, which number of it)
CELLS = (
    ("应驻点", "应驻点(天)", "session_held_rate", "below"),
    ("已驻点", "已驻点(天)", "session_held_rate", "above"),
    ("到位率", "到位率", "session_held_rate", "rate"),
    ("接待人次", "接待(人次)", "received", "above"),
    ("常住户", "常住户(户)", "visit_coverage", "below"),
    ("走访户", "走访(户)", "visit_coverage", "above"),
    ("覆盖率", "覆盖率", "visit_coverage", "rate"),
    ("走访户次", "走访(户次)", "household_visits", "above"),
    ("诉求登记", "诉求登记(件)", "registered", "above"),
    ("意见建议", "其中意见建议(条)", "suggestions", "above"),
    ("金点子", "金点子(条)", "proposals", "above"),
    ("需求线索", "需求线索(条)", "needs", "above"),
    ("当场办结", "当场办结(件)", "settled_on_the_spot", "above"),
    ("实质办结", "实质性办结(件)", "settled_substantive", "above"),
    ("阶段办结", "阶段性办结(件)", "settled_interim", "above"),
    ("程序办结", "程序性办结(件)", "settled_procedural", "above"),
    ("期末在办", "期末在办(件)", "closing", "above"),
)
EXAMPLES = dict(
    zip(
        [name for name, *_ in CELLS],
        [
            "4",
            "4",
            "100.0%",
            "36",
            "312",
            "48",
            "15.4%",
            "51",
            "12",
            "3",
            "2",
            "1",
            "4",
            "5",
            "1",
            "2",
            "9",
        ],
        strict=True,
    )
)
MONTH = Kind(
    "liaison_month",
    "月度驻点工作情况",
    "一个月的驻点工作情况：各村和合计的驻点日、接待、走访、意见建议、诉求和办结。",
    (
        Field(TITLE, "文书上方的大标题", "青山镇2026年11月驻点工作情况"),
        Field("填报单位", "", "测试县青山镇"), Field("月份", "", "2026年11月"),
        Field("期间", "统计月的起止日期", "2026-11-01至2026-11-30"),
        Field("说明", "平衡、不计入的数和口径", "平衡：期初在办6+本期新增12-本期办结9=期末在办9(件)。"),
        Field("制表人", "", "赵敏"), Field("制表时间", "", "2026-12-01 09:00"),
    ),
    (
        Rows(
            "各村", "行",
            (
                Field("村", "村(社区)，最后一行是合计", "石桥村"),
                *(Field(name, head, EXAMPLES[name]) for name, head, *_ in CELLS),
            ),
            "按区划顺序每村一行，最后一行合计",
        ),
    ),
    (
        Facts(("填报单位", "期间")),
        Table(
            "各村",
            (
                Column("村", 12, head="村(社区)"),
                *(Column(name, 11 if which == "rate" else 8, "center", head) for name, head, _, which in CELLS),
            ),
            is_small=True,
        ),
        Note("说明"),
        Signs(("填报人", "负责人")),
        Facts(("制表人", "制表时间")),
    ),
    is_landscape=True,
)  # fmt: skip


def month_paper(board: MonthBoard, *, user, made_at) -> Paper:
    """The same table as a paper.

    Args:
        made_at: the local moment printed behind 「制表时间」.
    """
    export = MonthExport(board=board, user=user, on=board.today, at=made_at)
    lines = [*board.lines, board.total]
    period = board.period
    context = {
        TITLE: f"{board.place}{period.name}驻点工作情况",
        "填报单位": export.unit(),
        "月份": period.name,
        "期间": f"{period.start}至{period.end}",
        "说明": "\n".join([*export.notes(), *_unstated(board)]),
        "制表人": user.display_name,
        "制表时间": f"{made_at:%Y-%m-%d %H:%M}",
        "各村": [_row(board, line) for line in lines],
    }
    return Paper(
        kind=MONTH, context=context, place=(board.place,), when=period.key.replace("-", "")
    )


def _row(board, line: Line) -> dict:
    figures = {figure.key: figure for figure in line.figures}
    return {"村": line.name} | {name: _number(figures[key], which) for name, _, key, which in CELLS}


def _number(figure, which) -> str:
    """One number of a figure; a rate with nothing to divide by is 「—」."""
    if which == "rate":
        return figure.shown if figure.is_rate else NOTHING
    return str(sum(part.number for part in getattr(figure, which)))


def _unstated(board):
    """Matters settled in a way an older ledger does not tell have no column of their own here."""
    number = board.tallies.total.unstated
    return [f"另有未注明办结类型的历史台账{number}件，已含在本期办结里。"] if number else []
