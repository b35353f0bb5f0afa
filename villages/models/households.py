"""Households and the people in them: only what the liaison task needs."""

from django.db import models

from liaison import personal
from liaison.models import Versioned
from liaison.personal import EncryptedTextField
from villages.querysets import HouseholdQuerySet, ResidentQuerySet

from .places import Group, Township, Village
from .tags import ResidentTag, TagHolding


class Household(Versioned):
    """户. Township and village stand beside the group so that one index serves each list."""

    class Residence(models.TextChoices):
        """人户状态: what coverage counts."""

        RESIDENT = "resident", "常住"
        SEASONAL = "seasonal", "季节外出"
        AWAY = "away", "全户外出"
        VACANT = "vacant", "空挂"
        CANCELLED = "cancelled", "已注销"

    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="households", verbose_name="村"
    )
    group = models.ForeignKey(Group, models.PROTECT, related_name="households", verbose_name="组")
    number = models.CharField("户编号", max_length=30)
    head_name = models.CharField("户主", max_length=50, blank=True)
    head_pinyin = models.CharField(max_length=60, blank=True)  # "zhang san zs": what search reads
    address = models.CharField("住址", max_length=200, blank=True)
    residence = models.CharField(
        "居住状态", max_length=10, choices=Residence, default=Residence.RESIDENT
    )
    residents_count = models.PositiveIntegerField("人口", default=0, editable=False)
    # Joined to another household: this row stays for its history. Always the living one, whatever
    # was joined in between, so that one step leads from a visit to where its people are now.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", editable=False
    )
    cancelled_on = models.DateField("注销日期", null=True, blank=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "户"
        constraints = [
            models.UniqueConstraint(
                fields=["village", "number"], name="household_number_once_per_village"
            ),
        ]
        indexes = [
            # The household list of a township, and of a village, in the order of the roll.
            models.Index(
                fields=["township", "village", "group", "number", "id"],
                name="household_roll",
            ),
            models.Index(
                fields=["village", "group", "number", "id"],
                name="household_village_roll",
            ),
            models.Index(fields=["head_name"], name="household_head"),
        ]

    def __str__(self):
        return f"{self.head_name or '待定户主'}户({self.number})"

    @property
    def is_cancelled(self) -> bool:
        """Off the roll for good: 已注销, joined to another household included."""
        return self.residence == self.Residence.CANCELLED

    @property
    def full_place(self) -> str:
        """石桥村第1组002户: how another household's page names it."""
        return f"{self.village}{self.group}{self.number}户"

    def history_ids(self) -> list[int]:
        """Ids of this household and of those joined to it, the one first: whose visits, matters and
        links its page shows. One query, one more for each time a joined one had been joined to."""
        if not hasattr(self, "_history_ids"):
            self._history_ids = _with_merged(self)
        return self._history_ids


class Resident(Versioned):
    """居民. Only what the liaison task needs (docs/decisions/0005)."""

    class Sex(models.TextChoices):
        """性别."""

        MALE = "M", "男"
        FEMALE = "F", "女"
        UNKNOWN = "", "不详"

    class Left(models.TextChoices):
        """Why somebody is no longer on the roll."""

        DIED = "died", "死亡"
        MOVED_OUT = "moved_out", "迁出"
        DUPLICATE = "duplicate", "重复登记"

    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="residents", verbose_name="村"
    )
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="residents", verbose_name="户"
    )
    name = models.CharField("姓名", max_length=50)
    pinyin = models.CharField(max_length=60, blank=True)
    relation = models.CharField("与户主关系", max_length=20, blank=True)
    sex = models.CharField("性别", max_length=1, choices=Sex, blank=True, default=Sex.UNKNOWN)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    birth_month_only = models.BooleanField("只知年月", default=False)
    id_number = EncryptedTextField("身份证号", blank=True, default="")
    id_index = models.CharField(max_length=32, blank=True, default="", editable=False)
    phones = EncryptedTextField("联系电话", blank=True, default="")  # several are parted by "、"
    phone_index = models.CharField(max_length=32, blank=True, default="", editable=False)
    tags = models.ManyToManyField(
        ResidentTag,
        through=TagHolding,
        blank=True,
        verbose_name="标签",
        related_name="residents",
    )
    remark = models.TextField("备注", blank=True)
    left_on = models.DateField("迁出或死亡日期", null=True, blank=True)
    left_as = models.CharField("离册原因", max_length=10, choices=Left, blank=True, default="")
    # Entered twice: this row stays for its history, the other one lives on.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", editable=False
    )

    objects = ResidentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "居民"
        constraints = [
            # One person, one row in a township; people without a known number are told apart by household and name.
            models.UniqueConstraint(
                fields=["township", "id_index"],
                condition=~models.Q(id_index=""),
                name="resident_id_once_per_township",
            ),
        ]
        indexes = [
            models.Index(fields=["township", "village", "household", "id"], name="resident_roll"),
            models.Index(fields=["name"], name="resident_name"),
            models.Index(fields=["phone_index"], name="resident_phone"),
        ]

    def __str__(self):
        return self.name

    def set_id_number(self, number: str) -> None:
        """Keep an 18-character ID number with its blind index; empty takes both away."""
        self.id_number, self.id_index = number, personal.blind_index(number, "id")

    def set_phones(self, phones: list[str]) -> None:
        """Keep phones; the first is the one that can be looked up."""
        self.phones = "、".join(phones)
        self.phone_index = personal.blind_index(phones[0], "phone") if phones else ""

    def history_ids(self) -> list[int]:
        """Ids of this person's rows: the living one first, then those entered twice."""
        return _with_merged(self)

    @property
    def masked_id(self) -> str:
        """441***********1234."""
        return personal.mask_id(self.id_number)

    @property
    def masked_phones(self) -> str:
        """138****0000, several parted by 、."""
        return (
            "、".join(personal.mask_phone(each) for each in self.phones.split("、"))
            if self.phones
            else ""
        )

    def age(self, on) -> int | None:
        """Full years on a day, None when the birth date is not known."""
        if self.birth_date is None:
            return None
        born = self.birth_date
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _with_merged(row) -> list[int]:
    """The row's id and those of all rows merged into it, directly or by way of another."""
    found, newest = [row.pk], [row.pk]
    while newest:
        rows = type(row).objects.filter(merged_into__in=newest).order_by("pk")
        newest = [pk for pk in rows.values_list("pk", flat=True) if pk not in found]
        found += newest
    return found
