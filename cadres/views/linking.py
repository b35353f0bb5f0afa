"""Pages that change 包户联系: link many at once, hand over, unlink."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import render
from django.urls import reverse

from cadres import actions
from cadres.bounds import warnings
from cadres.link_forms import EndLinkForm, HandOverForm, LinkForm, ListForm, Whos
from cadres.link_rows import hang_links, in_state
from cadres.linking import kind_of, links_of
from cadres.models import HouseholdLink, Post, Representative
from liaison import clock
from liaison.form_pages import FormPage
from liaison.imports.views import Upload
from liaison.scoping import get_visible_or_404
from villages.models import Household

from .links import AREA, LINKS, MANAGE

LISTED = 600  # households with a box of their own; more are chosen by group
REPRESENTATIVES = ("村民代表", "cadres:representatives")
POSTS = ("包户干部", "cadres:linked_posts")


def address_of(who) -> str:
    """The list of somebody's households."""
    name = "representative" if isinstance(who, Representative) else "post"
    return f"{reverse('cadres:links')}?{name}={who.pk}"


def tell(request, done, whos, township_id):
    """What was done, and who has too few or too many now."""
    messages.success(request, done)
    for sentence in warnings(whos, clock.today(), township_id):
        messages.warning(request, sentence)


class LinkMany(FormPage):
    """/links/bulk/ — choose a village, its groups or households, and who answers for them."""

    access = MANAGE
    title = "批量联系"
    crumbs = (AREA, LINKS)
    template_name = "cadres/links/bulk.html"

    def dispatch(self, request, *args, **kwargs):
        self.choice = ListForm(request.GET, user=request.user)
        said = self.choice.cleaned_data if self.choice.is_valid() else {}
        self.village = said.get("village")
        self.groups, self.state = list(said.get("group") or ()), said.get("state", "")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        if self.village is None:
            asked = "village" in request.GET
            context = {"title": self.title, "crumbs": self.crumbs, "choice": self.choice}
            return render(request, self.template_name, context, status=422 if asked else 200)
        return super().get(request)

    def post(self, request):
        if self.village is None:
            return self.get(request)
        return super().post(request)

    def listed(self):
        """The households the address asks for."""
        rows = Household.objects.filter(village=self.village).exclude(residence="cancelled")
        rows = rows.filter(group__in=self.groups) if self.groups else rows
        return in_state(rows, self.state, clock.today()) if self.state else rows

    def make_form(self, data=None):
        """Boxes for what is listed."""
        township, today = self.village.township_id, clock.today()
        initial = {"since": today, "version": actions.newest_link(self.listed().values("pk"))}
        return LinkForm(
            data,
            whos=Whos(self.village, township=township, on=today),
            groups=self.village.groups.all(),
            households=self.listed(),
            initial=initial,
        )

    def more(self, form):
        """The groups with how many are listed, and the households themselves where they are few enough."""
        rows = self.listed().select_related("group").order_by("group__number", "group_id", "number")
        counts = self.listed().order_by().values_list("group").annotate(Count("pk"))
        numbers = dict(counts)
        households = hang_links(list(rows[: LISTED + 1]), clock.today())
        shown = households if len(households) <= LISTED else []
        groups = [
            {"group": group, "number": numbers[group.pk],
             "households": [row for row in shown if row.group_id == group.pk]}
            for group in self.village.groups.in_order()
            if group.pk in numbers
        ]  # fmt: skip
        ticked = {name: set(form[name].value() or ()) for name in ("groups", "households")}
        return {
            "choice": self.choice,
            "village": self.village,
            "listing": groups,
            "too_many": len(households) > LISTED,
            "ticked_groups": {str(each) for each in ticked["groups"]},
            "ticked_households": {str(each) for each in ticked["households"]},
        }

    def save(self, form):
        """Link them, once; then show whose they are."""
        said = form.cleaned_data
        return self.once(form, lambda: self._link(form.chosen, said["who"], said))

    def _link(self, chosen, who, said):
        outcome = actions.link_households(
            by=self.request.user,
            households=chosen,
            who=who,
            since=said["since"],
            on=clock.today(),
            seen=said["version"],
        )
        before = {link.post or link.representative for link in outcome.ended.values()}
        kept = f"，其中{len(outcome.unchanged)}户原来就由其联系" if outcome.unchanged else ""
        self.done = f"已把{len(chosen)}户交由{who}联系{kept}。"
        self.judged = [who, *before]
        return address_of(who)

    def content_head(self):
        """The village and the list the boxes stood in."""
        return [("村", str(self.village)), ("列出", self.state)]

    def cancel_url(self):
        """The list of the village."""
        return reverse("cadres:links") + (f"?village={self.village.pk}" if self.village else "")

    def saved(self, form):
        """Link, and say beside it who has more or fewer households now than the bounds name."""
        self.judged = []
        answer = self.save(form)
        tell(self.request, self.done, self.judged, self.village.township_id)
        return answer


