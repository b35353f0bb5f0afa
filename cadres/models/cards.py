"""便民服务卡: what a township prints on its cards and notices beside names, time and place."""

from django.db import models

from cadres.querysets import CardTextQuerySet
from liaison.models import Versioned
from villages.models import Township

PROMISE = "热情接待，认真登记；能办的当场办，不能当场办的说明时限；件件有着落，事事有回音。"
SERVICES = "政策咨询\n民生诉求登记与转办\n邻里矛盾调解\n困难家庭帮扶\n代办便民事项"


class CardText(Versioned):
    """卡片文字 of a township. Before it is saved the first time the defaults are what is printed."""

    class Phones(models.TextChoices):
        """公布电话: whose numbers the public is given."""

        ALL = "all", "全体成员的联系电话"
        LEAD = "lead", "只印责任人、组长和联络员的"
        OFFICE = "office", "个人电话都不印，只印驻点办电话"

    class Code(models.TextChoices):
        """二维码: what a telephone reads from it."""

        CONTACT = "contact", "联系人名片（可存入通讯录）"
        TEXT = "text", "驻点时间、地点和电话（文字）"
        NONE = "none", "不印二维码"

    township = models.OneToOneField(
        Township, models.PROTECT, related_name="card_text", verbose_name="乡镇"
    )
    heading = models.CharField("卡片标题", max_length=12, default="便民服务卡")
    office = models.CharField("落款单位", max_length=40, blank=True)
    office_phone = models.CharField("驻点办电话", max_length=20, blank=True)
    promise = models.TextField("服务承诺", max_length=160, default=PROMISE)
    services = models.TextField("服务事项", max_length=240, default=SERVICES)
    phones = models.CharField("公布电话", max_length=8, choices=Phones, default=Phones.ALL)
    code = models.CharField("二维码", max_length=8, choices=Code, default=Code.CONTACT)

    objects = CardTextQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "服务卡文字"

    def __str__(self):
        return f"{self.township}{self.heading}"

    @classmethod
    def of(cls, townships) -> dict[int, "CardText"]:
        """{township id: its text, saved or default}, in one query."""
        saved = {row.township_id: row for row in cls.objects.filter(township__in=townships)}
        return {each.pk: saved.get(each.pk) or cls(township=each) for each in townships}

    @property
    def signed(self) -> str:
        """落款: the office as it was named, or by the township's name."""
        return self.office or f"{self.township}驻点联系群众办公室"
