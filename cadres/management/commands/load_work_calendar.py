"""``manage.py load_work_calendar FILE.csv``: enter a year's holidays when the notice is out."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from cadres import calendar_csv
from cadres.actions import calendar as calendar_actions
from liaison import clock
from liaison.reading.file_refused import FileRefused


class Command(BaseCommand):
    """Safe to repeat: each year named in the file is replaced as a whole."""

    help = "导入某年(或数年)法定节假日与调休日;同一年再次导入即整年替换。"

    def add_arguments(self, parser):
        """The file, and where it comes from."""
        parser.add_argument("file", type=Path, nargs="?", default=calendar_csv.CARRIED)
        parser.add_argument("--source", default="", help="依据,如通知的全称和文号")

    def handle(self, *args, **options):
        """Store the years; one sentence when the file cannot be taken."""
        try:
            days = calendar_csv.read(options["file"])
        except ValidationError as fault:
            raise CommandError(fault.messages[0]) from fault
        except (FileRefused, OSError) as fault:
            raise CommandError(f"文件读不了:{fault}") from fault
        years = calendar_actions.publish(days=days, source=options["source"], today=clock.today())
        self.stdout.write(f"已发布:{'、'.join(f'{year}年' for year in years)}")
