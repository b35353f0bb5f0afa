"""Ready time limits beside the general ones, what warns and extends, and the general alert bands.

Limits of the field's regulations and published practices. What several practices set differently is not in
use: an office takes the row that is its own by 「本镇另设」. Safe to repeat; a row changed since stays as it is.
"""

from django.db import migrations

PETITION = "《信访工作条例》(2022)"
HOTLINE = "热线工单通行办理时限，以本县规定为准"
LEVELS = "四级办理的示例，期限以本镇规定为准"

# General rows that stand already: name, amount they were shipped with -> what is added to them.
STANDING = {
    ("一般事项", 15): {"warn_before": 3, "extend_by": 10},
    ("加急事项", 24): {"warn_before": 4},
    ("信访事项", 60): {"warn_before": 10, "extend_by": 30, "approver": "leader"},
    ("来信事项", 60): {"warn_before": 10, "extend_by": 30, "approver": "leader"},
    ("12345热线工单", 7): {"warn_before": 2},
    ("政策咨询", 3): {"warn_before": 1},
}
# Ready rows, none of them in use: name, category, kind, source, urgent, amount, unit, start, warn, extend, approver,
# basis
READY = [
    ("信访转送交办", "信访涉法", "", None, False, 15, "calendar_day", "next_day", 3, 0, "office",
     f"{PETITION}：自收到之日起15日内"),
    ("信访受理告知", "信访涉法", "", None, False, 15, "calendar_day", "next_day", 3, 0, "office",
     f"{PETITION}：收到之日起15日内书面告知是否受理"),
    ("信访复查", "信访涉法", "", None, False, 30, "calendar_day", "next_day", 5, 0, "leader",
     f"{PETITION}第三十五条"),
    ("信访复核", "信访涉法", "", None, False, 30, "calendar_day", "next_day", 5, 0, "leader",
     f"{PETITION}第三十五条"),
    ("12345特急工单(2小时)", None, "", "12345", True, 2, "hour", "same_day", 1, 0, "office",
     f"四级响应；{HOTLINE}"),
    ("12345紧急工单(24小时)", None, "", "12345", True, 24, "hour", "same_day", 4, 0, "office",
     f"四级响应；{HOTLINE}"),
    ("12345一般工单(7日)", None, "", "12345", False, 7, "calendar_day", "next_day", 2, 0, "office",
     f"四级响应；{HOTLINE}"),
    ("12345疑难工单(15日)", None, "", "12345", False, 15, "calendar_day", "next_day", 3, 0,
     "leader", f"四级响应；{HOTLINE}"),
    ("12345签收(1个工作日)", None, "", "12345", False, 1, "workday", "next_day", 0, 0, "office",
     HOTLINE),
    ("12345电话工单(5个工作日)", None, "", "12345", False, 5, "workday", "next_day", 1, 0,
     "office", HOTLINE),
    ("12345网上工单(3个工作日)", None, "", "12345", False, 3, "workday", "next_day", 1, 0,
     "office", HOTLINE),
    ("12345咨询(3个工作日)", None, "inquiry", "12345", False, 3, "workday", "next_day", 1, 0,
     "office", f"次日起算；{HOTLINE}"),
    ("12345求助(3个工作日)", None, "help", "12345", False, 3, "workday", "next_day", 1, 0,
     "office", f"次日起算；{HOTLINE}"),
    ("12345建议(13个工作日)", None, "suggestion", "12345", False, 13, "workday", "next_day", 3, 0,
     "office", f"次日起算；{HOTLINE}"),
    ("12345投诉(13个工作日)", None, "complaint", "12345", False, 13, "workday", "next_day", 3, 0,
     "office", f"次日起算；{HOTLINE}"),
    ("现场办结", None, "", None, False, 1, "workday", "same_day", 0, 0, "office", LEVELS),
    ("限时办结", None, "", None, False, 5, "workday", "next_day", 1, 5, "office", LEVELS),
    ("协调办结", None, "", None, False, 10, "workday", "next_day", 2, 10, "office", LEVELS),
    ("统筹办结", None, "", None, False, 30, "workday", "next_day", 5, 30, "leader", LEVELS),
]  # fmt: skip
# by, least, trend, level
BANDS = [
    ("size", 1, "contained", "blue"),
    ("size", 3, "contained", "yellow"),
    ("size", 10, "may_spread", "orange"),
    ("size", 30, "spreading", "red"),
    ("near", 1, "contained", "yellow"),
    ("overdue", 1, "contained", "orange"),
    ("overdue", 15, "contained", "red"),
]
FIELDS = (
    "amount", "unit", "start", "warn_before", "extend_by", "approver", "basis",
)  # fmt: skip


def fill(apps, schema_editor):
    """Add what is not there yet; leave what anybody changed."""
    model = lambda name: apps.get_model("grievances", name).objects  # noqa: E731
    for (name, amount), facts in STANDING.items():
        untouched = model("DeadlinePolicy").filter(
            township=None, name=name, amount=amount, version=1, warn_before=0, extend_by=0
        )
        untouched.update(**facts)
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
    for by, least, trend, level in BANDS:
        model("AlertBand").get_or_create(
            township=None, by=by, least=least, trend=trend, defaults={"level": level}
        )


def empty(apps, schema_editor):
    """Take the rows away that no matter points to."""
    rows = apps.get_model("grievances", "DeadlinePolicy").objects
    rows.filter(township=None, is_active=False, name__in=[row[0] for row in READY]).delete()
    apps.get_model("grievances", "AlertBand").objects.filter(township=None).delete()


class Migration(migrations.Migration):
    dependencies = [("grievances", "0017_due_and_warned")]
    operations = [migrations.RunPython(fill, empty)]
