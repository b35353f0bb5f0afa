"""manage.py demo_accounts --json: the accounts of a demo database."""

import json

from django.core.management.base import BaseCommand, CommandError

from demo.accounts import listed


class Command(BaseCommand):
    """Print the demo accounts; refused where the database holds none."""

    help = "列出演示账号(仅限演示库)。"

    def add_arguments(self, parser):
        """Output format."""
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args, **options):
        """Print one line, or one JSON object, per account."""
        accounts = listed()
        if not accounts:
            raise CommandError("这个数据库不是演示库，没有演示账号。")
        if options["json"]:
            self.stdout.write(json.dumps(accounts, ensure_ascii=False, indent=1))
            return
        for account in accounts:
            self.stdout.write("  ".join(account.values()))
