"""Which lines of the trail speak of a confidential matter, though they were written before it was one."""

import json
import re

from .models import ClosedNumber, Grievance

NUMBER = re.compile(r"[^\s\"，。：:]+-\d{4}-\d{5}")


def veil_of_matters(entries) -> set[int]:
    """pks of those that are about one, or name a number closed because of it; two queries for all."""
    about = {
        entry.object_id
        for entry in entries
        if entry.object_type == Grievance._meta.label and entry.object_id.isdecimal()
    }
    named = {entry.pk: set(NUMBER.findall(_said(entry))) for entry in entries}
    numbers = set().union(*named.values())
    hidden = set(Grievance.every.confidential().filter(pk__in=about).values_list("pk", flat=True))
    closed = set(ClosedNumber.objects.filter(number__in=numbers).values_list("number", flat=True))
    return {
        entry.pk
        for entry in entries
        if (
            entry.object_id in {str(pk) for pk in hidden}
            and entry.object_type == Grievance._meta.label
        )
        or named[entry.pk] & closed
    }


def _said(entry) -> str:
    return " ".join(
        (entry.object_label, json.dumps([entry.before, entry.after], ensure_ascii=False))
    )
