"""Print every figure of a period, with numerator, denominator and what was left out."""

import json

from django.core.management.base import BaseCommand, CommandError

from grievances.models import Grievance
from grievances.secrecy import total_in_words
from liaison import clock
from liaison.scoping import Scope
from reports import metrics, periods
from reports.board import Board
from reports.models import ReportPolicy
from reports.tally import Reader
from villages.models import Village


class Command(BaseCommand):
    """``figures --period 2026-10 [--village CODE] [--township CODE] [--kind dispute] [--json]``.

    Exit code 1, after printing, when the ledger does not balance.
    """

    help = "打印一个期间的全部指标，与工作一览同一口径"

    def add_arguments(self, parser):
        """Without a period, the running month; without a place, everything in the database."""
        parser.add_argument("--period", default="", help=periods.HINT)
        parser.add_argument("--village", default="", help="村(社区)区划代码，12位")
        parser.add_argument("--township", default="", help="乡镇区划代码，9位或12位")
        parser.add_argument(
            "--kind",
            default="",
            choices=[value for value, _ in Grievance.Kind.ordinary()],
            help="只算一种性质的诉求",
        )
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args, **options):
        """Read, count, print."""
        board = self._board(options, self._villages(options))
        self.stdout.write(_as_json(board) if options["json"] else _as_text(board))
        if not board.balanced:
            self.stderr.write("台账不平衡，请核对登记日期和办结日期：" + "、".join(board.faults))
            raise SystemExit(1)

    def _villages(self, options):
        villages = Village.objects.select_related("township").in_order()
        if options["village"]:
            villages = villages.filter(code=options["village"])
        if options["township"]:
            villages = villages.filter(township__code=options["township"].ljust(12, "0"))
        if not villages:
            raise CommandError("没有这个代码的村(社区)或乡镇，请核对区划代码。")
        return list(villages)

    def _board(self, options, villages):
        townships = {village.township_id for village in villages}
        try:
            period, policy = self._period(options["period"], townships)
        except periods.NotAPeriod as wrong:
            raise CommandError(str(wrong)) from wrong
        return Board(
            reader=Reader(_scope(villages, townships, options)),
            villages=villages,
            period=period,
            policy=policy,
            today=clock.today(),
            now=clock.now(),
            kind=options["kind"],
        )

    def _period(self, text, townships):
        rows = ReportPolicy.objects
        if not text:
            day = rows.in_force(clock.today(), townships).month_first_day
            text = periods.month_of(clock.today(), day).key
        policy = rows.in_force(periods.named_day(text), townships)
        return periods.parse(text, policy.month_first_day), policy


def _scope(villages, townships, options):
    if options["village"]:
        return Scope(villages=frozenset(village.pk for village in villages))
    return Scope(townships=frozenset(townships))


def _confidential(board):
    """One total of whole townships, or that there are few; never of a village."""
    ids = [township.pk for township in board.townships]
    return total_in_words(ids, board.period.start, board.period.end, today=clock.today())


def _as_json(board):
    villages = [
        {"code": village.code, "name": village.name, **_figures(board.tallies.villages[village.pk])}
        for village in board.villages
    ]
    period = board.period
    told = {
        "period": {
            "key": period.key,
            "name": period.name,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
        },
        "townships": [str(township) for township in board.townships],
        "kind": board.frame.kind,
        "definitions": board.policy.in_words(),
        "balanced": board.balanced,
        "confidential": _confidential(board),
        "balance": dict(
            zip(
                ("opening", "registered", "settled", "closing"),
                (part.number for part in board.balance),
                strict=True,
            )
        ),
        **_figures(board.tallies.total),
        "villages": villages,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _figures(tally):
    return {"figures": {figure.key: _figure(figure) for figure in metrics.all_figures(tally)}}


def _figure(figure):
    return {
        "name": figure.name,
        "unit": figure.unit,
        "numerator": _number(figure.numerator),
        "denominator": figure.denominator,
        "percent": _number(figure.percent),
        "shown": figure.shown,
        "excluded": {part.name: part.number for part in figure.excluded},
        "among": {part.name: part.number for part in figure.among},
    }


def _number(value):
    """Whole numbers as such; the exact decimal digits otherwise."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _as_text(board):
    lines = [f"{'、'.join(str(each) for each in board.townships)}  {board.period}"]
    for figure in board.figures:
        out = "、".join(f"{part.name}{part.number}" for part in figure.excluded)
        lines.append(f"{figure.name}: {figure.in_words}" + (f"  (不计入：{out})" if out else ""))
        lines += [f"  其中 {part.name}: {part.number}{figure.unit}" for part in figure.among]
    start, new, done, end = (part.number for part in board.balance)
    sign = "=" if board.balanced else "≠"
    lines.append(f"涉密事项(全镇合计，不在各数之内): {_confidential(board)}")
    lines.append(f"平衡: 期初在办{start}+本期新增{new}-本期办结{done}{sign}期末在办{end}(件)")
    return "\n".join(lines)
