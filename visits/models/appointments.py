"""重点约访: whose household a day was appointed for."""

from django.db import models

from villages.models import Household
from visits.querysets import AppointmentQuerySet

from .sessions import LiaisonSession


class Appointment(models.Model):
    """The household a special day is for. Apart from the day, because not everybody who sees the day reads it."""

    session = models.OneToOneField(
        LiaisonSession, models.CASCADE, related_name="appointment", verbose_name="驻点日"
    )
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="appointments", verbose_name="户"
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "约访对象"

    def __str__(self):
        return f"{self.session_id} {self.household_id}"
