from django.apps import AppConfig

from liaison.documents import kinds

from .papers.kinds import KINDS


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "工作台"

    def ready(self):
        """Enter the papers made here."""
        kinds.register(*KINDS)
