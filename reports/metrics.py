"""The figures, one function each, worked out from counted rows (tally.py) and never typed.

Each takes the counts of a village or of several together and returns a Figure: numerator and
denominator with the rows behind both, the unit, and what was left out and why. Nothing to divide by
is None, not 0 %: an idle month has not failed. Rates of several villages come from added counts.
"""

import statistics
from decimal import Decimal

from .behind import COVERAGE, FOLLOW_UPS, HOUSEHOLDS, LEDGER, SESSIONS, VISITS
from .behind import apart as _apart
from .behind import between as _between
from .behind import rows as _rows
from .figure import Figure, Part, Rows, count, present, rate
from .tally import Tally


def session_held_rate(t: Tally) -> Figure:
    """驻点日到位率 = 已驻点天数(含已补驻) ÷ 应驻点天数(截至今天). 单位：天. 取消的、不另计的另列."""
    due, whole = {**_between(t, "on", t.frame.until), "due": 1}, _between(t, "on")
    return rate(
        "session_held_rate",
        "驻点日到位率",
        "天",
        Part("已驻点", t.sessions_held, _rows(t, SESSIONS, held=1, **due)),
        Part("应驻点", t.sessions_due, _rows(t, SESSIONS, **due)),
        (
            Part("已取消的驻点日", t.sessions_cancelled, _rows(t, SESSIONS, due="off", **whole)),
            Part("补驻日、约访等", t.sessions_apart, _rows(t, SESSIONS, due="apart", **whole)),
        ),
    )


def visit_coverage(t: Tally) -> Figure:
    """走访覆盖率 = 走访到的常住户(同一户只计一次) ÷ 在册常住户. 单位：户. 全户外出、空挂另列."""
    of_round = bool(t.frame.within)  # its list knows the days, and shows who stands apart
    when = {} if of_round else _between(t, "occurred")
    away, vacant = (
        _rows(t, COVERAGE, part=kind) if of_round else _rows(t, HOUSEHOLDS, residence=kind)
        for kind in ("away", "vacant")
    )
    return rate(
        "visit_coverage",
        "走访覆盖率",
        "户",
        Part("已走访", t.reached, _rows(t, COVERAGE, reached="yes", **when)),
        Part("应走访户" if of_round else "常住户", t.households, _rows(t, COVERAGE)),
        (Part("全户外出", t.households_away, away), Part("空挂", t.households_vacant, vacant)),
    )


def received(t: Tally) -> Figure:
    """接待人次 = 定点接访各批来访人数之和. 单位：人次；名单按批列."""
    rows = _rows(t, VISITS, mode="reception", **_between(t, "occurred"))
    return count(
        "received", "接待人次", "人次", Part("接待", t.received, rows, listed=t.receptions)
    )


def household_visits(t: Tally) -> Figure:
    """走访户次 = 上门、电话等走访到户的次数，一户多次计多次. 单位：户次."""
    rows = _rows(t, VISITS, reached=1, **_between(t, "occurred"))
    return count("household_visits", "走访户次", "户次", Part("走访", t.visits, rows))


def opening(t: Tally) -> Figure:
    """期初在办 = 本期以前登记、到本期开始时还没有办结的. 单位：件."""
    rows = _rows(t, LEDGER, open_at=t.frame.period.eve)
    return count("opening", "期初在办", "件", Part("期初在办", t.opening, rows))


def registered(t: Tally) -> Figure:
    """本期新增 = 本期登记的诉求. 单位：件. 不予受理、并案另列."""
    rows = _rows(t, LEDGER, state="counted", **_between(t, "registered"))
    part = Part("本期新增", t.registered, rows)
    return count("registered", "本期新增", "件", part, _apart(t))


def settled(t: Tally) -> Figure:
    """本期办结 = 本期办结的诉求，三种办结合计. 单位：件."""
    rows = _rows(t, LEDGER, state="settled", **_between(t, "settled"))
    return count("settled", "本期办结", "件", Part("本期办结", t.settled, rows))


def closing(t: Tally) -> Figure:
    """期末在办 = 本期结束时还没有办结的. 单位：件. 挂账的照常计入, 其中几件另外列出."""
    end = t.frame.period.end
    part = Part("期末在办", t.closing, _rows(t, LEDGER, open_at=end))
    among = (Part("期末在办中挂账", t.on_book, _rows(t, LEDGER, open_at=end, book="on")),)
    return count("closing", "期末在办", "件", part, among=among)


