"""How the fields of the pages of rows look: drawn by hand, to stay light on a bad network."""

from django import forms
from django.utils.html import format_html, format_html_join

from liaison.forms import LightTextInput, light_attrs


class LightSelect(forms.Select):
    """A list to choose from in the fewest bytes: a page holds dozens, and ``</option>`` may be left out."""

    def render(self, name, value, attrs=None, renderer=None):
        context = self.get_context(name, value, attrs)["widget"]
        options = (
            (
                light_attrs({"value": option["value"], "selected": option["selected"]}),
                option["label"],
            )
            for _, group, _ in context["optgroups"]
            for option in group
        )
        told = {"name": context["name"], **context["attrs"]}
        return format_html(
            "<select{}>{}</select>",
            light_attrs({key: text for key, text in told.items() if text is not True}),
            format_html_join("", "<option{}>{}", options),
        )


class LightTick(forms.CheckboxInput):
    """A box to tick in the fewest bytes."""

    def render(self, name, value, attrs=None, renderer=None):
        widget = self.get_context(name, value, attrs)["widget"]
        told = {"type": "checkbox", "name": widget["name"], "value": widget["value"]}
        return format_html("<input{}>", light_attrs(told | widget["attrs"]))


class QuietField(forms.BoundField):
    """A field of a row: a page that is only drawn again (one row more) was not checked, and calls nothing wrong."""

    @property
    def errors(self):
        """What is wrong, once the form was checked; asking is no checking."""
        return self.form.error_class() if self.form._errors is None else super().errors


def dress(form) -> None:
    """Light lists, numbers and lines of text; these look as the style sheet says of rows, by their place (day.css)."""
    for field in form.fields.values():
        if type(field.widget) is forms.TextInput:
            field.widget = LightTextInput(field.widget.attrs)
        elif type(field.widget) is forms.NumberInput:
            field.widget = LightTextInput({"type": "number", **field.widget.attrs})
        widget = field.widget
        if type(widget) is forms.Select:
            field.widget = LightSelect({"class": "form-select"}, widget.choices)
        elif isinstance(widget, forms.CheckboxInput):
            # Its label is around it (_tick.html), so nothing has to name it
            field.widget = LightTick({"class": "form-check-input", "id": False} | widget.attrs)
