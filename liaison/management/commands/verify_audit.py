"""``manage.py verify_audit``: walk every chain of the trail; exit 1 when one is broken."""

from django.core.management.base import BaseCommand

from liaison import audit
from liaison.models import AuditChain, AuditEntry


class Command(BaseCommand):
    """One sentence per break, or one that all is whole."""

    help = "核对审计记录是否完整；有断开时逐条说明并以 1 退出。"

    def handle(self, *args, **options):
        """Print what was found."""
        faults = audit.verify()
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise SystemExit(1)
        chains, lines = AuditChain.objects.count(), AuditEntry.objects.count()
        self.stdout.write(f"审计记录完整：{chains} 条链，{lines} 条记录。")
