"""What hangs on a matter as paper: formal papers with their numbers, and attached files."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from grievances.paper_querysets import IssuedPaperQuerySet, MatterFileQuerySet
from grievances.policy_querysets import PolicyQuerySet
from liaison.models import Versioned
from villages.models import Township

from .history import Step
from .ledger import Grievance

MOST_FILES, MOST_MEGABYTES = (
    20,
    10,
)  # of one matter; of one file. Where a township said nothing else
WEEKDAYS = [
    (1, "周一"), (2, "周二"), (3, "周三"), (4, "周四"), (5, "周五"), (6, "周六"), (7, "周日"),
]  # fmt: skip


class IssuedPaper(models.Model):
    """已编号的文书: one number for a paper of a matter (and of one step of it), kept for ever."""

    grievance = models.ForeignKey(
        Grievance, models.PROTECT, related_name="issued_papers", verbose_name="诉求"
    )
    kind = models.CharField("文书", max_length=30)
    step = models.ForeignKey(
        Step, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="环节"
    )
    series = models.CharField(max_length=60)  # of NumberSeries
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("顺序号")
    number = models.CharField("文号", max_length=60)
    issued_on = models.DateField("编号日期")
    issued_at = models.DateTimeField("编号时间")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="编号人"
    )
    issued_by_name = models.CharField("编号人姓名", max_length=50)

    objects = IssuedPaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "已编号文书"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "serial"], name="paper_number_once"),
            models.UniqueConstraint(
                fields=["grievance", "kind", "step"],
                condition=Q(step__isnull=False),
                name="paper_once_a_step",
            ),
            models.UniqueConstraint(
                fields=["grievance", "kind"],
                condition=Q(step__isnull=True),
                name="paper_once_without_step",
            ),
        ]

    def __str__(self):
        return self.number


class MatterFile(models.Model):
    """附件: what somebody added to a matter; never required. Taken away, the file itself is kept."""

    class Kind(models.TextChoices):
        """What it was found to be by its content."""

        PICTURE = "jpg", "图片"
        PDF = "pdf", "PDF"
        DOCX = "docx", "文档"
        XLSX = "xlsx", "表格"
        TEXT = "txt", "文本"

    grievance = models.ForeignKey(
        Grievance, models.PROTECT, related_name="files", verbose_name="诉求"
    )
    name = models.CharField("文件名", max_length=120)
    kind = models.CharField("类型", max_length=8, choices=Kind)
    stored_name = models.CharField(max_length=64)  # random, under PRIVATE_FILES
    digest = models.CharField(max_length=64)  # checked at every download
    size = models.PositiveIntegerField("大小")  # bytes
    sent_at = models.DateTimeField("上传时间")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人"
    )
    taken_away_at = models.DateTimeField("撤下时间", null=True, blank=True)
    taken_away_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="撤下人",
    )
    taken_away_for = models.CharField("撤下原因", max_length=100, blank=True)

    objects = MatterFileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["pk"]
        indexes = [models.Index(fields=["grievance", "taken_away_at"], name="file_of_matter")]

    def __str__(self):
        return self.name

    @property
    def size_in_words(self) -> str:
        """「1.2MB」, 「34KB」."""
        if self.size >= 1_000_000:
            return f"{self.size / 1_000_000:.1f}MB"
        return f"{max(round(self.size / 1000), 1)}KB"


class PaperPolicy(Versioned):
    """附件和公示规定: how much may be attached, and when the week's lists should hang; one row a township."""

    township = models.OneToOneField(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    most_files = models.PositiveSmallIntegerField("每件附件最多", default=MOST_FILES)
    most_megabytes = models.PositiveSmallIntegerField("每个附件最大", default=MOST_MEGABYTES)
    reminds_weekly = models.BooleanField("每周提醒公示", default=False)
    # 一台账两清单 (鄌郚): each village hangs its own two lists; else one of each for the township
    lists_by_village = models.BooleanField("各村分别公示", default=False)
    weekday = models.PositiveSmallIntegerField("公示日", choices=WEEKDAYS, default=5)
    shows_names = models.BooleanField("公示写某某", default=False)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附件和公示规定"

    def __str__(self):
        where = "各村分别" if self.lists_by_village else ""
        day = self.get_weekday_display()
        weekly = f"每{day}{where}公示" if self.reminds_weekly else "不提醒公示"
        return f"附件最多{self.most_files}个，每个不超过{self.most_megabytes}MB；{weekly}"

    @classmethod
    def of(cls, township_id) -> "PaperPolicy":
        """The township's row, or what holds where it said nothing (not saved)."""
        found = cls.objects.filter(township=township_id).first()
        return found or cls(township_id=township_id)
