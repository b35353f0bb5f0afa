"""The hand that fills the page of 石桥村's liaison day."""

import uuid

import pytest

from visits.tests.conftest import _evening_of_the_day, day, feng, neighbours  # noqa: F401


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
            row = {"mode": "reception", "persons": 1, "kind": "demand", **(rows or {}).get(at, {})}
            data |= {f"row-{at}-{name}": value for name, value in row.items()}
        return data | more

    return fill
