"""manage.py import_cadres FILE --township CODE9 [--dry-run] [--json]."""

from liaison.imports.command import ImportCommand


class Command(ImportCommand):
    """Exit 0: all rows taken; 1: some rows refused, the rest taken; 2: file refused, nothing stored."""

    kind = "cadres"
    help = "导入干部名单：人员、岗位、单位，导入的人员不能登录，须由系统管理员开通（xlsx、xls、ods、csv）"
