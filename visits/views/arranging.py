"""Make-up days, and the township's rules of liaison days."""

import datetime as dt

from django.urls import reverse

from liaison import clock
from liaison.form_pages import FormPage
from liaison.scoping import get_visible_or_404
from visits import actions
from visits.actions.rules import NUMBERS, ON_PAPER
from visits.arranging_forms import MakeUpForm, RulesForm, SkippedForm
from visits.leading import MANAGE
from visits.models import LiaisonSession, SessionPolicy
from visits.rules import rules_of

DAYS = ("驻点日", "visits:sessions")
RULES = (*NUMBERS, "edit_days", *ON_PAPER)


class MakeUp(FormPage):
    """/sessions/<pk>/make-up/ — the day on which a missed or cancelled one is made up for."""

    access = "visits.log"
    title, submit = "定补驻日", "定下补驻日"
    crumbs = (DAYS,)
    done = "补驻日已定，团队成员会收到通知。请按时张贴补驻告知。"

    def dispatch(self, request, *args, **kwargs):
        rows = LiaisonSession.objects.select_related("village", "team")
        self.session = get_visible_or_404(rows, request.user, pk=kwargs["pk"])
        day = self.session
        self.lead = (
            f"补{day.on:%Y-%m-%d} {day.village}的驻点({day.get_status_display()}"
            f"{f'：{day.reason}' if day.reason else ''})。补驻完成后，原定这一天计为已驻点。"
        )
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """The earliest day is said in the form."""
        today = clock.today()
        notice = rules_of(self.session.township_id, today).make_up_notice
        earliest = today + dt.timedelta(days=notice)
        return MakeUpForm(data, session=self.session, earliest=earliest)

    def save(self, form):
        """Name it; on to the new day."""
        version = form.cleaned_data["version"]
        day = actions.make_up(
            session=self.session, by=self.request.user, now=clock.now(), version=version,
            **form.facts(),
        )  # fmt: skip
        return reverse("desk:day", args=[day.pk])

    def cancel_url(self):
        """The day it makes up for."""
        return reverse("desk:day", args=[self.session.pk])


class MakeUpSkipped(FormPage):
    """/sessions/skipped/ — a day a plan passed over for a holiday is made up for."""

    access = "visits.log"
    title, submit = "补节假日跳过的驻点", "定下补驻日"
    crumbs = (DAYS,)
    lead = (
        "遇节假日“取消当次”的安排没有排出那一天；要补驻的在这里定日子，补驻完成后那一天计为已驻点。"
    )
    done = MakeUp.done

    def make_form(self, data=None):
        """Plans of the places where he writes days up."""
        return SkippedForm(data, user=self.request.user, on=clock.today())

    def save(self, form):
        """Name it, once; on to the new day."""
        told = form.cleaned_data

        def do():
            day = actions.make_up_skipped(
                plan=told["plan"], skipped_on=told["skipped_on"], by=self.request.user,
                now=clock.now(), **form.facts(),
            )  # fmt: skip
            return reverse("desk:day", args=[day.pk])

        return self.once(form, do)

    def cancel_url(self):
        """The list."""
        return reverse("visits:sessions")


class Rules(FormPage):
    """/sessions/rules/ — 驻点日规则: the rows so far, and a new one from a day on."""

    access = MANAGE
    title = "驻点日规则"
    crumbs = (("管理", ""),)
    done = "规则已保存，从启用日期起用。"
    lead = f"没有设定的，按{SessionPolicy().in_words()}。"
    template_name = "visits/rules.html"

    def make_form(self, data=None):
        """What is in force, to be changed."""
        user, today = self.request.user, clock.today()
        row = rules_of(user.townships_for(MANAGE)[0].pk, today)
        return RulesForm(
            data, initial={name: getattr(row, name) for name in RULES} | {"since": today}
        )

    def more(self, form):
        """The rows, newest first."""
        rows = SessionPolicy.objects.visible_to(self.request.user).select_related("township")
        return {"rows": rows.order_by("-since", "township__code")}

    def save(self, form):
        """Store it once."""

        def do():
            user = self.request.user
            township = user.townships_for(MANAGE)[0]
            actions.set_session_policy(by=user, township=township, on=clock.today(), **form.facts())
            return self.cancel_url()

        return self.once(form, do)

    def cancel_url(self):
        """This page: the rows are on it."""
        return reverse("visits:rules")
