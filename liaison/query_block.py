"""The query block of a list, drawn by Jinja2: twenty fields stand on every list page (decision 0003).

Forms that are filled in go through crispy; this one is only chosen from.
"""

from django import forms
from django.utils.safestring import SafeString

from .rows import render_rows


def draw(form) -> SafeString:
    """Labels, inputs and selects of a bound or unbound filter form, in its order."""
    return render_rows("lists/query.html", {"fields": [_facts(field) for field in form]})


def _facts(bound) -> dict:
    """What the template needs of one field."""
    widget, value = bound.field.widget, bound.value()
    many = isinstance(widget, forms.SelectMultiple | forms.CheckboxSelectMultiple)
    return {
        "name": bound.html_name,
        "id": bound.auto_id,
        "label": bound.label,
        "help": bound.field.help_text,
        "errors": bound.errors,
        "kind": _kind(widget),
        "many": many,
        "choices": _choices(widget) if hasattr(widget, "choices") else (),
        "ticked": str(value or "") not in ("", "False"),
        "chosen": {str(each) for each in _values(value)},
        "text": widget.format_value(value) or "",
        "attrs": bound.build_widget_attrs({**widget.attrs}, widget),
    }


def _kind(widget) -> str:
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "boxes"
    if isinstance(widget, forms.Select):
        return "select"
    return widget.input_type


def _choices(widget):
    return [(str(value), label) for value, label in widget.choices]


def _values(value):
    if value is None:
        return ("",)
    return value if isinstance(value, list | tuple) else (value,)
