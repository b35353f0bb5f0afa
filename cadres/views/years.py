"""/settings/years/load/ — publish a year of the 工作日历 from the data carried in."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View

from cadres.actions import calendar as actions
from cadres.calendar_forms import YearForm
from cadres.reference import NationalDays
from liaison import clock
from liaison.errors import NotAllowed


class LoadYear(View):
    """POST a year; the list then shows its days, or says why not."""

    access = NationalDays.permission
    http_method_names = ["post"]

    def post(self, request):
        """Publish it, once."""
        form = YearForm(request.POST)
        try:
            NationalDays().require(request.user)
            if not form.is_valid():
                raise NotAllowed("请选择要发布的年份。")
            year = form.cleaned_data["year"]
            actions.publish_carried(year=year, by=request.user, today=clock.today())
            messages.success(request, f"{year}年工作日历已发布，驻点日已随之调整。")
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        return redirect(reverse("settings:years"))
