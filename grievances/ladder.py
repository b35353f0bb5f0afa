"""Who answers at a rung of the ladder: of one matter, or of the ladders of all townships, read once."""

from dataclasses import dataclass

from django.db.models import Q

from cadres.models import Holding, User

from .models import Rung
from .people import holders


@dataclass(frozen=True)
class Ladders:
    """Rungs in use, lowest first, by township; under None those of townships without rungs of their own."""

    rungs: dict[int | None, list[Rung]]

    @classmethod
    def load(cls) -> "Ladders":
        """One query."""
        rungs = {}
        for rung in Rung.objects.filter(is_active=True).order_by("order", "pk"):
            rungs.setdefault(rung.township_id, []).append(rung)
        return cls(rungs)

    def of(self, township_id) -> list[Rung]:
        """A township's ladder."""
        return self.rungs.get(township_id) or self.rungs.get(None, [])

    def told_by_delay(self, township_id) -> list[Rung]:
        """Its rungs that are told of overdue matters after so many days."""
        return [rung for rung in self.of(township_id) if rung.overdue_days is not None]


class Standing:
    """Who answers at rungs on a day: the holder of the rung's post, else everybody of its role there; one query."""

    def __init__(self, rungs, on):
        posts = {rung.post_id for rung in rungs} - {None}
        roles = {rung.role for rung in rungs}
        held = Holding.objects.current(on).filter(
            Q(post__in=posts) | Q(post__role__in=roles), user__is_active=True
        )
        self._of_post, self._of_role = {}, {}
        order = ("post__order", "post_id", "pk")
        for holding in held.select_related("user", "post").order_by(*order):
            user, post = holding.user, holding.post
            self._of_post.setdefault(post.pk, {})[user.pk] = user
            self._of_role.setdefault((post.township_id, post.role), {})[user.pk] = user

    def at(self, rung, township_id) -> list:
        """Users, each once, in the order of their posts."""
        people = self._of_post.get(rung.post_id) or self._of_role.get((township_id, rung.role), {})
        return list(people.values())


def level_of(grievance) -> int | None:
    """The place on the ladder of the rung a matter stands on or was last decided at; None: where all begin."""
    return grievance.rung.order if grievance.rung_id else None


def level_choices(township_id) -> list[tuple[int, str]]:
    """[(place, 「第4级 统筹调度」)] of a township's rungs in use, lowest first; one query."""
    rungs = Rung.objects.ladder_of(township_id)
    return [(rung.order, f"第{rung.order}级 {rung}") for rung in rungs]


def begins_at(township_id) -> int:
    """The place of a township's lowest rung, on which every matter begins; one query."""
    first = Rung.objects.ladder_of(township_id).first()
    return first.order if first else 1


def answering_at(rung, grievance, day) -> list[User]:
    """The holders of the rung's post on a day; without a post, everybody of its role in the township."""
    if rung is None:
        return []
    if rung.post_id:
        return list(holders(day, pk=rung.post_id))
    return list(holders(day, role=rung.role, township=grievance.township_id))


def answers_there(user, grievance) -> bool:
    """Whether this user answers, by the posts he holds today, at the rung a matter stands on."""
    rung = grievance.rung
    if rung is None:
        return False
    if rung.post_id:
        return rung.post_id in {post.pk for post in user.current_posts}
    of_role = (post for post in user.current_posts if post.role == rung.role)
    return any(post.township_id == grievance.township_id for post in of_role)
