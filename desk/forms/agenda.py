"""Which day of a meeting, and of which village."""

from django import forms

from cadres.rhythm import day_in_words
from villages.models import Village


class AgendaForm(forms.Form):
    """What is looked at: the next day and all villages, unless said otherwise."""

    on = forms.TypedChoiceField(label="会议日期", required=False, empty_value=None)
    village = forms.ModelChoiceField(
        Village.objects.none(), label="范围", required=False, empty_label="全部村(社区)"
    )

    def __init__(self, *args, days, user, township, **kwargs):
        super().__init__(*args, **kwargs)
        by_text = {str(on): on for on in days.offered}
        self.fields["on"].choices = [(text, day_in_words(on)) for text, on in by_text.items()]
        self.fields["on"].coerce = by_text.__getitem__
        self.initial["on"] = str(days.next_on)
        villages = Village.objects.visible_to(user, "visits.view").filter(township=township)
        self.fields["village"].queryset = villages.in_order()
