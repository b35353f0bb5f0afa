"""Sets of people, teams, plans and notices."""

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from liaison.scoping import ScopedQuerySet
from villages.models import Village

OVERDUE = dt.timedelta(minutes=10)  # a delivery due for longer is shown to the office


class HoldingQuerySet(models.QuerySet):
    """Who holds which post, and when."""

    def current(self, on):
        """Holdings in force on a day, both ends included."""
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)

    def visible_to(self, user):
        """Holdings of the posts of one's townships."""
        posts = self.model._meta.get_field("post").related_model.objects.visible_to(user)
        return self.filter(post__in=posts.values("pk"))


class TownshipQuerySet(ScopedQuerySet):
    """Rows that belong to a township as a whole; a cadre of one of its villages sees them too."""

    village_path = "township__villages"
    township_path = "township"
    reading = "cadres.view"

    def visible_to(self, user, permission=""):
        """Rows of the townships this user works in; the county's reader sees no names."""
        scope = user.village_scope(permission or self.reading)
        if scope.everything:
            return self
        # Through subqueries and without DISTINCT, so that a row of the answer can be locked.
        own = Village.objects.filter(pk__in=scope.places).values("township")
        return self.filter(Q(township__in=scope.townships) | Q(township__in=own))


class HandoverQuerySet(models.QuerySet):
    """交接单."""

    def visible_to(self, user):
        """Those of the posts of one's townships."""
        holdings = self.model._meta.get_field("holding").related_model.objects.visible_to(user)
        return self.filter(holding__in=holdings.values("pk"))

    def pending(self):
        """Ordered, and neither carried out nor withdrawn."""
        return self.filter(carried_at=None, withdrawn_at=None)

    def to_carry(self, on):
        """Pending, and their day has come."""
        return self.pending().filter(carry_on__lte=on)


class UserQuerySet(TownshipQuerySet):
    """People with an account."""

    def in_order(self):
        """By name of sign-in: people are never ranked."""
        return self.order_by("username")


class DepartmentQuerySet(TownshipQuerySet):
    """站办所."""

    def standing(self, on):
        """Those not abolished by a day."""
        return self.filter(Q(abolished_on=None) | Q(abolished_on__gt=on))


class TeamQuerySet(TownshipQuerySet):
    """驻点团队 and 督查小组."""

    def for_liaison(self):
        """Those that sit in a village; the 督查小组 only look after them."""
        return self.filter(kind="liaison")

    def seating(self, user):
        """Those in use in which a post held today has a seat."""
        seated = self.model._meta.get_field("seats").related_model.objects.filter(
            post__in=[post.pk for post in user.current_posts]
        )
        return self.filter(is_active=True, pk__in=seated.values("team"))

    def followed_by(self, user):
        """Those whose calendar a person may have: seating him, or of a township whose teams he forms."""
        formed = user.village_scope("cadres.manage_teams").townships
        seating = self.seating(user).values("pk")
        return self.filter(Q(pk__in=seating) | Q(township__in=formed), is_active=True)

    def in_order(self):
        """By the first village's code, the administrative order; those without a village last."""
        codes = Village.objects.filter(teams=OuterRef("pk")).order_by("code").values("code")
        return self.order_by(Coalesce(Subquery(codes[:1]), Value("~")), "name", "pk")


class SeatQuerySet(models.QuerySet):
    """Seats of teams."""

    def leading(self):
        """Those that lead their team: the 责任人's, or the 组长's where a team has none."""
        leads = self.model.objects.filter(team=OuterRef("team"), kind="lead")
        return self.filter(Q(kind="lead") | Q(kind="head") & ~Exists(leads))


class PostQuerySet(TownshipQuerySet):
    """Posts."""

    def standing(self, on):
        """Those not abolished by a day."""
        return self.filter(Q(abolished_on=None) | Q(abolished_on__gt=on))


