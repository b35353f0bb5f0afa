"""The dashboard's table as a workbook: the same blocks, each part and each rate in a column of its own."""

from liaison.excel import Column, Export

from .board import Board


def _columns(blocks):
    yield Column("村(社区)", "name", 14)
    for position, block in enumerate(blocks):
        if len(block.parts) == 1:
            yield Column(block.name, _part(position, 0), 9, "number")
            continue
        group = f"{block.head}({block.unit})"
        for place, name in enumerate(block.parts):
            yield Column(name, _part(position, place), 9, "number", group)
        yield Column(f"{block.rate}(%)", _percent(position), 9, "number", group)


def _part(position, place):
    return lambda line: (line.figures[position].above + line.figures[position].below)[place].number


def _percent(position):
    """The rate as a number, or the dash where nothing can be divided."""

    def percent(line):
        rate = line.figures[position].percent
        return "—" if rate is None else rate

    return percent


class BoardExport(Export):
    """驻点联系群众工作情况表 of a period. Only a board that balances may be exported."""

    title = "驻点联系群众工作情况表"
    file_word = "工作情况"

    def __init__(self, *, board: Board, user, on, **kwargs):
        township = board.townships[0] if len(board.townships) == 1 else None
        super().__init__(
            queryset=board.lines, user=user, on=on, period=board.period, township=township, **kwargs
        )
        self.board, self.township = board, township
        self.columns = tuple(_columns(board.blocks))

    def unit(self) -> str:
        """The township; for several, their county and how many."""
        townships = self.board.townships
        if len(townships) == 1:
            return super().unit()
        return (
            "、".join(sorted({each.county_name for each in townships})) + f"{len(townships)}个乡镇"
        )

    def total(self):
        """The sum of all villages."""
        return self.board.total

    def notes(self) -> list[str]:
        """The balance, what was left out, the definitions."""
        start, new, done, end = (part.number for part in self.board.balance)
        left_out = "、".join(f"{part.name}{part.number}" for part in self.board.excluded) or "无"
        of = f"只统计性质为{self.board.kind_name}的诉求。" if self.board.kind_name else ""
        return [
            f"{of}平衡：期初在办{start}+本期新增{new}-本期办结{done}=期末在办{end}(件)",
            *[f"其中：{part.name}{part.number}件，照常计入。" for part in self.board.among],
            f"不计入：{left_out}。超期未结以制表时间为准。{self.board.policy.in_words()}。",
        ]


class RoundCoverageExport(Export):
    """遍访情况表 of a round, 组 by 组; sums of 片 are left out, so that the columns add up."""

    title = "遍访情况表"
    file_word = "遍访情况"

    def __init__(self, *, table, user, on, **kwargs):
        row = table.visit_round
        period = f"{row.name}({row.starts_on}至{row.last_day})"
        lines = [line for line in table.by_group if line.kind == "group"]
        super().__init__(
            queryset=lines, user=user, on=on, period=period, township=row.township, **kwargs
        )
        self.table = table
        self.columns = (
            Column(
                "村(社区)", lambda line: "合计" if line.kind == "total" else line.village.name, 14
            ),
            Column("片", "section", 10),
            Column("组", lambda line: "" if line.kind == "total" else line.name, 12),
            *(_covered(head, name) for head, name in COVERED),
            Column("覆盖率(%)", lambda line: _rate(line.figure), 10, "number"),
            *(
                _covered(head, f"{kind}{of}", word)
                for kind, word in table.apart.items()
                for head, of in (("户数", ""), ("已走访", "_reached"))
            ),
        )

    def total(self):
        """The sum of all 组."""
        return self.table.total

    def notes(self) -> list[str]:
        """What counted."""
        row = self.table.visit_round
        gone = self.table.total.covered.gone
        also = f"；应走访户含本轮走访后注销的{gone}户" if gone else ""
        return [
            f"单位：户，同一户只计一次。应走访户：{row.target_words()}{also}。计入：{row.modes_words()}。"
        ]


COVERED = (
    ("应走访户", "target"), ("已走访", "reached"), ("未走访", "missing"), ("其中从未走访", "never"),
)  # fmt: skip


def _covered(head, name, group=""):
    return Column(head, lambda line: getattr(line.covered, name), 10, "number", group)


def _rate(figure):
    return "—" if figure.percent is None else figure.percent
