"""Sets of what comes after settling: 回头看, 待重办, 回访抽样."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from .models.states import OPEN, SETTLED
from .querysets import OfGrievanceQuerySet, whole_townships


class LookBackQuerySet(OfGrievanceQuerySet):
    """Days on which a matter is looked at again."""

    def waiting(self):
        """Not looked at yet, and there is something to look at: settled, or on the book and open."""
        settled = ~Q(why="book") & Q(grievance__status__in=SETTLED)
        on_book = Q(why="book", grievance__status__in=OPEN)
        return self.filter(settled | on_book, done_on=None)

    def due(self, on):
        """Not looked at yet, and their day has come."""
        return self.waiting().filter(due_on__lte=on)


class RedoCallQuerySet(OfGrievanceQuerySet):
    """不满意待重办."""

    def waiting(self):
        """Neither reopened nor answered for."""
        return self.filter(outcome="")


class LookBackDrawQuerySet(models.QuerySet):
    """Monthly draws of spot checks."""

    def visible_to(self, user):
        """For the office, leaders and supervisors of the township."""
        scope = user.village_scope()
        if scope.everything:
            return self
        return (
            self.filter(township__in=whole_townships(user)) if user.current_posts else self.none()
        )


class SampleQuerySet(models.QuerySet):
    """Draws of a township."""

    def visible_to(self, user):
        """For the office, leaders and supervisors of the township; for others those in which they ask."""
        scope = user.village_scope()
        if scope.everything:
            return self
        if not user.current_posts:
            return self.none()
        rows = self.model._meta.get_field("matters").related_model.objects
        asks = Exists(rows.filter(sample=OuterRef("pk"), given_to=user.pk))
        return self.filter(Q(township__in=whole_townships(user)) | Q(asks))


class SampledQuerySet(OfGrievanceQuerySet):
    """Drawn matters: who handles one is not told that it was drawn."""

    def visible_to(self, user):
        """Of the matters one sees, those one asks about; the office, leaders and supervisors all."""
        rows = super().visible_to(user)
        if user.village_scope().everything:
            return rows
        whole = Q(sample__township__in=whole_townships(user))
        return rows.filter(whole | Q(given_to=user.pk))

    def waiting_for(self, user):
        """待我回访."""
        return self.filter(given_to=user.pk, state="waiting")


class FollowUpPolicyQuerySet(models.QuerySet):
    """每月回访抽样 of townships."""

    def visible_to(self, user):
        """Those of the townships in which this person draws samples."""
        scope = user.village_scope("grievances.sample")
        return self if scope.everything else self.filter(township__in=scope.townships)
