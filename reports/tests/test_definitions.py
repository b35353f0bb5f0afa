"""统计口径: the clerk sets it from a day to come on; what was read stays as it was."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from liaison.errors import NotAllowed
from liaison.models import AuditEntry
from reports import actions
from reports.models import ReportPolicy

TODAY = dt.date(2026, 11, 21)
URL = "/dashboard/definitions/"


def _define(by, township, **more):
    facts = {"since": dt.date(2027, 1, 1), "month_first_day": 19, "weight_basically": Decimal(1)}
    return actions.define(by=by, township=township, on=TODAY, **{**facts, **more})


def test_the_clerk_sets_a_definition_and_it_is_written_down(zhao, qingshan):
    """A row, and a line in the trail; for the same day once more, the row is replaced."""
    row = _define(zhao, qingshan, basis="县办通知")
    again = _define(zhao, qingshan, weight_basically=Decimal("0.8"))
    assert (again.pk, again.version) == (row.pk, 2)
    line = AuditEntry.objects.order_by("pk").last()
    assert (line.action, line.before["基本满意权重"], line.after["基本满意权重"]) == (
        "设定统计口径",
        "1",
        "0.8",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": TODAY},
        {"since": dt.date(2020, 1, 1)},
        {"month_first_day": 29},
        {"month_first_day": 0},
        {"weight_basically": Decimal("1.01")},
        {"weight_basically": Decimal("-0.1")},
    ],
)
def test_a_definition_that_would_move_figures_or_means_nothing_is_refused(zhao, qingshan, wrong):
    """With a sentence; nothing is stored."""
    with pytest.raises(NotAllowed):
        _define(zhao, qingshan, **wrong)
    assert not ReportPolicy.objects.exists()


def test_only_the_office_of_the_township_defines(zhao, li, sun, qian, qingshan, elsewhere):
    """Neither a cadre, nor the supervisor, nor another township's clerk."""
    for by, township in ((li, qingshan), (sun, qingshan), (qian, qingshan), (zhao, elsewhere)):
        with pytest.raises(NotAllowed):
            _define(by, township)


@pytest.fixture
def typed(zhao, signed_in, november):
    """``typed(weight="0.8")``: the filled form of a fresh page."""
    client = signed_in(zhao)

    def fill(**more):
        page = client.get(URL).content.decode()
        key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
        return {
            "form_key": key,
            "since": "2027-01-01",
            "month_first_day": "19",
            "weight_basically": "0.8",
            "basis": "",
            **more,
        }

    return fill


def test_a_double_tap_defines_once(client, typed):
    """One row, one line, the same answer; it is listed then."""
    form = typed()
    answers = [client.post(URL, form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert ReportPolicy.objects.count() == 1
    assert AuditEntry.objects.filter(action="设定统计口径").count() == 1
    assert "统计月自上月19日起，基本满意按0.8计" in client.get(URL).content.decode()


@pytest.mark.parametrize(
    "more",
    [
        {"since": "2026-11-21"},
        {"month_first_day": "31"},
        {"weight_basically": "NaN"},
        {"weight_basically": "9" * 30},
        {"since": "x"},
    ],
)
def test_a_wrong_word_is_refused_and_kept(client, typed, more):
    """422, with what was typed."""
    answer = client.post(URL, typed(basis="县办通知", **more))
    assert answer.status_code == 422
    assert "县办通知" in answer.content.decode()
    assert not ReportPolicy.objects.exists()


def test_others_do_not_find_the_page(sun, signed_in):
    """403."""
    assert signed_in(sun).get(URL).status_code == 403
