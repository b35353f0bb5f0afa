"""What forms share in which a village is chosen and, below it, a household of it is typed."""

from django import forms

from villages.models import Village

from .finding import Unclear, resolve


class NamesHousehold:
    """For forms with the fields ``village`` and, after it, ``household``."""

    def offer_villages(self, user, permission):
        """Those in which the user may do this; the only one is chosen already."""
        villages = Village.objects.visible_to(user, permission).in_order()
        self.fields["village"].queryset = villages
        if not self.is_bound and len(villages[:2]) == 1:
            self.initial.setdefault("village", villages[0])

    def clean_household(self):
        """The household of that village that was meant, None for none; several or none are a sentence."""
        text, village = self.cleaned_data["household"], self.cleaned_data.get("village")
        if not text or not village:
            return None
        try:
            return resolve(village, text)
        except Unclear as unclear:
            raise forms.ValidationError(self.unclear_words(str(unclear))) from unclear

    @property
    def household_said(self) -> str:
        """What was typed for it, whether or not it can be read."""
        return (self["household"].value() or "").strip()

    def unclear_words(self, sentence) -> str:
        """The sentence of ``resolve`` in the words of this form."""
        return sentence
