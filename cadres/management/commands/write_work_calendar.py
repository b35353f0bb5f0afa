"""``manage.py write_work_calendar``: renew cadres/data/work_calendar.csv from the chinesecalendar package."""

from chinese_calendar import constants
from django.core.management.base import BaseCommand

from cadres import calendar_csv
from cadres.models import CalendarDay


class Command(BaseCommand):
    """For the maintainer, once a year, after the package knows the new year."""

    help = "由 chinesecalendar 软件包重新生成随系统附带的工作日历文件。"

    def handle(self, *args, **options):
        """Write the file; the tables are loaded from it by a migration or load_work_calendar."""
        kinds = CalendarDay.Kind
        rows = [
            (day.isoformat(), kind.value, constants.Holiday(name).chinese)
            for days, kind in (
                (constants.holidays, kinds.HOLIDAY),
                (constants.workdays, kinds.WORKDAY),
            )
            for day, name in days.items()
        ]
        calendar_csv.write(rows, calendar_csv.CARRIED)
        self.stdout.write(f"已写入 {len(rows)} 天:{calendar_csv.CARRIED}")
