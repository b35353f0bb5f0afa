"""Townships, villages, sections and groups, from the national division list downwards."""

from django.db import models

from villages.querysets import GroupQuerySet, VillageQuerySet


class Township(models.Model):
    """乡镇/街道, from the national division list."""

    code = models.CharField("区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=50)
    county_code = models.CharField("县级代码", max_length=12)
    county_name = models.CharField("县(市、区)", max_length=50)
    province_and_city = models.CharField("省市", max_length=100, blank=True)
    ledger_prefix = models.CharField("台账编号前缀", max_length=12, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "乡镇(街道)"
        ordering = ["code"]

    def __str__(self):
        return self.name


class Village(models.Model):
    """村/社区: where a team is fixed. Found by its code; names repeat within a county."""

    township = models.ForeignKey(
        Township, models.PROTECT, related_name="villages", verbose_name="乡镇"
    )
    code = models.CharField("区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=50)
    pinyin = models.CharField(max_length=100, blank=True)
    office = models.CharField("村(社区)办公地点", max_length=100, blank=True)

    objects = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "村(社区)"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["township", "name"], name="village_name_once_per_township"
            ),
        ]

    def __str__(self):
        return self.name


class Section(models.Model):
    """片: between village and group, where a township has it (大瑶)."""

    village = models.ForeignKey(Village, models.PROTECT, related_name="sections", verbose_name="村")
    name = models.CharField("名称", max_length=30)

    class Meta:
        verbose_name = verbose_name_plural = "片"
        ordering = ["village__code", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name"], name="section_name_once_per_village"
            )
        ]

    def __str__(self):
        return self.name


class Group(models.Model):
    """组 (or 自然村). ``number`` orders 第2组 before 第10组; 0 for a name without one."""

    village = models.ForeignKey(Village, models.PROTECT, related_name="groups", verbose_name="村")
    section = models.ForeignKey(
        Section,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name="片",
    )
    name = models.CharField("名称", max_length=30)
    number = models.PositiveIntegerField("序号", default=0)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "组"
        ordering = ["village__code", "number", "name"]
        constraints = [
            models.UniqueConstraint(fields=["village", "name"], name="group_name_once_per_village")
        ]

    def __str__(self):
        return self.name
