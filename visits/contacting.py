"""走访间隔: when a household is to be seen next, and why. Intervals are dated rows; these rules take the day.

A household is asked for by everything that fits it — the ordinary interval, and that of each tag somebody in
it carries — and what falls due first decides. So with several tags the shortest interval holds.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from villages.models import Household, TagHolding, Village

from .models import ContactPolicy, Visit
from .querysets import ELSEWHERE
from .reaching import homes_of, reaching

ORDINARY = None  # the key of the interval that every household has
SPECIAL = "重点户"  # said of a household whose sensitive tags the reader may not see


@dataclass(frozen=True)
class Need:
    """One interval that fits a household: so many days (天), by these ways, for this reason."""

    days: int
    modes: tuple[str, ...] = ()  # empty: every way
    reason: str = "一般户"
    tag_id: int | None = ORDINARY
    is_sensitive: bool = False

    def counts(self, mode: str) -> bool:
        """Whether a contact of this way counts. That people came to us counts only where it is named."""
        return mode in self.modes if self.modes else mode not in ELSEWHERE


@dataclass(frozen=True)
class NextContact:
    """When a household is to be seen next.

    Attributes:
        last, mode: the last contact that counts; None and "" when there was none.
        on: the day by which it should be seen; None: it never was, so as soon as may be.
    """

    need: Need
    last: dt.date | None = None
    mode: str = ""

    @property
    def on(self) -> dt.date | None:
        """``days`` after the last contact: 30 days after 2026-10-12 is 2026-11-11."""
        return self.last + dt.timedelta(days=self.need.days) if self.last else None

    def is_due(self, by: dt.date) -> bool:
        """Whether it should be seen on that day or before."""
        return self.on is None or self.on <= by

    def is_late(self, on: dt.date) -> bool:
        """Whether the day has passed. Somebody never seen is due, and late for no day."""
        return self.on is not None and self.on < on

    def why(self, plainly: bool = True) -> str:
        """「独居老人，30天一次」; 「重点户，30天一次」 where a sensitive tag is not to be named."""
        reason = self.need.reason if plainly or not self.need.is_sensitive else SPECIAL
        return f"{reason}，{self.need.days}天一次"

    def last_in_words(self) -> str:
        """「2026-10-12 电话」, 「还没有走访过」."""
        if self.last is None:
            return "还没有走访过"
        return f"{self.last} {dict(Visit.Mode.choices).get(self.mode, self.mode)}"

    def in_words(self, plainly: bool = True) -> str:
        """「独居老人，30天一次，上次 2026-10-12 电话，应于 2026-11-11 前」."""
        if self.last is None:
            return f"{self.why(plainly)}，还没有走访过，请尽快"
        return f"{self.why(plainly)}，上次 {self.last_in_words()}，应于 {self.on} 前"


def next_contact(needs, contacts) -> NextContact | None:
    """What falls due first; None where nothing is asked.

    Args:
        needs: every Need that fits the household.
        contacts: [(day, mode)] of contacts so far, in any order.
    """
    found = [NextContact(need, *_last(need, contacts)) for need in needs]
    # Never seen goes first, then the earliest day; of equals the shorter interval is the reason.
    return min(found, key=lambda each: (each.on or dt.date.min, each.need.days), default=None)


def _last(need, contacts):
    counting = [(on, mode) for on, mode in contacts if need.counts(mode)]
    return max(counting) if counting else ()


@dataclass(frozen=True)
class Intervals:
    """The intervals in force on a day: {township id: {tag id or ORDINARY: Need}}."""

    on: dt.date
    by_township: dict[int, dict]

    @classmethod
    def of(cls, townships, on) -> "Intervals":
        """Those of some townships (ids) on a day, in one query; a township's own row goes before a general one."""
        rows = ContactPolicy.objects.begun(on).filter(Q(township__in=townships) | Q(township=None))
        rows = sorted(rows.select_related("tag"), key=lambda row: (row.since, row.pk))
        general = {row.tag_id: row for row in rows if row.township_id is None}
        found = {}
        for pk in townships:
            own = {row.tag_id: row for row in rows if row.township_id == pk}
            found[pk] = _asked(general | own)
        return cls(on, found)

    def needs(self, township_id, tag_ids) -> list[Need]:
        """Those that fit a household with these tags."""
        rows = self.by_township.get(township_id, {})
        return [rows[key] for key in (ORDINARY, *sorted(set(tag_ids))) if key in rows]

    def tags(self, township_id) -> list[int]:
        """Tags that have an interval of their own: 重点."""
        return [key for key in self.by_township.get(township_id, {}) if key is not ORDINARY]

    def due(self, households, by):
        """Those of the households that are to be seen by a day: the rule of hang_next_contacts(), for a whole roll."""
        wanted = Q(pk__in=())
        for township, rows in self.by_township.items():
            for (days, modes), tags in _alike(rows).items():
                wanted |= Q(township=township) & self._due(township, days, modes, tags, by)
        return households.resident().filter(wanted)

    def special(self, households):
        """Those somebody with a tag that has an interval of its own lives in (重点户)."""
        wanted = Q(pk__in=())
        for township in self.by_township:
            wanted |= Q(township=township) & self._tagged(self.tags(township))
        return households.filter(wanted)

    def _due(self, township, days, modes, tags, by):
        # Seen after this day, it is not due yet.
        since = by - dt.timedelta(days=days - 1) if by.toordinal() > days else dt.date.min
        seen = reaching(modes or None, since=since, until=self.on, townships=[township])
        unseen = ~Q(pk__in=homes_of(seen))
        return unseen if ORDINARY in tags else unseen & self._tagged(tags)

    def _tagged(self, tags):
        # A set asked for once: with EXISTS, SQLite went through all who carry a tag for each household.
        held = TagHolding.objects.current(self.on).filter(tag__in=tags, resident__left_on=None)
        return Q(pk__in=held.values("resident__household"))


