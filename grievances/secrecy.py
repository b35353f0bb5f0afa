"""Rules of confidential matters: who is told, who may act, whose desk they come to. Rows are read in gate.py."""

from django.db.models import Q

from cadres.models import Holding, Post, User
from cadres.roles import Role

from .models import AccusedPerson, ConfidentialPolicy, ConfidentialReader, Grievance

Kind = ConfidentialReader.Kind
LEAST_TOLD = 5
MARK = "confidential"
# A mark (cadres/marks.py): whether such a matter could concern who holds a post, because he is named now, wrote one
# down, or sits at the desk.
CONCERNED = """
EXISTS (SELECT 1 FROM grievances_confidentialreader AS reader WHERE reader.until IS NULL
        AND (reader.post_id = holding.post_id OR reader.user_id = %(user)s))
OR EXISTS (SELECT 1 FROM grievances_grievance AS matter
           WHERE matter.is_confidential AND matter.registered_by_id = %(user)s)
OR EXISTS (SELECT 1 FROM grievances_confidentialpolicy AS policy
           WHERE policy.desk_post_id = holding.post_id)
"""


def is_barred(user, matter, on=None) -> bool:
    """Whether somebody stands too near to whom a matter accuses; then no role and no row opens it to him."""
    return AccusedPerson.objects.filter(grievance=matter).barring(user, on).exists()


def may_act(user, matter) -> bool:
    """Whether somebody named works on a confidential matter; his role does not count, the row does."""
    rows = ConfidentialReader.objects.filter(grievance=matter).of(user).acting()
    return rows.exists() and not is_barred(user, matter)


def is_holder(user, matter) -> bool:
    """Whether the matter lies on this person's desk: he alone lowers it."""
    rows = ConfidentialReader.objects.filter(grievance=matter, kind=Kind.DESK).of(user)
    return rows.exists() and not is_barred(user, matter)


def take_up(matter, by, on) -> None:
    """Somebody who works on it took it up: who only wrote it down sees it no longer."""
    if may_act(by, matter):
        matter.readers.current().filter(kind=Kind.REGISTRAR).end(on, "已由专人接办")


def sighted(matter, on, *, acting=True) -> list[User]:
    """People the matter is open to on a day; ``acting`` without who only wrote it down."""
    rows = matter.readers.current()
    rows = list((rows.acting() if acting else rows).values_list("user", "post"))
    held = Holding.objects.current(on).filter(post__in=[post for _, post in rows if post])
    named = Q(pk__in=[user for user, _ in rows if user]) | Q(pk__in=held.values("user"))
    people = User.objects.filter(named, is_active=True).order_by("pk")
    may = (each for each in people if each.has_perm("grievances.view"))
    return [each for each in may if not is_barred(each, matter, on)]


def acting_of(matters, on) -> dict[int, list[User]]:
    """{matter's id: who may open and work on it}: a few questions for each person, however many matters.

    Args:
        matters: rows; a confidential one nobody may open has an empty list.
    """
    rows = ConfidentialReader.objects.current().acting()
    rows = rows.filter(grievance__in=[each.pk for each in matters])
    held = Holding.objects.current(on).filter(post__in=rows.values("post"))
    named = Q(pk__in=rows.values("user")) | Q(pk__in=held.values("user"))
    found = {each.pk: [] for each in matters}
    for user in User.objects.filter(named, is_active=True).order_by("pk"):
        own = Grievance.every.confidential().filter(pk__in=rows.of(user).values("grievance"))
        for pk in own.without_conflict(user).values_list("pk", flat=True):
            found[pk].append(user)
    return found


def desk_for(matter, on) -> Post | None:
    """Whose desk it comes to: the township's post for such matters, else its leaders' posts in their order.

    The first post counts that somebody holds whom the matter does not bar; None when there is none.
    """
    policy = ConfidentialPolicy.objects.filter(township=matter.township_id).first()
    leaders = Post.objects.standing(on).filter(township=matter.township_id, role=Role.LEADER)
    posts = [
        *([policy.desk_post] if policy and policy.desk_post else []),
        *leaders.order_by("order", "pk"),
    ]
    return next((post for post in posts if _is_open_to(post, matter, on)), None)


def _is_open_to(post, matter, on):
    held = (
        Holding.objects.current(on).filter(post=post, user__is_active=True).select_related("user")
    )
    people = [holding.user for holding in held if holding.user.has_perm("grievances.view")]
    return bool(people) and not any(is_barred(each, matter, on) for each in people)


def has_a_part(user) -> bool:
    """Whether the pages of confidential matters concern somebody: named in one, wrote one down, or at their desk."""
    if not (user.is_marked(MARK) and user.has_perm("grievances.view")):
        return False
    own = Grievance.every.naming(user) | Grievance.every.slips_of(user)
    return own.exists() or at_desk(user)


def at_desk(user) -> bool:
    """Whether he holds a post to which a township gives such matters."""
    posts = [post.pk for post in user.current_posts]
    return bool(posts) and ConfidentialPolicy.objects.filter(desk_post__in=posts).exists()


def total_in_words(township_ids, start, end, *, today) -> str:
    """「少于5件」 or 「7件」: confidential matters of townships and a period, all that figures say of them.

    Not before the period is over, so that no single registration shows; a township's own least number counts,
    of several the largest.
    """
    if end >= today:
        return "期末后公布"
    rows = Grievance.every.confidential().filter(township__in=township_ids)
    count = rows.registered_within(start, end).count()
    rules = ConfidentialPolicy.objects.filter(township__in=township_ids)
    own = dict(rules.values_list("township", "least_told"))
    least = max((own.get(pk, LEAST_TOLD) for pk in township_ids), default=LEAST_TOLD)
    return f"{count}件" if count >= least else f"少于{least}件"
