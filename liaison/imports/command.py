"""Base of ``manage.py import_* FILE --township CODE | --village CODE [--dry-run] [--json]``."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from liaison import clock
from liaison.errors import NotAllowed
from liaison.reading.excel_read import read_book
from liaison.reading.file_refused import FileRefused

from .kinds import KIND_NAMES, KINDS
from .trace import NoTrace

ROWS_REFUSED, FILE_REFUSED = 1, 2  # exit codes
SHOWN = 50  # of each list; --json has them all


def stage_file(data, *, kind, place):
    """Read bytes and compare them with what is stored: what the page and the command both do.

    Raises:
        FileRefused: the file as a whole cannot be taken.
    """
    return kind.stage(read_book(data), place)


def as_json(kind, staged=None, refusal=None) -> dict:
    """The object ``--json`` prints; one of the two is given."""
    if refusal:
        nothing = {unit: dict.fromkeys(kinds, 0) for unit, _, kinds in kind.units}
        said = {"code": refusal.code, "message": refusal.message}
        return {"file": said, **nothing, "refused": [], "warnings": []}
    return {
        "file": None,
        **staged.counts(),
        "refused": [each.as_json() for each in staged.refused],
        "warnings": [each.as_json() for each in staged.warnings],
    }


def _quiet(phase, done=0, total=0):
    """A command shows its result, not its progress."""


class ImportCommand(BaseCommand):
    """Exit 0: all rows taken; 1: some rows refused, the rest taken; 2: file refused, nothing stored.

    Subclasses set ``kind`` (a key of KINDS) and ``help``.
    """

    kind = ""

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
        kind = KINDS[self.kind]
        place, path = self._place(kind, options), Path(options["file"])
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"打不开文件：{path}", returncode=FILE_REFUSED) from error
        try:
            staged = stage_file(data, kind=kind, place=place)
            if not options["dry_run"]:
                self._store(staged, path.name)
        except FileRefused as refusal:
            self._answer(kind, as_json(kind, refusal=refusal), options)
            raise SystemExit(FILE_REFUSED) from refusal
        except NotAllowed as refusal:
            raise CommandError(str(refusal), returncode=FILE_REFUSED) from refusal
        self._answer(kind, as_json(kind, staged), options)
        if staged.refused:
            raise SystemExit(ROWS_REFUSED)

    def _store(self, staged, name):
        staged.prepare(_quiet)
        with transaction.atomic():
            staged.write(by=None, file_name=name, trace=NoTrace())

    def _place(self, kind, options):
        place = kind.place_by_code(
            township=options["township"] or "",
            village=options["village"] or "",
            on=clock.today(),
        )
        if place is None:
            wanted = options["village"] or options["township"]
            what = "村（社区）" if options["village"] else "乡镇"
            raise CommandError(f"没有代码为 {wanted} 的{what}", returncode=FILE_REFUSED)
        return place

    def _answer(self, kind, said, options):
        if options["json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        if said["file"]:
            sentence = f"整个文件未导入（{said['file']['code']}）：{said['file']['message']}"
            self.stdout.write(sentence)
            return
        self.stdout.write("核对结果（未入库）：" if options["dry_run"] else "已导入：")
        for unit, word, _ in kind.units:
            counts = "，".join(f"{KIND_NAMES[each]} {n}" for each, n in said[unit].items())
            self.stdout.write(f"  {word}：{counts}")
        for title, name in (("未收的行", "refused"), ("收下但请核对的行", "warnings")):
            self._problems(title, said[name])

    def _problems(self, title, problems):
        if problems:
            self.stdout.write(f"{title}（{len(problems)}）：")
        for each in problems[:SHOWN]:
            at = f"{each['sheet']} 第{each['row']}行{each['column']}列"
            self.stdout.write(f"  {at} {each['code']} {each['reason']}。{each['fix']}。")
        if len(problems) > SHOWN:
            self.stdout.write(f"  …… 另有 {len(problems) - SHOWN} 行，加 --json 可看全部")
