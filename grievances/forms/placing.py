"""核定所在村."""

from django import forms

from grievances.actions.placing import PERMISSION
from liaison.forms import VersionFormMixin
from villages.models import Village

from .fields import PLEASE


class PlaceForm(VersionFormMixin):
    """One of the township's villages."""

    village = forms.ModelChoiceField(Village.objects.none(), label="所在村", empty_label=PLEASE)

    def __init__(self, *args, matter, user, **kwargs):
        super().__init__(*args, initial={"version": matter.version}, **kwargs)
        villages = Village.objects.visible_to(user, PERMISSION).filter(township=matter.township_id)
        self.fields["village"].queryset = villages.in_order()
