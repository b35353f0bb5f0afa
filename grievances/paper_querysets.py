"""Sets of numbered papers, attached files and lists for the board."""

from django.db.models import Q

from liaison.scoping import ScopedQuerySet

from .hands_querysets import OfGrievanceQuerySet


class IssuedPaperQuerySet(OfGrievanceQuerySet):
    """Papers with a number: read by whoever reads the matter."""


class MatterFileQuerySet(OfGrievanceQuerySet):
    """Attached files: read by whoever reads the matter."""

    def shown(self):
        """Those not taken away."""
        return self.filter(taken_away_at=None)


class PublicationQuerySet(ScopedQuerySet):
    """Lists for the board."""

    township_path = "township"

    def visible_to(self, user, permission=""):
        """Those of the townships one works in, drafts for the office alone: what hangs is public there."""
        scope = user.village_scope(permission)
        if scope.everything:
            return self
        drafting = user.village_scope("grievances.publish").townships
        places = (
            scope.townships if permission else {post.township_id for post in user.current_posts}
        )
        return self.filter(township__in=sorted(places)).filter(
            ~Q(status="draft") | Q(township__in=sorted(drafting))
        )
