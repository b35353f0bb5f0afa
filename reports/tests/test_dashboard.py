"""/dashboard/: every number is clicked, and what cannot be trusted does not leave the house."""

import html
import io
import json
import re

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.roles import Role
from conftest import appoint
from grievances.models import Grievance
from liaison.models import AuditEntry
from reports.models import ReportPolicy
from reports.tests.conftest import day
from villages.models import Group, Household, Village

URL = "/dashboard/"
OCTOBER = {"period": "2026-10"}
# A number that is a link; behind 人次, how many 批 the list shows
NUMBER = re.compile(
    r'<a (?:class="tile[^"]*" )?href="([^"?]+\?[^"]+)"[^>]*>(?:<b>)?(\d+)(?:</a>| <small>[件天户]</small></b>)'
    r"(?: <small>(\d+)批</small>)?"
)

pytestmark = pytest.mark.usefixtures("november")


def _main(response):
    text = response.content.decode()
    return text[text.index("<main") : text.index("</main>")]


def _numbers(response):
    """{address: how many rows its list must show}; an address never stands beside two numbers."""
    found = {}
    for address, number, listed in NUMBER.findall(_main(response)):
        rows = int(listed or number)
        assert found.setdefault(html.unescape(address), rows) == rows
    return found


@pytest.mark.parametrize(
    ("person", "period", "least"),
    [
        ("zhao", "2026-10", 50),
        ("zhao", "2026-11", 20),
        ("zhao", "2026", 50),
        ("zhao", "2026-10-13..2026-10-28", 40),
        ("sun", "2026Q4", 50),
        ("li", "2026-10", 30),
        ("wang", "2026-10", 10),
    ],
)
def test_every_number_lists_exactly_its_rows(
    october, li, wang, zhao, sun, signed_in, person, period, least
):
    """The office, the supervisor and two cadres click each number of the page."""
    client = signed_in({"li": li, "wang": wang, "zhao": zhao, "sun": sun}[person])
    numbers = _numbers(client.get(URL, {"period": period}))
    pages = {address.split("?")[0] for address in numbers}
    assert pages >= {
        "/ledger/",
        "/ledger/follow-ups/",
        "/sessions/",
        "/visits/",
        "/visits/coverage/",
    }
    assert sum(rows > 0 for rows in numbers.values()) >= least
    wrong = {}
    for address, rows in numbers.items():
        page = client.get(address)
        listed = page.context["page"].total if page.status_code == 200 else page.status_code
        if listed != rows:
            wrong[address] = (rows, listed)
    assert not wrong


def test_heads_received_are_the_sum_of_the_list(october, zhao, signed_in):
    """接待人次 is not the number of lines; the list's persons add up to it."""
    client = signed_in(zhao)
    page = _main(client.get(URL, OCTOBER))
    address, number, listed = next(found for found in NUMBER.findall(page) if found[2])
    rows = client.get(html.unescape(address)).context["page"].rows
    assert (int(number), int(listed)) == (5, 2)
    assert sum(row.persons for row in rows) == 5


def test_the_balance_line_is_shown_and_true(october, zhao, signed_in):
    """1 + 10 − 7 = 4."""
    text = re.sub(r"<[^>]+>|\s+", "", _main(signed_in(zhao).get(URL, OCTOBER)))
    assert "期初在办1+本期新增10−本期办结7=期末在办4件，各村、各类别均平衡" in text
    assert "不予受理1" in text
    assert "满意1+基本满意1÷有效回访3" in text


def test_nothing_is_ranked(october, zhao, signed_in):
    """Administrative order, whatever is asked for."""
    for asked in ({}, {"order": "-registered"}, {"sort": "rate"}):
        page = _main(signed_in(zhao).get(URL, OCTOBER | asked))
        assert re.findall(r'<th scope="row">(.村|...?)</th>', page)[:3] == [
            "石桥村",
            "和平村",
            "合计",
        ]