class LinkUpload(Upload):
    """/links/import/ — a table of 包户联系; all that follows is common to every kind of file."""

    kind = "links"
    access = MANAGE


class _HandOver(FormPage):
    """All households of one to another of the same kind."""

    access = MANAGE
    title = "移交联系户"
    submit = "移交"
    model = None

    def dispatch(self, request, *args, **kwargs):
        self.source = get_visible_or_404(self.model.objects, request.user, pk=kwargs["pk"])
        self.number = links_of(self.source).alive(clock.today()).count()
        self.lead = f"{self.source}现在联系{self.number}户，移交后全部由接手的人联系。"
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """Others of the kind."""
        whos = Whos(
            getattr(self.source, "village", None),
            township=self.township_id(),
            on=clock.today(),
            kinds=(kind_of(self.source),),
            without=self.source,
        )
        return HandOverForm(data, whos=whos, initial={"since": clock.today()})

    def township_id(self):
        """Whose bounds hold."""
        return self.source.township_id

    def save(self, form):
        """Hand over, once."""
        return self.once(form, lambda: self._do(form.cleaned_data["target"], form))

    def _do(self, target, form):
        since = form.cleaned_data["since"]
        actions.hand_over(
            by=self.request.user, source=self.source, target=target, since=since, on=clock.today()
        )
        for sentence in warnings([target], clock.today(), self.township_id()):
            messages.warning(self.request, sentence)
        return address_of(target)

    def content_head(self):
        """Whose households."""
        return [("移交人", str(self.source))]


class HandOverRepresentative(_HandOver):
    """/links/representatives/<pk>/hand-over/"""

    crumbs = (AREA, LINKS, REPRESENTATIVES)
    model = Representative

    def township_id(self):
        return self.source.village.township_id

    def cancel_url(self):
        """The list."""
        return reverse("cadres:representatives")


class HandOverPost(_HandOver):
    """/links/cadres/<pk>/hand-over/"""

    crumbs = (AREA, LINKS, POSTS)
    model = Post

    def cancel_url(self):
        """The list."""
        return reverse("cadres:linked_posts")


class EndLink(FormPage):
    """/links/<pk>/end/"""

    access = MANAGE
    title = "解除联系"
    crumbs = (AREA, LINKS)
    submit = "解除"
    done = "已解除联系。"

    def dispatch(self, request, *args, **kwargs):
        rows = HouseholdLink.objects.select_related("household", "post", "representative")
        self.link = get_visible_or_404(rows, request.user, pk=kwargs["pk"])
        who = self.link.post or self.link.representative
        self.lead = f"{self.link.household}自{self.link.since}起由{who}联系。"
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """Today, unless another day is typed."""
        return EndLinkForm(data, initial={"until": clock.today(), "version": self.link.version})

    def save(self, form):
        """End it."""
        said = form.cleaned_data
        by, today = self.request.user, clock.today()
        actions.unlink(
            by=by, link=self.link, until=said["until"], on=today, version=said["version"]
        )
        return self.cancel_url()

    def cancel_url(self):
        """The household's page."""
        return reverse("villages:household", args=[self.link.household_id])
