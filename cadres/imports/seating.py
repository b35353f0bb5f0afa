"""Who sits in a team by which post, and what that changes of the team as it stands."""

from dataclasses import dataclass

from cadres.models import Seat
from cadres.roles import Role

from .posts import PlannedPost, is_named

Kind = Seat.Kind
# Column -> what one does in the team, in the order of a team's list.
KINDS = {
    "lead": Kind.LEAD,
    "head": Kind.HEAD,
    "group_head": Kind.HEAD,
    "members": Kind.MEMBER,
    "group_members": Kind.MEMBER,
    "aux": Kind.AUXILIARY,
    "contact": Kind.COORDINATOR,
}
# Named twice in one team, somebody sits by the first of these.
_FIRST = ("lead", "head", "group_head", "contact", "members", "group_members", "aux")
_ROLES = {
    "aux": Role.CONTACT,
    "contact": Role.CONTACT,
    "group_head": Role.SUPERVISOR,
    "group_members": Role.SUPERVISOR,
}


@dataclass(eq=False)
class PlannedSeat:
    """One seat as it will be."""

    kind: str
    post: PlannedPost

    @property
    def name(self):
        """Who sits there."""
        return self.post.who.name if self.post.who else ""


def title_for(mention, team):
    """What the post of somebody new is called: his title where the list gives one, else his place in the team."""
    words = {
        "lead": mention.title or f"{team}责任领导",
        "head": f"{team}驻点团队组长",
        "members": f"{team}驻点团队成员",
        "aux": f"{team}辅助团队成员",
        "contact": f"{team}联络员",
        "group_head": f"{team}组长",
        "group_members": f"{team}成员",
    }
    return words[mention.field]


class Seating:
    """Seats the people of one file."""

    def __init__(self, registry, posts, seated):
        self.registry, self.posts, self.seated = registry, posts, seated
        self.warnings = []
        self.member_of = {}  # Who -> team key, of those who are no leads
        self.in_file = set()  # user ids

    def refusal(self, mention):
        """R-STOPPED for an account out of use; R-NO-POST for somebody who can sign in and holds no post for
        a team: only the administrator gives him one. None for everybody else.
        """
        user = mention.who.user
        if user and not user.is_active:
            return mention.problem("R-STOPPED", mention.masked)
        if user and user.can_sign_in() and not self.registry.seatable(user):
            return mention.problem("R-NO-POST", mention.masked)
        return None

    def seats(self, mentions, team, village):
        """The seats of one team, in its order; each person once."""
        seats, seen = [], set()
        for mention in sorted(mentions, key=lambda each: _FIRST.index(each.field)):
            if mention.who in seen:
                self.warnings.append(mention.problem("W-TWICE", mention.masked))
                continue
            seen.add(mention.who)
            self._two_teams(mention, team)
            seats.append(
                (mention, PlannedSeat(KINDS[mention.field], self._post(mention, team, village)))
            )
        order = list(KINDS)
        seats.sort(key=lambda each: order.index(each[0].field))
        return [seat for _, seat in seats]

    def _two_teams(self, mention, team):
        if mention.field == "lead" or mention.field.startswith("group"):
            return
        first = self.member_of.setdefault(mention.who, team)
        if first != team:
            self.warnings.append(mention.problem("W-TWO-TEAMS", f"{mention.masked}（{first}）"))

    def _post(self, mention, team, village):
        who, role = mention.who, _ROLES.get(mention.field, Role.CADRE)
        supervises = role == Role.SUPERVISOR
        if who.user and (post := self._held(mention, supervises)):
            return self.posts.stored(post, who)
        ready = [p for p in who.posts if (p.role == role) or not supervises]
        if ready:
            return ready[0]
        base = title_for(mention, team)
        plan = self.posts.appoint(who, base, role, village=village)
        if mention.title and self.posts.is_replaced(base, self.in_file):
            self.warnings.append(mention.problem("W-POST-HELD", base))
        return plan

    def _held(self, mention, supervises):
        """A post the person holds: the one in this team, the one of his title, a fitting one."""
        user = mention.who.user
        sits = self.seated.get(mention.team_key, {}).get(user.pk)
        if sits:
            return sits
        posts = self.registry.seatable(user)
        if supervises:
            fitting = [post for post in posts if post.role == Role.SUPERVISOR]
            if not fitting and posts and user.can_sign_in():
                self.warnings.append(mention.problem("W-NO-RIGHTS", mention.masked))
                return posts[0]
            return fitting[0] if fitting else None
        named = [post for post in posts if mention.title and is_named(post.title, mention.title)]
        return next(iter(named or posts), None)
