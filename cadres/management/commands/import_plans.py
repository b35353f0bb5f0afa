"""manage.py import_plans FILE --township CODE9 | --village CODE12 [--dry-run] [--json]."""

from liaison.imports.command import ImportCommand


class Command(ImportCommand):
    """Exit 0: all rows taken; 1: some rows refused, the rest taken; 2: file refused, nothing stored."""

    kind = "plans"
    help = "导入驻点安排表：团队、驻点时间和地点、督查小组（xlsx、xls、ods、csv）"
