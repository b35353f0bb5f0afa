from django.apps import AppConfig

from liaison.documents import kinds
from liaison.reference import tables


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "统计报表"

    def ready(self):
        """Enter this app's reference table and its paper."""
        from . import month, reference  # noqa: PLC0415 (models must be ready first)

        tables.register(*reference.TABLES)
        kinds.register(month.MONTH)
