"""/visits/wishes/ — 村民点单: the list, one wish with its steps, and what happens to it."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views import View

from liaison import clock
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404
from villages.models import Household
from visits import wish_forms as forms
from visits.actions import wishes as actions
from visits.duty_exports import WishExport
from visits.finding import in_words
from visits.models import Wish, WishStep
from visits.models.wish_states import ACTS
from visits.wish_filters import WishFilter
from visits.wish_rules import PERMISSION, allowed_acts, refusal

READS = "visits.view"
LIST = ("村民点单", "visits:wishes")
LEADING_ON = ("do", "tell")
SHOWN = ("village", "household__group", "group", "kind", "picked_by", "team", "entered_by")


def wish_or_404(user, pk) -> Wish:
    """One wish of one's territory."""
    return get_visible_or_404(Wish.objects.select_related(*SHOWN), user, pk=pk)


class Wishes(ListView):
    """/visits/wishes/ — the newest first."""

    access = READS
    title = "村民点单"
    filterset_class = WishFilter
    orders = {"new": ("-asked_on", "-id")}
    rows_template = "visits/wishes.html"
    heads = (
        "提出日期",
        "村(社区)",
        "户 / 组",
        "类型",
        "点单内容",
        "希望办好",
        "状态",
        "认领",
        "操作",
    )
    empty = "还没有点单：听到村民想办的事，点“登记点单”。"
    export_class = WishExport
    actions = "visits/wishes/_bar.html"

    def get_queryset(self):
        """Wishes of one's territory."""
        return Wish.objects.visible_to(self.request.user).select_related(*SHOWN)

    def next_step(self):
        """A contact's own words too: wishes of the whole village are no households."""
        return self.empty


class NewWish(FormPage):
    """/visits/wishes/new/ — a household may lead here (?household=)."""

    access = PERMISSION
    title, submit = "登记点单", "登记"
    crumbs = (LIST,)
    done = "已登记点单，等代表或驻点团队认领。"
    draft = {"title": "登记点单", "of": "village asked_on"}
    template_name = "visits/wishes/new.html"

    def make_form(self, data=None):
        """What led here is filled in."""
        initial = {} if data else self._led_here_by()
        return forms.WishForm(data, user=self.request.user, initial=initial)

    def _led_here_by(self):
        known, text = {"asked_on": clock.today()}, self.request.GET.get("household", "")
        rows = Household.objects.visible_to(self.request.user, PERMISSION)
        home = rows.filter(pk=text).first() if text.isdecimal() and len(text) < 19 else None
        if home:
            typed = self.request.user.has_perm("visits.log")
            known |= {"village": home.village_id, "household": in_words(home) if typed else home.pk}
        return known

    def save(self, form):
        """Store it once; on to its page."""

        def do():
            wish = actions.enter_wish(by=self.request.user, now=clock.now(), **form.facts())
            return reverse("visits:wish", args=[wish.pk])

        return self.once(form, do)

    def cancel_url(self):
        """The list."""
        return reverse("visits:wishes")


class WishPage(View):
    """/visits/wishes/<pk>/ — what is wished, what became of it, and what may be done now."""

    access = READS

    def get(self, request, pk):
        wish = wish_or_404(request.user, pk)
        acts = allowed_acts(wish, request.user)
        context = {
            "title": "点单",
            "crumbs": (LIST,),
            "wish": wish,
            "today": clock.today(),
            "is_late": wish.is_late(clock.today()),
            "steps": WishStep.objects.visible_to(request.user).filter(wish=wish),
            "pick_up_form": forms.PickUpForm(wish=wish, user=request.user)
            if "pick_up" in acts
            else None,
            # What leads on comes first
            "acts": [
                (ACTS[act][0], _act_url(act, pk), act)
                for act in sorted(acts, key=lambda act: act not in LEADING_ON)
                if act != "pick_up"
            ],
        }
        return render(request, "visits/wishes/detail.html", context)


class PrintWish(View):
    """/visits/wishes/<pk>/print/ — one wish on paper, with a place to sign."""

    access = READS

    def get(self, request, pk):
        wish = wish_or_404(request.user, pk)
        context = {
            "title": "村民点单",
            "wish": wish,
            "steps": WishStep.objects.visible_to(request.user).filter(wish=wish),
            "today": clock.today(),
            "back_to": reverse("visits:wish", args=[pk]),
        }
        return render(request, "visits/wishes/print.html", context)


class ActPage(FormPage):
    """/visits/wishes/<pk>/<act>/ — one act: its form, its verb, back to the wish."""

    access = PERMISSION
    act, form_class = "", None

    def dispatch(self, request, *args, **kwargs):
        self.wish = wish_or_404(request.user, kwargs["pk"])
        self.title = self.submit = ACTS[self.act][0]
        self.crumbs = (LIST, (str(self.wish), self.cancel_url()))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        if sentence := refusal(self.act, self.wish, request.user):
            messages.warning(request, sentence)
            return HttpResponseRedirect(self.cancel_url())
        return super().get(request)

    def make_form(self, data=None):
        """Today, as far as it asks for a day."""
        initial = {} if data else {"initial": {"on": clock.today()}}
        return self.form_class(data, wish=self.wish, user=self.request.user, **initial)

    def page(self, form, status=200, **more):
        """With what is wished above the form."""
        lead = f"{self.wish.village} {self.wish.whose}，{self.wish.kind}：{self.wish.words}"
        return super().page(form, status, lead=lead, **more)

    def save(self, form):
        """Do it; back to the wish."""
        getattr(actions, self.act)(
            wish=self.wish, by=self.request.user, now=clock.now(),
            version=form.cleaned_data["version"], **form.facts(),
        )  # fmt: skip
        return self.cancel_url()

    def cancel_url(self):
        """The wish."""
        return reverse("visits:wish", args=[self.wish.pk])


FORMS = {
    "pick_up": (forms.PickUpForm, "已认领，办好后请登记“办好”。"),
    "put_back": (forms.PutBackForm, "已放回，其他人可以认领。"),
    "do": (forms.DoForm, "已记为办好，告知村民后请登记“告知村民”。"),
    "tell": (forms.TellForm, "已告知村民，这条点单办完了。"),
    "cannot": (forms.CannotForm, "已记为办不了，并已告知村民。"),
    "withdraw": (forms.WithdrawForm, "已撤回。"),
}


def _act_url(act, pk):
    return reverse(f"visits:wish_{act}", args=[pk])


def act_urls():
    """An address for each act of the table."""
    return [
        path(
            f"visits/wishes/<int:pk>/{act.replace('_', '-')}/",
            ActPage.as_view(act=act, form_class=form, done=done),
            name=f"wish_{act}",
        )
        for act, (form, done) in FORMS.items()
    ]
