"""/sessions/<pk>/sheet/ and /sessions/sheets/ — 走访单, seen on the screen and printed as a PDF."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views import View

from desk.forms.sheets import ChosenDaysForm, SheetDayForm
from desk.sheets.content import draft_sheets, print_now
from desk.sheets.pdf import PARTS, draw_sheets
from liaison import clock
from liaison.errors import NotAllowed
from liaison.pdf.drawing import PDF
from liaison.scoping import get_visible_or_404
from visits.actions.sheets import PERMISSION
from visits.attendance import may_write_up
from visits.models import LiaisonSession

PLANNED = (LiaisonSession.Status.PLANNED, LiaisonSession.Status.HELD)
CRUMBS = (("驻点日", "visits:sessions"),)


class _Printing(View):
    """What both pages do: note the print and draw it, in one; what could not be drawn was not printed."""

    access = PERMISSION

    def print(self, days, name):
        """The PDF of these days' sheets; raises NotAllowed."""
        with transaction.atomic():
            sheets = print_now(days, self.request.user, clock.now())
            pdf = draw_sheets(sheets, title=name)
        answer = HttpResponse(pdf, content_type=PDF)
        answer["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf")
        return answer


class SheetPage(_Printing):
    """/sessions/<pk>/sheet/ — one day's sheet as it would be printed now, and the editions there are."""

    def dispatch(self, request, *args, **kwargs):
        self.session = find_day(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self.page()

    def post(self, request, pk):
        day = self.session
        try:
            return self.print([day], f"{day.village}走访单_{day.on:%Y%m%d}")
        except NotAllowed as refusal:
            return self.page(422, refusal=str(refusal))

    def page(self, status=200, **more):
        """What it says, part by part; how many blank lines follow."""
        day, today = self.session, clock.today()
        context = {
            "title": f"{day.village}走访单",
            "crumbs": (*CRUMBS, (f"{day.village} {day.on}", reverse("desk:day", args=[day.pk]))),
            "session": day,
            "is_ahead": day.on >= today and day.status in PLANNED,
            "enters": day.on <= today and may_write_up(day, self.request.user, clock.now()),
            "editions": list(day.sheets.select_related("printed_by").order_by("-number")),
            **more,
        }
        try:
            sheet = draft_sheets([day], self.request.user)[0] if context["is_ahead"] else None
        except NotAllowed as refusal:  # no fonts: the editions are still there to be entered
            sheet, context["refusal"] = None, str(refusal)
        if sheet:
            context |= {"sheet": sheet, "parts": parts_of(sheet)}
        return render(self.request, "desk/sheets/sheet.html", context, status=status)


class SheetsPage(_Printing):
    """/sessions/sheets/?on= — the sheets of all villages that have their liaison day on one date."""

    def get(self, request):
        return self.page()

    def post(self, request):
        form = ChosenDaysForm(request.POST, rows=self.rows())
        try:
            if not form.is_valid():
                raise NotAllowed(" ".join(form.errors["days"]))
            days = list(form.cleaned_data["days"])
            if not days:
                raise NotAllowed("请至少勾选一个村。")
            return self.print(days, f"{days[0].township}走访单_{days[0].on:%Y%m%d}")
        except NotAllowed as refusal:
            return self.page(422, refusal=str(refusal))

    def rows(self):
        """Days to come that he may print, in administrative order."""
        rows = LiaisonSession.objects.visible_to(self.request.user, PERMISSION)
        rows = rows.filter(on__gte=clock.today(), status__in=PLANNED)
        rows = rows.select_related("village__township", "township", "team")
        return rows.order_by("on", "village__code", "starts_at", "pk")

    def page(self, status=200, **more):
        """The villages of the day asked for, else of the next day after today that has any."""
        form = SheetDayForm(self.request.GET or None)
        said = form.cleaned_data["on"] if form.is_valid() else None
        rows = self.rows()
        on = said or self.next_day(rows)
        days = list(rows.filter(on=on).prefetch_related("sheets"))
        for day in days:
            day.last_edition = max(day.sheets.all(), key=lambda each: each.number, default=None)
        context = {
            "title": "走访单", "crumbs": CRUMBS, "on": on, "days": days, "today": clock.today(),
            "form": SheetDayForm(initial={"on": on}), **more,
        }  # fmt: skip
        return render(self.request, "desk/sheets/sheets.html", context, status=status)

    @staticmethod
    def next_day(rows):
        """Tomorrow's evening print first: the next date after today, today's if there is none."""
        dates = rows.order_by("on").values_list("on", flat=True)
        return dates.filter(on__gt=clock.today()).first() or dates.first() or clock.today()


def find_day(user, pk):
    """The day, if this person writes there; 404 otherwise."""
    rows = LiaisonSession.objects.select_related("village__township", "township", "team")
    return get_visible_or_404(rows, user, pk=pk)


def parts_of(sheet):
    """[(heading, [(number, line, matter)])] of what is printed on the sheet; blank lines are counted apart."""
    parts = []
    for kind, words in PARTS.items():
        rows = [(number, row, sheet.matters.get(row.matter)) for number, row in sheet.of(kind)]
        if rows:
            parts.append((words, rows))
    return parts
