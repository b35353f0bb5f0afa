"""Sets of 督办 and of meetings."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from grievances.querysets import OfGrievanceQuerySet

READING = "grievances.view"


class SupervisionQuerySet(OfGrievanceQuerySet):
    """督办 of the matters one may see."""

    def in_force(self):
        """Neither lifted nor replaced by a graver one."""
        return self.filter(lifted_on=None)

    def waiting(self):
        """待回复: the answer is still owed."""
        return self.in_force().filter(replied_on=None)

    def late(self, on):
        """The day for the answer has passed."""
        return self.waiting().filter(reply_due_on__lt=on)

    def to_answer_by(self, user):
        """Those this person's units owe an answer to; the office those no unit has."""
        units = Q(grievance__department__in=sorted(user.department_ids()))
        if user.has_perm("grievances.assign"):
            units |= Q(grievance__department=None)
        return self.waiting().filter(units)


class MeetingQuerySet(models.QuerySet):
    """Meetings."""

    def visible_to(self, user):
        """Of one's townships or villages, and those one sat in; for who reads matters at all."""
        scope = user.village_scope(READING)
        if scope.everything:
            return self
        if not user.has_perm(READING):
            return self.none()
        within = Q(township__in=sorted(scope.townships)) | Q(village__in=sorted(scope.villages))
        sat_in = self.model.attendees.through.objects.filter(meeting=OuterRef("pk"), user=user.pk)
        return self.filter(within | Exists(sat_in))

    def kept_by(self, user):
        """Those this person arranges and records."""
        scope = user.village_scope("grievances.meet")
        within = Q(township__in=sorted(scope.townships)) | Q(village__in=sorted(scope.villages))
        return self.filter(within)

    def to_be_held(self, on):
        """Planned for a day that has come, and without minutes."""
        return self.filter(status="planned", on__lte=on)


class MeetingItemQuerySet(models.QuerySet):
    """Items of meetings."""

    def visible_to(self, user):
        """Of the meetings one may see; a matter one may not see is left out."""
        meetings = self.model._meta.get_field("meeting").related_model.objects.visible_to(user)
        matters = self.model._meta.get_field("grievance").related_model.objects.visible_to(user)
        seen = Q(grievance=None) | Exists(matters.filter(pk=OuterRef("grievance")))
        return self.filter(seen, meeting__in=meetings.values("pk")).order_by("order", "pk")
