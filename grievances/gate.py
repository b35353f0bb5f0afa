"""The gate of the ledger: what stands in lists, what may be opened by its number, and who never may.

``visible_to(user)`` is what lists, counts, searches, exports, feeds and figures read: matters of one's
territory, and no confidential one, for nobody. ``open_to(user)`` is the door of a single matter, by its
number: those, and the confidential ones that name the reader. So a confidential matter leaves no trace in
any list, even a reader's own, and whatever is built later on ``Grievance.objects`` is without it.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cadres.models import Holding, Seat, User
from cadres.roles import Role
from liaison import clock
from liaison.scoping import ScopedQuerySet
from villages.models import Resident

from .hands_querysets import HandsQuerySet, lent
from .models.states import Status

# Who reads every matter of his township; the county's figures are counted over all of theirs
_TOWNSHIP_WIDE = {Role.OFFICE, Role.LEADER, Role.SUPERVISOR}
# Posts without a department that are one unit by their role
_UNITS_BY_ROLE = (Role.OFFICE, Role.SUPERVISOR)


def whole_townships(user) -> list[int]:
    """Ids of the townships somebody reads every matter of."""
    return sorted({post.township_id for post in user.current_posts if post.role in _TOWNSHIP_WIDE})


def territory_of(user) -> Q | None:
    """The condition on rows with ``township``, ``village`` and ``department``; None for everything.

    The township's, a cadre's villages', a handler's department's. Contacts, account keepers and auditors see
    none; the county is given figures, never a page.
    """
    scope = user.village_scope()
    if scope.everything:
        return None
    posts = user.current_posts
    whole = {post.township_id for post in posts if post.role in _TOWNSHIP_WIDE}
    if Role.COUNTY in user.roles:
        whole |= scope.townships
    units = {post.department_id for post in posts if post.role == Role.HANDLER}
    conditions = {
        "township__in": sorted(whole),
        "village__in": sorted(user.village_scope("grievances.view").villages)
        if Role.CADRE in user.roles
        else [],
        "department__in": sorted(units - {None}),
    }
    within = Q(pk__in=())
    for path, ids in conditions.items():
        within |= Q(**{path: ids}) if ids else Q()
    return within


class TerritoryQuerySet(ScopedQuerySet):
    """Rows with ``township``, ``village`` and ``department``."""

    township_path = "township"

    def visible_to(self, user):
        """Rows of one's territory."""
        within = territory_of(user)
        return self if within is None else self.filter(within)


class GatedQuerySet(HandsQuerySet, TerritoryQuerySet):
    """Matters, with both doors."""

    def ordinary(self):
        """Without the confidential ones."""
        return self.filter(is_confidential=False)

    def confidential(self):
        """The confidential ones alone; whoever asks must not show them."""
        return self.filter(is_confidential=True)

    def visible_to(self, user):
        """Ordinary matters of one's territory, or such as he was asked to lend a hand with or to answer for on
        a rung of the ladder."""
        within = self._within(user)
        return (self if within is None else self.filter(within)).ordinary()

    def open_to(self, user):
        """What may be opened by its number: also the confidential matters that name this reader."""
        within = self._within(user)
        ordinary = Q(is_confidential=False)
        if within is None:
            return self.filter(ordinary)
        return self.filter(ordinary & within | Q(pk__in=self._all().naming(user).values("pk")))

    def naming(self, user):
        """Confidential matters that name a person today, himself or by his post, unless he is barred."""
        rows = self.confidential().filter(
            pk__in=self._rows_of("readers").of(user).values("grievance")
        )
        return rows.without_conflict(user)

    def kept_by_readers(self):
        """Confidential matters on their way: neither crossed off nor declined.

        Found from their readers, who are few, and not through all that is open.
        """
        rows = self._rows_of("readers").current().values("grievance")
        return self.confidential().filter(pk__in=rows).on_their_way()

    def on_their_way(self):
        """Something is still to be done: settled, but not answered, verified and crossed off, counts too."""
        return self.exclude(status__in=(Status.CLOSED_OUT, Status.DECLINED))

    def slips_of(self, user):
        """Confidential matters a person wrote down: of these he keeps the number and the day."""
        return self.confidential().filter(registered_by=user.pk).without_conflict(user)

    def without_conflict(self, user):
        """Those that accuse nobody who stands too near to this person."""
        return self.exclude(pk__in=self._rows_of("accused").barring(user).values("grievance"))

    def _within(self, user):
        within = territory_of(user)
        if within is None:
            return None
        posts = user.current_posts
        fixed = {post.pk for post in posts if post.role in (Role.CADRE, Role.HANDLER)}
        units = {post.department_id for post in posts if post.role == Role.HANDLER}
        return within | lent(self, fixed, units - {None})

    def _all(self):
        return self.model.every.all()

    def _rows_of(self, name):
        return self.model._meta.get_field(name).related_model.objects


