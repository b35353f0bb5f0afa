"""Columns of the sheets that leave: households with who answers for them, people with how many they have."""

from cadres.bounds import WORDS, Bounds
from cadres.exports import in_chunks
from cadres.holders import hang_holders
from cadres.link_rows import hang_links
from cadres.models import HouseholdLink
from liaison.excel import Column, Export

KIND = HouseholdLink.Kind


def _holder(household):
    link = household.cadre_link
    return (link.post.holder_now or "空缺") if link else ""


class LinkedHouseholdExport(Export):
    """包户联系表, by household."""

    title = "包户联系表"
    file_word = "包户联系表"
    columns = (
        Column("村", "village.name", 14),
        Column("组", "group.name", 10),
        Column("户编号", "number", 14),
        Column("户主", "head_name", 12),
        Column("居住状态", "get_residence_display", 10),
        Column("包户干部", _holder, 12),
        Column("岗位", "cadre_link.post.title", 24),
        Column("村民代表", "representative_link.representative.name", 12),
    )

    def rows(self):
        """With the links hung onto each chunk."""
        for chunk in in_chunks(super().rows()):
            yield from hang_links(chunk, self.on)


class _Judged(Export):
    """People with a number of households, judged by the bounds of the day."""

    kind = ""

    def township_of(self, row):
        """The id of the township whose bounds hold."""
        return row.township_id

    def judge(self, rows):
        """Give each row ``bounds_now`` and ``verdict_now``."""
        bounds = Bounds.on(self.on)
        for row in rows:
            place = self.township_of(row)
            policy = bounds.of(place, self.kind)
            row.bounds_now = policy.in_words() if policy else ""
            row.verdict_now = WORDS.get(bounds.verdict(place, self.kind, row.number), "")
        return rows

    def rows(self):
        """Judged chunk by chunk."""
        for chunk in in_chunks(super().rows()):
            yield from self.judge(chunk)


class RepresentativeExport(_Judged):
    """村民代表名册."""

    title = "村民代表名册"
    file_word = "村民代表名册"
    kind = KIND.REPRESENTATIVE
    columns = (
        Column("村(社区)", "village.name", 14),
        Column("组", "group.name", 10),
        Column("姓名", "name", 12),
        Column("联系户数(户)", "number", 12, "number"),
        Column("标准", "bounds_now", 10),
        Column("情况", "verdict_now", 8),
        Column("起任日期", "since", 12, "date"),
        Column("离任日期", "until", 12, "date"),
    )

    def township_of(self, row):
        """His village's."""
        return row.village.township_id


class LinkedPostExport(_Judged):
    """包户干部联系户数表."""

    title = "包户干部联系户数表"
    file_word = "包户干部"
    kind = KIND.CADRE
    columns = (
        Column("岗位", "title", 26),
        Column("现任", lambda post: post.holder_now or "空缺", 12),
        Column("联系户数(户)", "number", 12, "number"),
        Column("标准", "bounds_now", 10),
        Column("情况", "verdict_now", 8),
    )

    def judge(self, rows):
        """With the holders of the day; judged only where the reader sees every household."""
        hang_holders(rows, self.on)
        rows = super().judge(rows)
        whole = self.user.village_scope("cadres.view_links").townships
        for row in rows:
            if row.township_id not in whole:
                row.bounds_now = row.verdict_now = ""
        return rows
