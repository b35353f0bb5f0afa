"""A board as .xlsx, and the list of publications as one."""

from liaison.excel import Column, Export


class BoardExport(Export):
    """公示: exactly the texts that hang, each cell text."""

    def __init__(self, *, board, **kwargs):
        self.title = board.title.removeprefix(str(board.publication.township))
        self.file_word = self.title
        self.columns = tuple(
            Column(head.words, _cell(place), head.share) for place, head in enumerate(board.heads)
        )
        super().__init__(
            queryset=board.rows, township=board.publication.township, period=board.period, **kwargs
        )


def _cell(place):
    return lambda row: row[place]


class PublicationExport(Export):
    """诉求公示记录."""

    title = "诉求公示记录"
    file_word = "诉求公示记录"
    columns = (
        Column("公示内容", "get_kind_display", 12),
        Column("范围", "place", 20),
        Column("起始日期", "starts_on", 12, "date"),
        Column("截止日期", "ends_on", 12, "date"),
        Column("状态", "get_status_display", 10),
        Column("张贴日期", "hung_on", 12, "date"),
        Column("撤下日期", "down_on", 12, "date"),
        Column("起草人", "made_by.display_name", 10),
    )
