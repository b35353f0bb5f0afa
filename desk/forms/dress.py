"""How the fields of the liaison-day page look: drawn by hand, to stay light on a bad network."""

from django import forms


def dress(form) -> None:
    """Bootstrap's classes: the page is drawn by hand, to stay light on a bad network."""
    for field in form.fields.values():
        widget = field.widget
        if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
            widget.attrs["class"] = "form-select"
        elif isinstance(widget, forms.CheckboxInput):
            widget.attrs["class"] = "form-check-input"
        elif not isinstance(widget, forms.RadioSelect):
            widget.attrs["class"] = "form-control"
