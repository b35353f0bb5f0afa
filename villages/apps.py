from django.apps import AppConfig

from liaison import personal

from .personal_data import FIELDS


class VillagesConfig(AppConfig):
    name = "villages"
    verbose_name = "村组与户"

    def ready(self):
        """Enter this app's personal fields into the registry."""
        personal.register(*FIELDS)
