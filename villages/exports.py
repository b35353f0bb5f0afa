"""Columns of the sheets that leave: villages, households, residents. Numbers go out masked, but in the roster."""

from django.db import transaction

from liaison import audit
from liaison.excel import Column, Export, without_long_numbers


class VillageExport(Export):
    """村(社区)一览表."""

    title = "村(社区)一览表"
    file_word = "村社区一览"
    columns = (
        Column("区划代码", "code", 16),
        Column("村(社区)", "name", 14),
        Column("办公地点", "office", 26),
        Column("组数", "groups_count", 8, "number"),
        Column("在册户数(户)", "on_roll_count", 12, "number"),
        Column("常住户数(户)", "resident_count", 12, "number"),
        Column("人口(人)", "people_count", 10, "number"),
    )


class HouseholdExport(Export):
    """户情名册."""

    title = "户情名册"
    file_word = "户情名册"
    columns = (
        Column("村(社区)", "village.name", 14),
        Column("组", "group.name", 10),
        Column("户编号", "number", 16),
        Column("户主", "head_name", 12),
        Column("人口", "residents_count", 8, "number"),
        Column("居住状态", "get_residence_display", 12),
        Column("住址", "address", 34),
    )


class ResidentExport(Export):
    """居民名册, ID and phone masked."""

    title = "居民名册"
    file_word = "居民名册"
    columns = (
        Column("村(社区)", "village.name", 14),
        Column("组", "household.group.name", 10),
        Column("户编号", "household.number", 16),
        Column("姓名", "name", 10),
        Column("与户主关系", "relation", 12),
        Column("性别", "get_sex_display", 6),
        Column("出生日期", "birth_date", 12, "date"),
        Column("身份证号", "masked_id", 22),
        Column("联系电话", "masked_phones", 16),
    )


def _born(resident):
    """1985-03-05, or 1985-03 where no more is known."""
    born = resident.birth_date
    return f"{born:%Y-%m}" if born and resident.birth_month_only else born and born.isoformat()


class RosterExport(Export):
    """花名册 in the columns of the import's template, so that it can be put right and uploaded again.

    Numbers stand in it in plain: whoever takes it out says why, and the trail keeps that.

    Args:
        queryset: residents found ``with_tags`` (``tags_now``), in the order of the roll.
        village: whose roster it is.
        reason: why it is taken out.
        tags: ids of the tags the user may see.
    """

    title = "花名册"
    file_word = "花名册"

    def __init__(self, *, village, reason, tags, **facts):
        super().__init__(**facts)
        self.village, self.reason, self.tags = village, reason, tags
        self.columns = (
            Column("村", "village.name", 12),
            Column("片", "household.group.section.name", 10),
            Column("组", "household.group.name", 10),
            Column("户编号", "household.number", 14),
            Column("户主", "household.head_name", 10),
            Column("姓名", "name", 10),
            Column("与户主关系", "relation", 12),
            Column("性别", "get_sex_display", 6),
            Column("身份证号", "id_number", 22),
            Column("出生日期", _born, 13),
            Column("联系电话", "phones", 16),
            Column("人员类别", self._tags_of, 18),
            Column("家庭住址", "household.address", 26),
            Column("备注", "remark", 22),
        )

    def heading(self):
        """「石桥村花名册」."""
        return f"{self.village}{self.title}"

    def file_name(self):
        """石桥村_花名册_20261121.xlsx, under the township's name."""
        return super().file_name().replace("花名册", f"{self.village}花名册", 1)

    @transaction.atomic
    def leave_a_line(self, count, filters):
        """One line of its own kind: plain numbers have left the house."""
        audit.record(
            by=self.user,
            action="导出花名册",
            label=self.heading(),
            after={"事由": without_long_numbers(self.reason), "条数": count},
            township_id=self.village.township_id,
        )

    def _tags_of(self, resident):
        held = (each.tag for each in resident.tags_now if each.tag_id in self.tags)
        return "、".join(tag.name for tag in held)
