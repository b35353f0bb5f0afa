"""``manage.py routes``: every address of the site and who may use it."""

from django.core.management.base import BaseCommand

from cadres.roles import MAY, Role
from liaison import access

_EVERYBODY = {
    access.OPEN: "无须登录",
    access.SIGNED_IN: "所有登录人员",
    access.CONFIDENTIAL: "涉密事项的知情人",
}


def who_may(declared: str) -> str:
    """The roles that hold a permission, in Chinese; or that it needs none."""
    if declared in _EVERYBODY:
        return _EVERYBODY[declared]
    return "、".join(role.label for role in Role if declared in MAY[role]) or "无人"


class Command(BaseCommand):
    """One line per URL: address, name, what it asks for, the roles that hold it."""

    help = "列出所有网址及可使用的角色。"

    def handle(self, *args, **options):
        """Print the table, in the order of the addresses."""
        rows = sorted(access.all_routes(), key=lambda route: route[0])
        table = [(f"/{path}", name, access.declared_access(view)) for path, name, view in rows]
        widths = [max(len(row[column]) for row in table) for column in range(3)]
        for row in table:
            cells = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
            self.stdout.write("  ".join([*cells, who_may(row[2])]))
