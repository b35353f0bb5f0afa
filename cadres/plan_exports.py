"""Columns of the sheets of 驻点安排 and of what the cards say."""

from cadres.cards.content import cards_of
from cadres.exports import in_chunks
from liaison.excel import Column, Export


class PlanExport(Export):
    """驻点安排."""

    title = "驻点安排一览表"
    file_word = "驻点安排"
    columns = (
        Column("村(社区)", "village.name", 14),
        Column("团队", "team.name", 24),
        Column("时间", "in_words", 30),
        Column("地点", "place", 24),
        Column("遇节假日", "holiday_in_words", 16),
        Column("生效日期", "valid_from", 12, "date"),
        Column("截止日期", "valid_to", 12, "date"),
    )


class CardExport(Export):
    """What the cards say, without numbers of telephones: those are for the cards themselves."""

    title = "便民服务卡内容一览表"
    file_word = "便民服务卡"
    columns = (
        Column("村(社区)", "name", 14),
        Column("人员", lambda row: "、".join(_person(each) for each in row.card.people), 50),
        Column("驻点时间", lambda row: "；".join(row.card.times), 28),
        Column("驻点地点", lambda row: "；".join(row.card.places), 24),
        Column("提醒", lambda row: "；".join(row.card.lacks()), 24),
    )

    def rows(self):
        """With each village's card hung onto it."""
        for chunk in in_chunks(super().rows()):
            for row, card in zip(chunk, cards_of(chunk, self.on), strict=True):
                row.card = card
            yield from chunk


def _person(person):
    return f"{person.name}（{person.post}）"
