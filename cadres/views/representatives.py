"""Pages of 村民代表 and of the bounds: appointed, gone, how many households each should have."""

from django.urls import reverse

from cadres import actions
from cadres.link_forms import EndRepresentativeForm, LinkPolicyForm, RepresentativeForm, Whos
from cadres.linking import kind_of, links_of
from cadres.models import LinkPolicy, Representative
from liaison import clock
from liaison.form_pages import FormPage
from liaison.scoping import get_visible_or_404

from .linking import REPRESENTATIVES
from .links import AREA, LINKS, MANAGE


class AppointRepresentative(FormPage):
    """/links/representatives/new/"""

    access = MANAGE
    title = "新增村民代表"
    crumbs = (AREA, LINKS, REPRESENTATIVES)
    submit = "新增"
    done = "已新增村民代表，请接着为其选择联系户。"

    def make_form(self, data=None):
        """A village may come along from the list."""
        initial = {"since": clock.today(), "village": self.request.GET.get("village")}
        return RepresentativeForm(data, user=self.request.user, on=clock.today(), initial=initial)

    def save(self, form):
        """Appoint once, then to the choice of his households."""
        return self.once(form, lambda: self._do(form.facts()))

    def _do(self, facts):
        row = actions.appoint_representative(by=self.request.user, on=clock.today(), **facts)
        return f"{reverse('cadres:link_many')}?village={row.village_id}&state=no_representative"

    def cancel_url(self):
        """The list."""
        return reverse("cadres:representatives")


class EndRepresentative(FormPage):
    """/links/representatives/<pk>/end/"""

    access = MANAGE
    title = "村民代表离任"
    crumbs = (AREA, LINKS, REPRESENTATIVES)
    submit = "确认离任"
    done = "已记录离任。"

    def dispatch(self, request, *args, **kwargs):
        rows = Representative.objects.select_related("village")
        self.row = get_visible_or_404(rows, request.user, pk=kwargs["pk"])
        number = links_of(self.row).alive(clock.today()).count()
        self.lead = f"{self.row.village}{self.row}自{self.row.since}起任，现在联系{number}户。"
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """Others of the village to take over."""
        whos = Whos(
            self.row.village,
            township=self.row.village.township_id,
            on=clock.today(),
            kinds=(kind_of(self.row),),
            without=self.row,
        )
        initial = {"until": clock.today(), "version": self.row.version}
        return EndRepresentativeForm(data, whos=whos, initial=initial)

    def save(self, form):
        """End it."""
        said = form.cleaned_data
        facts = {name: said[name] for name in ("until", "successor", "version")}
        actions.end_representative(
            by=self.request.user, representative=self.row, on=clock.today(), **facts
        )
        return self.cancel_url()

    def cancel_url(self):
        """The list."""
        return reverse("cadres:representatives")


class LinkPolicies(FormPage):
    """/links/bounds/ — 每人联系户数: the rows so far, and a new one from a day on."""

    access = MANAGE
    title = "联系标准"
    crumbs = (("管理", ""),)
    done = "标准已保存，从启用日期起用。"
    lead = "只作提醒，不限制登记。新标准从启用日期起用，过去的标准不再变动；没有设定的不提醒。"
    template_name = "cadres/links/policies.html"

    def make_form(self, data=None):
        """An empty row."""
        return LinkPolicyForm(data, initial={"since": clock.today()})

    def more(self, form):
        """The rows, newest first."""
        rows = LinkPolicy.objects.visible_to(self.request.user).select_related("township")
        return {"rows": rows.order_by("kind", "-since", "township__code")}

    def save(self, form):
        """Store it once."""
        return self.once(form, lambda: self._do(form.facts()))

    def _do(self, facts):
        user = self.request.user
        township = user.townships_for(MANAGE)[0]
        actions.set_link_policy(by=user, township=township, on=clock.today(), **facts)
        return self.cancel_url()

    def cancel_url(self):
        """This page: the rows are on it."""
        return reverse("cadres:link_policies")
