"""Columns of the sheets that leave: villages, households, residents. Numbers go out masked."""

from liaison.excel import Column, Export


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
