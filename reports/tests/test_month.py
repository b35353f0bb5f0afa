"""月度驻点工作情况: every number is clicked, villages add up, page, print, .xlsx and .docx agree."""

import html
import io
import re

import openpyxl
import pytest
from django.urls import reverse

from grievances.models import Grievance
from liaison.models import AuditEntry
from reports.month import CELLS
from reports.tests.conftest import day, moment
from tests import docx_reading, html_reading
from visits.models import Need, NeedKind, Proposal

URL = "/reports/liaison-month/"
OCTOBER = {"month": "2026-10"}
NUMBER = re.compile(r'<a href="([^"?]+\?[^"]+)"[^>]*>(\d+)</a>(?: <small>(\d+)批</small>)?')

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def suggested(october, li):
    """One of October's matters was a suggestion, and one that was declined; two 金点子, one 需求线索."""
    rows = Grievance.objects.filter(village=october.village, registered_on=day("10-20"))
    rows.update(kind="suggestion")
    Grievance.objects.filter(status="declined").update(kind="suggestion")
    common = {
        "township": october.village.township, "village": october.village, "entered_by": li,
        "visitor": "周大山", "entered_at": moment(day("10-20")),
    }  # fmt: skip
    for number, on in enumerate(("10-20", "10-31", "11-01")):
        Proposal.objects.create(number=f"金{number}", words="装凉亭", proposed_on=day(on), **common)
    Need.objects.create(
        number="需1", kind=NeedKind.objects.first(), found_on=day("10-31"),
        next_look_on=day("11-15"), **common,
    )  # fmt: skip
    return october


def value(cell):
    """A number as such; the dash stays a dash, below all numbers."""
    return -1.0 if cell == "—" else float(cell)


def table(client, **asked):
    file = client.get(URL, OCTOBER | {"format": "docx"} | asked)
    return docx_reading.tables(file.content)[0]


@pytest.mark.parametrize("person", ["zhao", "sun", "li", "wang"])
def test_every_number_lists_exactly_its_rows(suggested, li, wang, zhao, sun, signed_in, person):
    client = signed_in({"li": li, "wang": wang, "zhao": zhao, "sun": sun}[person])
    page = client.get(URL, OCTOBER).content.decode()
    found = NUMBER.findall(page)
    assert len(found) > 20
    wrong = {}
    for address, number, listed in found:
        answer = client.get(html.unescape(address))
        rows = answer.context["page"].total if answer.status_code == 200 else answer.status_code
        if rows != int(listed or number):
            wrong[address] = (number, rows)
    assert not wrong


def test_the_month_is_told_village_by_village_and_adds_up(suggested, zhao, signed_in):
    head, *rows = table(signed_in(zhao))
    assert head == ["村(社区)", *(words for _, words, *_ in CELLS)]
    own, quiet, total = (dict(zip(head, row, strict=True)) for row in rows)
    assert [row["村(社区)"] for row in (own, quiet, total)] == ["石桥村", "和平村", "合计"]
    assert (own["应驻点(天)"], own["已驻点(天)"], own["到位率"]) == ("4", "2", "50.0%")
    assert (own["接待(人次)"], own["走访(户)"], own["走访(户次)"]) == ("5", "2", "5")
    assert (own["其中意见建议(条)"], own["诉求登记(件)"]) == ("1", "9")
    assert (own["当场办结(件)"], quiet["当场办结(件)"]) == ("1", "1")
    assert (own["金点子(条)"], own["需求线索(条)"], quiet["金点子(条)"]) == ("2", "1", "0")
    # Nothing was due in 和平村: that is no 0 %
    assert (quiet["应驻点(天)"], quiet["到位率"]) == ("0", "—")
    for words in head[1:]:
        if not words.endswith("率"):
            assert int(own[words]) + int(quiet[words]) == int(total[words]), words
    assert total["到位率"] == "50.0%"


def test_print_and_docx_and_workbook_say_what_the_page_says(suggested, zhao, signed_in):
    client = signed_in(zhao)
    rows = table(client)
    printed = client.get(URL, OCTOBER | {"format": "page"})
    assert html_reading.tables(printed.content.decode())[0] == rows
    sheet = openpyxl.load_workbook(
        io.BytesIO(client.get(URL, OCTOBER | {"format": "xlsx"}).content)
    ).active
    told = {
        row[0]: [str(x) for x in row[1:] if x is not None]
        for row in sheet.iter_rows(values_only=True)
    }
    assert told["青山镇月度驻点工作情况表"] == []
    page = html_reading.tables(client.get(URL, OCTOBER).content.decode())[0]
    for name, *cells in rows[1:]:
        shown = next(row for row in page if row[0] == name)
        numbers = re.findall(r"\d+", " ".join(re.sub(r"[\d.]+%|\d+批", "", c) for c in shown[1:]))
        # The page and the workbook say 已驻点 before 应驻点, the paper the other way round
        counts = [c for c in cells if c.isdecimal()]
        assert sorted(numbers) == sorted(counts)
        rates = [cell.rstrip("%") for cell in cells if not cell.isdecimal()]
        assert sorted(map(value, told[name])) == sorted(map(value, counts + rates))
    notes = "".join(docx_reading.paragraphs(client.get(URL, OCTOBER | {"format": "docx"}).content))
    assert "平衡：期初在办1+本期新增10-本期办结7=期末在办4(件)" in notes
    assert "不予受理1" in notes


def test_who_takes_it_out_is_in_the_trail(suggested, zhao, signed_in):
    signed_in(zhao).get(URL, OCTOBER | {"format": "docx"})
    signed_in(zhao).get(URL, OCTOBER | {"format": "xlsx"})
    lines = AuditEntry.objects.filter(action="导出").order_by("pk")
    assert [line.object_label for line in lines] == ["月度驻点工作情况", "青山镇月度驻点工作情况表"]


def test_a_ledger_that_does_not_balance_is_shown_and_not_issued(suggested, zhao, signed_in):
    row = Grievance.objects.get(village=suggested.quiet)
    Grievance.objects.filter(pk=row.pk).update(settled_on=day("09-30"))
    client = signed_in(zhao)
    assert "不能导出或上报" in client.get(URL, OCTOBER).content.decode()
    for way in ("xlsx", "docx", "page"):
        assert client.get(URL, OCTOBER | {"format": way}).status_code == 409
    assert not AuditEntry.objects.filter(action="导出").exists()


def test_only_a_month_is_asked_for(suggested, zhao, signed_in):
    client = signed_in(zhao)
    for nonsense in ("2026", "2026Q3", "2026-13", "abc", "2026-10-01..2026-10-02", "1900-01"):
        assert client.get(URL, {"month": nonsense}).status_code == 422
    assert "2026年11月" in client.get(URL).content.decode()


def test_a_cadre_reads_his_own_village_the_county_without_names(
    suggested, wang, county, contact, signed_in
):
    assert [row[0] for row in table(signed_in(wang))[1:]] == ["和平村", "合计"]
    page = signed_in(county).get(URL, OCTOBER)
    assert page.status_code == 200
    assert "/ledger/?" not in page.content.decode()
    assert signed_in(contact).get(reverse("reports:liaison_month")).status_code == 403
