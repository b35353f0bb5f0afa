"""Sets of sessions and visits, and their counts per village."""

from django.db import models
from django.db.models import Count, Q, Sum

from cadres.models import LiaisonTeam
from cadres.roles import Role
from liaison.scoping import ScopedQuerySet
from villages.models import Village


class SessionQuerySet(ScopedQuerySet):
    """Liaison sessions (驻点日)."""

    township_path = "township"
    reading = "visits.view"

    def within(self, start, end):
        """Sessions dated from ``start`` to ``end``, both included."""
        return self.filter(on__range=(start, end))

    def sat_by(self, user):
        """A person's own: of the teams seating him today, of the villages his 督查小组 looks after, of the
        village he is the contact of. As far as he may read them."""
        teams = LiaisonTeam.objects.seating(user)
        watched = Village.objects.filter(teams__in=teams.filter(kind="supervision"))
        home = [post.village_id for post in user.current_posts if post.role == Role.CONTACT]
        own = Q(team__in=teams) | Q(village__in=watched) | Q(village__in=filter(None, home))
        return self.visible_to(user).filter(own)

    def of_team(self, team):
        """Days a team sits, or of the villages a 督查小组 looks after."""
        if team.kind == LiaisonTeam.Kind.SUPERVISION:
            return self.filter(village__in=team.villages.all())
        return self.filter(team=team)

    def due(self, on):
        """Sessions that should have been held by the end of a day: cancelled ones apart."""
        return self.filter(on__lte=on).exclude(status="cancelled")

    def held(self):
        """Confirmed as held."""
        return self.filter(status="held")

    def unconfirmed(self, on):
        """Past sessions nobody has written up: the lead's, then the office's 待办."""
        return self.filter(on__lt=on, status="planned")


class VisitQuerySet(ScopedQuerySet):
    """Receptions, visits and calls (走访接待)."""

    township_path = "township"
    household_path = "household"
    reading = "visits.view"

    def within(self, start, end):
        """Visits that happened from ``start`` to ``end``, by the day they happened, not the day they were typed."""
        return self.filter(occurred_on__range=(start, end))

    def receptions(self):
        """定点接访: they came to us."""
        return self.filter(mode="reception")

    def to_households(self):
        """We reached a household, at its door or by telephone."""
        return self.exclude(mode="reception").exclude(household=None)

    def tally_by_village(self) -> dict[int, dict]:
        """{village id: {"visits" 户次, "households" 户, "receptions" 人次}}; 户 are distinct."""
        reached = ~Q(mode="reception") & ~Q(household=None)
        rows = (
            self.order_by()
            .values("village_id")
            .annotate(
                visits=Count("pk", filter=reached),
                households=Count("household", filter=reached, distinct=True),
                receptions=Sum("persons", filter=Q(mode="reception"), default=0),
            )
        )
        return {row.pop("village_id"): row for row in rows}


class NoticePolicyQuerySet(models.QuerySet):
    """公示提前天数."""

    def visible_to(self, user, permission="visits.manage"):
        """Those of one's own townships."""
        return self.filter(township__in=user.village_scope(permission).townships)


class PublicNoticeQuerySet(ScopedQuerySet):
    """Notices on village boards."""

    village_path = "session__village"
    township_path = "session__township"
    reading = "visits.view"

    def hanging(self):
        """Those that were not taken down or replaced."""
        return self.filter(ended_at=None)
