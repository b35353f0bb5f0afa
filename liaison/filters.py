"""Base of the query block of every list."""

import django_filters
from django import forms


class RowsField(django_filters.fields.ModelMultipleChoiceField):
    """Several rows; a number no row can have is one that is not there."""

    def clean(self, value):
        """As ever, with a sentence for what the database cannot even look for."""
        try:
            return super().clean(value)
        except OverflowError as beyond:
            raise forms.ValidationError("请从列表中选择。", code="invalid_choice") from beyond


class RowsFilter(django_filters.ModelMultipleChoiceFilter):
    """One of several rows."""

    field_class = RowsField


class HouseFilterSet(django_filters.FilterSet):
    """A filter set that can say in words what is in force, for the head of an export."""

    def in_words(self) -> str:
        """「村：李畋村；状态：办理中」, or 「全部」."""
        said = []
        for name, value in (self.form.cleaned_data or {}).items():
            if value in (None, "", []) or (hasattr(value, "exists") and not value):
                continue
            field = self.form.fields[name]
            said.append(f"{field.label or name}：{_in_words(field, value)}")
        return "；".join(str(each) for each in said) or "全部"

    def period(self) -> str:
        """What an export prints behind 「期间」; empty for a list that is of no period."""
        return ""


def _in_words(field, value) -> str:
    """A choice by its name, several parted by 、."""
    listed = hasattr(value, "all") or isinstance(value, list | tuple)
    values = [*value] if listed else [value]
    # One by one: choices that are asked for when the page is drawn do not say how many they are.
    choices = () if hasattr(field, "queryset") else getattr(field, "choices", ())
    names = {str(key): name for key, name in choices}
    return "、".join(str(names.get(str(each), each)) for each in values)
