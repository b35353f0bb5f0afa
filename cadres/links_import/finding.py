"""Who and which household a row means. Nobody is guessed: what fits twice is refused with what would tell it."""

from dataclasses import dataclass, field

from cadres.models import Representative
from cadres.roles import Role

from .registry import rings

KEEPERS = (Role.CADRE, Role.CONTACT)


@dataclass(eq=False)
class Newcomer:
    """A 村民代表 to be made; ``row`` once he is."""

    name: str
    village: object
    since: object
    phones: set = field(default_factory=set)
    resident: object = None
    row: Representative | None = None

    def __str__(self):
        return self.name


class NotFound(Exception):
    """What a row means cannot be told: (column, code, detail)."""

    def __init__(self, name, code, detail):
        super().__init__(code)
        self.name, self.code, self.detail = name, code, detail


class Finder:
    """Finds households, cadres and representatives; collects the representatives to be made."""

    def __init__(self, registry):
        self.registry = registry
        self.newcomers = {}  # (village id, name) -> Newcomer

    def household(self, row):
        """The household of a row, by number, else by village, group and head.

        Raises:
            NotFound: none, or several.
        """
        if row.number:
            found = self.registry.numbered.get((row.village.pk, row.number))
            if found is None:
                raise NotFound("number", "R-LINK-HOME", f"{row.village}没有户编号“{row.number}”")
            return found
        if not row.head:
            raise NotFound("head", "R-LINK-HOME", "没有写户编号，也没有写户主")
        homes = self.registry.headed.get((row.village.pk, row.head), ())
        if row.group:
            homes = [home for home in homes if home.group.name == row.group]
        living = [home for home in homes if home.residence != "cancelled"] or list(homes)
        where = f"{row.village}{row.group}"
        if not living:
            raise NotFound("head", "R-LINK-HOME", f"{where}没有这位户主")
        if len(living) > 1:
            raise NotFound("head", "R-LINK-HOMES", where)
        return living[0]

    def cadre(self, row):
        """The post of the cadre a row names, by his name or by the post's title.

        Raises:
            NotFound: nobody in office of the name, or several.
        """
        name = row.who["cadre"]
        people = list(self.registry.holdings.get(name, ()))
        if len(people) > 1:
            people = self._narrowed(people, row)
        if len(people) > 1:
            raise NotFound("cadre", "R-LINK-CADRES", name)
        if not people:
            if post := self.registry.titled.get(name):
                return post
            raise NotFound("cadre", "R-LINK-CADRE", name)
        posts = self.registry.posts_of[people[0].pk]
        fixed = self.registry.is_fixed
        return min(posts, key=lambda post: (not fixed(post, row.village), post.role not in KEEPERS))

    def _narrowed(self, people, row):
        """Namesakes by phone, else those whose post is fixed to the village."""
        by_phone = [user for user in people if rings(user, row.phones["cadre"])]
        if by_phone:
            return by_phone
        posts_of, fixed = self.registry.posts_of, self.registry.is_fixed
        near = [u for u in people if any(fixed(post, row.village) for post in posts_of[u.pk])]
        return near or people

    def representative(self, row, household):
        """The Representative in office, or a Newcomer.

        Raises:
            NotFound: several of the name, and neither phone nor group tells which.
        """
        name = row.who["representative"]
        people = self.registry.representatives.get((row.village.pk, name), [])
        if len(people) > 1:
            by_phone = [p for p in people if rings(p.resident, row.phones["representative"])]
            near = [p for p in people if p.group_id == household.group_id]
            people = by_phone or near or people
        if len(people) > 1:
            raise NotFound("representative", "R-LINK-PERSONS", name)
        if people:
            return people[0]
        since = row.since or self.registry.on
        key = (row.village.pk, name)
        newcomer = self.newcomers.setdefault(key, Newcomer(name, row.village, since))
        newcomer.since = min(newcomer.since, since)
        newcomer.phones |= set(row.phones["representative"])
        return newcomer

    def meet_residents(self):
        """Find the newcomers on the roll; returns those of whose name there are several."""
        named = self.registry.residents_named({name for _, name in self.newcomers})
        unclear = []
        for key, newcomer in self.newcomers.items():
            people = [p for p in named.get(key, ()) if p.pk not in self.registry.known_residents]
            if len(people) > 1:
                people = [p for p in people if rings(p, newcomer.phones)]
                if len(people) != 1:
                    unclear.append(newcomer)
            if len(people) == 1:
                newcomer.resident = people[0]
        return unclear
