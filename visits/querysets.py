"""Sets of sessions, leaves and visits, and their counts per village."""

import datetime as dt

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.utils import timezone

from cadres.models import LiaisonTeam, RotaTurn, Seat
from cadres.roles import Role
from liaison.scoping import ScopedQuerySet
from villages.models import Village

WRITES = "visits.log"
ELSEWHERE = ("reception", "meeting")  # they came to us, or to a meeting: no household was reached


class SessionQuerySet(ScopedQuerySet):
    """Liaison sessions (驻点日)."""

    township_path = "township"
    reading = "visits.view"

    def visible_to(self, user, permission=""):
        """Those of one's territory; and to read, the days one stands in on, whenever they are."""
        seen = user.village_scope(permission or self.reading).as_q("village", "township")
        if permission in ("", self.reading) and getattr(user, "pk", None) and user.has_perm(WRITES):
            leaves = self.model._meta.get_field("leaves").related_model.objects
            seen |= Q(pk__in=leaves.in_force().filter(stand_in=user.pk).values("session"))
        return self.filter(seen)

    def within(self, start, end):
        """Sessions dated from ``start`` to ``end``, both included."""
        return self.filter(on__range=(start, end))

    def open_to_all(self):
        """Days anybody may come to: what may hang on a board."""
        return self.filter(kind__in=self.model.OPEN_TO_ALL)

    def counted(self):
        """Fixed days in their own right: make-up days and special forms are not due besides."""
        return self.filter(kind="regular", made_up_for=None)

    def apart(self):
        """The others: 补驻日 and 约访、下访、谈话."""
        return self.exclude(kind="regular", made_up_for=None)

    def sat_by(self, user):
        """A person's own: of the teams seating him today, of the villages his 督查小组 looks after, of the
        village he is the contact of, and days he stands in on; not those he is excused from. As far as he
        may read them."""
        teams = LiaisonTeam.objects.seating(user)
        watched = Village.objects.filter(teams__in=teams.filter(kind="supervision"))
        home = [post.village_id for post in user.current_posts if post.role == Role.CONTACT]
        leaves = self.model._meta.get_field("leaves").related_model.objects.in_force()
        own = Q(team__in=teams) & self._whole_team_or_turn_of(user)
        own |= Q(village__in=watched) | Q(village__in=filter(None, home))
        own |= Q(pk__in=leaves.filter(stand_in=user.pk).values("session"))
        excused = leaves.filter(person=user.pk).values("session")
        return self.visible_to(user).filter(own).exclude(pk__in=excused)

    @staticmethod
    def _whole_team_or_turn_of(user):
        """Of a rota that names its turns, only the days whose turn is one of his."""
        named, his = _turns_of(user)
        return Q(turn=None) | ~Exists(named) | Exists(his)

    def of_team(self, team):
        """Days a team sits, or of the villages a 督查小组 looks after."""
        if team.kind == LiaisonTeam.Kind.SUPERVISION:
            return self.filter(village__in=team.villages.all())
        return self.filter(team=team)

    def due(self, on):
        """Fixed days that should have been held by the end of a day.

        Cancelled ones are not, unless a make-up day was named: then the duty stands again.
        """
        named = Exists(self._make_ups().exclude(status="cancelled"))
        return self.counted().filter(on__lte=on).filter(~Q(status="cancelled") | named)

    def called_off(self):
        """Fixed days cancelled, and no make-up day named for them."""
        named = Exists(self._make_ups().exclude(status="cancelled"))
        return self.counted().filter(status="cancelled").exclude(named)

    def held(self):
        """Held, or made up for by a day that was."""
        return self.filter(Q(status="held") | Exists(self._make_ups().filter(status="held")))

    def with_make_up(self):
        """A make-up day is named for them, ahead or held."""
        return self.filter(Exists(self._make_ups().filter(status__in=("planned", "held"))))

    def special(self):
        """约访、下访、谈话: somebody or something was named beforehand."""
        return self.filter(kind__in=("appointment", "case_visit", "talk"))

    def to_make_up(self):
        """Missed or cancelled, and no make-up day ahead or held."""
        rows = self.counted().filter(status__in=("missed", "cancelled"))
        return rows.exclude(Exists(self._make_ups().filter(status__in=("planned", "held"))))

    def overlapping(self, session):
        """Other days of that date whose hours overlap, not called off."""
        rows = self.filter(
            on=session.on, starts_at__lt=session.ends_at, ends_at__gt=session.starts_at
        )
        return rows.exclude(status__in=("cancelled", "missed")).exclude(pk=session.pk)

    def unwritten(self, on):
        """Past sessions nobody has written up."""
        return self.filter(on__lt=on, status="planned")

    def unconfirmed(self, on):
        """Past sessions nobody has confirmed, written up or not."""
        return self.filter(on__lt=on, status__in=("planned", "held"), confirmed_at=None)

    def unconfirmed_for(self, now, days):
        """Those that ended ``days`` (天) ago or earlier and are not confirmed.

        Args:
            days: {township id: 天}, and under None for all the others.
        """
        own = {pk: count for pk, count in days.items() if pk is not None}
        late = ~Q(township__in=list(own)) & _ended_by(now, days[None])
        for pk, count in own.items():
            late |= Q(township=pk) & _ended_by(now, count)
        return self.unconfirmed(timezone.localtime(now).date() + dt.timedelta(days=1)).filter(late)

    def led_by(self, user):
        """Days of the teams this person leads today; a rota's named turn leads its own day."""
        posts = [post.pk for post in user.current_posts]
        leads = Q(team__in=Seat.objects.leading().filter(post__in=posts).values("team"))
        named, his = _turns_of(user)
        whole = Q(turn=None) | ~Exists(named)
        return self.filter(leads & whole | Q(turn__isnull=False) & Exists(his))

    def _make_ups(self):
        return self.model.objects.filter(made_up_for=OuterRef("pk"))


