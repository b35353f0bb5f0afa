"""Further ready time limits that published practices name: 12345 of a city, 首问负责制, the national platform, 四川.

As the ready rows before (0018) none of them is in use: an office takes the row that is its own by 「本镇另设」.
Limits of minutes (电话催办10分钟、20分钟) are no handling limits and have no row. Safe to repeat; a row changed
since stays as it is.
"""

from django.db import migrations

CITY = "热线工单，有的市这样规定，以本县规定为准"
MIXED = "多渠道合并受理的，有的地方这样规定，以本县规定为准"
PLATFORM = "国家信访平台转来的，以平台要求为准"
LEDGERS = "三本台账：到期前黄牌提醒，到期红牌；以本县规定为准"
# name, category, kind, source, urgent, amount, unit, start, warn, extend, approver, basis
READY = [
    ("12345紧急工单(当日)", None, "", "12345", True, 1, "calendar_day", "same_day", 0, 0, "office",
     CITY),
    ("12345咨询(当日答复)", None, "inquiry", "12345", False, 1, "workday", "same_day", 0, 0,
     "office", f"当日不能答复的3个工作日；{CITY}"),
    ("12345求助(当日答复)", None, "help", "12345", False, 1, "workday", "same_day", 0, 0,
     "office", f"当日不能答复的3个工作日；{CITY}"),
    ("12345举报(13个工作日)", None, "report", "12345", False, 13, "workday", "next_day", 3, 0,
     "office", f"次日起算；{CITY}"),
    ("12345退回(1个工作日)", None, "", "12345", False, 1, "workday", "next_day", 0, 0, "office",
     f"不属本单位的退回；{MIXED}"),
    ("首问负责制事项(20个工作日)", None, "", None, False, 20, "workday", "next_day", 3, 0, "office",
     MIXED),
    ("首问负责制退回(2个工作日)", None, "", None, False, 2, "workday", "next_day", 1, 0, "office",
     f"不属本单位的退回；{MIXED}"),
    ("国家信访平台受理(15日)", "信访涉法", "", None, False, 15, "calendar_day", "next_day", 3, 15,
     "leader", f"可延15日；{PLATFORM}"),
    ("国家信访平台办结(60日)", "信访涉法", "", None, False, 60, "calendar_day", "next_day", 10, 0,
     "leader", PLATFORM),
    ("国家信访平台退回(2个工作日)", "信访涉法", "", None, False, 2, "workday", "next_day", 1, 0,
     "office", f"不属本单位的退回；{PLATFORM}"),
    ("三本台账受理(2个工作日)", None, "", None, False, 2, "workday", "next_day", 1, 0, "office",
     LEDGERS),
    ("三本台账办理(10个工作日)", None, "", None, False, 10, "workday", "next_day", 5, 0, "office",
     LEDGERS),
]  # fmt: skip
FIELDS = ("amount", "unit", "start", "warn_before", "extend_by", "approver", "basis")


def fill(apps, schema_editor):
    """Add what is not there yet."""
    model = lambda name: apps.get_model("grievances", name).objects  # noqa: E731
    for name, category, kind, source, urgent, *facts in READY:
        model("DeadlinePolicy").get_or_create(
            township=None,
            name=name,
            defaults={
                "category": category and model("Category").filter(name=category).first(),
                "kind": kind,
                "source": source and model("Source").filter(name=source).first(),
                "urgent": urgent,
                **dict(zip(FIELDS, facts, strict=True)),
                "is_active": False,
            },
        )


def empty(apps, schema_editor):
    """Take the rows away that nobody put in use."""
    rows = apps.get_model("grievances", "DeadlinePolicy").objects
    rows.filter(township=None, is_active=False, name__in=[row[0] for row in READY]).delete()


class Migration(migrations.Migration):
    dependencies = [("grievances", "0023_level_of_rules_and_limits")]
    operations = [migrations.RunPython(fill, empty)]
