"""/ledger/ and /ledger/follow-ups/."""

from django.urls import reverse
from django.utils.functional import cached_property

from grievances.actions.triage import MOST, acts_of
from grievances.around import ORDERS, compact, tail
from grievances.exports import PROFILES, FollowUpExport
from grievances.filters import FollowUpFilter, LedgerFilter
from grievances.models import FollowUp, Grievance, Settlement, Status
from grievances.models.alert_parts import Level
from grievances.nearing import Nearing
from grievances.turns import turns_of
from liaison import clock
from liaison.imports.views import Upload
from liaison.lists import ListView

from .triage import ChooseMany

UNITS = {"": "", "hour": "按小时", "calendar_day": "按自然日", "workday": "按工作日"}
TONES = {
    "satisfied": "green",
    "basically": "green",
    "dissatisfied": "red",
    "other": "blue",
    "unreached": "grey",
    "declined": "grey",
}


class Ledger(ListView):
    """/ledger/ — matters, newest first."""

    access = "grievances.view"
    title = "民情台账"
    filterset_class = LedgerFilter
    orders = ORDERS
    rows_template = "grievances/ledger.html"
    heads = (
        "编号",
        "登记日期",
        "村(社区)",
        "反映人",
        "类别",
        "诉求摘要",
        "承办单位",
        "应办结日",
        "现在该谁办",
        "状态",
        "操作",
    )
    empty = "没有符合条件的诉求：可放宽查询条件，或在驻点日、“登记诉求”里登记。"
    actions = "grievances/_ledger_bar.html"

    def get_queryset(self):
        """Matters of one's territory."""
        rows = Grievance.objects.visible_to(self.request.user)
        rows = rows.select_related("village", "category", "department", "handler")
        if self.request.GET.get("format"):
            return rows
        # Texts no row shows, one of them to be decrypted
        return rows.defer("phone", "detail", "result")

    @cached_property
    def acts(self):
        """[(act, name)] of what this person may do to many at once."""
        may = self.request.user.has_perm(ChooseMany.access)
        return acts_of(self.request.user) if may else []

    def get_context(self, page):
        """With what is needed to choose many."""
        told = {"acts": self.acts, "asked": compact(self.request.GET), "most": MOST}
        return super().get_context(page) | {"many": told}

    def row_context(self, rows):
        """The words of codes, and whose turn each is, looked up once for all rows."""
        return {
            "turns": turns_of(rows, clock.today()),
            "tail": tail(compact(self.request.GET)),
            "picks": bool(self.acts),
            "base": reverse("grievances:ledger"),
            "states": dict(Status.choices),
            "settlements": dict(Settlement.choices),
            "units": UNITS,
            "levels": dict(Level.choices),
            "nearing": Nearing.at(clock.now(), self.request.user.township_id),
        }

    @property
    def export_class(self):
        """By profile: 内部, 上报 or 公示; phones in plain only for those who may take them out."""
        plain = self.request.user.has_perm("grievances.export")
        usual = PROFILES["internal" if plain else "report"]
        asked = PROFILES.get(self.request.GET.get("profile", ""), usual)
        return usual if asked is PROFILES["internal"] else asked


class LedgerUpload(Upload):
    """/ledger/import/ — an older ledger comes in; the pages that follow are common to every kind of file."""

    kind = "ledger"
    access = "grievances.import"
    crumbs = (("民情台账", "grievances:ledger"),)


class FollowUps(ListView):
    """/ledger/follow-ups/ — what villagers answered."""

    access = "grievances.view"
    title = "回访记录"
    crumbs = (("民情台账", "grievances:ledger"),)
    filterset_class = FollowUpFilter
    export_class = FollowUpExport
    orders = {"new": ("-on", "-id")}
    rows_template = "grievances/follow_ups.html"
    heads = ("回访日期", "编号", "村(社区)", "诉求摘要", "群众评价", "回访方式", "原话", "回访人")
    empty = "还没有回访记录：已反馈的诉求在其页面上回访。"

    def get_queryset(self):
        """Answers about matters of one's territory."""
        rows = FollowUp.objects.visible_to(self.request.user)
        return rows.select_related("village", "grievance", "asked_by").defer(
            "grievance__phone", "grievance__detail", "grievance__result"
        )

    def row_context(self, rows):
        """A colour beside each answer."""
        return {"tones": TONES}