def _settled_as(t, key, name, number):
    rows = _rows(t, LEDGER, state="settled", settlement=key, **_between(t, "settled"))
    return count(f"settled_{key}", name, "件", Part(name, number, rows))


def settled_substantive(t: Tally) -> Figure:
    """实质性办结：问题解决了的. 单位：件."""
    return _settled_as(t, "substantive", "实质性办结", t.substantive)


def settled_interim(t: Tally) -> Figure:
    """阶段性办结：落实了项目或帮扶、尚待见效的. 单位：件."""
    return _settled_as(t, "interim", "阶段性办结", t.interim)


def settled_procedural(t: Tally) -> Figure:
    """程序性办结：解释了政策、列入项目库或已呈报上级的. 单位：件."""
    return _settled_as(t, "procedural", "程序性办结", t.procedural)


def settled_unstated(t: Tally) -> Figure:
    """未注明办结类型：历史台账没有写怎样办结的. 单位：件."""
    return _settled_as(t, "unstated", "未注明办结类型", t.unstated)


def settlement_rate_cum(t: Tally) -> Figure:
    """办结率(累计) = 本年累计办结 ÷ (上年接转 + 本年累计登记). 单位：件. 不予受理、并案不计."""
    start, end = t.frame.period.year_start, t.frame.period.end
    settled_rows = _rows(t, LEDGER, state="settled", settled_from=start, settled_to=end)
    registered_rows = _rows(t, LEDGER, state="counted", registered_from=start, registered_to=end)
    carried_over = _rows(t, LEDGER, open_at=t.frame.period.year_eve)
    return rate(
        "settlement_rate_cum",
        "办结率(累计)",
        "件",
        Part("累计办结", t.year_settled, settled_rows),
        (
            Part("上年接转", t.year_opening, carried_over),
            Part("累计登记", t.year_registered, registered_rows),
        ),
        _apart(t),
    )


def settlement_rate_flow(t: Tally) -> Figure:
    """办结率(本期) = 本期办结 ÷ (期初在办 + 本期新增). 单位：件. 不予受理、并案不计."""
    return rate(
        "settlement_rate_flow",
        "办结率(本期)",
        "件",
        settled(t).above,
        opening(t).above + registered(t).above,
        _apart(t),
    )


def substantive_rate(t: Tally) -> Figure:
    """实质性办结率 = 实质性办结 ÷ 全部办结. 单位：件. 程序性办结不当作解决，未注明类型的历史台账另列."""
    kinds = (settled_substantive, settled_interim, settled_procedural)
    stated = tuple(part for kind in kinds for part in kind(t).above)
    return rate(
        "substantive_rate",
        "实质性办结率",
        "件",
        settled_substantive(t).above,
        stated if t.unstated else settled(t).above,
        settled_unstated(t).above,
    )


def on_time_rate(t: Tally) -> Figure:
    """按期办结率 = 在办理时限内办结 ÷ 本期到期(截至昨天). 单位：件.

    A matter belongs to the period its deadline falls in, settled earlier or not; one whose deadline is
    still to come has neither kept nor missed it, nor has one that rests (挂起). 未定时限: the work calendar
    was not published.
    """
    due = {**_between(t, "due", t.frame.due_until), "state": "counted"}
    undated = _rows(t, LEDGER, state="counted", undated=1, **_between(t, "registered"))
    return rate(
        "on_time_rate",
        "按期办结率",
        "件",
        Part("按期", t.on_time, _rows(t, LEDGER, on_time="yes", **due)),
        Part("到期", t.fell_due, _rows(t, LEDGER, on_time="judged", **due)),
        (Part("未定时限", t.undated, undated), Part("办结日期不详", t.unjudged)),
    )


def overdue_open(t: Tally) -> Figure:
    """超期未结 = 现在仍在办、已过办理时限的. 单位：件. 与期间无关，以查看时为准. 挂账的照常计入."""
    part = Part("超期未结", t.overdue, _rows(t, LEDGER, state="overdue"), unit="件")
    booked = _rows(t, LEDGER, state="overdue", book="on")
    among = (Part("超期未结中挂账", t.overdue_on_book, booked),)
    return count("overdue_open", "超期未结", "件", part, among=among)