def _turns_of(user):
    """(turns named for a day's rota, those of them that are this day's and his), for Exists()."""
    named = RotaTurn.objects.filter(plan=OuterRef("plan"))
    his = named.filter(turn=OuterRef("turn"), post__in=[post.pk for post in user.current_posts])
    return named, his


def _ended_by(now, days):
    """Ended so many days before a moment."""
    then = timezone.localtime(now) - dt.timedelta(days=days)
    return Q(on__lt=then.date()) | Q(on=then.date(), ends_at__lte=then.time())


class LeaveQuerySet(ScopedQuerySet):
    """驻点日请假: read by who asked, who leads the team, and the office; nobody else learns of an illness."""

    village_path = "session__village"
    township_path = "session__township"
    reading = "visits.manage"

    def visible_to(self, user, permission=""):
        """One's own, those of the teams one leads, and all of them in the office's township."""
        scope = user.village_scope(permission or self.reading)
        seen = scope.as_q(self.village_path, self.township_path)
        if scope.everything or permission not in ("", self.reading):
            return self.filter(seen)
        posts = [post.pk for post in user.current_posts]
        if not posts:
            return self.none()
        led = Seat.objects.leading().filter(post__in=posts).values("team")
        return self.filter(seen | Q(person=user.pk) | Q(session__team__in=led))

    def alive(self):
        """Waiting or approved."""
        return self.filter(state__in=("requested", "approved"))

    def waiting(self):
        """待批, and the day has not moved or been called off since."""
        return self.filter(state="requested", on=F("session__on"), session__status="planned")

    def in_force(self):
        """Approved, for the date the day is still on."""
        return self.filter(state="approved", on=F("session__on"))

    def to_decide(self, user):
        """Those this person may decide: the office's, and of the team he leads; never his own, nor another lead's."""
        office = user.village_scope("visits.manage").as_q(self.village_path, self.township_path)
        posts = [post.pk for post in user.current_posts]
        leading = Seat.objects.leading()
        led = Q(session__team__in=leading.filter(post__in=posts).values("team"))
        of_lead = Exists(leading.filter(team=OuterRef("session__team"), post=OuterRef("post")))
        return self.waiting().filter(office | led & ~of_lead).exclude(person=user.pk)


class AppointmentQuerySet(ScopedQuerySet):
    """Households a day was appointed for."""

    village_path = "session__village"
    township_path = "session__township"
    household_path = "household"
    reading = "visits.view"


class SessionPolicyQuerySet(models.QuerySet):
    """驻点日规则."""

    def visible_to(self, user, permission="visits.manage"):
        """Those of one's own townships."""
        return self.filter(township__in=user.village_scope(permission).townships)

    def in_force(self, on):
        """Begun by a day, the newest last."""
        return self.filter(since__lte=on).order_by("since")


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
        """We reached a household, at its door or by telephone; who came to us or to a meeting was not."""
        return self.exclude(mode__in=ELSEWHERE).exclude(household=None)

    def tally_by_village(self) -> dict[int, dict]:
        """{village id: {"visits" 户次, "households" 户, "receptions" 人次}}; 户 are distinct."""
        reached = ~Q(mode__in=ELSEWHERE) & ~Q(household=None)
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


class VisitPhotoQuerySet(ScopedQuerySet):
    """Photos of visits: seen by who sees the visit."""

    village_path = "visit__village"
    township_path = "visit__township"
    household_path = "visit__household"
    reading = "visits.view"

    def shown(self):
        """Those not taken away."""
        return self.filter(taken_away_at=None)


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


class DaySheetQuerySet(ScopedQuerySet):
    """走访单 of liaison days."""

    village_path = "session__village"
    township_path = "session__township"
    reading = "visits.view"


class SheetLineQuerySet(ScopedQuerySet):
    """Lines of 走访单; one that names a household is read by who reads the household."""

    village_path = "sheet__session__village"
    township_path = "sheet__session__township"
    household_path = "household"
    reading = "visits.view"
