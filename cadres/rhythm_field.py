"""A form field for a 周期 in the office's words."""

from django import forms

from cadres.imports.times import TimeSaid, read_time
from cadres.rhythm import Rhythm

_HELP = "可写成：每周二、每两周的周三、每月10日、每月第二个周二、每月第一个工作日。"


class RhythmField(forms.CharField):
    """Takes words, gives a TimeSaid (hours and a holiday rule may come along); refuses what is not understood."""

    def __init__(self, **options):
        super().__init__(max_length=200, **options)

    def prepare_value(self, value):
        """A Rhythm is shown in its words."""
        return value.in_words() if isinstance(value, Rhythm) else value

    def clean(self, value) -> TimeSaid | None:
        """None for an empty field that may be empty."""
        text = super().clean(value)
        if not text:
            return None
        said = read_time(text)
        if said.wrong:
            raise forms.ValidationError(f"{said.wrong}。{_HELP}")
        if said.rhythm is None:
            raise forms.ValidationError(f"没有写是星期几或几日。{_HELP}")
        return said
