from django.apps import AppConfig

from liaison import personal
from liaison.imports.kinds import register
from liaison.reference import tables

from .personal_data import FIELDS


class VillagesConfig(AppConfig):
    name = "villages"
    verbose_name = "村组与户"

    def ready(self):
        """Enter this app's personal fields into the registry."""
        personal.register(*FIELDS)
        from .roster.importing import RosterKind  # noqa: PLC0415 (models must be ready first)

        register(RosterKind())
        from . import reference  # noqa: PLC0415 (models must be ready first)

        tables.register(*reference.TABLES)
