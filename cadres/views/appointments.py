"""Appointments: who holds which post from when to when."""

from django.urls import reverse

from cadres import actions
from cadres.account_forms import AppointForm, EndHoldingForm
from cadres.models import Holding
from liaison import clock
from liaison.scoping import get_visible_or_404

from .forming import FormPage
from .users import MANAGE, USERS, account_of


class Appoint(FormPage):
    """/accounts/<pk>/appoint/ — a person takes a post."""

    access = MANAGE
    title = "任命岗位"
    crumbs = (("管理", ""), USERS)
    submit = "任命"
    done = "任命已记录。"

    def dispatch(self, request, *args, **kwargs):
        self.person = account_of(request, kwargs["pk"])
        self.lead = f"为{self.person.display_name}任命岗位。权限随岗位而来，从任职日期起生效。"
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """Posts that stand today."""
        today = clock.today()
        return AppointForm(data, by=self.request.user, on=today, initial={"since": today})

    def content_head(self):
        """Whose post it is."""
        return [("账号", self.person.username)]

    def save(self, form):
        """Appoint, once."""
        given = {name: form.cleaned_data[name] for name in ("post", "since", "is_main")}

        def do():
            actions.appoint(by=self.request.user, user=self.person, **given)
            return self.cancel_url()

        return self.once(form, do)

    def cancel_url(self):
        """The account."""
        return reverse("accounts:account", args=[self.person.pk])


class EndHolding(FormPage):
    """/accounts/holdings/<pk>/end/ — a person leaves a post."""

    access = MANAGE
    title = "办理离任"
    crumbs = (("管理", ""), USERS)
    submit = "记录离任"
    done = "离任已记录。"

    def dispatch(self, request, *args, **kwargs):
        holdings = Holding.objects.select_related("user", "post__township")
        self.holding = get_visible_or_404(holdings, request.user, pk=kwargs["pk"])
        self.lead = f"{self.holding.user}不再担任“{self.holding.post}”。原有记录保留其姓名和岗位。"
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """Today, unless another day is typed."""
        return EndHoldingForm(data, initial={"until": clock.today()})

    def save(self, form):
        """End it."""
        until = form.cleaned_data["until"]
        actions.end_holding(by=self.request.user, holding=self.holding, until=until)
        return self.cancel_url()

    def cancel_url(self):
        """The account."""
        return reverse("accounts:account", args=[self.holding.user_id])
