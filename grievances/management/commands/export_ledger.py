"""The ledger as a workbook: the same file the page gives under the same conditions."""

from pathlib import Path
from types import SimpleNamespace

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from django.utils.dateparse import parse_date

from grievances.exports import PROFILES
from grievances.filters import LedgerFilter
from grievances.models import Grievance
from grievances.views.lists import Ledger
from liaison import clock
from liaison.scoping import Scope
from villages.models import Township

LAST_WORD = "请给出其中一个乡镇的代码:--township"


class Machine:
    """Who asks when a command does: the choices of the query block are not narrowed for it."""

    def village_scope(self, permission=""):
        """All places."""
        return Scope(everything=True)


class Command(BaseCommand):
    """``manage.py export_ledger OUT.xlsx [--township CODE] [--from D] [--to D] [--profile …]``."""

    help = "导出民情台账(.xlsx),与页面导出的文件一致"

    def add_arguments(self, parser):
        parser.add_argument("out", help="要写入的 .xlsx 文件")
        parser.add_argument("--township", help="乡镇区划代码(9位或12位);只有一个乡镇时可不填")
        parser.add_argument("--from", dest="since", help="登记起始日期，如 2026-10-01")
        parser.add_argument("--to", dest="until", help="登记截止日期")
        parser.add_argument(
            "--profile", choices=PROFILES, default="internal", help="内部、上报或公示"
        )

    def handle(self, *, out, township, since, until, profile, **options):
        place, path = self._township(township), Path(out)
        if path.suffix.lower() != ".xlsx" or not path.parent.is_dir():
            raise CommandError(f"请写入一个已有文件夹里的 .xlsx 文件，现在是 {out}。")
        query = QueryDict(mutable=True)
        for name, text in (("registered_from", since), ("registered_to", until)):
            if text:
                query[name] = self._day(text).isoformat()
        rows = Grievance.objects.filter(township=place)
        found = LedgerFilter(
            query, queryset=rows, request=SimpleNamespace(user=Machine(), GET=query)
        )
        if not found.is_valid():
            raise CommandError(f"查询条件有误：{found.errors.as_text()}")
        export = PROFILES[profile](
            queryset=found.qs.order_by(*Ledger.orders["new"]),
            user=None,
            on=clock.today(),
            period=found.period(),
            township=place,
        )
        count = export.save(path, filters=found.in_words())
        self.stdout.write(f"已导出 {count} 条到 {path}")

    def _township(self, code):
        rows = Township.objects.order_by("code")
        if code:
            rows = rows.filter(code=code.ljust(12, "0")[:12])
        found = list(rows[:2])
        if not found:
            raise CommandError(
                "没有这个乡镇，请核对代码。" if code else "还没有乡镇，请先导入区划。"
            )
        if len(found) > 1:
            names = "、".join(f"{each.code} {each.name}" for each in Township.objects.all()[:20])
            raise CommandError(f"{LAST_WORD}({names})")
        return found[0]

    def _day(self, text):
        try:
            day = parse_date(text)
        except ValueError:
            day = None
        if day is None:
            raise CommandError(f"日期请写成 2026-10-01 的样子，现在是 {text}。")
        return day
