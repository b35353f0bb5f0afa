"""Where a household is drawn on its village's 示意图, if the office says so: a place on paper, none on the earth."""

from django.db import models
from django.db.models import Q

from villages.querysets import HousePointQuerySet

from .households import Household

MOST = 100  # 横 and 纵 run from 0 (left, top) to 100


class HousePoint(models.Model):
    """示意图位置. A table of its own: few villages have any, and the roll is read and written whole."""

    household = models.OneToOneField(
        Household, models.CASCADE, related_name="point", verbose_name="户"
    )
    x = models.PositiveSmallIntegerField("横")
    y = models.PositiveSmallIntegerField("纵")

    objects = HousePointQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "示意图位置"
        constraints = [
            models.CheckConstraint(
                condition=Q(x__lte=MOST) & Q(y__lte=MOST), name="house_point_within_the_drawing"
            )
        ]

    def __str__(self):
        return f"横{self.x}纵{self.y}"
