"""挂账: a long matter, open in every figure, with a reason, who approved it and its next review."""

from django.conf import settings
from django.db import models

from .states import OPEN


class OnBook(models.Model):
    """Columns of a matter on the book; empty when it is not. Its clock runs on and nothing leaves it out."""

    book_reason = models.CharField("挂账原因", max_length=200, blank=True, default="")
    book_on = models.DateField("挂账日期", null=True, blank=True)
    book_review_on = models.DateField("挂账复查日", null=True, blank=True)
    book_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="挂账批准人",
    )

    class Meta:
        abstract = True

    @property
    def is_on_book(self) -> bool:
        """挂账中: on the book and still open; settling it takes it off."""
        return self.book_on is not None and self.status in OPEN

    def book_is_due(self, on) -> bool:
        """Its review day has come."""
        return self.is_on_book and self.book_review_on <= on