def test_a_ledger_that_does_not_balance_is_not_issued(october, zhao, signed_in, capsys):
    """A red sentence names the village; the export is refused, and so is the command's good word."""
    row = Grievance.objects.get(village=october.quiet)
    Grievance.objects.filter(pk=row.pk).update(settled_on=day("09-30"))
    client = signed_in(zhao)
    page = client.get(URL, OCTOBER)
    assert "不能导出或上报" in page.content.decode()
    assert "和平村" in re.search(r'role="alert".*?</div></div>', page.content.decode(), re.S)[0]
    assert "format=xlsx" not in page.content.decode()
    refused = client.get(URL, OCTOBER | {"format": "xlsx"})
    assert refused.status_code == 409
    assert 'value="xlsx"' not in refused.content.decode()
    assert "不能导出或上报" in refused.content.decode()
    assert not AuditEntry.objects.filter(action="导出").exists()
    with pytest.raises(SystemExit) as exit_code:
        call_command("figures", period="2026-10")
    assert exit_code.value.code == 1
    assert "和平村" in capsys.readouterr().err


def test_the_workbook_says_what_the_page_says(october, zhao, signed_in):
    """Same villages, same numbers; totals, balance and exclusions below; the trail tells who took it."""
    response = signed_in(zhao).get(URL, OCTOBER | {"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][0] == "青山镇驻点联系群众工作情况表"
    assert "期间：2026年10月(2026-10-01至2026-10-31)" in rows[2][0]
    names = [row[0] for row in rows]
    own, total = rows[names.index("石桥村")], rows[names.index("合计")]
    assert own[1:4] == [2, 4, 50]
    assert total[4:7] == [3, 4, 75]
    assert names.index("石桥村") < names.index("和平村") < names.index("合计")
    assert any("期初在办1+本期新增10-本期办结7=期末在办4(件)" in str(name) for name in names)
    assert any("不予受理1" in str(name) for name in names)
    assert sheet.freeze_panes == "A6"
    assert sheet.cell(names.index("石桥村") + 1, 4).number_format == "0.0"
    line = AuditEntry.objects.get(action="导出")
    assert (line.actor_name, line.after["条数"]) == ("赵敏", 2)


def test_a_cadre_takes_out_his_own_village_only(october, wang, signed_in):
    """The sheet is as narrow as the page."""
    response = signed_in(wang).get(URL, OCTOBER | {"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    names = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert "和平村" in names
    assert "石桥村" not in names


def test_the_county_reads_figures_and_follows_none(october, county, foreign_village, signed_in):
    """Several townships, each with its sum; no number leads to a matter or a name."""
    page = signed_in(county).get(URL, OCTOBER)
    text = _main(page)
    assert [word in text for word in ("青山镇小计", "白水镇小计", "石桥村", "柳林村")] == [True] * 4
    assert not NUMBER.findall(text)
    assert "周大山" not in text


def test_the_county_takes_out_all_its_townships(october, county, foreign_village, signed_in):
    """One sheet, reported by the county; its line stands in the trail of the county's own post."""
    response = signed_in(county).get(URL, OCTOBER | {"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [sheet["A1"].value, sheet["A2"].value] == [
        "驻点联系群众工作情况表",
        "填报单位(盖章)：测试县2个乡镇",
    ]
    assert AuditEntry.objects.get(action="导出").actor_name == "郑县"


@pytest.mark.parametrize("person", ["contact", "chen", "admin", "auditor"])
def test_who_reads_no_figures_is_refused(october, contact, chen, admin, auditor, signed_in, person):
    """By the role table; 403 says whom to ask."""
    user = {"contact": contact, "chen": chen, "admin": admin, "auditor": auditor}[person]
    assert signed_in(user).get(URL).status_code == 403


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"period": "2026-13"}, "期间请写成"),
        ({"period": "9" * 400}, "30"),
        ({"start": "2026-10-01"}, "请都填写"),
        ({"start": "2026-10-15", "end": "2026-10-01"}, "截止日期早于起始日期"),
        ({"start": "0001-01-01", "end": "9999-12-31"}, "期间请写成"),
        ({"start": "x", "end": "y"}, "日期"),
        ({"format": "docx"}, "docx"),
    ],
)
def test_a_wrong_period_is_refused_with_a_sentence(zhao, signed_in, asked, sentence):
    """422, the form and what to do; no figures of some other period."""
    response = signed_in(zhao).get(URL, asked)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "board-table" not in response.content.decode()


def test_asked_nothing_it_is_the_running_month(october, zhao, signed_in):
    """And the running reporting month where months begin on the 19th."""
    client = signed_in(zhao)
    assert "2026年11月(2026-11-01至2026-11-30)" in client.get(URL).content.decode()
    ReportPolicy.objects.create(since=day("01-01"), month_first_day=19, weight_basically=1)
    page = client.get(URL).content.decode()
    assert "2026年12月(2026-11-19至2026-12-18)" in page
    assert "统计月自上月19日起，基本满意按1计" in page


def test_an_office_without_villages_sees_an_empty_table(elsewhere, signed_in):
    """Before the divisions are loaded: no fault, nothing to divide."""
    clerk = appoint(elsewhere, "new", "新来", Role.OFFICE)
    page = signed_in(clerk).get(URL)
    assert page.status_code == 200
    assert "合计" in page.content.decode()


def test_the_export_of_two_days_is_of_the_same_days(october, zhao, signed_in):
    """The button carries the period of the page."""
    client = signed_in(zhao)
    page = client.get(URL, {"start": "2026-10-12", "end": "2026-10-15"}).content.decode()
    address = html.unescape(re.search(r'href="(\?[^"]*format=xlsx)"', page)[1])
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(URL + address).content)).active
    assert "期间：2026-10-12至2026-10-15" in sheet["A3"].value


