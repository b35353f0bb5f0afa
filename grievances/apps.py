from django.apps import AppConfig

from liaison import personal

from .personal_data import FIELDS


class GrievancesConfig(AppConfig):
    name = "grievances"
    verbose_name = "民情台账"

    def ready(self):
        """Enter this app's personal fields into the registry."""
        personal.register(*FIELDS)
