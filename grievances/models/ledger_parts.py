"""Columns of a matter that belong together, apart from the row itself: its end, and what an older ledger said."""

from django.conf import settings
from django.db import models

from .codes import SettlementMethod
from .states import AnswerMode, CheckKind, Settlement


class Ending(models.Model):
    """办结, 反馈, 回访 and 销号: four different days."""

    settlement = models.CharField("办结类型", max_length=12, choices=Settlement, blank=True)
    method = models.ForeignKey(
        SettlementMethod,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="办结方式",
    )
    result = models.TextField("办理结果", blank=True)
    settled_at = models.DateTimeField("办结时间", null=True, blank=True)
    settled_on = models.DateField("办结日期", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="办结人",
    )
    on_the_spot = models.BooleanField("当场办结", default=False)
    comes_back_on = models.DateField("约定回头看", null=True, blank=True)
    answered_on = models.DateField("反馈日期", null=True, blank=True)
    answer_mode = models.CharField("反馈方式", max_length=8, choices=AnswerMode, blank=True)
    verified_on = models.DateField("回访日期", null=True, blank=True)
    satisfaction = models.CharField("群众评价", max_length=16, blank=True)  # of the last follow-up
    # 核查 in place of a follow-up: no answer of the villager, and in no rate of satisfaction
    check_kind = models.CharField(
        "核查方式", max_length=8, choices=CheckKind, blank=True, default=""
    )
    checked_on = models.DateField("核查日期", null=True, blank=True)
    closed_out_on = models.DateField("销号日期", null=True, blank=True)
    reopened_count = models.PositiveSmallIntegerField("重办次数", default=0)

    class Meta:
        abstract = True


class OlderLedger(models.Model):
    """Taken in from an older ledger (imports/): what it says beyond, or in place of, the matter's fields."""

    is_imported = models.BooleanField("历史台账", default=False)
    source_number = models.CharField("原编号", max_length=40, blank=True)
    village_words = models.CharField("原村名", max_length=60, blank=True)
    handler_words = models.CharField("原承办", max_length=120, blank=True)
    due_words = models.CharField("原时限", max_length=60, blank=True)
    origin_words = models.TextField("原台账所载", blank=True)

    class Meta:
        abstract = True
