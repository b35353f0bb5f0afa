"""Columns of the sheets that leave: households to be seen, wishes."""

from cadres.exports import in_chunks
from liaison.excel import Column, Export
from villages.tags import team_villages

from .contacting import hang_next_contacts


def hang_reasons(households, reader, on, intervals=None, plainly=True):
    """Give each household ``contact`` and ``reason`` in words; sensitive tags are named to their team alone.

    Args:
        plainly: False for paper that lies about: sensitive tags are named to nobody.
    """
    of_team = team_villages(reader) if plainly else ()
    for row in hang_next_contacts(households, on, intervals):
        row.reason = row.contact.why(row.village_id in of_team) if row.contact else ""
    return households


class DueExport(Export):
    """应走访的户, in administrative order."""

    title = "应走访的户"
    file_word = "应走访的户"
    columns = (
        Column("村(社区)", "village.name", 14),
        Column("组", "group.name", 10),
        Column("户编号", "number", 14),
        Column("户主", "head_name", 12),
        Column("住址", "address", 24),
        Column("为什么", "reason", 22),
        Column("上次走访", lambda row: row.contact.last_in_words() if row.contact else "", 20),
        Column("应于(前)", lambda row: row.contact.on if row.contact else None, 12, "date"),
    )

    def rows(self):
        """Each chunk with its reasons."""
        for chunk in in_chunks(super().rows()):
            yield from hang_reasons(chunk, self.user, self.on)


class WishExport(Export):
    """村民点单."""

    title = "村民点单一览表"
    file_word = "村民点单"
    columns = (
        Column("提出日期", "asked_on", 12, "date"),
        Column("村(社区)", "village.name", 14),
        Column("户 / 组", "whose", 20),
        Column("类型", "kind.name", 12),
        Column("点单内容", "words", 40),
        Column("希望办好日期", "wanted_by", 12, "date"),
        Column("状态", "get_state_display", 14),
        Column("认领人", "picked_by.display_name", 10),
        Column("办好日期", "done_on", 12, "date"),
        Column("告知日期", "told_on", 12, "date"),
        Column("告知方式", "get_told_by_display", 10),
        Column("录入人", "entered_by.display_name", 10),
    )
