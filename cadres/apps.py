from django.apps import AppConfig


class CadresConfig(AppConfig):
    name = "cadres"
    verbose_name = "队伍与三固定"

    def ready(self):
        """Have the checks of this app known."""
        from . import checks  # noqa: F401, PLC0415 (models must be ready first)
