"""公示: what hangs on the wall about matters, word for word."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from grievances.paper_querysets import PublicationQuerySet
from liaison.models import Versioned
from villages.models import Township, Village

from .ledger import Grievance

WORDS, COURSE = 100, 100  # letters of a line on the wall


class Publication(Versioned):
    """One list for the board, of a township or a village and of a period. Once hung, ``snapshot`` is what hangs."""

    class Kind(models.TextChoices):
        """一台账两清单."""

        PROBLEMS = "problems", "问题清单"
        SETTLED = "settled", "办结清单"
        LEDGER = "ledger", "台账公示"

    class Status(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "草稿"
        HUNG = "hung", "公示中"
        TAKEN_DOWN = "taken_down", "已撤下"

    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    # None: the whole township
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="村(社区)"
    )
    kind = models.CharField("公示内容", max_length=10, choices=Kind)
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("截止日期")
    shows_names = models.BooleanField("写反映人(某某)", default=False)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.DRAFT)
    snapshot = models.JSONField("公示原文", default=dict, blank=True)
    made_at = models.DateTimeField("起草时间")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="起草人"
    )
    hung_on = models.DateField("张贴日期", null=True, blank=True)
    hung_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="张贴登记人",
    )
    down_on = models.DateField("撤下日期", null=True, blank=True)
    down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="撤下登记人",
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "诉求公示"
        ordering = ["-ends_on", "-pk"]
        indexes = [models.Index(fields=["township", "-ends_on", "-id"], name="publications_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(hung_on__isnull=False), name="hung_has_day"
            )
        ]

    def __str__(self):
        return f"{self.place}{self.get_kind_display()}"

    @property
    def place(self) -> str:
        """「青山镇」, 「青山镇石桥村」: never anything finer."""
        return f"{self.township}{self.village or ''}"

    @property
    def is_draft(self) -> bool:
        """Not hung yet: its words may still be changed."""
        return self.status == self.Status.DRAFT


class PublicationRow(models.Model):
    """A matter on a list, in the words the wall will show; the matter's own words stay as they are."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="lines", verbose_name="公示"
    )
    grievance = models.ForeignKey(Grievance, models.PROTECT, related_name="+", verbose_name="诉求")
    place = models.PositiveSmallIntegerField("序号")
    words = models.CharField("公示的内容", max_length=WORDS)
    course = models.CharField("公示的举措或结果", max_length=COURSE, blank=True)
    is_kept_off = models.BooleanField("不公示", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "公示的行"
        ordering = ["publication", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "grievance"], name="matter_once_a_publication"
            )
        ]

    def __str__(self):
        return f"{self.publication_id} {self.place}"