def test_two_days_make_a_period(october, zhao, signed_in):
    """From the 12th to the 15th four matters came in, one of them declined."""
    page = signed_in(zhao).get(URL, {"start": "2026-10-12", "end": "2026-10-15"})
    assert page.context["board"].tallies.total.registered == 3


def test_more_villages_cost_no_more_queries(october, zhao, signed_in, qingshan):
    """At most 25, with two villages as with twenty."""
    client = signed_in(zhao)
    client.get(URL, OCTOBER)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(URL, OCTOBER).status_code == 200
        return len(asked)

    few = queries()
    for number in range(300, 318):
        village = Village.objects.create(
            township=qingshan, code=f"{qingshan.code[:9]}{number}", name=f"第{number}村"
        )
        group = Group.objects.create(village=village, name="第1组", number=1)
        Household.objects.create(township=qingshan, village=village, group=group, number="1")
    assert queries() == few <= 25


def test_the_command_prints_the_page_s_figures(october, zhao, signed_in, capsys):
    """Numerator, denominator, what was left out; a village by its code."""
    call_command("figures", period="2026-10", json=True)
    told = json.loads(capsys.readouterr().out)
    board = signed_in(zhao).get(URL, OCTOBER).context["board"]
    for figure in board.figures:
        printed = told["figures"][figure.key]
        assert (printed["numerator"], printed["denominator"], printed["shown"]) == (
            figure.numerator if figure.numerator is None else float(figure.numerator),
            figure.denominator,
            figure.shown,
        )
    assert told["balanced"] is True
    assert told["balance"] == {"opening": 1, "registered": 10, "settled": 7, "closing": 4}
    assert told["figures"]["registered"]["excluded"] == {"不予受理": 1}
    assert [village["name"] for village in told["villages"]] == ["石桥村", "和平村"]

    call_command("figures", period="2026-10", village=october.village.code)
    lines = capsys.readouterr().out.splitlines()
    assert "办结率(本期): 6/10，60.0%  (不计入：不予受理1)" in lines
    assert "平衡: 期初在办1+本期新增9-本期办结6=期末在办4(件)" in lines


@pytest.mark.parametrize("wrong", [{"period": "十月"}, {"village": "1"}, {"township": "99"}])
def test_the_command_refuses_with_a_sentence(october, wrong):
    """A period that is none, a place that is not there."""
    with pytest.raises(CommandError, match="请"):
        call_command("figures", **wrong)


def test_the_command_reads_one_township(october, foreign_village, capsys):
    """By its code of nine digits."""
    call_command("figures", period="2026-10", township="990001101", json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["townships"] == ["白水镇"]
    assert told["figures"]["registered"]["numerator"] == 0
    assert told["figures"]["settlement_rate_flow"]["percent"] is None
