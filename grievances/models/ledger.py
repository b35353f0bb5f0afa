"""A matter of the ledger."""

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property

from cadres.models import Department
from cadres.workcalendar import WorkCalendar
from grievances.gate import OrdinaryManager
from grievances.querysets import GrievanceQuerySet
from liaison.models import Versioned
from liaison.personal import EncryptedTextField, mask_phone
from villages.models import Household, Township, Village
from visits.models import Visit

from .alert_parts import Alerted
from .codes import Category, DeadlinePolicy, DeclineReason, Source
from .hands import CONSTRAINTS, Hands
from .ledger_index import INDEXES, RULES
from .ledger_parts import Ending, OlderLedger
from .on_book import OnBook
from .secrecy import Secrecy
from .states import AWAITED, OPEN, SETTLED, AnswerMode, Status


class Grievance(Secrecy, Hands, Ending, OnBook, OlderLedger, Alerted, Versioned):
    """诉求: one owner, one due date, one honest end."""

    class Kind(models.TextChoices):
        """诉求性质."""

        DEMAND = "demand", "诉求"
        SUGGESTION = "suggestion", "意见建议"
        HELP = "help", "求助"
        INQUIRY = "inquiry", "咨询"
        COMPLAINT = "complaint", "投诉"
        DISPUTE = "dispute", "矛盾纠纷"
        REPORT = "report", "举报"  # always confidential

        @classmethod
        def ordinary(cls) -> list[tuple[str, str]]:
            """Choices of the pages everybody reads."""
            return [(value, label) for value, label in cls.choices if value != cls.REPORT]

    AnswerMode = AnswerMode

    number = models.CharField("编号", max_length=30, unique=True)
    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    # None: an imported row names a village this township does not have (村待核)
    village = models.ForeignKey(
        Village,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grievances",
        verbose_name="村(社区)",
    )
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grievances",
        verbose_name="户",
    )
    visit = models.ForeignKey(
        Visit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grievances",
        verbose_name="走访接待",
    )
    complainant = models.CharField(
        "反映人", max_length=50, blank=True
    )  # 匿名 and 某先生 are names too
    phone = EncryptedTextField("联系电话", blank=True, default="")
    persons = models.PositiveSmallIntegerField("人数", default=1)  # 人
    summary = models.CharField("诉求摘要", max_length=60)
    detail = models.TextField("详情", blank=True)
    kind = models.CharField("性质", max_length=12, choices=Kind, default=Kind.DEMAND)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name="类别")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="来源")
    is_urgent = models.BooleanField("加急", default=False)
    # What was promised to the villager beyond the time limit, and by when; kept once he is answered.
    promise = models.CharField("答应的事", max_length=200, blank=True, default="")
    promise_due_on = models.DateField("答应的期限", null=True, blank=True)

    status = models.CharField("状态", max_length=12, choices=Status, default=Status.REGISTERED)
    registered_on = models.DateField("登记日期")  # the day it was said
    entered_at = models.DateTimeField("录入时间")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="登记人",
    )
    accepted_on = models.DateField("受理日期", null=True, blank=True)
    decline_reason = models.ForeignKey(
        DeclineReason,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="不予受理原因",
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grievances",
        verbose_name="承办单位",
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="承办人",
    )
    assigned_on = models.DateField("交办日期", null=True, blank=True)
    # The policy as it was when the date was set: a later change of the row moves nothing.
    policy = models.ForeignKey(
        DeadlinePolicy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="时限依据",
    )
    policy_version = models.PositiveIntegerField(null=True, blank=True)
    due_at = models.DateTimeField("办理时限", null=True, blank=True)  # None: 工作日历未发布
    due_on = models.DateField("应办结日", null=True, blank=True)
    due_unit = models.CharField(max_length=12, choices=DeadlinePolicy.Unit, blank=True)

    objects = OrdinaryManager.from_queryset(GrievanceQuerySet)()
    every = GrievanceQuerySet.as_manager()  # the confidential ones too: read it by open_to() alone

    class Meta:
        verbose_name = verbose_name_plural = "民情台账"
        ordering = ["-registered_on", "-id"]
        indexes = INDEXES
        constraints = [*RULES, *CONSTRAINTS]

    def __str__(self):
        return self.number

    def get_status_display(self) -> str:
        """The state in words; who was checked and not asked is not said to have been asked."""
        if self.status == Status.VERIFIED and self.checked_on and not self.verified_on:
            return "已核查"
        return str(Status(self.status).label)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The work calendar its days are counted by; read once for a row."""
        return WorkCalendar.load(self.township_id)

    @property
    def is_open(self) -> bool:
        """在办: neither declined nor settled."""
        return self.status in OPEN

    @property
    def is_settled(self) -> bool:
        """办结, whatever came after."""
        return self.status in SETTLED

    def is_overdue(self, now) -> bool:
        """超期未结: open, not resting, and its due moment has passed."""
        if self.due_at is None or not self.is_open or self.is_suspended:
            return False
        return self.due_at < now

    @property
    def is_awaited(self) -> bool:
        """The villager has not been answered yet."""
        return self.status in AWAITED

    @property
    def is_promised(self) -> bool:
        """Something was promised by a day, and the villager has not been answered yet."""
        return self.promise_due_on is not None and self.is_awaited

    def promise_is_late(self, on) -> bool:
        """The promised day has passed without an answer."""
        return self.is_promised and self.promise_due_on < on

    @property
    def was_on_time(self) -> bool | None:
        """Settled on or before the due moment; None while open or without a due date."""
        if self.settled_at is None or self.due_at is None:
            return None
        return self.settled_at <= self.due_at

    @property
    def village_name(self) -> str:
        """The village; of an imported row whose village is not known, its own words and 待核."""
        return str(self.village) if self.village_id else f"{self.village_words or '未写明'}(村待核)"

    @property
    def masked_phone(self) -> str:
        """138****0000."""
        return mask_phone(self.phone)
