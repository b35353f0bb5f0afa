"""manage.py load_scheme KEY [--township CODE] [--since DAY]: a practice's plans and policies on existing villages."""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError

from demo.scheme import KEYS, Scheme, load
from liaison import clock
from villages.models import Township

WORDS = {
    "teams": "新建团队 {} 个",
    "plans": "新增驻点安排 {} 条",
    "changed": "修改驻点安排 {} 条",
    "ended": "结束原有安排 {} 条",
    "groups": "新建督查小组 {} 个",
    "meetings": "新增例会 {} 个",
    "bounds": "新增联系标准 {} 条",
    "rounds": "新增遍访轮次 {} 个",
    "intervals": "新增走访间隔 {} 条",
    "quotas": "新增走访户数 {} 条",
    "rungs": "新增呈报层级 {} 级",
    "limits": "新增办理时限 {} 条",
    "alerts": "新增预警标准 {} 条",
}


class Command(BaseCommand):
    """Safe to repeat: what stands already is left alone."""

    help = (
        "按一种做法(营仔、莱州、大瑶、庐阳、鄌郚)为已有的村排定团队、驻点安排、例会、遍访轮次和标准"
    )

    def add_arguments(self, parser):
        """KEY, --township, --since."""
        parser.add_argument("scheme", choices=KEYS, help="做法")
        parser.add_argument(
            "--township", default="", help="乡镇代码(9位或12位);只有一个乡镇时可不写"
        )
        parser.add_argument("--since", default="", help="从哪天起(默认今年1月1日)")

    def handle(self, *args, **options):
        """Load it and say what was made."""
        township, today = self._township(options["township"]), clock.today()
        scheme = Scheme.read(options["scheme"])
        done = load(scheme, township, since=self._since(options["since"], today), today=today)
        said = [words.format(done[name]) for name, words in WORDS.items() if done[name]]
        self.stdout.write(
            f"{township.name}按{scheme.name}的做法：{'，'.join(said) or '已是如此，没有改动'}。"
        )
        if done["told"]:
            self.stdout.write(
                f"另有 {done['told']} 条以后才开始的安排已经通知过或有了记录，没有撤销：请在驻点安排里改截止日期。"
            )
        if done["leaderless"]:
            self.stdout.write(
                "还没有领导岗位，轮值接访没有排：请先任命岗位、建好团队，再执行一次。"
            )

    def _township(self, code):
        rows = (
            Township.objects.filter(code__startswith=code)[:2]
            if code
            else Township.objects.all()[:2]
        )
        if len(rows) != 1:
            raise CommandError("请用 --township 写明一个已导入的乡镇(9位或12位代码)。")
        return rows[0]

    def _since(self, text, today):
        if not text:
            return today.replace(month=1, day=1)
        try:
            return dt.date.fromisoformat(text)
        except ValueError as fault:
            raise CommandError("--since 请写成 2026-01-01 的样子。") from fault
