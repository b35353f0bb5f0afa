"""manage.py seed_demo: a believable township, always the same for the same seed and day."""

from django.core.management.base import BaseCommand, CommandError

from demo.accounts import demo_password, listed
from demo.build.scale import Build
from demo.build.township import build_township
from demo.scheme import KEYS
from liaison import clock
from villages.models import Township
from visits.planning import plan_sessions


class Command(BaseCommand):
    """Seed an empty database with the demo township and print its accounts once."""

    help = "生成演示乡镇(默认大瑶镇):真实村名,其余均为虚构。"

    def add_arguments(self, parser):
        """Size and seed."""
        parser.add_argument(
            "--scheme",
            choices=KEYS,
            default="dayao",
            help="做法及其所在的镇:营仔镇、莱州市金城镇、大瑶镇、庐阳区双岗街道、鄌郚镇",
        )
        parser.add_argument("--households", type=int, default=1400, help="户数")
        parser.add_argument("--years", type=int, default=1, help="已开展几年")
        parser.add_argument("--seed", type=int, default=2026, help="随机种子")
        parser.add_argument("--visits", type=int, default=0, help="走访接待次数(默认按户数和年数)")
        parser.add_argument("--matters", type=int, default=0, help="诉求件数(默认按走访次数)")
        parser.add_argument(
            "--full-roster", action="store_true", help="李畋村也生成户籍(默认留给导入演示)"
        )

    def handle(self, *args, **options):
        """Refuse a database that is in use; otherwise build."""
        if Township.objects.exists():
            raise CommandError(
                "数据库里已有乡镇数据:演示数据只能放进空库,请用 DATABASE_URL 指定新库。"
            )
        if not (1 <= options["years"] <= 10 and 0 <= options["households"] <= 60000):
            raise CommandError("--years 须为 1–10,--households 须为 0–60000。")
        build_township(self._build(options))
        plan_sessions(today=clock.today())
        self._print_accounts()

    def _build(self, options) -> Build:
        usual = options["households"] * options["years"] * 8 // 7
        # Two rounds over every household are twice as many visits, and no more matters.
        visits = options["visits"] or usual * (2 if options["scheme"] == "tangwu" else 1)
        return Build(
            today=clock.today(),
            now=clock.now(),
            seed=options["seed"],
            households=options["households"],
            years=options["years"],
            visits=visits,
            scheme=options["scheme"],
            matters=options["matters"] or (options["visits"] or usual) // 4,
            empty_villages=() if options["full_roster"] else ("李畋村",),
        )

    def _print_accounts(self):
        self.stdout.write(f"演示账号(密码均为 {demo_password()}):")
        for account in listed():
            self.stdout.write(f"  {account['username']:<10}{account['role']:<12}{account['scope']}")
