"""每月抽查回头看: who drew which settled matters out of how many, by which seed, to be looked at again."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from grievances import sampling
from grievances.end_querysets import LookBackDrawQuerySet
from villages.models import Township


class LookBackDraw(models.Model):
    """One draw. Everything it was made of is kept, so that anybody can draw it again and compare."""

    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    month = models.DateField("抽查月份")  # its first day
    starts_on = models.DateField("办结起")
    ends_on = models.DateField("办结止")
    due_on = models.DateField("回头看日期")
    size = models.PositiveIntegerField("抽取件数")
    share = models.PositiveSmallIntegerField("抽取比例(%)", null=True, blank=True)
    seed = models.CharField("随机种子", max_length=32)
    rule = models.CharField("抽取规则", max_length=20)
    population_count = models.PositiveIntegerField("总体件数")
    population = models.JSONField("总体")  # [[matter, village], …] as it was drawn from
    reason = models.CharField("再抽原因", max_length=200, blank=True, default="")
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="抽取人"
    )
    drawn_at = models.DateTimeField("抽取时间")

    objects = LookBackDrawQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "抽查回头看"
        ordering = ["-month", "-pk"]
        constraints = [
            # Once a month; once more only with a reason.
            models.UniqueConstraint(
                fields=["township", "month"],
                condition=Q(reason=""),
                name="look_backs_drawn_once_a_month",
            )
        ]

    def __str__(self):
        return f"{self.month.year}年{self.month.month}月抽查回头看"

    def can_be_drawn_again(self) -> bool:
        """Whether seed and population, as kept, give the matters it has put on the list: 复核一致."""
        again = sampling.draw(self.population, self.size, self.seed)
        return set(again) == {row.grievance_id for row in self.look_backs.all()}
