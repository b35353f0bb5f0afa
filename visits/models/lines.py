"""What was done about a row since it was written down, day by day: the base of such lines."""

from django.conf import settings
from django.db import models


class Line(models.Model):
    """One act with its day and words; name and post as of then. Subclasses point to the row."""

    act = models.CharField("办理", max_length=20)
    words = models.TextField("说明", blank=True)
    on = models.DateField("日期")
    entered_at = models.DateTimeField("录入时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人"
    )
    by_name = models.CharField("办理人姓名", max_length=50)
    by_post = models.CharField("办理人岗位", max_length=100, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self):
        return f"{self.on} {self.act}"
