from django.apps import AppConfig

from liaison import personal
from liaison.imports.kinds import register
from liaison.reference import tables

from .personal_data import FIELDS


class CadresConfig(AppConfig):
    name = "cadres"
    verbose_name = "队伍与三固定"

    def ready(self):
        """Have the checks, the personal fields and the kinds of files of this app known."""
        from . import checks  # noqa: F401, PLC0415 (models must be ready first)

        personal.register(*FIELDS)
        from . import reference  # noqa: PLC0415 (models must be ready first)

        tables.register(*reference.TABLES)
        from .imports.kinds import CadreKind, PlanKind  # noqa: PLC0415 (models must be ready first)

        register(PlanKind())
        register(CadreKind())
        from .links_import.kind import LinkKind  # noqa: PLC0415 (models must be ready first)

        register(LinkKind())
        from cadres import handover  # noqa: PLC0415 (models must be ready first)

        from .handing_over import CadreShare  # noqa: PLC0415 (models must be ready first)

        handover.register(CadreShare())
