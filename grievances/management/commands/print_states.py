"""docs/states.md from the transition table."""

from django.core.management.base import BaseCommand

from grievances.transitions import as_markdown


class Command(BaseCommand):
    """``manage.py print_states > docs/states.md``."""

    help = "输出诉求状态表(docs/states.md)"

    def handle(self, **options):
        self.stdout.write(as_markdown(), ending="")
