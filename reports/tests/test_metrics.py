"""Figures from counts alone: the reports' own numbers, and sums that must agree."""

import csv
import datetime as dt
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import metrics
from reports.board import BLOCKS
from reports.periods import parse
from reports.tally import Frame, Tally, added

FRAME = Frame(parse("2026-10"), dt.date(2026, 11, 21))
# place, what it is, settled, all, shown: from five townships' own printed reports
REPORTS = Path(__file__).with_name("printed_reports.csv")


def _rows():
    with REPORTS.open(encoding="utf-8") as lines:
        return [tuple(row.values()) for row in csv.DictReader(lines)]


def _tally(**counts):
    return Tally(FRAME, **counts)


@pytest.mark.parametrize(("place", "counts", "done", "whole", "shown"), _rows())
def test_the_rate_is_computed_whatever_a_report_printed(place, counts, done, whole, shown):
    """营仔镇 printed 70 %; 68 of 106 are 64.2 %."""
    done, whole = int(done), int(whole)
    t = _tally(registered=whole, settled=done, closing=whole - done, year_registered=whole)
    t.year_settled = done
    for rate in (metrics.settlement_rate_flow(t), metrics.settlement_rate_cum(t)):
        assert rate.shown == shown
        assert rate.in_words == f"{done}/{whole}，{shown}"
    assert t.out_of_balance == 0


@pytest.mark.parametrize("figure", metrics.FIGURES, ids=lambda f: f.__name__)
def test_an_idle_month_has_not_failed(figure):
    """Nothing to divide by is «—», never 0 %; a count of nothing is 0."""
    idle = figure(_tally())
    if idle.is_rate:
        assert (idle.percent, idle.shown) == (None, "—")
        assert idle.in_words == "0/0，—"
    else:
        assert idle.shown == ("—" if figure is metrics.median_days else "0")


@pytest.mark.parametrize(
    ("done", "whole", "shown"),
    [(1, 2000, "0.1%"), (1, 8, "12.5%"), (1, 3, "33.3%"), (2, 3, "66.7%"), (5, 5, "100.0%")],
)
def test_one_decimal_half_up(done, whole, shown):
    """0.05 % is 0.1 %, as the office rounds, not the machine's half to even."""
    t = _tally(substantive=done, settled=whole)
    assert metrics.substantive_rate(t).shown == shown


@pytest.mark.parametrize(
    ("weight", "shown"), [("0.9", "80.0%"), ("1", "83.3%"), ("0", "50.0%"), ("0.85", "78.3%")]
)
def test_basically_satisfied_weighs_what_the_definition_says(weight, shown):
    """3 满意, 2 基本满意, 1 不满意; 联系不上 and 不愿评价 left the base and are told."""
    frame = Frame(FRAME.period, FRAME.today, Decimal(weight))
    t = Tally(frame, satisfied=3, basically=2, dissatisfied=1, unreached=4, refused=1)
    rate = metrics.satisfaction_rate(t)
    assert (rate.denominator, rate.shown) == (6, shown)
    assert {part.name: part.number for part in rate.excluded} == {"联系不上": 4, "不愿评价": 1}


def test_three_kinds_of_done_are_not_mixed():
    """Passed up does not count as solved."""
    t = _tally(settled=10, substantive=4, interim=1, procedural=5)
    assert metrics.substantive_rate(t).shown == "40.0%"


def test_the_median_is_the_middle_day_not_the_mean():
    """One matter of a year does not make the others slow; two middles are halved."""
    assert metrics.median_days(_tally(durations=[1, 2, 365])).in_words == "2个自然日"
    assert metrics.median_days(_tally(durations=[1, 2, 3, 365])).shown == "2.5"
    assert metrics.median_days(_tally(durations=[10, 10])).shown == "10"
    assert metrics.median_days(_tally(durations=[0])).in_words == "0个自然日"


def test_a_rate_of_villages_is_pooled_not_averaged():
    """1 of 1 and 0 of 9 are 10 %, not 50 %."""
    small, large = _tally(fell_due=1, on_time=1), _tally(fell_due=9)
    assert metrics.on_time_rate(added([small, large], FRAME)).shown == "10.0%"


def test_every_number_of_the_table_names_its_rows():
    """Village, period and filter: the address of exactly those rows."""
    t = Tally(Frame(FRAME.period, FRAME.today, village=7), received=5, receptions=3)
    for block in BLOCKS:
        figure = block.figure(t)
        assert all(part.rows.query.startswith("village=7") for part in figure.above + figure.below)
    assert metrics.received(t).above[0].length == 3
    assert metrics.registered(t).above[0].rows.query == (
        "village=7&state=counted&registered_from=2026-10-01&registered_to=2026-10-31"
    )


NUMBERS = [each.name for each in fields(Tally) if each.name not in ("frame", "durations")]


def tally_of(counts, durations):
    """A tally of any numbers; what was settled is always the sum of its kinds."""
    tally = Tally(FRAME, **dict(zip(NUMBERS, counts, strict=True)), durations=durations)
    tally.settled = tally.substantive + tally.interim + tally.procedural + tally.unstated
    return tally


TALLIES = st.builds(
    tally_of,
    st.lists(st.integers(0, 10_000), min_size=len(NUMBERS), max_size=len(NUMBERS)),
    st.lists(st.integers(0, 400), max_size=5),
)


@given(st.lists(TALLIES, max_size=8))
def test_sums_of_villages_equal_the_township(villages):
    """Every numerator, denominator and excluded count, in any order."""
    total = added(villages, FRAME)
    for figure in metrics.FIGURES:
        whole, parts = figure(total), [figure(village) for village in villages]
        if figure is not metrics.median_days:
            assert whole.numerator == sum(part.numerator for part in parts)
        if whole.is_rate:
            assert whole.denominator == sum(part.denominator for part in parts)
        left_out = sum(each.number for part in parts for each in part.excluded)
        assert sum(each.number for each in whole.excluded) == left_out
    assert total.out_of_balance == sum(village.out_of_balance for village in villages)
    assert len(total.durations) == sum(len(village.durations) for village in villages)


@given(TALLIES)
def test_a_percentage_is_of_its_own_counts(tally):
    """Within half of one tenth of the exact quotient."""
    for rate in (figure(tally) for figure in metrics.FIGURES):
        if rate.is_rate and rate.denominator:
            exact = Decimal(rate.numerator) * 100 / rate.denominator
            assert abs(rate.percent - exact) <= Decimal("0.05")
