"""/villages/<code>/map/points/ — the office says where on a village's drawing the houses stand; none has to be."""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from liaison.errors import NotAllowed
from liaison.scoping import get_visible_or_404
from villages import actions
from villages.actions.drawing import DRAW
from villages.models import HousePoint, Village
from villages.models.points import MOST
from visits.point_forms import GroupForm, HomeForm, PointForm, homes_of
from visits.schematic import UNIT, last_four


class HousePoints(View):
    """One 组 at a time: choose the house, click where it stands, the next one is chosen by itself."""

    access = DRAW

    def dispatch(self, request, *args, **kwargs):
        self.village = None
        if request.user.is_authenticated:
            rows = Village.objects.visible_to(request.user, DRAW)
            self.village = get_visible_or_404(rows, request.user, code=kwargs["code"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, code):
        self.read(request.GET)
        return self.page(PointForm(homes=self.homes, initial={"household": self.next_one()}))

    def post(self, request, code):
        self.read(request.GET)
        is_off = "off" in request.POST
        form = (HomeForm if is_off else PointForm)(request.POST, homes=self.homes)
        if not form.is_valid():
            return self.page(form, 422)
        try:
            (self.take_off if is_off else self.place)(form.cleaned_data)
        except NotAllowed as refusal:
            return self.page(form, 422, refusal=str(refusal))
        asked = {"group": self.group.pk, "after": form.cleaned_data["household"].pk}
        return HttpResponseRedirect(f"{self.address()}?{urlencode(asked)}")

    def read(self, asked):
        """Which 组, and its households with their places."""
        self.choice = GroupForm(asked, village=self.village)
        self.group = self.choice.chosen()
        self.homes = homes_of(self.group) if self.group else []
        self.points = HousePoint.objects.of_village(self.village)
        self.after = asked.get("after", "")

    def next_one(self):
        """The first house without a place: behind the one done last, else from the beginning."""
        keys = [home.pk for home in self.homes]
        done = next((at for at, pk in enumerate(keys) if str(pk) == self.after), -1)
        return next((pk for pk in keys[done + 1 :] + keys if pk not in self.points), None)

    def place(self, told):
        """Draw it there."""
        actions.place_house(
            household=told["household"], x=told["x"], y=told["y"], by=self.request.user
        )

    def take_off(self, told):
        """Draw it in the order of the roll again."""
        actions.take_house_off(household=told["household"], by=self.request.user)

    def address(self):
        """This page."""
        return reverse("visits:house_points", args=[self.village.code])

    def page(self, form, status=200, **more):
        """The drawing with what stands on it, and the houses of the 组."""
        own = {home.pk: home for home in self.homes}
        drawn = [
            {"x": x * UNIT, "y": y * UNIT, "home": pk in own, "number": last_four(own.get(pk))}
            for pk, (x, y) in self.points.items()
        ]
        map_url = reverse("visits:village_map", args=[self.village.code])
        context = {
            "title": f"{self.village}示意图位置",
            "crumbs": [
                ("村(社区)", "villages:villages"),
                (self.village.name, reverse("villages:village", args=[self.village.code])),
                ("走访示意图", map_url),
            ],
            "village": self.village,
            "choice": self.choice,
            "group": self.group,
            "form": form,
            "drawn": drawn,
            "placed": [(home, self.points[pk]) for pk, home in own.items() if pk in self.points],
            "left": sum(pk not in self.points for pk in own),
            "most": MOST,
            "map_url": map_url,
            **more,
        }
        return render(self.request, "visits/points.html", context, status=status)