def median_days(t: Tally) -> Figure:
    """办理时长 = 本期办结的诉求从登记到办结天数的中位数. 单位：自然日. 办结日期不详的历史台账不计."""
    middle = statistics.median(t.durations) if t.durations else None
    exact = None if middle is None else Decimal(str(middle))
    unknown = present((Part("无办结日期(不计时长)", t.settled - len(t.durations)),))
    days = ("个自然日", exact, None, settled(t).above)
    return Figure("median_days", "办理时长(中位数)", *days, excluded=unknown)


def _said(t, name, number, **answer):
    return Part(name, number, _rows(t, FOLLOW_UPS, **answer, **_between(t, "on")))


def _valid(t):
    return _said(t, "有效回访", t.followed_up, valid=1)


def _not_valid(t):
    return (
        _said(t, "联系不上", t.unreached, answer="unreached"),
        _said(t, "不愿评价", t.refused, answer="declined"),
    )


def satisfaction_rate(t: Tally) -> Figure:
    """满意率 = (满意 + 权重×基本满意) ÷ 有效回访. 单位：次. 联系不上、不愿评价不计入有效回访."""
    weight = Decimal(t.frame.weight_basically)
    good = t.satisfied + weight * t.basically
    return Figure(
        *("satisfaction_rate", "满意率", "次", good, t.followed_up),
        (
            _said(t, "满意", t.satisfied, answer="satisfied"),
            _said(t, "基本满意", t.basically, answer="basically"),
        ),
        (_valid(t),),
        present(_not_valid(t)),
    )


def contact_rate(t: Tally) -> Figure:
    """响应率 = 回访前已向群众反馈过结果的 ÷ 有效回访. 单位：次. 以反馈记录为准."""
    contacted = Part("已反馈", t.contacted)
    return rate("contact_rate", "响应率", "次", contacted, _valid(t), _not_valid(t))


def resolved_rate(t: Tally) -> Figure:
    """解决率 = 实质性办结且未重办的 ÷ 有效回访. 单位：次. 以台账的办结类型为准."""
    resolved = Part("已解决", t.resolved)
    return rate("resolved_rate", "解决率", "次", resolved, _valid(t), _not_valid(t))


def _did(t, name, number, *acts):
    period, rows = t.frame.period, _rows(t, LEDGER)
    filters = (("did", act) for act in acts)
    days = (("did_from", str(period.start)), ("did_to", str(period.end)))
    return Part(name, number, Rows(LEDGER, (*rows.filters, *filters, *days)))


def rework_rate(t: Tally) -> Figure:
    """重办率 = 本期重办 ÷ 本期办过结的. 单位：件，同一件只计一次；以办理过程的日期为准."""
    return rate(
        "rework_rate",
        "重办率",
        "件",
        _did(t, "重办", t.reopened, "reopen"),
        _did(t, "办过结", t.settled_acts, "settle", "settle_on_the_spot"),
    )


def return_rate(t: Tally) -> Figure:
    """退回率 = 本期退回 ÷ 本期交办. 单位：件，同一件只计一次；以办理过程的日期为准."""
    return rate(
        "return_rate",
        "退回率",
        "件",
        _did(t, "退回", t.returned, "return_"),
        _did(t, "交办", t.assigned, "assign"),
    )


def repeat_rate(t: Tally) -> Figure:
    """重复率 = 本期登记中标为重复反映的 ÷ 本期新增. 单位：件. 不予受理、并案不计."""
    rows = _rows(t, LEDGER, repeat=1, state="counted", **_between(t, "registered"))
    repeats = Part("重复反映", t.repeats, rows)
    return rate("repeat_rate", "重复率", "件", repeats, registered(t).above, _apart(t))


FIGURES = (
    session_held_rate, visit_coverage, received, household_visits,
    opening, registered, settled, settled_substantive, settled_interim, settled_procedural, closing,
    settlement_rate_cum, settlement_rate_flow, substantive_rate, on_time_rate, overdue_open, median_days,
    contact_rate, resolved_rate, satisfaction_rate, rework_rate, return_rate,
    repeat_rate,
)  # fmt: skip


def all_figures(t: Tally) -> list[Figure]:
    """Every figure of one tally, in the order of the county's tables."""
    return [figure(t) for figure in FIGURES]
