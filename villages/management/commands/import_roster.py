"""manage.py import_roster FILE --township CODE9 | --village CODE12 [--dry-run] [--json]."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from liaison import clock
from liaison.errors import NotAllowed
from liaison.file_refused import FileRefused
from villages.models import Township, Village
from villages.roster.commit import commit
from villages.roster.importing import as_json, stage_file
from villages.roster.stage import KIND_NAMES

ROWS_REFUSED, FILE_REFUSED = 1, 2  # exit codes
SHOWN = 50  # of each list; --json has them all


class Command(BaseCommand):
    """Exit 0: all rows taken; 1: some rows refused, the rest taken; 2: file refused, nothing stored."""

    help = "导入花名册（xlsx、xls、ods、csv）"

    def add_arguments(self, parser):
        """FILE, a place, and how to answer."""
        parser.add_argument("file")
        place = parser.add_mutually_exclusive_group(required=True)
        place.add_argument("--township", help="乡镇代码（9位或12位）：按“村”一栏分到各村")
        place.add_argument("--village", help="村代码（12位）：整个文件都是这个村的")
        parser.add_argument("--dry-run", action="store_true", help="只核对，不入库")
        parser.add_argument("--json", action="store_true", help="结果为一个 JSON 对象")

    def handle(self, *args, **options):
        """Import, answer, and leave with the code of the outcome."""
        township, village = self._place(options)
        path = Path(options["file"])
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"打不开文件：{path}", returncode=FILE_REFUSED) from error
        try:
            staged = stage_file(data, township=township, village=village, on=clock.today())
            if not options["dry_run"]:
                commit(staged=staged, by=None, file_name=path.name)
        except FileRefused as refusal:
            self._answer(as_json(refusal=refusal), options)
            raise SystemExit(FILE_REFUSED) from refusal
        except NotAllowed as refusal:
            raise CommandError(str(refusal), returncode=FILE_REFUSED) from refusal
        self._answer(as_json(staged), options)
        if staged.parsed.refused:
            raise SystemExit(ROWS_REFUSED)

    def _place(self, options):
        if code := options["village"]:
            village = Village.objects.filter(code=code).select_related("township").first()
            if village is None:
                raise CommandError(f"没有代码为 {code} 的村（社区）", returncode=FILE_REFUSED)
            return village.township, village
        code = options["township"]
        township = Township.objects.filter(code=f"{code:0<12}").first()
        if township is None:
            raise CommandError(f"没有代码为 {code} 的乡镇", returncode=FILE_REFUSED)
        return township, None

    def _answer(self, said, options):
        if options["json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        if said["file"]:
            self.stdout.write(
                f"整个文件未导入（{said['file']['code']}）：{said['file']['message']}"
            )
            return
        self.stdout.write("核对结果（未入库）：" if options["dry_run"] else "已导入：")
        for unit, name in (("households", "户"), ("residents", "人")):
            counts = "，".join(f"{KIND_NAMES[kind]} {n}" for kind, n in said[unit].items())
            self.stdout.write(f"  {name}：{counts}")
        for title, problems in (
            ("未收的行", said["refused"]),
            ("收下但请核对的行", said["warnings"]),
        ):
            if problems:
                self.stdout.write(f"{title}（{len(problems)}）：")
            for each in problems[:SHOWN]:
                at = f"{each['sheet']} 第{each['row']}行{each['column']}列"
                self.stdout.write(f"  {at} {each['code']} {each['reason']}。{each['fix']}。")
            if len(problems) > SHOWN:
                self.stdout.write(f"  …… 另有 {len(problems) - SHOWN} 行，加 --json 可看全部")
