"""The rule a form goes by, shown above its fields before anything is saved, and carried with them."""

from django import forms
from django.template.loader import render_to_string

from grievances.models import Category, Grievance
from grievances.routing import Facts
from liaison.forms import HouseFormMixin
from villages.models import Section, Village
from visits.finding import Unclear, resolve

NO_ROUTE = "没有适用的分派规则，受理后请自行选择承办单位。"


class RuleInput(forms.HiddenInput):
    """The key of the rule in a hidden field, with its sentence; where scripts run it follows the form.

    ``found`` is a Route, or None where none fits; ``asked`` what the form itself does not ask.
    """

    template_name = "grievances/_routed.html"
    found, asked = None, None

    def get_context(self, name, value, attrs):
        told = {"route": self.found, "asked": self.asked, "name": name, "none": NO_ROUTE}
        return super().get_context(name, value, attrs) | told

    def render(self, name, value, attrs=None, renderer=None):
        """By the page's own engine: the template is one of the house's, not of Django's forms."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class RuleField(forms.CharField):
    """分派规则: the key of the route that was shown; "" for none."""

    widget = RuleInput

    def __init__(self):
        super().__init__(label="分派规则", required=False, max_length=40)

    def show(self, found, **asked):
        """Draw a route (None: none fits), and say what of the matter the form does not ask."""
        self.initial = found.key if found else ""
        self.widget.found, self.widget.asked = found, asked


class RouteAskForm(HouseFormMixin, forms.Form):
    """What of a matter being filled in decides where it goes."""

    village = forms.ModelChoiceField(Village.objects.none())
    category = forms.ModelChoiceField(Category.objects.none())
    kind = forms.ChoiceField(choices=Grievance.Kind.choices)
    is_urgent = forms.BooleanField(required=False)
    household = forms.CharField(required=False, max_length=60)
    section = forms.ModelChoiceField(Section.objects.none(), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        villages = Village.objects.visible_to(user, "grievances.register")
        self.fields["village"].queryset = villages
        self.fields["section"].queryset = Section.objects.filter(village__in=villages)
        self.fields["category"].queryset = Category.objects.filter(is_active=True)

    def facts(self) -> Facts:
        """What rules look at; of a household that is not clear yet no 片 is known."""
        said = self.cleaned_data
        section = said["section"].pk if said["section"] else self._section_of_household()
        return Facts(
            said["category"].pk, said["village"].pk, said["kind"], said["is_urgent"], section
        )

    def _section_of_household(self):
        if not self.cleaned_data["household"]:
            return None
        try:
            home = resolve(self.cleaned_data["village"], self.cleaned_data["household"])
        except Unclear:
            return None
        return home.group.section_id
