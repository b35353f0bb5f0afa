"""The figures of a ledger that was taken in: what 营仔镇 counted, by our own functions, page and command."""

import datetime as dt
import json
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from openpyxl import load_workbook

from cadres.roles import Role
from conftest import appoint
from grievances.models import Grievance
from grievances.tests.older_ledgers import CODE, SAMPLE, take, yingzai
from reports import metrics
from reports.board import Board
from reports.models import ReportPolicy
from reports.periods import parse

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
ALL = "2014-09-01..2015-12-31"


@pytest.fixture
def township(db):
    """营仔镇 with its ledger of 2014 and 2015."""
    township = yingzai()
    take(SAMPLE.read_bytes(), township)
    return township


@pytest.fixture
def clerk(township):
    """Its liaison office."""
    return appoint(township, "lin", "林办", Role.OFFICE)


@pytest.fixture
def noon():
    """It is noon of 21 November 2026."""
    with time_machine.travel(NOW, tick=False):
        yield


def board(reader, township, period=ALL, kind=""):
    """What the dashboard shows."""
    return Board(
        reader=reader,
        villages=list(township.villages.select_related("township").in_order()),
        period=parse(period),
        policy=ReportPolicy(since=dt.date(2014, 1, 1)),
        today=NOW.date(),
        now=NOW,
        kind=kind,
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [("", "143/200，71.5%"), ("dispute", "68/106，64.2%"), ("help", "17/22，77.3%")],
)
def test_the_rate_of_settling_is_what_the_office_counted(clerk, township, kind, said):
    shown = board(clerk, township, kind=kind)
    total = shown.tallies.total
    assert metrics.settlement_rate_flow(total).in_words == said
    assert metrics.settlement_rate_cum(total).in_words == said
    assert shown.balanced


def test_disputes_taken_settled_and_open(clerk, township):
    """106, 68 and the 38 that nobody wrote down."""
    total = board(clerk, township, kind="dispute").tallies.total
    assert (total.registered, total.settled, total.closing) == (106, 68, 38)


@pytest.mark.parametrize(
    "period", ["2014", "2014-08", "2014-09", "2014Q4", "2015-05", "2015", "2026"]
)
def test_every_period_balances(clerk, township, period):
    assert board(clerk, township, period).balanced


def test_what_is_not_known_is_left_out_and_told(clerk, township):
    """Five without a day that can be true: settled, but neither quick nor slow, nor in time."""
    shown = board(clerk, township)
    total = shown.tallies.total
    assert (len(total.durations), min(total.durations) >= 0) == (138, True)
    assert metrics.substantive_rate(total).in_words == "0/0，—"
    told = {part.name: part.number for part in shown.excluded}
    assert told["未注明办结类型"] == 143
    assert told["办结日期不详"] == 5
    assert told["未定时限"] == 1


def test_a_matter_of_an_unknown_village_counts_in_the_total_in_its_own_line(clerk, township):
    shown = board(clerk, township)
    assert shown.lines[-1].name == "村待核"
    assert (shown.tallies.unplaced.registered, shown.tallies.unplaced.settled) == (1, 1)
    assert sum(line.tally.registered for line in shown.lines) == 200


def test_every_number_of_the_total_leads_to_as_many_rows(clerk, township, signed_in):
    """The list under a figure's link has the rows the figure counts."""
    client, total = signed_in(clerk), board(clerk, township, kind="dispute").tallies.total
    for figure in metrics.all_figures(total):
        for part in (*figure.above, *figure.below, *figure.excluded):
            if part.rows and part.rows.page == metrics.LEDGER:
                page = client.get(f"/ledger/?{part.rows.query}")
                assert page.context["page"].total == part.length, (figure.key, part.name)


def test_the_dashboard_asks_for_one_kind(clerk, township, signed_in, noon):
    page = signed_in(clerk).get(
        "/dashboard/", {"start": "2014-09-01", "end": "2015-12-31", "kind": "dispute"}
    )
    assert "64.2%" in page.content.decode()
    assert "只统计矛盾纠纷" in page.content.decode()


@pytest.mark.parametrize(("kind", "counts"), [([], (143, 200)), (["--kind", "dispute"], (68, 106))])
def test_the_command_prints_the_same(township, capsys, kind, counts, noon):
    call_command("figures", "--township", CODE, "--period", ALL, "--json", *kind)
    said = json.loads(capsys.readouterr().out)
    rate = said["figures"]["settlement_rate_flow"]
    assert (rate["numerator"], rate["denominator"]) == counts
    assert said["balanced"]


def test_another_reader_of_one_village_is_not_given_the_unplaced(township):
    village = township.villages.get(name="多浪坡村委会")
    cadre = appoint(township, "pan", "潘干", Role.CADRE, village=village)
    shown = Grievance.objects.visible_to(cadre)
    assert not shown.filter(village=None).exists()
    assert shown.exists()


def test_the_table_has_a_column_for_what_nobody_wrote_down(clerk, township, signed_in, noon):
    """期初 + 登记 − the four kinds of settling = 期末, in the page and in the sheet that is taken out."""
    asked = {"start": "2014-09-01", "end": "2015-12-31"}
    shown = board(clerk, township)
    heads = [block.head for block in shown.blocks]
    assert heads[heads.index("程序办结") : heads.index("期末在办") + 1] == [
        "程序办结",
        "未注明",
        "期末在办",
    ]
    answer = signed_in(clerk).get("/dashboard/", {**asked, "format": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    total = next(row for row in rows if row[0] == "合计")
    assert 143 in total
    assert any("未注明办结类型" in str(cell) for row in rows for cell in row)


def test_nobody_waits_for_what_was_settled_years_ago(clerk, township):
    """办结待反馈 counts what was settled in this house."""
    waiting = {part.name: part.number for part in board(clerk, township).undone}
    assert (waiting["办结待反馈"], waiting["超期未结"]) == (0, 57)
