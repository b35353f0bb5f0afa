"""The ledger as a list: its filters are linked to from figures, its sheet is exactly its rows."""

import datetime as dt
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grievances import actions
from grievances.models import Category, Grievance
from liaison.models import AuditEntry

from .conftest import DAY, moment

LEDGER, FOLLOW_UPS = "/ledger/", "/ledger/follow-ups/"


@pytest.fixture
def _today():
    import time_machine

    with time_machine.travel(moment(dt.date(2026, 12, 20), 15), tick=True):
        yield


@pytest.fixture
def several(_today, li, zhao, wang, heping, facts, act, minzheng):
    """One matter in each of these situations, by name."""
    days = iter(range(1, 30))

    def new(**more):
        on = dt.date(2026, 11, next(days))
        by = wang if more.get("village") else li
        return actions.register(by=by, on=on, now=moment(on), **facts | more)

    def settled(matter, on, **words):
        return act("settle_on_the_spot", matter, on=on, now=moment(on), **words)

    late = act("assign", act("accept", new(summary="迟办的事")))
    return {
        "waiting": new(summary="等受理的事", village=heping),
        "declined": act("decline", new(summary="不归镇里管的事")),
        "spot": settled(new(summary="当场办好的事"), dt.date(2026, 11, 28)),
        "urgent": new(summary="急事", is_urgent=True, kind="dispute"),
        "late": act(
            "settle", act("take_in_hand", late), on=dt.date(2026, 12, 15), now=moment(dt.date(2026, 12, 15))
        ),
    }  # fmt: skip


def numbers(client, query, url=LEDGER):
    answer = client.get(f"{url}?{query}")
    assert answer.status_code == 200, answer.content.decode()
    return {row.number for row in answer.context["page"].rows}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "waiting declined spot urgent late"),
        ("status=registered", "waiting urgent"),
        ("status=registered&status=declined", "waiting urgent declined"),
        ("state=open", "waiting urgent"),
        ("state=settled", "spot late"),
        ("state=overdue", "waiting urgent"),
        ("state=declined", "declined"),
        ("state=counted", "waiting spot urgent late"),
        ("kind=dispute", "urgent"),
        ("urgent=1", "urgent"),
        ("urgent=0", "waiting declined spot late"),
        ("settlement=substantive", "spot late"),
        ("settled_from=2026-12-01&settled_to=2026-12-31", "late"),
        ("registered_from=2026-11-02&registered_to=2026-11-03", "waiting declined"),
        ("on_time=yes", ""),
        ("on_time=no", "waiting urgent late"),
        ("due_from=2026-11-01&due_to=2026-11-10", "urgent"),
        ("open_at=2026-11-30", "waiting urgent late"),
        ("open_at=2026-11-02", "waiting late"),
        ("q=当场", "spot"),
        ("q=周大山 急", "urgent"),
        ("q=100-2026-00002", "waiting"),
        ("satisfaction=satisfied", ""),
    ],
)
def test_every_filter_gives_exactly_its_rows(signed_in, zhao, several, query, expected):
    found = numbers(signed_in(zhao), query)
    assert found == {several[name].number for name in expected.split()}


def test_filters_by_a_row(signed_in, zhao, several, heping, minzheng, facts):
    client = signed_in(zhao)
    assert numbers(client, f"village={heping.pk}") == {several["waiting"].number}
    assert numbers(client, f"department={minzheng.pk}") == {several["late"].number}
    assert len(numbers(client, f"category={facts['category'].pk}")) == 5
    assert len(numbers(client, f"source={facts['source'].pk}")) == 5
    other = Category.objects.get(name="水利")
    assert numbers(client, f"category={other.pk}") == set()


def test_the_office_s_rows_are_not_another_township_s(signed_in, qian, several):
    assert numbers(signed_in(qian), "") == set()


@pytest.mark.parametrize(
    "query",
    [
        "page=" + "9" * 20,
        "page=-1",
        "page=x",
        "page_size=" + "9" * 20,
        "order=phone",
        "order=-id",
        "after=x~y",
        "before=2026-02-30~1",
        "nonsense=1",
        "q=" + "%25_'\"",
    ],
)
def test_nonsense_in_the_address_still_gives_a_page(signed_in, zhao, several, query):
    assert signed_in(zhao).get(f"{LEDGER}?{query}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "status=lost",
        "state=x",
        "kind=x",
        "village=" + "9" * 20,
        "village=x",
        "category=" + "9" * 30,
        "registered_from=2026-02-30",
        "open_at=x",
        "on_time=maybe",
        "q=" + "长" * 61,
    ],
)
def test_a_wrong_condition_is_said_and_gives_no_rows(signed_in, zhao, several, query):
    answer = signed_in(zhao).get(f"{LEDGER}?{query}")
    assert answer.status_code == 422
    assert "查询条件有误" in answer.content.decode()
    assert not answer.context["page"].rows


def test_a_foreign_village_is_no_condition(signed_in, zhao, several, foreign_village):
    assert signed_in(zhao).get(f"{LEDGER}?village={foreign_village.pk}").status_code == 422


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_ends_of_time_are_days_too(signed_in, zhao, several, day):
    assert signed_in(zhao).get(f"{LEDGER}?open_at={day}").status_code == 200


def test_a_nul_byte_is_refused(signed_in, zhao, several):
    assert signed_in(zhao).get(f"{LEDGER}?q=%00").status_code == 400


def queries_of(client, url):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_fifty_rows_cost_no_more_queries_than_one(signed_in, zhao, registered, act, li, facts):
    client = signed_in(zhao)
    url = f"{LEDGER}?page_size=50"
    client.get(url)  # the session is touched once
    one = queries_of(client, url)
    for _ in range(49):
        matter = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
        act("assign", act("accept", matter))
    assert queries_of(client, url) == one
    assert one <= 17  # three of them for 临期: the limits, and the calendar's two


def test_a_matter_s_page_costs_the_same_after_many_steps(signed_in, zhao, matter_at, act):
    matter = matter_at("settled")
    client, url = signed_in(zhao), f"/ledger/{matter.number}/"
    client.get(url)
    few = queries_of(client, url)
    for _ in range(5):
        matter = act("settle", act("reopen", matter))
    assert queries_of(client, url) == few
    assert (
        few <= 39
    )  # a panel asks once or twice: hands, levels, extensions, 督办, meetings, papers


def test_follow_ups_are_listed_with_their_answers(signed_in, sun, matter_at, act):
    matter = act("verify", matter_at("answered"), answer="unreached")
    matter = act("verify", matter, answer="basically", verbatim="亮是亮了")
    client = signed_in(sun)

    def answers(query):
        page = client.get(f"{FOLLOW_UPS}?{query}").context["page"]
        return [row.answer for row in page.rows]

    assert answers("") == ["basically", "unreached"]
    assert answers("valid=1") == ["basically"]
    assert answers("answer=unreached") == ["unreached"]
    assert answers("on_from=2026-11-18") == []
    assert client.get(f"{FOLLOW_UPS}?answer=x").status_code == 422


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
