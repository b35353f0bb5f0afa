"""/ledger/look-backs/draws/ — 抽查回头看: the monthly draws, and a new one."""

import datetime as dt

from django.db.models import Count, Q
from django.urls import reverse

from grievances import actions
from grievances.actions.drawing import PERMISSION, month_before
from grievances.actions.drawing_look_backs import population_of
from grievances.end_exports import LookBackDrawExport
from grievances.end_filters import LookBackDrawFilter
from grievances.forms.spot_checks import DrawLookBacksForm
from grievances.models import FollowUpPolicy, LookBack, LookBackDraw
from liaison import clock
from liaison.lists import ListView

from .drawing import DrawPage

CRUMBS = (("民情台账", "grievances:ledger"), ("回头看", "grievances:look_backs"))
USUAL_SHARE = 10  # percent, where the township's 回访抽样 names none
SOON = dt.timedelta(days=14)
Found = LookBack.Found


class LookBackDraws(ListView):
    """The draws, newest first, each with how far it is and what it takes to draw it again."""

    access = PERMISSION
    title = "抽查回头看"
    crumbs = CRUMBS
    filterset_class = LookBackDrawFilter
    orders = {"new": ("-month", "-id")}
    rows_template = "grievances/look_back_draws.html"
    heads = (
        "抽查月份",
        "办结日期",
        "总体",
        "抽取",
        "已看",
        "回头看日期",
        "种子和规则",
        "抽取人",
        "再抽原因",
        "操作",
    )
    empty = (
        "还没有抽查过：点“安排本月抽查”，从已办结的诉求中按随机种子抽取，由没有承办过的同志回头看。"
    )
    export_class = LookBackDrawExport
    actions = "grievances/_spot_check_bar.html"

    def get_queryset(self):
        """Those of one's township."""
        rows = LookBackDraw.objects.visible_to(self.request.user).select_related("drawn_by")
        looked = Q(look_backs__done_on__isnull=False) & ~Q(look_backs__found=Found.LAPSED)
        looked &= Q(look_backs__grievance__is_confidential=False)
        done = Count("look_backs", filter=looked)
        return rows.annotate(n_done=done).prefetch_related("look_backs")


class DrawLookBacks(DrawPage):
    """/ledger/look-backs/draws/new/ — first how many of how many, then the draw, by a seed made on the spot."""

    title = "安排本月抽查回头看"
    crumbs = (*CRUMBS, ("抽查回头看", "grievances:look_back_draws"))
    done = "已抽取，抽中的诉求列入回头看。"
    lead = (
        "从一段时间内办结的诉求中抽取，各村按比例；种子由系统当场产生，和总体一起留存，可随时复核。"
        "每月抽一次；涉密事项不在其中。"
    )
    of_what, none = "已办结诉求", "这段时间没有可以抽查的已办结诉求，请核对办结日期。"

    def make_form(self, data=None):
        """What the month before settled; the share of the township's 回访抽样; in a fortnight."""
        today = clock.today()
        starts_on, ends_on = month_before(today)
        policy = FollowUpPolicy.objects.visible_to(self.request.user).filter(township=self.township)
        share = policy.values_list("share", flat=True).first() or USUAL_SHARE
        initial = {
            "starts_on": starts_on,
            "ends_on": ends_on,
            "share": share,
            "due_on": today + SOON,
        }
        return DrawLookBacksForm(data, initial=initial)

    def population(self, facts):
        """What was settled in the days and is not drawn this month yet."""
        month = clock.today().replace(day=1)
        return population_of(self.township, facts["starts_on"], facts["ends_on"], month)

    def save(self, form):
        """Draw it once; on to the rows that were drawn."""

        def do():
            by, now = self.request.user, clock.now()
            draw = actions.draw_look_backs(by=by, now=now, township=self.township, **form.facts())
            return f"{reverse('grievances:look_backs')}?draw={draw.pk}"

        return self.once(form, do)

    def cancel_url(self):
        """The draws."""
        return reverse("grievances:look_back_draws")
