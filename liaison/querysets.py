"""Rows the whole house shares, and who may see them."""

from django.db import models
from django.db.models import Q

from liaison.imports.kinds import KINDS


class JobQuerySet(models.QuerySet):
    """Background jobs."""

    def visible_to(self, user):
        """One's own jobs."""
        return self.filter(requested_by_id=user.pk)

    def open(self):
        """Waiting or running."""
        return self.filter(state__in=("waiting", "running"))


class ImportBatchQuerySet(models.QuerySet):
    """Uploaded files."""

    def visible_to(self, user):
        """Files of the kinds and townships one may import for: a colleague carries on, or takes back."""
        seen = Q(pk__in=())
        for kind in KINDS.values():
            if user.has_perm(kind.permission):
                scope = user.village_scope(kind.permission)
                mine = Q(township_id__in=scope.townships) | Q(village_id__in=scope.villages)
                seen |= Q(kind=kind.key) & mine
        return self.filter(seen)


class DocumentTemplateQuerySet(models.QuerySet):
    """Townships' own templates of papers."""

    def visible_to(self, user, permission="liaison.settings"):
        """Those of the townships whose settings one keeps."""
        return self.filter(township_id__in=user.village_scope(permission).townships)

    def in_use(self, township_id, kind):
        """The newest version, or None where there never was one."""
        return self.filter(township_id=township_id, kind=kind).order_by("-id").first()
