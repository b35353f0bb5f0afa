"""What is stored of the villages a file speaks for: households, links, representatives, cadres in office."""

from collections import defaultdict

from cadres.linking import CHUNK
from cadres.models import Holding, HouseholdLink, Post, Representative, Seat
from cadres.roles import Role
from liaison.imports.text import half_width
from liaison.personal import blind_index
from villages.models import Household, Resident
from villages.roster.text import same_name

NOT_LINKED = (Role.ADMIN, Role.AUDITOR, Role.COUNTY)


class Registry:
    """Read once for a file; a fixed number of queries however many rows it has."""

    def __init__(self, township, villages, on):
        self.township, self.villages, self.on = township, villages, on
        self._households()
        self._links()
        self._representatives()
        self._cadres()

    def _households(self):
        rows = Household.objects.filter(village__in=self.villages).select_related("group")
        rows = rows.only(
            "township_id", "village_id", "number", "head_name", "residence", "group__name"
        )
        self.numbered, self.headed = {}, defaultdict(list)
        for row in rows:
            self.numbered[row.village_id, half_width(row.number)] = row
            self.headed[row.village_id, same_name(row.head_name)].append(row)

    def _links(self):
        links = HouseholdLink.objects.filter(village__in=self.villages)
        self.links = defaultdict(list)  # (household id, kind) -> links, past ones too
        for link in links.select_related("post", "representative"):
            self.links[link.household_id, link.kind].append(link)

    def standing(self, household_id, kind):
        """The open link of a kind, None when there is none."""
        links = self.links.get((household_id, kind), ())
        return next((link for link in links if link.until is None), None)

    def last_day(self, household_id, kind):
        """The day before which a link of a kind cannot begin any more, None when any day will do."""
        days = [link.until or link.since for link in self.links.get((household_id, kind), ())]
        return max(days, default=None)

    def _representatives(self):
        rows = Representative.objects.filter(village__in=self.villages, until=None)
        self.representatives = defaultdict(list)
        for row in rows.select_related("group", "resident"):
            self.representatives[row.village_id, row.name].append(row)
        self.known_residents = {
            row.resident_id for rows in self.representatives.values() for row in rows
        }

    def _cadres(self):
        """Holders of posts today, by name; posts by title; whose posts are fixed to which village."""
        held = Holding.objects.current(self.on).filter(post__township=self.township)
        held = held.exclude(post__role__in=NOT_LINKED).select_related("user", "post")
        self.holdings, self.posts_of = defaultdict(set), defaultdict(list)
        for holding in held.order_by("-is_main", "post__order", "post_id"):
            self.holdings[holding.user.display_name].add(holding.user)
            self.posts_of[holding.user_id].append(holding.post)
        posts = Post.objects.standing(self.on).filter(township=self.township)
        self.titled = {post.title: post for post in posts.exclude(role__in=NOT_LINKED)}
        seats = Seat.objects.filter(team__is_active=True, team__township=self.township)
        self.fixed = set(seats.values_list("post_id", "team__villages"))
        self.fixed |= {(post.pk, post.village_id) for post in self.titled.values()}

    def is_fixed(self, post, village) -> bool:
        """Whether a post sits in a team of a village, or is the village's own."""
        return (post.pk, village.pk) in self.fixed

    def residents_named(self, names):
        """{(village id, name): [Resident on the roll]} of the villages, for these names."""
        found, names = defaultdict(list), sorted(names)
        for start in range(0, len(names), CHUNK):
            rows = Resident.objects.present().filter(
                village__in=self.villages, name__in=names[start : start + CHUNK]
            )
            for row in rows.select_related("household"):
                found[row.village_id, row.name].append(row)
        return found


def rings(row, phones) -> bool:
    """Whether somebody's first phone is one of these."""
    return bool(row and row.phone_index) and row.phone_index in {
        blind_index(phone, "phone") for phone in phones
    }
