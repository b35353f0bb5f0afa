from django.apps import AppConfig

from liaison import personal
from liaison.documents import kinds
from liaison.imports.kinds import register
from liaison.reference import tables

from .papers.kinds import KINDS
from .personal_data import FIELDS


class GrievancesConfig(AppConfig):
    name = "grievances"
    verbose_name = "民情台账"

    def ready(self):
        """Enter this app's personal fields into the registry."""
        personal.register(*FIELDS)
        kinds.register(*KINDS)
        from .imports.kind import LedgerKind  # noqa: PLC0415 (models must be ready first)

        register(LedgerKind())
        from . import own_sets, reference  # noqa: PLC0415 (models must be ready first)

        tables.register(*reference.TABLES, *own_sets.TABLES)
        from .minutes import MINUTES  # noqa: PLC0415 (models must be ready first)

        kinds.register(MINUTES)
        from cadres import handover  # noqa: PLC0415 (models must be ready first)

        from . import receivers, triage  # noqa: F401, PLC0415 (the first listens, the second enters its kind of job)
        from .handing_over import GrievanceShare  # noqa: PLC0415 (models must be ready first)

        handover.register(GrievanceShare())
        from cadres import marks  # noqa: PLC0415 (models must be ready first)
        from liaison import access, veils  # noqa: PLC0415 (models must be ready first)

        from .secrecy import CONCERNED, MARK, has_a_part  # noqa: PLC0415 (models must be ready first)
        from .veil import veil_of_matters  # noqa: PLC0415 (models must be ready first)

        access.open_by(access.CONFIDENTIAL, has_a_part)
        marks.mark(MARK, CONCERNED)
        veils.hang(veil_of_matters)
