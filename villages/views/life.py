"""/households/<pk>/<act>/ — what happens to a household and its people, one form for each act (办理)."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import path, reverse

from liaison import clock
from liaison.form_pages import FormPage
from liaison.idempotency import led_to
from villages import actions, leaving_forms, life_forms
from villages.forms import RELATIONS
from villages.models import Household

from .households import LIST_CRUMB, household_or_404

OFFICE = "villages.merge"
CHECK_RELATIONS = "请核对其他成员与新户主的关系。"


def again(request, form, closed=False):
    """The answer to a second tap whose choices the first one took away (who moved is not there to choose).

    A second tap that still asks the same goes on to submit_once(), which compares what was filled in.

    Args:
        closed: the row was merged or cancelled, so its form asks other things than the first time.
    """
    same = form.is_valid() and not closed
    first = "" if same else led_to(key=form["form_key"].value() or "", user=request.user)
    return HttpResponseRedirect(first) if first else None


class LifePage(FormPage):
    """Base: one act of one household; its form, its verb, the sentence when it is done.

    Attributes:
        needs: whom the act needs: "people", "two" of them, "empty" (nobody), "cancelled", or "" (any on the roll).
    """

    access = "villages.edit_households"
    template_name = "villages/life_form.html"
    submit = "办理"
    form_class = verb = None
    needs = ""

    def dispatch(self, request, *args, **kwargs):
        self.household = household_or_404(request.user, kwargs["pk"])
        self.crumbs = (LIST_CRUMB, (str(self.household), self.cancel_url()))
        return super().dispatch(request, *args, **kwargs)

    def cancel_url(self):
        """The household's page."""
        return reverse("villages:household", kwargs={"pk": self.household.pk})

    def get(self, request, pk):
        if self.household.is_cancelled != (self.needs == "cancelled"):
            messages.warning(request, f"{self.household}现在不能办理「{self.title}」。")
            return HttpResponseRedirect(self.cancel_url())
        return super().get(request)

    def post(self, request, pk):
        closed = self.household.is_cancelled
        return again(request, self.make_form(request.POST), closed) or super().post(request)

    def make_form(self, data=None):
        """The form of this household."""
        return self.form_class(data, household=self.household, user=self.request.user)

    def page(self, form, status=200, **more):
        """With the household above the form, and the usual relations to choose from."""
        where = f"{self.household.village} {self.household.group} {self.household}"
        more |= {"household_line": where, "lead": form.lead, "relations": RELATIONS}
        return super().page(form, status, **more)

    def save(self, form):
        """Do it once for this form; returns where to go on."""
        return self.once(form, lambda: self.do(form))

    def do(self, form):
        """The verb; returns the page of the household it made or went on in."""
        row = getattr(actions, self.verb)(
            household=self.household,
            version=form.cleaned_data["version"],
            by=self.request.user,
            now=clock.now(),
            **form.facts(),
        )
        return reverse("villages:household", kwargs={"pk": self.lands_on(row).pk})

    def lands_on(self, row) -> Household:
        """The household whose page comes next."""
        return row


class Move(LifePage):
    """迁移: people join another household."""

    title, verb, needs = "迁移", "move_residents", "people"
    form_class = leaving_forms.MoveForm
    done = f"成员已迁入这一户。{CHECK_RELATIONS}"


class Split(LifePage):
    """分户: people found a household of their own."""

    title, verb, needs = "分户", "split_household", "two"
    form_class = leaving_forms.SplitForm
    done = f"分户已办理，这是新户。原户换了户主的，{CHECK_RELATIONS}"


class Merge(LifePage):
    """并户: the household joins another."""

    access = OFFICE
    title, verb = "并户", "merge_households"
    form_class = leaving_forms.MergeForm
    done = "并户已办理，这是并入的户。"


class Head(LifePage):
    """户主变更."""

    title, verb, needs = "户主变更", "appoint_head", "people"
    form_class = life_forms.HeadForm
    done = "户主已变更。"


class ChangeGroup(LifePage):
    """换组."""

    title, verb = "换组", "change_group"
    form_class = life_forms.GroupForm
    done = "换组已办理。"


class Residence(LifePage):
    """居住状态."""

    title, verb = "居住状态", "change_residence"
    form_class = life_forms.ResidenceForm
    done = "居住状态已变更。"


class Death(LifePage):
    """死亡."""

    title, verb, needs = "死亡", "record_death", "people"
    form_class = leaving_forms.DeathForm
    done = f"已登记。换了户主的，{CHECK_RELATIONS}"


class MoveOut(LifePage):
    """迁出."""

    title, verb, needs = "迁出", "record_moving_out", "people"
    form_class = leaving_forms.MoveOutForm
    done = f"迁出已登记。换了户主的，{CHECK_RELATIONS}"


class Cancel(LifePage):
    """注销."""

    title, verb, needs = "注销", "cancel_household", "empty"
    form_class = life_forms.CancelForm
    done = "本户已注销。"


class Restore(LifePage):
    """恢复."""

    access = OFFICE
    title, verb, needs = "恢复", "restore_household", "cancelled"
    form_class = life_forms.RestoreForm
    done = "本户已恢复在册。"


# {the act's word in the address and its url name: page}, in the order of the menu 办理
ACTS = {
    "move": Move,
    "split": Split,
    "merge": Merge,
    "head": Head,
    "group": ChangeGroup,
    "residence": Residence,
    "death": Death,
    "moving_out": MoveOut,
    "cancel": Cancel,
    "restore": Restore,
}


def act_urls():
    """/households/<pk>/move/ …"""
    return [
        path(f"households/<int:pk>/{name.replace('_', '-')}/", view.as_view(), name=name)
        for name, view in ACTS.items()
    ]


def menu(household, count, user) -> list[dict]:
    """[{"title", "url"}] of the acts this person may do now.

    Args:
        count: how many people of it are on the roll.
    """
    if household.merged_into_id:
        return []
    fits = {"": True, "people": count > 0, "two": count > 1, "empty": not count}
    return [
        {"title": view.title, "url": reverse(f"villages:{name}", kwargs={"pk": household.pk})}
        for name, view in ACTS.items()
        if user.has_perm(view.access)
        and household.is_cancelled == (view.needs == "cancelled")
        and fits.get(view.needs, True)
    ]
