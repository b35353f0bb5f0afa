"""What 全局查找 reads: every piece of a name by which somebody may be looked for."""

from django.db import models


class SearchToken(models.Model):
    """A piece of a name, sound or number, and the row it leads to.

    Found by its beginning, within a village: so an index answers, however many people there are.
    The last four digits of an ID or phone number stand here only as a keyed hash.
    """

    class Subject(models.IntegerChoices):
        """What kind of row the token leads to."""

        RESIDENT = 1
        HOUSEHOLD = 2

    class Meaning(models.IntegerChoices):
        """What of the row it is: the page says why something was found."""

        NAME = 1, "姓名"
        SOUND = 2, "拼音"
        INITIALS = 3, "首字母"
        ID_TAIL = 4, "身份证号末四位"
        PHONE_TAIL = 5, "电话末四位"
        NUMBER = 6, "户编号"

    village_id = models.BigIntegerField()
    token = models.CharField(max_length=40)
    subject = models.PositiveSmallIntegerField(choices=Subject)
    object_id = models.BigIntegerField()
    meaning = models.PositiveSmallIntegerField(choices=Meaning)

    class Meta:
        verbose_name = verbose_name_plural = "查找词"
        indexes = [
            models.Index(fields=["village_id", "token"], name="token_in_a_village"),
            models.Index(fields=["subject", "object_id"], name="token_of_a_row"),
        ]

    def __str__(self):
        return f"{self.get_meaning_display()}"
