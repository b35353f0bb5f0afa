"""Code lists: lines the office edits, which rows point to and keep their word by."""

from django.db import models
from django.db.models import Max, Q

from .base import Versioned

LAST_PLACE = 9999


class Code(Versioned):
    """One line of a code list. Switched off, never deleted, so old rows keep their word.

    The code is what files and other systems know a line by; it stays when the name is put right.
    """

    code = models.CharField("编码", max_length=20, blank=True, default="")
    name = models.CharField("名称", max_length=40)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """A line without code or place gets the next ones of its list."""
        if not self.code:
            self.code = f"{self.last_code() + 1:02}"
        if not self.order:
            self.order = min(self.last_place() + 1, LAST_PLACE)
        super().save(*args, **kwargs)

    @classmethod
    def last_place(cls) -> int:
        """The place of the last line, 0 for an empty list."""
        return cls._default_manager.aggregate(last=Max("order"))["last"] or 0

    @classmethod
    def last_code(cls) -> int:
        """The highest code that is a number."""
        numbers = cls._default_manager.filter(code__regex=r"^[0-9]{1,6}$")
        return max(map(int, numbers.values_list("code", flat=True)), default=0)


def once(name):
    """A list's names are told apart, and so are its codes."""
    return [
        models.UniqueConstraint(fields=["name"], name=f"{name}_once"),
        models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name=f"{name}_code_once"),
    ]
