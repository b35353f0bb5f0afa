"""The hand that fills the page of 石桥村's liaison day."""

import uuid

import pytest

from grievances.tests.conftest import act, facts, matter_at, registered, shuili  # noqa: F401
from visits.tests.conftest import _evening_of_the_day, day, feng, neighbours  # noqa: F401

OF_MATTER = {
    "summary", "kind", "category", "on_the_spot", "is_urgent", "phone", "method", "words", "promise",
    "promise_due_on",
}  # fmt: skip


def sent(prefix, row) -> dict:
    """What a browser sends of one row. Words of a matter stand in the row itself, or in ``matters``."""
    row = {"mode": "reception", "persons": 1, **row}
    only = {name: row.pop(name) for name in OF_MATTER & set(row)}
    data = {f"{prefix}-{name}": value for name, value in row.items() if name != "matters"}
    for at, matter in enumerate([only] if only else row.get("matters", ())):
        told = {"summary": "", "kind": "demand", **matter}
        data |= {f"{prefix}-m{at}-{name}": value for name, value in told.items()}
    return data


@pytest.fixture
def filled(day, li, feng):  # noqa: F811 - fixtures asked for by name
    """``filled({0: {...}}, mark_li="present", …)``: what a browser posts for the page."""

    def fill(rows=None, *, version=None, key=None, marks=None, total=6, **more):
        marks = marks or {li.post.pk: "present", feng.post.pk: "present"}
        data = {
            "form_key": key or str(uuid.uuid4()),
            "version": day.version if version is None else version,
            "row-TOTAL_FORMS": total,
            "row-INITIAL_FORMS": 0,
            "village": day.village_id,
        }
        data |= {f"seat-{post}-mark": mark for post, mark in marks.items()}
        for at in range(total):
            data |= sent(f"row-{at}", (rows or {}).get(at, {}))
        return data | more

    return fill
