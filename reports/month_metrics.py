"""Figures of the month's report alone: parts of others, so they stand in no list of all figures (metrics.FIGURES)."""

from .figure import Figure, Part, count
from .metrics import LEDGER, _between, _rows
from .tally import Tally

PROPOSALS, NEEDS = "visits:proposals", "visits:needs"


def proposals(t: Tally) -> Figure:
    """金点子 = 本期提出的金点子. 单位：条. 不是台账里的诉求，不含在诉求登记里."""
    rows = _rows(t, PROPOSALS, **_between(t, "proposed"))
    return count("proposals", "金点子", "条", Part("金点子", t.proposals, rows))


def needs(t: Tally) -> Figure:
    """需求线索 = 本期发现、可能符合救助等条件的. 单位：条；同一户同一类再次发现的不重计."""
    rows = _rows(t, NEEDS, **_between(t, "found"))
    return count("needs", "需求线索", "条", Part("需求线索", t.needs, rows))


def suggestions(t: Tally) -> Figure:
    """意见建议 = 本期登记的诉求中性质为意见建议的. 单位：条. 已含在本期新增里，不予受理、并案不计."""
    suggestion = {"kind": "suggestion", "state": "counted", **_between(t, "registered")}
    part = Part("意见建议", t.suggestions, _rows(t, LEDGER, **suggestion))
    return count("suggestions", "意见建议", "条", part)


def settled_on_the_spot(t: Tally) -> Figure:
    """当场办结 = 本期办结中登记时当场办结的. 单位：件. 已含在三种办结里."""
    rows = _rows(t, LEDGER, state="settled", on_the_spot=1, **_between(t, "settled"))
    return count("settled_on_the_spot", "当场办结", "件", Part("当场办结", t.on_the_spot, rows))
