"""What hangs on a person in a post, and how it goes on to the next one.

Each app enters its share in ``AppConfig.ready`` (as with personal data and kinds of files), so that a
handover reaches rows of apps to the right without importing them. Decision 0027.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, F, Max, Q, Sum

from cadres.models import Handover, Post, User

DAY = dt.timedelta(days=1)


class Fate(StrEnum):
    """What becomes of the rows."""

    MOVES = "moves"  # 随岗位移交: the successor has them from his first day
    ATTENTION = "attention"  # 须先处理: the handover leaves them as they are
    STAYS = "stays"  # 留作署名: the person's own, for good


@dataclass(frozen=True)
class Change:
    """Who leaves which post, when, and who follows (None: nobody yet)."""

    user: User
    post: Post
    until: dt.date  # the last day in the post
    successor: User | None = None
    since: dt.date | None = None  # the successor's first day

    @property
    def carry_on(self) -> dt.date:
        """The day from which the successor answers, or the post stands vacant."""
        return self.since if self.successor else self.until + DAY


@dataclass(frozen=True)
class Item:
    """A number of rows and what becomes of them."""

    title: str
    count: int
    unit: str
    fate: Fate
    url: str = ""  # to exactly these rows; "" for a reader who may not see them all
    note: str = ""
    mark: str = ""  # tells whether they are still the same rows

    @property
    def stands_for(self) -> tuple[str, str]:
        """What a stale preview is told by."""
        return self.title, self.mark or str(self.count)


class Share:
    """One app's part. Every method answers with what concerns it, and nothing by default."""

    key = ""  # the app's own name in Handover.moved
    name = ""  # the same in the office's words

    def listed(self, change: Change, *, reader, today) -> list[Item]:
        """What hangs on the person in the post; counts whole, links as far as the reader sees."""
        return []

    def warnings(self, change: Change, *, today) -> list[str]:
        """Sentences to be read before the handover. Advice, never a refusal."""
        return []

    def named(self, user, *, today) -> list[Item]:
        """What names the person and not his post: an account is not stopped while there is any."""
        return []

    def carry(self, handover, *, today, now) -> list[int]:
        """Move what does not follow the post by itself; returns the ids moved."""
        return []


_SHARES: dict[str, Share] = {}


def register(share: Share) -> None:
    """Enter an app's share; called once, from its ``ready``."""
    _SHARES[share.key] = share


def shares() -> list[Share]:
    """Every share, in the order of the apps."""
    return list(_SHARES.values())


def counted(title, unit, fate, rows, *, seen=None, url="", note="") -> list[Item]:
    """[Item] of a queryset, [] when it is empty.

    Args:
        seen: the same rows as the reader may see them; with fewer of them the number is no link.
    """
    told = rows.order_by().aggregate(n=Count("pk"), last=Max("pk"), sum=Sum("pk"))
    if not told["n"]:
        return []
    whole = seen is not None and seen.order_by().count() == told["n"]
    mark = f"{told['n']}-{told['last']}-{told['sum']}"
    return [Item(title, told["n"], unit, fate, url if whole else "", note, mark)]


@dataclass(frozen=True)
class Survey:
    """Everything to be seen before a handover is confirmed."""

    change: Change
    items: list[Item]
    warnings: list[str]
    digest: str  # of what was seen: another one means the situation has changed

    def of(self, fate) -> list[Item]:
        """Items of one fate, in the order of the apps."""
        return [item for item in self.items if item.fate == fate]

    @property
    def moving(self) -> list[Item]:
        """随岗位移交."""
        return self.of(Fate.MOVES)

    @property
    def attention(self) -> list[Item]:
        """须先处理."""
        return self.of(Fate.ATTENTION)

    @property
    def staying(self) -> list[Item]:
        """留作署名."""
        return self.of(Fate.STAYS)


def survey(change: Change, *, holding, reader, today) -> Survey:
    """Ask every share. What stays does not count as seen: a visit entered meanwhile changes nothing."""
    items = [item for s in shares() for item in s.listed(change, reader=reader, today=today)]
    warnings = [line for s in shares() for line in s.warnings(change, today=today)]
    facts = (holding.pk, str(holding.until), change.successor and change.successor.pk)
    days = (change.until.isoformat(), change.carry_on.isoformat())
    told = [item.stands_for for item in items if item.fate != Fate.STAYS]
    seen = repr((facts, days, told, warnings))
    return Survey(change, items, warnings, hashlib.sha256(seen.encode()).hexdigest())


def holdings_to_hand_over(user, *, today):
    """Holdings in force or to come; those that ended too, while something names the person still."""
    rows = user.holdings.exclude(handovers__in=Handover.objects.pending())
    if not any(share.named(user, today=today) for share in shares()):
        rows = rows.filter(Q(until=None) | Q(until__gte=today))
    return rows.select_related("post", "user").order_by(
        F("until").desc(nulls_first=True), "-is_main", "since", "pk"
    )


def hanging(user, *, today) -> list[Item]:
    """What keeps an account from being stopped: posts held or to come, and what names the person."""
    open_posts = [
        Item(f"岗位：{held.post}", 1, "个", Fate.ATTENTION, note=_when(held, today))
        for held in user.holdings.select_related("post").order_by("since", "pk")
        if held.until is None or held.until >= today
    ]
    return open_posts + [item for s in shares() for item in s.named(user, today=today)]


def _when(held, today) -> str:
    if held.until:
        return f"任职到{held.until}为止，次日起不再担任"
    return f"{held.since}起任" if held.since > today else "在任"
