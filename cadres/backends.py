"""Django's own ``has_perm``, answered from the role table."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class RoleBackend(ModelBackend):
    """Password log-in as Django does it; permissions from the posts held today."""

    def user_can_authenticate(self, user):
        """Accounts in use; a demo account only where DEMO is set, also for a session it already has."""
        return super().user_can_authenticate(user) and (not user.is_demo or settings.DEMO)

    def get_all_permissions(self, user_obj, obj=None):
        """Every permission of the user's roles; ``obj`` plays no part: where is the scope's business."""
        if not user_obj.is_active or user_obj.is_anonymous:
            return set()
        return user_obj.role_permissions

    def get_user_permissions(self, user_obj, obj=None):
        """Roles alone give permissions."""
        return set()

    def get_group_permissions(self, user_obj, obj=None):
        """Roles alone give permissions."""
        return set()

    def has_perm(self, user_obj, perm, obj=None):
        """Whether one of the user's roles may do this."""
        return perm in self.get_all_permissions(user_obj)

    def has_module_perms(self, user_obj, app_label):
        """Whether any permission of an app is held."""
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions(user_obj))
