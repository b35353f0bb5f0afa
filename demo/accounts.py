"""The demo accounts: one per role, and a cadre in each of two villages."""

import hashlib
import hmac

from django.conf import settings

from cadres.models import User
from cadres.roles import Role

# (username, role); the scope is told from the posts they hold.
ACCOUNTS = (
    ("bangong", Role.OFFICE),
    ("ganbu1", Role.CADRE),
    ("ganbu2", Role.CADRE),
    ("lianluo", Role.CONTACT),
    ("chengban", Role.HANDLER),
    ("lingdao", Role.LEADER),
    ("ducha", Role.SUPERVISOR),
    ("xianji", Role.COUNTY),
    ("guanli", Role.ADMIN),
    ("shenji", Role.AUDITOR),
)


def demo_password() -> str:
    """The password of every demo account: made from the secret key of this installation, so none is in the code."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"demo accounts", hashlib.sha256).hexdigest()
    return f"demo-{digest[:4]}-{digest[4:8]}"


def listed() -> list[dict]:
    """``[{"role", "username", "password", "scope"}]`` of the demo accounts of this database, in the order above."""
    users = {
        user.username: user for user in User.objects.filter(is_demo=True).select_related("township")
    }
    return [
        {
            "role": str(role.value),
            "username": username,
            "password": demo_password(),
            "scope": _scope_in_words(users[username]),
        }
        for username, role in ACCOUNTS
        if username in users
    ]


def _scope_in_words(user) -> str:
    if Role.COUNTY in user.roles:
        return user.current_posts[0].township.county_name
    villages = [team.name for post in user.current_posts for team in _villages_of(post)]
    return "、".join(villages) or str(user.township)


def _villages_of(post):
    if post.village_id:
        return [post.village]
    return [village for seat in post.seats.all() for village in seat.team.villages.all()]