class OrdinaryManager(models.Manager):
    """``Grievance.objects``: no confidential matter is in it, whoever asks; those are in ``Grievance.every``."""

    def get_queryset(self):
        """Ordinary matters."""
        return super().get_queryset().filter(is_confidential=False)


class ReaderQuerySet(models.QuerySet):
    """知情人."""

    def current(self):
        """Rows that were not ended."""
        return self.filter(until=None)

    def of(self, user):
        """Current rows that name a person, or a post he holds today; none for who may not read the ledger."""
        if not user.has_perm("grievances.view"):
            return self.none()
        posts = [post.pk for post in user.current_posts]
        return self.current().filter(Q(user=user.pk) | Q(post__in=posts))

    def end(self, on, because) -> int:
        """End them now; returns how many."""
        return self.update(until=on, ended_because=because[:200])

    def acting(self):
        """Those who work on the matter; who only wrote it down does not."""
        return self.exclude(kind="registrar")


class AccusedQuerySet(models.QuerySet):
    """被反映人."""

    def barring(self, user, on=None):
        """Rows that keep a person from a matter, whatever his role (docs/decisions/0046).

        He is the accused; of the same department (the office and the 督查组 are units too); leads a team the
        accused sits in, or sits in one the accused leads; or lives in the household of the accused.
        """
        on = on or clock.today()
        near = (
            Q(user=user.pk)
            | Q(user__in=_colleagues(user, on))
            | Q(user__in=_of_his_teams(user, on))
        )
        return self.filter(near | _at_home(user))


def _colleagues(user, on):
    """Ids of holders of posts in the same units today."""
    posts = user.current_posts
    units = Q(post__department__in=[post.department_id for post in posts if post.department_id])
    for post in posts:
        if post.role in _UNITS_BY_ROLE:
            units |= Q(post__role=post.role, post__township=post.township_id)
    return Holding.objects.current(on).filter(units).values("user")


def _of_his_teams(user, on):
    """Ids of those who sit in teams he leads, and of those who lead teams he sits in."""
    own = Seat.objects.filter(post__in=[post.pk for post in user.current_posts])
    own = own.filter(team__is_active=True)
    leads = ("lead", "head")
    under = Q(post__seats__team__in=own.filter(kind__in=leads).values("team"))
    over = Q(post__seats__team__in=own.values("team"), post__seats__kind__in=leads)
    # One seat at a time: both conditions speak of the same row.
    return Holding.objects.current(on).filter(under | over).values("user")


def _at_home(user) -> Q:
    """Of the accused household by name or telephone; or where the accused lives by his telephone."""
    residents = Resident.objects.filter(left_on=None)
    is_he = Q(name=user.display_name)
    # 并户: its people live on in the household it was joined to
    lives = Q(household=OuterRef("household")) | Q(household=OuterRef("household__merged_into"))
    if not user.phone_index:
        return Q(Exists(residents.filter(is_he & lives)))
    by_phone = Q(phone_index=user.phone_index)
    homes = residents.filter(by_phone).values("household")
    phones = residents.filter(household__in=homes).exclude(phone_index="").values("phone_index")
    living = User.objects.filter(phone_index__in=phones).values("pk")
    accused = residents.filter(is_he | by_phone, lives)
    return Q(Exists(accused)) | Q(user__in=living)
