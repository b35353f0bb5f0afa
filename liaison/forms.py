"""Bases of every form: a create form carries its identifier, an edit form its version."""

import re
import uuid
from functools import cache

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.html import format_html, format_html_join

from .idempotency import new_key


class HouseFormMixin:
    """Crispy forms without their own <form> tag: templates write it, with the token and the htmx attributes."""

    def full_clean(self):
        """As every form; what is missing is asked for by its name."""
        for field in self.fields.values():
            _ask_by_name(field)
        super().full_clean()

    @property
    def helper(self):
        """How crispy lays the fields out."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.html5_required = True
        return helper

    def content(self) -> list[tuple[str, str]]:
        """What was filled in, as (label, text), for submit_once() and for the page of two contents."""
        skip = ("form_key", "version")
        return [
            (str(self.fields[name].label or name), _as_text(value))
            for name, value in self.cleaned_data.items()
            if name not in skip and name in self.fields
        ]


def _ask_by_name(field) -> None:
    """「请填写团队名称。」 for Django's own sentence; one that the field sets itself stays."""
    if not field.label:
        return
    own = {"required": f"{_verb_of(field)}{field.label}。"}
    if isinstance(field, forms.ChoiceField):
        own |= dict.fromkeys(
            ("invalid_choice", "invalid_pk_value"), f"请从列表中选择{field.label}。"
        )
    for code, sentence in own.items():
        if field.error_messages.get(code) in _django_says(type(field), code):
            field.error_messages[code] = sentence


def _verb_of(field) -> str:
    if isinstance(field, forms.FileField):
        return "请上传"
    if isinstance(field, forms.BooleanField):
        return "请勾选"
    return "请选择" if isinstance(field, forms.ChoiceField) else "请填写"


@cache
def _django_says(field_class, code) -> tuple:
    """The sentences Django's classes of a field would use."""
    stock = [kind for kind in field_class.__mro__ if kind.__module__.startswith("django.")]
    says = [getattr(kind, "default_error_messages", {}).get(code) for kind in stock]
    return tuple(sentence for sentence in says if sentence)


def _as_text(value) -> str:
    if value is None:
        return ""
    if hasattr(value, "values_list"):
        return "、".join(str(each) for each in value)
    if isinstance(value, list | tuple):
        return "、".join(str(each) for each in value)
    return str(value)


class CreateFormMixin(HouseFormMixin, forms.Form):
    """A form that makes a record: its hidden identifier makes a second post harmless."""

    form_key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=new_key,
        error_messages={
            "required": "页面已过期，请重新打开后再提交。",
            "invalid": "页面已过期，请重新打开后再提交。",
        },
    )

    def validate_unique(self):
        """Left to the verb and the database: a second tap must reach submit_once(), not be told
        that its own first tap has taken the name."""


class VersionFormMixin(HouseFormMixin, forms.Form):
    """A form that changes a record: its hidden version makes a stale save visible."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        error_messages={
            "required": "页面已过期，请重新打开后再提交。",
            "invalid": "页面已过期，请重新打开后再提交。",
        },
    )


class ChooseManyField(forms.ModelMultipleChoiceField):
    """Several rows of a list; an id no database can hold is one that is not on the list."""

    def _check_values(self, value):
        try:
            return super()._check_values(value)
        except OverflowError as beyond:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": "…"},
            ) from beyond


def light_attrs(told):
    """``{name: value}`` as the attributes of a tag in the fewest bytes: HTML asks for quotes only where there is
    more than letters and figures; True is the name alone, None and False are left out."""
    return format_html_join("", "{}", ((_attr(*each),) for each in told.items()))


def _attr(name, value):
    if value is None or value is False:
        return ""
    if value is True:
        return format_html(" {}", name)
    return format_html(" {}={}" if _NEEDS_NO_QUOTES(str(value)) else ' {}="{}"', name, value)


_NEEDS_NO_QUOTES = re.compile(r"[A-Za-z0-9_.#-]+").fullmatch


class LightTextInput(forms.TextInput):
    """A line of text in the fewest bytes, for pages that hold dozens: ``type="text"`` may be left out."""

    def render(self, name, value, attrs=None, renderer=None):
        widget = self.get_context(name, value, attrs)["widget"]
        told = {"name": widget["name"], "value": widget["value"], **widget["attrs"]}
        return format_html("<input{}>", light_attrs(told))


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs={"lang": "zh-CN", **(attrs or {})}, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs={"lang": "zh-CN", **(attrs or {})}, format="%H:%M")


def is_uuid(text) -> bool:
    """Whether a text from outside is a UUID."""
    try:
        uuid.UUID(str(text))
    except ValueError:
        return False
    return True
