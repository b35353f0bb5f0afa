"""What is asked of a print."""

from django import forms


class SlipForm(forms.Form):
    """受理回执: on which paper."""

    size = forms.ChoiceField(label="纸张", choices=[("a5", "A5"), ("a6", "A6")], required=False)
