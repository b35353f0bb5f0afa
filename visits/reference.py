"""驻点日规则 among the reference tables: it has a page of its own, because a change makes a new row."""

from liaison.reference.tables import ReferenceTable

from .models import SessionPolicy


class Rules(ReferenceTable):
    """Numbers of liaison days."""

    key, title, rank, group = "session-rules", "驻点日规则", 34, "队伍与日历"
    about = "补驻提前几天告知、驻点后几天内确认；改动从启用日期起用。"
    permission = "visits.manage"
    is_shared = False
    model = SessionPolicy
    active_field = ""
    page = "visits:rules"

    def rows(self, user):
        """The rows of one's townships."""
        return SessionPolicy.objects.visible_to(user)


TABLES = (Rules(),)
