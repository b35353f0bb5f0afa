"""Forms of the page where the office says at which place of the drawing a house stands."""

from django import forms

from liaison.forms import HouseFormMixin
from villages.models import Group, Household
from villages.models.points import MOST

from .rounds import as_walked, house_order

SIDE = (
    600  # of the drawing that is clicked on, in pixels: static/css/points.css holds it to that size
)


def homes_of(group) -> list[Household]:
    """Households of a 组 that may be drawn, as houses stand."""
    homes = group.households.exclude(residence=Household.Residence.CANCELLED)
    return sorted(homes, key=lambda home: (house_order(home.number), home.pk))


class GroupForm(forms.Form):
    """Which 组 is being placed; the first one unless said otherwise."""

    group = forms.ModelChoiceField(Group.objects.none(), label="组", required=False)

    def __init__(self, *args, village, **kwargs):
        super().__init__(*args, **kwargs)
        self.groups = as_walked(village.groups.all())
        self.fields["group"].widget.attrs["class"] = "form-select"
        self.fields["group"].queryset = village.groups.all()
        self.fields["group"].choices = [(group.pk, group.name) for group in self.groups]

    def chosen(self) -> Group | None:
        """The 组; None in a village that has none."""
        asked = self.cleaned_data.get("group") if self.is_valid() else None
        return asked or (self.groups[0] if self.groups else None)


class HomeForm(HouseFormMixin, forms.Form):
    """One household of the 组."""

    household = forms.ModelChoiceField(Household.objects.none(), label="户", empty_label=None)

    def __init__(self, *args, homes, **kwargs):
        super().__init__(*args, **kwargs)
        field, by_key = self.fields["household"], {home.pk: home for home in homes}
        field.queryset = Household.objects.filter(pk__in=by_key)
        field.choices = [
            (pk, f"{home.number} {home.head_name or '待定户主'}") for pk, home in by_key.items()
        ]


def _number(label, most):
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most)


class PointForm(HomeForm):
    """A household and its place: clicked on the drawing (``at.x`` and ``at.y``, as browsers send them of an
    ``<input type="image">``, without scripts), else typed."""

    x, y = _number("横", MOST), _number("纵", MOST)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= {"at.x": _number("横", SIDE), "at.y": _number("纵", SIDE)}

    def clean(self):
        """What was clicked goes before what stands in the fields."""
        data = super().clean()
        clicked = [data.get(f"at.{axis}") for axis in "xy"]
        if None not in clicked:
            data["x"], data["y"] = (round(each * MOST / SIDE) for each in clicked)
        elif not self.errors and None in (data.get("x"), data.get("y")):
            self.add_error("x", "请在图上点一下，或填写横、纵两个数。")
        return data
