"""涉密: the columns of a matter that only named people may open (docs/decisions/0046)."""

from django.db import models


class Secrecy(models.Model):
    """Whether a matter is confidential, and why. ``Grievance.objects`` holds none of them."""

    class Ground(models.TextChoices):
        """为何涉密."""

        REPORT = "report", "举报"
        VIOLENCE = "violence", "家庭暴力"
        NAMED = "named", "点名反映干部"
        OTHER = "other", "其他不宜公开的"

    is_confidential = models.BooleanField("涉密", default=False)
    confidential_ground = models.CharField("涉密事由", max_length=10, choices=Ground, blank=True)

    class Meta:
        abstract = True
