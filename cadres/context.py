"""What the frame of every page needs from here: how many notices are unread."""

from functools import cache

from cadres.models import Notice


def bell(request):
    """``unread_notices``: a number (条), counted by one index and only when a template asks."""
    user = getattr(request, "user", None)

    @cache
    def unread():
        if user is None or not user.is_authenticated:
            return 0
        return Notice.objects.visible_to(user).unread().count()

    return {"unread_notices": unread}
