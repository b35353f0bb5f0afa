"""``manage.py run_due [--now [ISO]]``: one pass over everything due, without Celery."""

import datetime as dt

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from desk import due
from liaison import clock


class Command(BaseCommand):
    """Safe to repeat and to run in parallel."""

    help = "办理一遍到期的事:排定驻点日、发出提醒、投递通知。可重复运行。"

    def add_arguments(self, parser):
        """``--now`` alone is the moment itself, as without it; another moment is for tests."""
        parser.add_argument(
            "--now",
            nargs="?",
            const="",
            metavar="时刻",
            help="只写 --now 即按现在办理;写明时刻(如 2026-11-23T17:05,不写时区即北京时间)"
            "仅限设置了 ALLOW_TEST_CLOCK 的测试环境",
        )

    def handle(self, *args, **options):
        """Run the steps and print what each did; exit code 1 when one failed."""
        outcomes = due.run_due(self._now(options["now"]))
        for outcome in outcomes:
            self.stdout.write(f"{outcome.step}: {outcome.fault or _counts(outcome.done)}")
        failed = [outcome.step for outcome in outcomes if outcome.fault]
        if failed:
            raise CommandError(f"未办成:{'、'.join(failed)};原因见上方日志,下次运行会接着办。")

    def _now(self, text):
        if not text:
            return clock.now()
        if not settings.ALLOW_TEST_CLOCK:
            raise CommandError("--now 只供测试:请先在测试环境设置 ALLOW_TEST_CLOCK=1。")
        try:
            moment = dt.datetime.fromisoformat(text)
        except ValueError as fault:
            raise CommandError(
                f"看不懂的时刻「{text}」,请写成 2026-11-23T17:05 的样子。"
            ) from fault
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _counts(done):
    if isinstance(done, dict):
        return ", ".join(f"{key} {count}" for key, count in sorted(done.items())) or "0"
    return str(done)
