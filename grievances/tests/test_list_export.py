"""The ledger as a sheet: exactly the rows of its list, by page and by command, in each profile."""

import datetime as dt
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grievances import actions
from grievances.models import Grievance
from liaison.models import AuditEntry

from .conftest import DAY, moment
from .pages import FOLLOW_UPS, LEDGER, numbers


def cells(content):
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def download(client, query=""):
    answer = client.get(f"{LEDGER}?format=xlsx&{query}")
    assert answer.status_code == 200
    return answer.getvalue()


def column(rows, head):
    at = next(at for at, row in enumerate(rows) if row[0] == "序号")
    place = rows[at].index(head)
    return [row[place] for row in rows[at + 1 :] if isinstance(row[0], int)]


class TestExport:
    def test_the_sheet_holds_exactly_the_filtered_rows(self, signed_in, zhao, several):
        client = signed_in(zhao)
        rows = cells(download(client, "state=open"))
        assert set(column(rows, "编号")) == numbers(client, "state=open")
        assert rows[0][0] == "青山镇民情台账"
        assert any("办理情况：在办" in str(row[0]) for row in rows[:5])

    def test_it_is_laid_out_for_the_county(self, signed_in, zhao, several):
        book = openpyxl.load_workbook(BytesIO(download(signed_in(zhao))))
        sheet = book.active
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows
        said = "\n".join(str(row[0].value) for row in sheet.iter_rows() if row[0].value)
        for words in ("填报单位", "制表人", "制表时间"):
            assert words in said

    @pytest.mark.parametrize(
        ("query", "period"),
        [
            ("registered_from=2026-11-01&registered_to=2026-11-30", "2026-11-01至2026-11-30"),
            ("registered_from=2026-11-01", "2026-11-01至今"),
            ("", "全部"),
        ],
    )
    def test_it_says_which_period_it_is_of(self, signed_in, zhao, several, query, period):
        above = [str(row[0]) for row in cells(download(signed_in(zhao), query))[:4]]
        assert any(line.startswith(f"期间：{period}    ") for line in above)

    def test_text_stays_text_and_digits_stay_whole(self, signed_in, zhao, li, facts, _today):
        actions.register(by=li, on=DAY, now=moment(DAY), **facts | {"summary": "=HYPERLINK(1)"})
        book = openpyxl.load_workbook(BytesIO(download(signed_in(zhao))))
        found = {
            cell.value: cell
            for row in book.active.iter_rows()
            for cell in row
            if cell.value in ("=HYPERLINK(1)", "15400001234", "100-2026-00001")
        }
        assert len(found) == 3
        assert {cell.data_type for cell in found.values()} == {"s"}

    def test_dates_are_dates_and_the_course_is_written_out(self, signed_in, zhao, several):
        rows = cells(download(signed_in(zhao), "state=settled"))
        assert all(isinstance(day, dt.datetime) for day in column(rows, "登记日期"))
        assert any(
            "2026-11-17 交办 民政办 交民政办办理" in text for text in column(rows, "措施流水")
        )

    def test_the_course_names_who_asked_the_villager_not_the_unit(
        self, signed_in, zhao, sun, matter_at
    ):
        matter_at("closed_out")
        (course,) = column(cells(download(signed_in(zhao))), "措施流水")
        checked, closed = course.splitlines()[-2:]
        assert f"回访核实 {sun.display_name}" in checked
        assert f"销号 {zhao.display_name}" in closed
        assert "办结 民政办" in course

    def test_the_command_gives_the_same_file(self, signed_in, zhao, several, tmp_path):
        out = tmp_path / "out.xlsx"
        words = {"township": "990001100", "since": "2026-11-02", "until": "2026-11-04"}
        call_command("export_ledger", str(out), stdout=StringIO(), **words)
        query = "registered_from=2026-11-02&registered_to=2026-11-04"
        page = cells(download(signed_in(zhao), query))
        command = cells(out.read_bytes())
        assert page[:-1] == command[:-1]  # the last line says who made it and when
        assert len(column(page, "编号")) == 3

    def test_every_profile_by_page_and_command(self, signed_in, zhao, several, tmp_path):
        for profile in ("report", "public"):
            out = tmp_path / f"{profile}.xlsx"
            call_command("export_ledger", str(out), "--profile", profile, stdout=StringIO())
            page = cells(download(signed_in(zhao), f"profile={profile}"))
            assert page[:-1] == cells(out.read_bytes())[:-1]

    def test_the_public_sheet_names_nobody(self, signed_in, zhao, li, facts, _today):
        summary = "周大山家路灯不亮,电话15400001234,证号990001197001011234"
        actions.register(by=li, on=DAY, now=moment(DAY), **facts | {"summary": summary})
        text = str(cells(download(signed_in(zhao), "profile=public")))
        for private in ("周大山", "15400001234", "990001197001011234"):
            assert private not in text
        assert "周*山" in text

    def test_the_reported_sheet_masks_the_phone(self, signed_in, zhao, several):
        rows = cells(download(signed_in(zhao), "profile=report"))
        assert set(column(rows, "联系电话")) == {"154****1234"}

    def test_it_leaves_its_filter_and_count_in_the_trail(self, signed_in, zhao, several):
        download(signed_in(zhao), "state=open")
        line = AuditEntry.objects.get(action="导出")
        assert line.after == {"查询条件": "办理情况：在办", "条数": 2}
        assert line.actor_id == zhao.pk

    def test_whoever_reads_it_takes_it_out_but_phones_in_plain_only_by_permission(
        self, signed_in, people, several
    ):
        for name, shown in (("li", "154****1234"), ("sun", "15400001234"), ("zhou", "15400001234")):
            for profile in ("", "profile=internal"):
                rows = cells(download(signed_in(getattr(people, name)), profile))
                assert shown in column(rows, "联系电话"), name
        client = signed_in(people.chen)
        assert client.get(f"{LEDGER}?format=xlsx").status_code == 200
        assert client.get(f"{FOLLOW_UPS}?format=xlsx").status_code == 200

    def test_many_rows_cost_no_more_queries(self, signed_in, zhao, registered, li, facts):
        client = signed_in(zhao)
        download(client)

        def cost():
            with CaptureQueriesContext(connection) as caught:
                download(client)
            return len(caught)

        one = cost()
        for _ in range(20):
            actions.register(by=li, on=DAY, now=moment(DAY), **facts)
        assert cost() == one

    def test_the_command_says_what_is_wrong(self, qingshan, elsewhere, tmp_path):
        out = str(tmp_path / "out.xlsx")
        wrong = [
            ([out], "--township"),
            ([out, "--township", "1"], "没有这个乡镇"),
            ([out, "--township", "990001100", "--from", "2026-02-30"], "日期请写成"),
            ([str(tmp_path / "nowhere" / "x.xlsx"), "--township", "990001100"], "已有文件夹"),
            ([str(tmp_path / "x.csv"), "--township", "990001100"], ".xlsx"),
        ]
        for arguments, sentence in wrong:
            with pytest.raises(CommandError, match=sentence):
                call_command("export_ledger", *arguments, stdout=StringIO())
        assert not list(tmp_path.iterdir())

    def test_an_empty_ledger_is_a_sheet_without_rows(self, qingshan, tmp_path):
        out = tmp_path / "out.xlsx"
        call_command("export_ledger", str(out), stdout=StringIO())
        assert column(cells(out.read_bytes()), "编号") == []
        assert not Grievance.objects.exists()
