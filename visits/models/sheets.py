"""走访单: what was printed for a liaison day, line by line, so that any copy can be entered by its numbers."""

from django.conf import settings
from django.db import models

from villages.models import Household
from visits.querysets import DaySheetQuerySet, SheetLineQuerySet

from .sessions import LiaisonSession
from .visits import Visit


class DaySheet(models.Model):
    """One edition (版) of a day's sheet. Lines never change once printed; what changed makes the next edition."""

    session = models.ForeignKey(
        LiaisonSession, models.PROTECT, related_name="sheets", verbose_name="驻点日"
    )
    number = models.PositiveSmallIntegerField("版次")
    digest = models.CharField("内容摘录", max_length=64, editable=False)
    printed_at = models.DateTimeField("打印时间")
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="打印人"
    )

    objects = DaySheetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "走访单"
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="day_sheet_edition_once")
        ]

    def __str__(self):
        return f"{self.session_id} {self.edition}"

    @property
    def edition(self) -> str:
        """「第2版」."""
        return f"第{self.number}版"


class SheetLine(models.Model):
    """What stands at one number of a sheet, and the visit it became once it was entered.

    A matter is kept by its ledger number: the ledger lies to the right of this app.
    """

    class Kind(models.TextChoices):
        """What a line is for."""

        HOUSEHOLD = "household", "先走访的户"
        MATTER = "matter", "在办诉求"
        CALL_BACK = "call_back", "答复回访"
        BLANK = "blank", "空白行"

    sheet = models.ForeignKey(DaySheet, models.CASCADE, related_name="lines", verbose_name="走访单")
    number = models.PositiveSmallIntegerField("行号")
    kind = models.CharField("用途", max_length=10, choices=Kind, default=Kind.BLANK)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="户"
    )
    matter = models.CharField("诉求编号", max_length=30, blank=True)
    why = models.CharField("缘由", max_length=120, blank=True)
    visit = models.OneToOneField(
        Visit, models.PROTECT, null=True, blank=True, related_name="sheet_line", verbose_name="走访"
    )

    objects = SheetLineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "走访单行"
        ordering = ["sheet", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="sheet_line_number_once")
        ]

    def __str__(self):
        return f"第{self.number}行"