class InForce:
    """Rows that hold from a day until a day."""

    def in_force(self, on):
        """Those valid on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class MeetingQuerySet(InForce, TownshipQuerySet):
    """例会安排."""


class PlanQuerySet(InForce, ScopedQuerySet):
    """Plans: the three fixed."""

    def of(self, township):
        """Plans of a township's villages."""
        return self.filter(village__township=township)

    def alive(self, on):
        """Plans in force on a day or later, of teams in use."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), team__is_active=True)


class CalendarDayQuerySet(models.QuerySet):
    """Days that are not what their weekday says."""

    def of(self, township):
        """The country's days and those this township set for itself; with None the country's alone."""
        country = Q(township=None)
        return self.filter(country | Q(township=township) if township else country)

    def visible_to(self, user):
        """The country's days, and those of one's own townships."""
        return self.filter(Q(township=None) | Q(township__in=user.village_scope().townships))


class FeedQuerySet(models.QuerySet):
    """Calendar feeds."""

    def visible_to(self, user):
        """One's own."""
        return self.filter(owner=user)


class NoticeQuerySet(models.QuerySet):
    """Notices to people."""

    def visible_to(self, user):
        """One's own."""
        return self.filter(recipient_id=user.pk)

    def unread(self):
        """Not opened yet; what was stale from the first is nobody's to open."""
        return self.filter(read_at=None, is_expired=False)


class DeliveryQuerySet(models.QuerySet):
    """Notices on their way out."""

    def visible_to(self, user):
        """Those to people and groups of one's townships."""
        return self.filter(township__in=user.village_scope().townships)

    def open(self):
        """Neither out nor given up; in the words of the index."""
        return self.filter(state__in=("queued", "claimed", "failed"))

    def due(self, now):
        """Waiting, or left behind by a worker whose lease ran out, and not to be tried later."""
        free = ~Q(state="claimed") | Q(lease_until__lte=now)
        return self.open().filter(free, next_try_at__lte=now)

    def stuck(self, now):
        """Given up, refused and waiting for the next try, or due for long and still here."""
        waits = self.model.objects.due(now - OVERDUE).values("pk")
        return self.filter(Q(state__in=("given_up", "failed")) | Q(pk__in=waits))

    def expired(self):
        """Too late to be sent."""
        return self.filter(state="expired")


class ReminderPolicyQuerySet(models.QuerySet):
    """提醒时间."""

    def visible_to(self, user, permission="cadres.manage_plans"):
        """The shipped row and those of one's own townships."""
        own = Q(township__in=user.village_scope(permission).townships)
        return self.filter(own | Q(township=None))


class RepresentativeQuerySet(ScopedQuerySet):
    """村民代表 of villages."""

    reading = "villages.view_households"

    def visible_to(self, user, permission=""):
        """Those of one's villages; a contact reads himself and those of his households."""
        scope = user.village_scope(permission or self.reading)
        seen = scope.as_q("village", "village__township", "household_links__household")
        if not scope.linked_villages:
            return self.filter(seen)
        # By pk: the way through the links would give one row for each of them.
        own = Q(user=user.pk, village__in=scope.linked_villages)
        return self.filter(pk__in=self.model.objects.filter(seen | own).values("pk"))

    def current(self, on):
        """Those in office on a day; the day of leaving is no longer one."""
        return self.filter(since__lte=on).filter(Q(until=None) | Q(until__gt=on))


class HouseholdLinkQuerySet(ScopedQuerySet):
    """包户联系 of households."""

    household_path = "household"
    reading = "villages.view_households"

    def current(self, on):
        """Links that hold on a day. ``until`` is the day of handing over: the next one's first."""
        return self.filter(since__lte=on).filter(Q(until=None) | Q(until__gt=on))

    def alive(self, on):
        """Those of a day that count: households since cancelled (已注销) are nobody's work."""
        return self.current(on).exclude(household__residence="cancelled")

    def of_contact(self, user_id, post_ids, on):
        """Those a contact answers for on a day: by his post, or as a 村民代表 in office."""
        office = self.model._meta.get_field("representative").related_model.objects.current(on)
        own = Q(post__in=post_ids) | Q(representative__in=office.filter(user=user_id).values("pk"))
        return self.current(on).filter(own)


class LinkPolicyQuerySet(models.QuerySet):
    """Bounds of 联系户数."""

    def visible_to(self, user, permission="cadres.view_links"):
        """Those of one's own townships."""
        return self.filter(township__in=user.village_scope(permission).townships)


class CardTextQuerySet(models.QuerySet):
    """What townships print on their cards."""

    def visible_to(self, user, permission="cadres.print_cards"):
        """Those of one's own townships."""
        return self.filter(township__in=user.village_scope(permission).townships)
