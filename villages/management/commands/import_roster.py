"""manage.py import_roster FILE --township CODE9 | --village CODE12 [--dry-run] [--json]."""

from liaison.imports.command import ImportCommand


class Command(ImportCommand):
    """Exit 0: all rows taken; 1: some rows refused, the rest taken; 2: file refused, nothing stored."""

    kind = "roster"
    help = "导入花名册（xlsx、xls、ods、csv）"
