from django.apps import AppConfig


class LiaisonConfig(AppConfig):
    name = "liaison"
    verbose_name = "平台"

    def ready(self):
        """Enter this app's reference table."""
        from .documents import table  # noqa: PLC0415 (models must be ready first)
        from .reference import tables  # noqa: PLC0415 (models must be ready first)

        tables.register(*table.TABLES)
