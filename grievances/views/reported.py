"""/ledger/reported/ — 我反映的诉求: how it fares what a village contact had registered."""

from grievances.exports import ReportedExport
from grievances.filters import ReportedFilter
from grievances.models import Grievance, Status
from grievances.reported import hang_answers
from liaison.lists import ListView


class Reported(ListView):
    """Number, state and answer, with his own words beside them; nothing of how it was handled."""

    access = "grievances.report"
    title = "我反映的诉求"
    filterset_class = ReportedFilter
    orders = {"new": ("-registered_on", "-id")}
    rows_template = "grievances/reported.html"
    heads = ("编号", "反映日期", "我说的", "状态", "答复")
    empty = "还没有您反映的诉求：在工作台点“报告情况”，勾选“请登记为诉求”。"
    export_class = ReportedExport

    def get_queryset(self):
        """His own; what is kept of others or of the handling is not even read."""
        rows = Grievance.objects.reported_by(self.request.user)
        return rows.only("number", "registered_on", "status", "visit_id", "answered_on")

    def next_step(self):
        """Not the words of lists of households."""
        return self.empty

    def prepare(self, rows):
        """His words and the answers, in two queries."""
        hang_answers(rows, self.request.user)

    def row_context(self, rows):
        """The words of the states."""
        return {"states": dict(Status.choices)}
