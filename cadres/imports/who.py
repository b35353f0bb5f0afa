"""Who is meant: the people a list names, told apart, and found among those who are stored.

Nobody is guessed: one name with two phones is two people; a name without a phone is somebody known only where
he sits already, or where there is exactly one to be meant.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from liaison import personal
from liaison.imports.kinds import CHANGED, NEW, UNCHANGED


@dataclass(eq=False)
class Mention:
    """A name in a cell. ``team_key`` is the team it stands in; ``field`` the column."""

    name: str
    phones: tuple
    team_key: tuple
    field: str
    title: str
    cells: object
    row: int
    user: object = None  # when the list names the account
    who: object = None

    @property
    def masked(self):
        """The name fit for a sentence that is kept."""
        return personal.mask_name(self.name)

    def problem(self, code, detail=""):
        """A warning or refusal at this cell."""
        return self.cells.problem(self.row, self.field, code, self.name, detail)


@dataclass(eq=False)
class Who:
    """One person of a file; ``user`` is the stored one, None for somebody new."""

    name: str
    phones: tuple = ()
    mentions: list = field(default_factory=list)
    user: object = None
    username: str = ""  # to sign in with, when the list says one
    email: str = ""  # that becomes known
    is_new: bool = False  # nobody stored was meant; stays once a user is made
    posts: list = field(default_factory=list)  # PlannedPost, those to be made included

    @property
    def learns_phone(self):
        """Whether the file gives the phone of somebody stored without one, or another one of a named account."""
        if self.user is None or self.is_new or not self.phones:
            return False
        named = any(mention.user for mention in self.mentions)
        return not self.user.phone or (named and self.user.phone != "、".join(self.phones))

    @property
    def kind(self):
        """What becomes of the person."""
        if self.is_new:
            return NEW
        made = any(post.is_appointed for post in self.posts)
        return CHANGED if self.learns_phone or made or self.email else UNCHANGED


def identify(mentions, registry, seated):
    """The people of a file, each mention's ``who`` set.

    Args:
        seated: team key -> {user id: post} of the stored team.
    Returns:
        (people in the order of the file, warnings).
    """
    people = _told_apart(mentions)
    warnings = _Matching(people, registry, seated).run()
    return people, warnings


def _told_apart(mentions):
    people, by_phone, by_team, leads, by_user = [], {}, {}, {}, {}

    def person(mention):
        people.append(Who(mention.name, mention.phones))
        return people[-1]

    for mention in sorted(mentions, key=lambda each: not each.phones):  # those with a phone first
        if mention.user:
            mention.who = by_user.get(mention.user.pk) or person(mention)
            mention.who.user = by_user.setdefault(mention.user.pk, mention.who) and mention.user
        elif mention.phones:
            keys = [(mention.name, phone) for phone in mention.phones]
            known = next((by_phone[key] for key in keys if key in by_phone), None)
            mention.who = known or person(mention)
            by_phone |= dict.fromkeys(keys, mention.who)
        else:
            mention.who = by_team.get((mention.name, mention.team_key))
            if mention.who is None and mention.field == "lead":
                mention.who = leads.get((mention.name, mention.title))
            mention.who = mention.who or person(mention)
        if mention.field == "lead":
            leads.setdefault((mention.name, mention.title), mention.who)
        by_team.setdefault((mention.name, mention.team_key), mention.who)
        mention.who.mentions.append(mention)
    order = {id(mention): number for number, mention in enumerate(mentions)}
    for who in people:
        who.mentions.sort(key=lambda each: order[id(each)])
    return sorted(people, key=lambda each: order[id(each.mentions[0])])


class _Matching:
    def __init__(self, people, registry, seated):
        self.people, self.registry, self.seated = people, registry, seated
        self.claimed = {who.user.pk for who in people if who.user}

    def run(self):
        for find in (self._by_phone, self._by_seat):
            for who in self.people:
                if who.user is None and (user := find(who)):
                    self._claim(who, user)
        self._one_to_one()
        for who in self.people:
            who.is_new = who.user is None
        return [warning for who in self.people for warning in self._warnings(who)]

    def _claim(self, who, user):
        who.user = user
        self.claimed.add(user.pk)

    def _free(self, who):
        """Stored people of the name who could be meant: in use, not meant elsewhere, no other phone."""
        return [
            user
            for user in self.registry.by_name[who.name]
            if user.is_active and user.pk not in self.claimed and not (who.phones and user.phone)
        ]

    def _by_phone(self, who):
        wanted = {personal.blind_index(phone, "phone") for phone in who.phones}
        found = [u for u in self.registry.by_name[who.name] if u.phone_index in wanted]
        return next((user for user in found if user.pk not in self.claimed), None)

    def _by_seat(self, who):
        sits = set().union(*(self.seated.get(m.team_key, {}) for m in who.mentions))
        found = [user for user in self._free(who) if user.pk in sits]
        return found[0] if len(found) == 1 else None

    def _one_to_one(self):
        left = defaultdict(list)
        for who in self.people:
            if who.user is None:
                left[who.name].append(who)
        for alike in left.values():
            found = self._free(alike[0])
            if len(alike) == 1 and len(found) == 1:
                self._claim(alike[0], found[0])

    def _warnings(self, who):
        """Where a new person shares his name with another."""
        if who.user is not None:
            return
        stored = [user for user in self.registry.by_name[who.name] if user.is_active]
        alike = [each for each in self.people if each.name == who.name]
        if who.phones:
            if any(user.phone for user in stored):
                yield who.mentions[0].problem("W-PHONE-OTHER", who.mentions[0].masked)
        elif stored or alike.index(who) > 0:
            yield who.mentions[0].problem("W-SAME-NAME", who.mentions[0].masked)
