"""统计口径 among the reference tables: it has a page of its own, because a change makes a new row."""

from liaison.reference.tables import ReferenceTable

from .models import ReportPolicy


class Definitions(ReferenceTable):
    """From which day on a month is counted how."""

    key, title, rank, group = "definitions", "统计口径", 40, "统计报表"
    about = "统计月从哪天起、基本满意按多少计；改动从启用日起用，以前的数字不变。"
    permission = "reports.define"
    is_shared = False
    model = ReportPolicy
    active_field = ""
    page = "reports:definitions"


TABLES = (Definitions(),)