def due_today(households, user, on):
    """Those of the households a person reads that are to be seen by today, with the intervals of his townships."""
    own = Village.objects.visible_to(user).order_by().values_list("township", flat=True)
    return Intervals.of(list(own.distinct()), on).due(households, on)


def _asked(rows) -> dict:
    """{tag id: Need} of the rows that ask for something."""
    in_order = sorted(rows.values(), key=lambda row: (row.tag_id is not None, row.tag_id))
    return {
        row.tag_id: Need(
            row.days,
            tuple(row.modes),
            row.of_whom,
            row.tag_id,
            bool(row.tag_id and row.tag.sensitive),
        )
        for row in in_order
        if row.days is not None
    }


def _alike(rows) -> dict:
    """{(days, modes): tag ids}: what asks for the same is asked once."""
    found = defaultdict(set)
    for key, need in rows.items():
        found[need.days, need.modes].add(key)
    return found


def hang_next_contacts(households, on, intervals=None):
    """Give each household ``contact``, its NextContact, and ``met_last``, (day, mode) or None; three queries.

    Nothing is asked of a household nobody lives in just now (全户外出, 空挂, 已注销): its contact is None.

    Args:
        on: the day looked from: tags and intervals are that day's, contacts those until then.
    """
    townships = {row.township_id for row in households}
    intervals = intervals or Intervals.of(townships, on)
    tags, contacts = _tags_of(households, on), contacts_of(households, on)
    for row in households:
        lived_in = row.residence in (Household.Residence.RESIDENT, Household.Residence.SEASONAL)
        needs = intervals.needs(row.township_id, tags[row.pk]) if lived_in else []
        row.contact = next_contact(needs, contacts[row.pk])
        row.met_last = max(contacts[row.pk], default=None)
    return households


def contacts_of(households, on) -> dict:
    """{household id: [(last day, mode)]}, one for each way it was met until a day."""
    ids = [row.pk for row in households]
    # Found first, so that each is one look into the index of visits and not a walk through all of them
    homes = Household.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids)).values("pk")
    met = Visit.objects.filter(household__in=homes, occurred_on__lte=on)
    rows = met.order_by().annotate(home=Coalesce("household__merged_into", "household"))
    found = defaultdict(list)
    for home, mode, last in rows.values_list("home", "mode").annotate(Max("occurred_on")):
        found[home].append((last, mode))
    return found


def _tags_of(households, on) -> dict:
    held = TagHolding.objects.current(on).filter(
        resident__household__in=[row.pk for row in households], resident__left_on=None
    )
    found = defaultdict(set)
    for home, tag in held.values_list("resident__household", "tag"):
        found[home].add(tag)
    return found
