"""预警 of one matter, the bands it is suggested by, and 排查化解: the list of risks."""

import django_filters
from django.urls import reverse

from grievances import actions, alerting
from grievances.exports_due import BandExport, RiskExport, resolution
from grievances.filters_due import RiskFilter
from grievances.forms import AlertForm, BandForm, ClearAlertForm
from grievances.models import AlertBand, Grievance, Status
from grievances.models.alert_parts import Level
from liaison import clock
from liaison.filters import HouseFilterSet
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404

from .one_matter import MatterFormPage

TONES = {"未化解": "orange", "已化解": "green", "已销号": "grey"}


class Risks(ListView):
    """/ledger/risks/ — disputes and whatever has a level, with how they were resolved and crossed off."""

    access = "grievances.view"
    title = "排查化解"
    crumbs = (("民情台账", "grievances:ledger"),)
    filterset_class = RiskFilter
    export_class = RiskExport
    orders = {"new": ("-registered_on", "-id")}
    rows_template = "grievances/risks.html"
    heads = (
        "编号", "登记日期", "村(社区)", "性质", "诉求摘要", "人数", "预警", "承办单位", "化解情况",
        "销号", "操作",
    )  # fmt: skip
    empty = "没有矛盾纠纷，也没有列为预警的诉求。"

    def get_queryset(self):
        """Of one's territory."""
        rows = Grievance.objects.visible_to(self.request.user).risks()
        rows = rows.select_related("village", "category", "department", "handler")
        if self.request.GET.get("format"):
            return rows
        return rows.defer("phone", "detail", "result")

    def row_context(self, rows):
        """Words and colours."""
        return {
            "base": reverse("grievances:ledger"),
            "states": dict(Status.choices),
            "levels": dict(Level.choices),
            "kinds": dict(Grievance.Kind.choices),
            "resolution": resolution,
            "tones": TONES,
        }


class AlertPage(MatterFormPage):
    """Base of the two forms of a matter's level."""

    access = alerting.PERMISSION

    def save(self, form):
        """Once, unless somebody else saved in between; returns the matter's address."""
        user, facts = self.request.user, form.cleaned_data.copy()
        del facts["form_key"]

        def do():
            self.act(grievance=self.matter, by=user, now=clock.now(), **facts)
            return self.cancel_url()

        return self.once(form, do)


class Alert(AlertPage):
    """/ledger/<number>/alert/ — set, raised or lowered."""

    title, submit, done = "设定预警", "保存", "预警已记录。"
    act = staticmethod(actions.alert)

    def about(self):
        """What the bands suggest, and what stands now."""
        now, (persons, trend) = clock.now(), alerting.as_known(self.matter)
        found = alerting.suggested(self.matter, now, persons=persons, trend=trend)
        stands = self.matter.get_alert_level_display() or "没有预警"
        advice = (
            f"按预警标准建议{found.name}：{found.why}。" if found else "按预警标准暂不建议预警。"
        )
        return f"现在{stands}。{advice}建议仅供参考，由您确定。"

    def make_form(self, data=None):
        """What is known stands there; the level is chosen, and the trend where none was said yet."""
        persons, trend = alerting.as_known(self.matter)
        known = {"persons": persons} | ({"trend": trend} if self.matter.alert_since else {})
        return AlertForm(data, initial=known | _dated(self.matter))


class ClearAlert(AlertPage):
    """/ledger/<number>/clear-alert/ — the level is lifted."""

    title, submit, done = "解除预警", "解除预警", "预警已解除。"
    act = staticmethod(actions.clear_alert)

    def about(self):
        """What stands now."""
        stands = self.matter.get_alert_level_display() or "没有预警"
        return f"现在{stands}；解除后记录仍保留在办理过程里。"

    def make_form(self, data=None):
        """Day and reason."""
        return ClearAlertForm(data, initial=_dated(self.matter))


def _dated(matter):
    return {"on": clock.today(), "version": matter.version}


class BandFilter(HouseFilterSet):
    """By what it goes."""

    by = django_filters.ChoiceFilter(
        choices=AlertBand.By.choices, label="按什么", empty_label="全部"
    )

    class Meta:
        model = AlertBand
        fields = []


class Bands(ListView):
    """/ledger/alert-bands/ — from what on which level is suggested."""

    access = "grievances.policies"
    title = "预警标准"
    crumbs = (("民情台账", "grievances:ledger"),)
    filterset_class = BandFilter
    orders = {"old": ("id",)}
    rows_template = "grievances/bands.html"
    export_class = BandExport
    heads = ("适用", "按什么", "达到", "建议级别", "在用", "操作")
    empty = "还没有预警标准，请新增一条。"
    actions = "grievances/_bands_bar.html"

    def get_queryset(self):
        """General bands and one's own."""
        return AlertBand.objects.visible_to(self.request.user).select_related("township")


class BandPage(FormPage):
    """Base of the two forms."""

    access = "grievances.policies"
    crumbs = (("预警标准", "grievances:bands"),)
    lead = "本镇的标准代替同一级别、同一种类的通用标准；停用即本镇不用这一级。已设定的预警不变。"

    def cancel_url(self):
        """The list."""
        return reverse("grievances:bands")

    def row(self, pk):
        """A band one may see."""
        return get_visible_or_404(AlertBand.objects, self.request.user, pk=pk)


class NewBand(BandPage):
    """/ledger/alert-bands/new/ — from scratch or after a general one (?from=)."""

    title, submit, done = "新增预警标准", "保存", "预警标准已保存。"

    def make_form(self, data=None):
        """Empty, or filled from a general band."""
        pk = self.request.GET.get("from", "")
        source = self.row(pk) if data is None and pk.isdecimal() else None
        return BandForm(data, band=source)

    def save(self, form):
        """Store it once; returns the list's address."""
        user = self.request.user

        def do():
            actions.add_band(by=user, township=user.township, facts=form.facts())
            return self.cancel_url()

        return self.once(form, do)


class EditBand(BandPage):
    """/ledger/alert-bands/<pk>/ — one's own band."""

    title, submit, done = "修改预警标准", "保存修改", "修改已保存，已设定的预警不变。"

    def make_form(self, data=None):
        """As the band stands."""
        self.band = self.row(self.kwargs["pk"])
        return BandForm(data, band=self.band if data is None else None)

    def save(self, form):
        """Save unless somebody else did in between; returns the list's address."""
        version, by = form.cleaned_data["version"], self.request.user
        actions.change_band(band=self.band, by=by, version=version, facts=form.facts())
        return self.cancel_url()
