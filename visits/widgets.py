"""The field in which a household is typed; suggestions come below it where JavaScript runs."""

from django.urls import reverse
from django.utils.html import format_html

from liaison.forms import LightTextInput


class HouseholdInput(LightTextInput):
    """A text field that asks the server for households while one types.

    Without JavaScript the number or the head's name is typed in full. The village is taken from the
    field named ``village`` of the form around it; which field asks, htmx says in a header. Sent by POST:
    what is typed stays out of addresses. The forms it stands in switch autocomplete off as a whole.
    """

    def __init__(self, attrs=None):
        said = {"placeholder": "编号、户主或拼音", "maxlength": 60}
        super().__init__({**said, **(attrs or {})})

    def get_context(self, name, value, attrs):
        asks = {
            "hx-post": reverse("visits:found"),
            "hx-trigger": "input changed delay:300ms",
            "hx-target": "next .found",
            "hx-params": f"{name},village",
            "hx-sync": "this:replace",
            "data-finds": True,
        }
        return super().get_context(name, value, {**(attrs or {}), **asks})

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        return format_html('{}<div class="found" aria-live="polite"></div>', field)
