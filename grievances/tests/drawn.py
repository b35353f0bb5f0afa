"""What the tests of 回访抽样 draw: answered matters of 石桥村, and November drawn on the first of December."""

import datetime as dt

import pytest

from grievances import actions

from .conftest import DAY, moment

NEXT = dt.date(2026, 12, 1)
NOVEMBER = {"starts_on": dt.date(2026, 11, 1), "ends_on": dt.date(2026, 11, 30)}
PATH = ("accept", "assign", "take_in_hand", "settle")


@pytest.fixture
def answered(li, facts, act, zhao, chen):
    """``answered(n)``: n matters of 石桥村, handled by 陈, answered by 李."""

    def lead(number, *, spot=False):
        rows = []
        for each in range(number):
            more = {**facts, "summary": f"第{each}处路灯不亮"}
            row = actions.register(by=li, on=DAY, now=moment(DAY), **more)
            for name in ("settle_on_the_spot",) if spot else PATH:
                row = act(name, row)
            rows.append(act("answer", row))
        return rows

    return lead


@pytest.fixture
def drawing(zhao, qingshan):
    """``drawing(people, …)``: 赵 draws November on the first of December."""

    def draw_it(people, **more):
        asked = {"share": 50, "township": qingshan, **NOVEMBER, **more}
        return actions.draw_sample(by=zhao, now=moment(NEXT), people=people, **asked)

    return draw_it
