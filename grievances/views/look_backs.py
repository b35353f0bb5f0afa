"""/ledger/look-backs/ — what is looked at again after settling, month by month and village by village."""

from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from grievances import actions
from grievances.actions.looking_back import refusal
from grievances.end_exports import LookBackExport
from grievances.end_filters import LookBackFilter
from grievances.forms.ends import LookBackForm
from grievances.models import LookBack
from liaison import clock
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404

LEDGER = ("民情台账", "grievances:ledger")
TONES = {"stable": "green", "rebound": "red", "unfinished": "yellow", "lapsed": "grey"}


def rows_of(user):
    """Look-backs of the matters one sees, with their village's code to order by."""
    rows = LookBack.objects.visible_to(user).select_related(
        "grievance__village", "grievance__department", "by"
    )
    rows = rows.defer("grievance__phone", "grievance__detail", "grievance__result")
    return rows.annotate(place=Coalesce(F("grievance__village__code"), Value("~")))


class LookBacks(ListView):
    """The list: villages in administrative order, days in each."""

    access = "grievances.view"
    title = "回头看"
    crumbs = (LEDGER,)
    filterset_class = LookBackFilter
    orders = {"village": ("place", "due_on", "id"), "day": ("due_on", "place", "id")}
    rows_template = "grievances/look_backs.html"
    heads = (
        "回头看日期",
        "编号",
        "村(社区)",
        "诉求摘要",
        "缘由",
        "情况",
        "说明",
        "回头看的人",
        "操作",
    )
    empty = (
        "没有要回头看的：阶段性办结、纳入项目库的办结时约定日子，已办结的也可以在诉求页面安排抽查。"
    )
    export_class = LookBackExport
    actions = "grievances/_look_back_bar.html"

    def get_queryset(self):
        """Those of matters of one's territory."""
        return rows_of(self.request.user)

    def row_context(self, rows):
        """Colours, and who looks."""
        looks = self.request.user.has_perm("grievances.follow_up")
        return {
            "tones": TONES,
            "looks": looks,
            "books": self.request.user.has_perm("grievances.book"),
        }


class LookBackSheet(View):
    """/ledger/look-backs/sheet/ — the same rows on paper, with boxes to tick."""

    access = "grievances.view"

    def get(self, request):
        """The rows of the query block not looked at yet, village by village."""
        filters = LookBackFilter(request.GET, queryset=rows_of(request.user), request=request)
        valid = filters.is_valid()
        rows = filters.qs.waiting().order_by("place", "due_on", "id") if valid else []
        context = {
            "title": "回头看清单",
            "rows": rows,
            "words": filters.in_words() if valid else "查询条件有误",
            "township": request.user.township,
            "today": clock.today(),
            "back_to": reverse("grievances:look_backs"),
        }
        status = 200 if valid else 422
        return render(request, "grievances/print/look_backs.html", context, status=status)


class OneLookBack(FormPage):
    """/ledger/look-backs/<pk>/ — how it stands on that day."""

    access = "grievances.follow_up"
    title, submit = "回头看", "记下"
    crumbs = (LEDGER, ("回头看", "grievances:look_backs"))

    def dispatch(self, request, *args, pk, **kwargs):
        """A foreign row is a missing one."""
        rows = LookBack.objects.select_related("grievance__village")
        self.row = get_visible_or_404(rows, request.user, pk=pk)
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """Dated today, nothing chosen."""
        initial = {"on": clock.today(), "version": self.row.version}
        return LookBackForm(data, user=self.request.user, initial=initial)

    def more(self, form):
        """Which matter, and why; why he may not, before he types."""
        matter = self.row.grievance
        why, day = self.row.get_why_display(), self.row.due_on
        what = f"{matter.number} {matter.summary}({matter.village_name})"
        lead = f"{what}。{why}，应于{day}回头看。"
        return {"lead": lead, "refusal": refusal(self.row, self.request.user)}

    def save(self, form):
        """Once; on to the matter."""

        def do():
            by, now = self.request.user, clock.now()
            actions.look_back(row=self.row, by=by, now=now, **form.facts())
            return reverse("grievances:detail", args=[self.row.grievance.number])

        return self.once(form, do)

    def content_head(self):
        """Of which row."""
        return [("回头看", str(self.row.pk))]

    def cancel_url(self):
        """The matter."""
        return reverse("grievances:detail", args=[self.row.grievance.number])
