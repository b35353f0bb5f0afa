"""Who answers at a rung of the ladder."""

from cadres.models import User

from .people import holders


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
