"""manage.py import_ledger FILE --township CODE9 | --village CODE12 [--dry-run] [--json]."""

from liaison.imports.command import ImportCommand


class Command(ImportCommand):
    """Exit 0: all rows taken; 1: some rows refused, the rest taken; 2: file refused, nothing stored."""

    kind = "ledger"
    help = "导入历史民情台账（xlsx、xls、ods、csv）"
