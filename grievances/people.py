"""Who holds which post on a day."""

from django.db.models import Q

from cadres.models import User


def holders(day, **post):
    """People in use who hold such a post on a day."""
    current = Q(holdings__until=None) | Q(holdings__until__gte=day)
    held = {f"holdings__post__{name}": value for name, value in post.items()}
    people = User.objects.filter(current, holdings__since__lte=day, is_active=True, **held)
    return people.distinct().order_by("pk")
