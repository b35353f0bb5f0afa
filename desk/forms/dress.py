"""How the fields of the pages of rows look: drawn by hand, to stay light on a bad network."""

from django import forms
from django.utils.html import format_html, format_html_join

from liaison.forms import LightTextInput


class LightSelect(forms.Select):
    """A list to choose from in the fewest bytes: a page holds dozens, and ``</option>`` may be left out."""

    def render(self, name, value, attrs=None, renderer=None):
        context = self.get_context(name, value, attrs)["widget"]
        options = (
            (option["value"], " selected" if option["selected"] else "", option["label"])
            for _, group, _ in context["optgroups"]
            for option in group
        )
        attrs = ((key, text) for key, text in context["attrs"].items() if text is not True)
        return format_html(
            '<select name="{}"{}>{}</select>',
            context["name"],
            format_html_join("", ' {}="{}"', attrs),
            format_html_join("", '<option value="{}"{}>{}', options),
        )


def dress(form) -> None:
    """Bootstrap's classes, light lists and light lines of text."""
    for field in form.fields.values():
        if type(field.widget) is forms.TextInput:
            field.widget = LightTextInput(field.widget.attrs)
        widget = field.widget
        if type(widget) is forms.Select:
            field.widget = LightSelect({"class": "form-select"}, widget.choices)
        elif isinstance(widget, forms.CheckboxInput):
            # Its label is around it (_tick.html), so nothing has to name it
            widget.attrs |= {"class": "form-check-input", "id": False}
        elif not isinstance(widget, forms.RadioSelect):
            widget.attrs["class"] = "form-control"
