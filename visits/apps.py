from django.apps import AppConfig

from cadres import marks, territory
from liaison import personal
from liaison.reference import tables

from .personal_data import FIELDS


class VisitsConfig(AppConfig):
    name = "visits"
    verbose_name = "驻点与走访"

    def ready(self):
        """Enter this app's personal fields into the registry; listen to the plans; lend to stand-ins."""
        personal.register(*FIELDS)
        from cadres import handover  # noqa: PLC0415 (models must be ready first)

        from . import receivers  # noqa: F401, PLC0415 (models must be ready first)
        from .handing_over import VisitShare  # noqa: PLC0415 (models must be ready first)

        handover.register(VisitShare())
        from . import reference  # noqa: PLC0415 (models must be ready first)

        tables.register(*reference.TABLES)
        from .standing_in import MARK, STANDS_IN, lent_villages  # noqa: PLC0415

        marks.mark(MARK, STANDS_IN)
        territory.lend(lent_villages)
