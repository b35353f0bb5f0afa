"""/visits/coverage/ — households, once each, reached in a period or a round, or still to be reached."""

from urllib.parse import urlencode

from liaison.lists import ListView
from villages.models import Household
from visits.coverage_filters import CoverageFilter
from visits.exports import REACHED_HEAD, CoverageExport, mode_word, reached_word


class Coverage(ListView):
    """/visits/coverage/ — in the order of the roll, or the longest not reached first."""

    access = "villages.view_households"
    title = "走访情况"
    crumbs = (("走访记录", "visits:visits"),)
    filterset_class = CoverageFilter
    orders = {
        "roll": ("village_id", "group_id", "number", "id"),
        "longest": ("waiting_since", "village_id", "group_id", "number", "id"),
    }
    rows_template = "visits/coverage.html"
    heads = ("村(社区)", "组", "户", "居住状态", REACHED_HEAD, "最近走访", "操作")
    empty = "没有符合条件的户：可放宽查询条件；花名册由镇驻点办导入。"
    export_class = CoverageExport
    actions = "visits/_coverage_bar.html"

    def get_queryset(self):
        """Households of one's villages."""
        rows = Household.objects.visible_to(self.request.user)
        return rows.select_related("village", "group")

    def get_context(self, page):
        """Without a period there is no 本期; the other order, and the walking list of the village chosen."""
        context = super().get_context(page)
        if not self.filterset.is_valid():
            return context
        word = reached_word(self.filterset.period())
        context["heads"] = [word if head == REACHED_HEAD else head for head in self.heads]
        asked = self.request.GET.copy()
        for name in ("page", "after", "before", "last", "format", "order"):
            asked.pop(name, None)
        longest = self.request.GET.get("order") == "longest"
        order = [("order", "roll" if longest else "longest")]
        village = self.filterset.form.cleaned_data.get("village")
        return context | {
            "longest": longest,
            "other_order": urlencode([*asked.items(), *order]),
            "visit_round": self.filterset.visit_round,
            "village": village,
        }

    def row_context(self, rows):
        """Words of the modes, and who may write a visit down."""
        return {
            "mode_word": mode_word,
            "logs": self.request.user.has_perm("visits.log"),
        }
