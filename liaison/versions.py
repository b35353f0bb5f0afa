"""No lost update: a save names the version it was shown."""

from django.db import models

from .errors import Stale


def claim(model_or_queryset, pk, version: int | None):
    """Lock one row and make sure it is the version the page showed.

    Args:
        version: as the form carried it; None when the caller has just read the row himself.
    Returns:
        The locked row.
    Raises:
        Stale: somebody saved in between; ``.current`` is the row as it stands.
    """
    queryset = (
        model_or_queryset._default_manager.all()
        if isinstance(model_or_queryset, models.base.ModelBase)
        else model_or_queryset
    )
    # Of two writers one waits; who only points to the row (a visit to a household) does not
    row = queryset.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if version is not None and row.version != version:
        raise Stale(row)
    return row


def differences(form, current) -> list[dict]:
    """What a stale form holds beside what the row says now, for the fields that differ.

    Returns:
        ``[{"label", "theirs", "yours"}]`` in the form's order.
    """
    rows = []
    for name, field in form.fields.items():
        if field.widget.is_hidden or not hasattr(current, name):
            continue
        theirs, yours = getattr(current, name), form.cleaned_data.get(name)
        if isinstance(theirs, models.Manager):
            if not hasattr(field, "queryset"):
                continue  # the people of a household, of whom some are ticked: no value of the row
            theirs, yours = _names(theirs.all()), _names(yours or ())
        if theirs != yours:
            rows.append(
                {
                    "label": field.label or name,
                    "theirs": _in_words(field, theirs),
                    "yours": _in_words(field, yours),
                }
            )
    return rows


def _names(rows):
    return "、".join(sorted(map(str, rows)))


def _in_words(field, value):
    """A choice by its name, never by its code."""
    if hasattr(field, "queryset") or not hasattr(field, "choices"):
        return value
    return dict(field.choices).get(value, value)
