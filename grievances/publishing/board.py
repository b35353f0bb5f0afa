"""What hangs, laid out once: the preview, the poster, the PDF and the sheet are all drawn from a Board."""

from dataclasses import dataclass

from grievances.models import Grievance, Publication

from .wording import public_name

Kind = Publication.Kind
TITLES = {
    Kind.PROBLEMS: "群众问题诉求清单",
    Kind.SETTLED: "群众诉求办结清单",
    Kind.LEDGER: "民情台账公示",
}
CLOSING = "对以上办理情况有意见的，请向村(社区)或镇驻点办反映。"
VILLAGE, ASKER = "村(社区)", "反映人"
DAYS = ("登记日期", "完成时限", "办结日期")


@dataclass(frozen=True)
class Head:
    """A column of the board.

    Args:
        words: above it. share: of the line. is_long: set from the left; others stand in the middle.
    """

    words: str
    share: int
    is_long: bool = False

    @property
    def is_day(self) -> bool:
        """Its texts are days, which are not broken in two."""
        return self.words in DAYS


SERIAL, WORDS = Head("序号", 7), Head("需求内容", 34, True)
UNIT = Head("责任单位(人)", 18)
HEADS = {
    Kind.PROBLEMS: (SERIAL, WORDS, Head("落实举措", 28, True), UNIT, Head("完成时限", 14)),
    Kind.SETTLED: (SERIAL, WORDS, Head("办理结果", 28, True), UNIT, Head("办结日期", 14)),
    Kind.LEDGER: (
        SERIAL, Head("编号", 17), Head("登记日期", 16), Head("类别", 13), WORDS, UNIT,
        Head("状态", 10), Head("办结日期", 16),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Board:
    """One list as it hangs.

    Args:
        rows: texts in the order of ``heads``. on: the day it is hung; None on a draft.
    """

    publication: Publication
    heads: tuple[Head, ...]
    rows: list[list[str]]
    on: object

    @property
    def title(self) -> str:
        """「青山镇石桥村群众问题诉求清单」."""
        return f"{self.publication.place}{TITLES[self.publication.kind]}"

    @property
    def period(self) -> str:
        """「2026年11月21日至2026年11月27日，共3件」."""
        said = [f"{day.year}年{day.month}月{day.day}日" for day in self._span()]
        return f"{'至'.join(dict.fromkeys(said))}，共{len(self.rows)}件"

    def _span(self):
        return self.publication.starts_on, self.publication.ends_on

    @property
    def dated(self) -> str:
        """The day below the signature."""
        return f"{self.on.year}年{self.on.month}月{self.on.day}日" if self.on else ""

    @property
    def signed(self) -> str:
        """Who hangs it."""
        return f"{self.publication.township}驻点联系群众办公室"

    closing = CLOSING

    def columns(self):
        """[(Head, its share in percent)]."""
        whole = sum(head.share for head in self.heads)
        return [(head, round(head.share * 100 / whole)) for head in self.heads]

    def cells(self):
        """[[(text, Head)]], for the page."""
        return [list(zip(row, self.heads, strict=True)) for row in self.rows]

    def all_words(self) -> str:
        """Every text of it."""
        texts = [self.title, self.period, self.closing, self.signed, self.dated]
        return "\n".join([*texts, *(text for row in self.rows for text in row)])


def board_of(publication, on=None) -> Board:
    """A draft as it would hang on a day; what hangs or hung, as it was put up.

    A matter that was made confidential since is not shown again.
    """
    if publication.is_draft:
        heads = _heads(publication)
        lines = public_lines(publication)
        rows = [_row(place, line, heads, publication) for place, line in enumerate(lines, 1)]
        return Board(publication, heads, rows, on)
    kept = publication.snapshot
    heads = tuple(Head(*told) for told in kept["heads"])
    still = set(
        Grievance.objects.public().filter(pk__in=kept["matters"]).values_list("pk", flat=True)
    )
    rows = [row for row, pk in zip(kept["rows"], kept["matters"], strict=True) if pk in still]
    if heads[0] == SERIAL:  # counted anew, so that no gap tells of the one that is gone
        rows = [[str(place), *row[1:]] for place, row in enumerate(rows, 1)]
    return Board(publication, heads, rows, publication.hung_on)


def snapshot_of(board: Board) -> dict:
    """What is kept of a board when it is hung: exactly what is drawn of it."""
    heads = [[head.words, head.share, head.is_long] for head in board.heads]
    matters = [line.grievance_id for line in public_lines(board.publication)]
    return {"heads": heads, "rows": board.rows, "matters": matters}


def lines_to_read(publication):
    """Lines of a draft as its office reads them over, counted from one; a matter made confidential since is
    not among them, nor is there a gap where it stood."""
    lines = publication.lines.filter(grievance__in=Grievance.objects.public().values("pk"))
    related = (
        "grievance__village",
        "grievance__category",
        "grievance__department",
        "grievance__handler",
    )
    lines = list(lines.select_related(*related).defer("grievance__phone").order_by("place"))
    for place, line in enumerate(lines, 1):
        line.place = place
    return lines


def public_lines(publication):
    """Lines that will hang: those left out and confidential matters are not among them."""
    return [line for line in lines_to_read(publication) if not line.is_kept_off]


def _heads(publication):
    heads = list(HEADS[publication.kind])
    if publication.shows_names:
        heads.insert(1, Head(ASKER, 10))
    if publication.village_id is None:
        heads.insert(1, Head(VILLAGE, 12))
    return tuple(heads)


def _row(place, line, heads, publication) -> list[str]:
    matter = line.grievance
    unit = "".join(filter(None, (str(matter.department or ""), _who(matter))))
    said = {
        "序号": str(place),
        "编号": matter.number,
        "登记日期": _day(matter.registered_on),
        VILLAGE: str(matter.village),
        ASKER: public_name(matter.complainant),
        "类别": str(matter.category),
        "需求内容": line.words,
        "落实举措": line.course,
        "办理结果": line.course,
        "责任单位(人)": unit or str(publication.township),
        "完成时限": _day(matter.due_on),
        "状态": matter.get_status_display(),
        "办结日期": _day(matter.settled_on),
    }
    return [said[head.words] for head in heads]


def _who(matter):
    return f"（{matter.handler}）" if matter.handler else ""


def _day(on) -> str:
    return f"{on:%Y-%m-%d}" if on else ""
