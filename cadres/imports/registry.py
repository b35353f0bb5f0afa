"""What is stored of a township's people, posts, teams and plans: read once, asked often."""

from collections import defaultdict

from django.db.models import Count, Prefetch, Q, Sum

from cadres.models import Holding, LiaisonPlan, LiaisonTeam, Post, Seat, User
from cadres.roles import Role
from villages.models import Village

NOT_SEATED = frozenset({Role.ADMIN, Role.AUDITOR, Role.COUNTY})


def stamp(township) -> list:
    """Different as soon as a person, post, holding, team or plan of the township has changed."""
    versioned = (
        User.objects.filter(township=township),
        Post.objects.filter(township=township),
        LiaisonTeam.objects.filter(township=township),
        LiaisonPlan.objects.of(township),
    )
    said = [
        list(rows.order_by().aggregate(n=Count("pk"), v=Sum("version")).values())
        for rows in versioned
    ]
    held = Holding.objects.filter(post__township=township).order_by()
    said.append(list(held.aggregate(n=Count("pk"), ended=Count("until")).values()))
    return said


class Registry:
    """The township as it stands on a day."""

    def __init__(self, township, on):
        self.township, self.on = township, on
        self.stamp = stamp(township)
        self.users = list(User.objects.filter(township=township).order_by("pk"))
        self.by_name = defaultdict(list)
        for user in self.users:
            self.by_name[user.display_name].append(user)
        self.posts = {
            post.title: post
            for post in Post.objects.filter(township=township).select_related("department")
        }
        self._read_holdings()
        self._read_teams()

    def _read_holdings(self):
        self.posts_of, self.holder_of = defaultdict(list), {}
        taken = Holding.objects.filter(
            Q(until=None) | Q(until__gte=self.on), post__township=self.township
        )
        self.taken = set()  # posts held now or from a later day on
        for held in taken.select_related("user", "post").order_by(
            "-is_main", "post__order", "post_id", "-since"
        ):
            self.taken.add(held.post_id)
            if held.since <= self.on:
                self.posts_of[held.user_id].append(held.post)
                self.holder_of.setdefault(held.post_id, held.user)

    def _read_teams(self):
        seats = Seat.objects.select_related("post").order_by("order", "pk")
        teams = LiaisonTeam.objects.filter(township=self.township).prefetch_related(
            Prefetch("villages", Village.objects.in_order()), Prefetch("seats", seats)
        )
        self.teams = list(teams.order_by("name"))
        self.team_named = {team.name: team for team in self.teams}
        self.teams_of = defaultdict(list)
        for team in self.teams:
            if team.is_active and team.kind == LiaisonTeam.Kind.LIAISON:
                for village in team.villages.all():
                    self.teams_of[village.pk].append(team)
        self.plans = defaultdict(list)
        for plan in LiaisonPlan.objects.of(self.township).alive(self.on).order_by("pk"):
            self.plans[plan.team_id, plan.village_id].append(plan)

    def seatable(self, user):
        """Posts the person holds today that may sit in a team, the main one first."""
        standing = [post for post in self.posts_of[user.pk] if post.role not in NOT_SEATED]
        return [post for post in standing if not post.abolished_on or post.abolished_on > self.on]

    def seats(self, team):
        """{user id: post} of those who sit in a team today."""
        if team is None:
            return {}
        return {
            self.holder_of[seat.post_id].pk: seat.post
            for seat in team.seats.all()
            if seat.post_id in self.holder_of
        }

    def is_vacant(self, post):
        """Whether nobody holds the post, now or later, and it still stands."""
        return post.pk not in self.taken and not post.abolished_on

    def holder_name(self, post):
        """Who holds a stored post, for sentences."""
        holder = self.holder_of.get(post.pk)
        return holder.display_name if holder else "（空缺）"
