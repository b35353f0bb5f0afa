"""manage.py import_links FILE --township CODE9 | --village CODE12 [--dry-run] [--json]."""

from liaison.imports.command import ImportCommand


class Command(ImportCommand):
    """Exit 0: all rows taken; 1: some rows refused, the rest taken; 2: file refused, nothing stored."""

    kind = "links"
    help = "导入包户联系表：每户的包户干部和村民代表（xlsx、xls、ods、csv）"
