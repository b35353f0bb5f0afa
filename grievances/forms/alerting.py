"""预警: set or changed, cleared; and the bands by which a level is suggested."""

from django import forms

from grievances.actions.alert_bands import FACTS
from grievances.models import AlertBand
from grievances.models.alert_parts import Level, Trend
from liaison.forms import CreateFormMixin, VersionFormMixin

from .fields import DayForm, radio, words


class AlertForm(CreateFormMixin, VersionFormMixin, DayForm):
    """The level beside what is known: how many are concerned, and where it is heading."""

    persons = forms.IntegerField(label="涉及人数", min_value=1, max_value=9999)
    trend = radio("事态", Trend.choices)
    level = radio("预警级别", Level.choices)
    words = words("理由", required=True)
    field_order = ("on", "persons", "trend", "level", "words")


class ClearAlertForm(CreateFormMixin, VersionFormMixin, DayForm):
    """解除, with the reason."""

    words = words("解除理由", required=True)


class BandForm(CreateFormMixin, VersionFormMixin):
    """One band; ``least`` is read by what the band goes by."""

    by = forms.ChoiceField(label="按什么", choices=AlertBand.By.choices)
    least = forms.IntegerField(
        label="起点",
        min_value=1,
        max_value=9999,
        initial=1,
        help_text="按人数的填“几人起”，按超期的填“超期几个自然日起”；按临期的不看这一栏。",
    )
    trend = forms.ChoiceField(
        label="事态至少",
        choices=Trend.choices,
        help_text="只用于按人数和事态的；“受控”即不论事态。",
    )
    level = forms.ChoiceField(label="建议级别", choices=Level.choices)
    is_active = forms.BooleanField(label="在用", required=False, initial=True)

    def __init__(self, *args, band=None, **kwargs):
        initial = {name: getattr(band, name) for name in FACTS} if band else {}
        initial["version"] = band.version if band and band.township_id else 1
        super().__init__(*args, initial=initial, **kwargs)

    def facts(self) -> dict:
        """What the verbs take."""
        return {name: self.cleaned_data[name] for name in FACTS}
