"""照片: what may be added to a visit, and never has to be."""

from django.db import models

from liaison.models.pictures import StoredPicture
from visits.querysets import VisitPhotoQuerySet

from .visits import Visit

MOST_PHOTOS = 9  # of one visit


class VisitPhoto(StoredPicture):
    """One picture of a visit."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="photos", verbose_name="走访接待")

    objects = VisitPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "走访照片"
        ordering = ["visit", "pk"]

    def __str__(self):
        return f"{self.visit} 照片"
