"""What a row may hold beside matters: what the villager suggested, and what he may be entitled to.

The fields of the fourth row are named ``row-3-n-proposal`` and so on, and they are there because ``proposal``
was sent. Where scripts run, static/js/noted.js opens them in place (and draws them as _noted.html does); without
scripts a row is named below the rows. So twelve rows stay light.
"""

from django import forms

from visits.models import Need, NeedKind, Proposal

from .dress import QuietField, dress

MARK, MOST = "n", 200


class NotedForm(forms.Form):
    """金点子 and 需求线索 of one row; nothing in it must be said."""

    bound_field_class = QuietField

    proposal = forms.CharField(
        label="金点子", required=False, max_length=Proposal._meta.get_field("words").max_length
    )
    kinds = forms.TypedMultipleChoiceField(
        label="可能符合", required=False, widget=forms.CheckboxSelectMultiple, empty_value=()
    )
    need_words = forms.CharField(
        label="情况说明", required=False, max_length=Need._meta.get_field("words").max_length
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        field, rows = self.fields["kinds"], {str(kind.pk): kind for kind in kinds}
        field.choices = [(pk, kind.name) for pk, kind in rows.items()]
        field.coerce = rows.__getitem__
        dress(self)

    def has_changed(self):
        """Whether anything was told."""
        return bool(self.changed_data)

    def clean(self):
        """Words about a need belong to a kind of it."""
        data = super().clean()
        if data.get("need_words") and not data.get("kinds") and "kinds" not in self.errors:
            self.add_error("kinds", "请勾选可能符合哪一项；拿不准的勾“其他”。")
        return data


def kinds_offered() -> list[NeedKind]:
    """需求类别 in use, in their order; one query for all rows."""
    return list(NeedKind.objects.filter(is_active=True).order_by("order", "pk"))


def is_sent(data, row: str) -> bool:
    """Whether the fields came with a row."""
    return f"{row}-{MARK}-proposal" in (data or ())


def with_noted(data) -> None:
    """Open the fields in the row that ``noted_row`` (1 is the first) names, in a QueryDict one may change."""
    number = data.get("noted_row", "")
    if number.isdecimal() and 0 < int(number[:4]) <= MOST:
        data.setdefault(f"row-{int(number) - 1}-{MARK}-proposal", "")
