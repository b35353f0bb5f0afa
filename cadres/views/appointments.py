"""Appointments: who takes which post from when; how he leaves it stands in handovers.py."""

from django.urls import reverse

from cadres import actions
from cadres.account_forms import AppointForm
from liaison import clock
from liaison.form_pages import FormPage

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
