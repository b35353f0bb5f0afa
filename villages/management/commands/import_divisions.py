"""manage.py import_divisions FILE.csv [--township CODE]: townships and villages, safe to repeat."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from villages.divisions import DivisionsRefused, read_divisions, take_divisions


class Command(BaseCommand):
    """Columns: code,name,level,parent_code."""

    help = "导入统计用区划代码（乡镇、村和社区），可重复执行"

    def add_arguments(self, parser):
        """FILE and --township."""
        parser.add_argument("file", help="CSV 文件：code,name,level,parent_code")
        parser.add_argument("--township", default="", help="只导入这个乡镇（9位或12位代码）")

    def handle(self, *args, **options):
        """Exit 1 with a sentence when the file cannot be used."""
        try:
            divisions = read_divisions(Path(options["file"]).read_bytes())
            done = take_divisions(divisions=divisions, township_code=options["township"])
        except OSError as error:
            raise CommandError(f"打不开文件：{options['file']}") from error
        except DivisionsRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            for what, name in (("townships", "乡镇"), ("villages", "村（社区）")):
                new, changed, unchanged = done[what]
                self.stdout.write(f"{name}：新增 {new}，更名 {changed}，未变 {unchanged}")
