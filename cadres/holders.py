"""Who holds what on a day, hung onto many rows in a few queries: for lists and sheets."""

from cadres.models import Holding, Seat


def hang_holders(posts, on):
    """Give each post ``holder_now``, who holds it on a day, in one query for all of them."""
    held = Holding.objects.current(on).filter(post__in={post.pk for post in posts})
    holders = {h.post_id: h.user for h in held.select_related("user").order_by("since")}
    for post in posts:
        post.holder_now = holders.get(post.pk)


def hang_posts_and_teams(users, on):
    """Give each user ``posts_now`` and ``seats_now``, in two queries for all of them."""
    users = list(users)
    held = Holding.objects.current(on).filter(user__in=[user.pk for user in users])
    holdings = list(
        held.select_related("post__department", "post__village").order_by(
            "-is_main", "post__order", "post_id"
        )
    )
    posts = {holding.post_id for holding in holdings}
    seats = Seat.objects.filter(post__in=posts, team__is_active=True).select_related("team")
    for user in users:
        user.posts_now = [h.post for h in holdings if h.user_id == user.pk]
        own = {post.pk for post in user.posts_now}
        user.seats_now = [seat for seat in seats if seat.post_id in own]
    return users
