"""预警 on a matter: its level in force, and the words of levels and trends."""

from django.db import models

from .states import OVER


class Level(models.TextChoices):
    """预警级别, the lowest first."""

    BLUE = "blue", "蓝色预警"
    YELLOW = "yellow", "黄色预警"
    ORANGE = "orange", "橙色预警"
    RED = "red", "红色预警"


class Trend(models.TextChoices):
    """事态, the calmest first."""

    CONTAINED = "contained", "受控"
    MAY_SPREAD = "may_spread", "可能扩大"
    SPREADING = "spreading", "正在蔓延"


RANK = {level: at for at, level in enumerate(Level.values, 1)} | {"": 0}
TREND_RANK = {trend: at for at, trend in enumerate(Trend.values)}


class Alerted(models.Model):
    """The level as the last dated row of AlertLevel set it; "" for none."""

    alert_level = models.CharField(
        "预警级别", max_length=8, choices=Level, blank=True, default="", editable=False
    )
    alert_since = models.DateField("预警日期", null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def alert(self) -> str:
        """The level in force: "blue" … "red", or ""."""
        return "" if self.status in OVER else self.alert_level
