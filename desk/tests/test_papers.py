"""Papers of a liaison day: the same facts in the rows, on the print page and in the .docx, and nothing retyped."""

import datetime as dt

import pytest
from django.urls import reverse

from desk.papers.day import days_on_paper
from desk.papers.kinds import OF_A_DAY
from grievances.models import Grievance
from liaison.models import AuditEntry
from tests import docx_reading, html_reading
from visits import actions as field
from visits.models import LiaisonSession, NeedKind, Visit

from .written_up import NOW, PHONE, WORDS, register, written_up

__all__ = ["written_up"]  # fixtures, asked for by name

pytestmark = pytest.mark.django_db


def ask(client, kind, day, **asked):
    return client.get(reverse(f"desk:paper_{kind}", args=[day.pk]), asked)


@pytest.mark.parametrize("kind", [kind.key for kind in OF_A_DAY])
def test_print_page_and_docx_say_the_same_as_the_rows(signed_in, zhao, written_up, kind):
    client = signed_in(zhao)
    page, file = ask(client, kind, written_up), ask(client, kind, written_up, format="docx")
    assert (page.status_code, file.status_code) == (200, 200)
    (day,) = days_on_paper([written_up], zhao, NOW)
    paper = next(day.paper(each) for each in OF_A_DAY if each.key == kind)
    printed, filed = html_reading.tables(page.content.decode()), docx_reading.tables(file.content)
    table = next(block for name, block in paper.blocks() if name == "table")
    of_rows = [[value for value, _ in row] for row in table["rows"]]
    assert of_rows
    assert [rows[1:] for rows in printed if rows[0][0] == "序号"] == [of_rows]
    assert [rows[1:] for rows in filed if rows[0][0] == "序号"] == [of_rows]
    facts = [
        f"{word}：{value}"
        for name, b in paper.blocks()
        if name == "facts"
        for word, value in b["facts"]
    ]
    for fact in facts:
        assert fact in page.content.decode()
        assert any(fact in line for line in docx_reading.paragraphs(file.content))


def test_the_sheet_says_who_was_there_and_why_not(signed_in, li, zhao, written_up):
    rows = docx_reading.tables(
        ask(signed_in(zhao), "attendance", written_up, format="docx").content
    )
    assert rows[0][1:] == [
        ["1", "李明", "党委委员", "√", "√", "", "", ""],
        ["2", "冯兰", "驻村干部", "√", "", "病假", "", ""],
    ]
    said = docx_reading.paragraphs(
        ask(signed_in(li), "attendance", written_up, format="docx").content
    )
    assert said[0] == "青山镇石桥村驻点日考勤表"
    assert "应到人数：2　实到人数：1　确认情况：李明 2026-11-17 20:00 确认" in said


def test_why_somebody_is_on_leave_is_not_told_to_everybody(signed_in, sun, written_up):
    rows = docx_reading.tables(ask(signed_in(sun), "attendance", written_up, format="docx").content)
    assert rows[0][2][5] == "假"
    said = ask(signed_in(sun), "log", written_up).content.decode()
    assert "冯兰（假）" in said
    assert "病" not in said


def test_a_sheet_not_filled_in_yet_is_printed_to_be_filled_in_by_hand(signed_in, li, feng, day):
    rows = docx_reading.tables(ask(signed_in(li), "attendance", day, format="docx").content)
    assert [row[1:6] for row in rows[0][1:]] == [
        ["李明", "党委委员", "√", "", ""], ["冯兰", "驻村干部", "√", "", ""],
    ]  # fmt: skip
    said = "".join(
        docx_reading.paragraphs(ask(signed_in(li), "attendance", day, format="docx").content)
    )
    assert "实到人数：　确认情况：未填写" in said


def test_receptions_and_visits_stand_on_their_own_sheets(signed_in, li, written_up):
    client = signed_in(li)
    came = docx_reading.tables(ask(client, "reception", written_up, format="docx").content)[0][1:]
    assert [row[1] for row in came] == ["周大山", "匿名"]
    assert came[0][2:6] == ["第1组 001", "154****1234", "2", WORDS]
    assert came[0][6] == "100-2026-00001 待受理，应于2026-12-08前办结"
    assert came[1][7] == "无诉求"
    went = docx_reading.tables(ask(client, "visits", written_up, format="docx").content)[0][1:]
    assert [(row[1], row[3]) for row in went] == [
        ("吴桂香", "入户走访"), ("吴桂香", "电话"), ("郑国强", "晚间走访"),
    ]  # fmt: skip
    assert "当场办结（③政策解答）：已说明条件" in went[1][6]
    said = docx_reading.paragraphs(ask(client, "visits", written_up, format="docx").content)
    assert "走访户数：2　走访户次：3" in said


def test_the_log_adds_up_in_the_units_of_the_month(signed_in, li, written_up):
    file = ask(signed_in(li), "log", written_up, format="docx")
    grid = dict(row for row in docx_reading.tables(file.content)[0] if len(row) == 2)
    assert grid["合计"] == "接待2批3人次；走访2户3户次；登记诉求3件，其中意见建议1条；当场办结1件"
    assert grid["驻点人员"] == "李明（党委委员）"
    assert grid["请假代班"] == "冯兰（病假）"
    rows = docx_reading.tables(file.content)[1]
    assert rows[3][4] == "100-2026-00002 意见建议：建议修桥"
    assert "体会" in docx_reading.tables(file.content)[2][0]


def test_who_came_to_a_meeting_was_not_called_on_as_in_the_figures(
    signed_in, li, written_up, shiqiao
):
    home = shiqiao.households.get(number="002")
    for mode, line in (("meeting", 6), ("chance", 7)):
        field.log_visit(
            by=li, now=NOW, occurred_on=written_up.on, village=shiqiao, mode=mode,
            session=written_up, line=line, household=home,
        )  # fmt: skip
    said = docx_reading.paragraphs(ask(signed_in(li), "visits", written_up, format="docx").content)
    assert "走访户数：3　走访户次：4" in said
    assert Visit.objects.to_households().count() == 4


def test_households_put_together_since_are_one_on_paper(signed_in, li, written_up, shiqiao):
    kept = shiqiao.households.get(number="004")
    shiqiao.households.filter(number="003").update(merged_into=kept)
    file = ask(signed_in(li), "log", written_up, format="docx")
    grid = dict(row for row in docx_reading.tables(file.content)[0] if len(row) == 2)
    assert "走访1户3户次" in grid["合计"]


def test_a_phone_is_never_whole_on_paper(signed_in, zhao, written_up):
    for kind in OF_A_DAY:
        page = ask(signed_in(zhao), kind.key, written_up).content.decode()
        file = ask(signed_in(zhao), kind.key, written_up, format="docx").content
        said = page + "".join("".join(r) for t in docx_reading.tables(file) for r in t)
        assert PHONE not in said


def test_a_day_without_rows_says_so(signed_in, li, day):
    for kind, words in (("reception", "本日无来访"), ("visits", "本日无走访"), ("log", "没有接待")):
        file = ask(signed_in(li), kind, day, format="docx")
        assert words in "".join(
            "".join(row) for t in docx_reading.tables(file.content) for row in t
        )


def test_the_file_is_called_as_the_office_calls_it(signed_in, li, written_up):
    from urllib.parse import unquote

    answer = ask(signed_in(li), "log", written_up, format="docx")
    assert "青山镇_石桥村_驻点日志_20261117.docx" in unquote(answer["Content-Disposition"])
    assert answer["Content-Type"].endswith("wordprocessingml.document")


def test_every_paper_that_leaves_is_in_the_trail_without_names(signed_in, li, written_up):
    ask(signed_in(li), "log", written_up)
    ask(signed_in(li), "reception", written_up, format="docx")
    lines = AuditEntry.objects.filter(action="导出").order_by("pk")
    assert [(line.object_label, line.after["方式"]) for line in lines] == [
        ("驻点日志", "网页打印"), ("接待登记表", "docx"),
    ]  # fmt: skip
    assert lines[0].after["文书"] == "石桥村20261117"
    assert "周大山" not in str(lines.values())


def test_the_papers_are_for_who_reads_the_matters_of_the_place(
    signed_in, written_up, wang, qian, contact, chen, sun, zhou
):
    for kind in OF_A_DAY:
        asked = [
            ask(signed_in(who), kind.key, written_up).status_code for who in (wang, qian, chen)
        ]
        assert asked == [404, 404, 404]
        assert ask(signed_in(contact), kind.key, written_up).status_code == 403
        assert [ask(signed_in(who), kind.key, written_up).status_code for who in (sun, zhou)] == [
            200,
            200,
        ]


def test_a_stand_in_of_a_day_past_is_given_no_half_paper(signed_in, wang, feng, written_up, zhao):
    """He still reads the day, but not what was asked in the village: a log of nothing would be untrue."""
    from visits.models import LeaveRequest

    LeaveRequest.objects.create(
        session=written_up, on=written_up.on, person=feng, post=feng.post, person_name="冯兰",
        post_title="驻村干部", kind="sick", stand_in=wang, state="approved", requested_at=NOW,
    )  # fmt: skip
    LiaisonSession.objects.filter(pk=written_up.pk).update(on=dt.date(2026, 11, 10))
    LeaveRequest.objects.update(on=dt.date(2026, 11, 10))
    assert LiaisonSession.objects.visible_to(wang).filter(pk=written_up.pk).exists()
    assert ask(signed_in(wang), "log", written_up).status_code == 403
    assert ask(signed_in(zhao), "log", written_up).status_code == 200


def test_what_was_promised_suggested_and_noticed_is_in_the_log(
    signed_in, li, day, shiqiao, neighbours
):
    """答应的事 with its day, 金点子 and 需求线索 stand in the line of the visit at which they came up."""
    visit = field.log_visit(
        by=li, now=NOW, occurred_on=day.on, village=shiqiao, mode="home", session=day, line=1,
        household=shiqiao.households.get(number="003"),
    )  # fmt: skip
    matter = register(li, visit, "水渠堵了")
    Grievance.objects.filter(pk=matter.pk).update(
        promise="找水利站看", promise_due_on=dt.date(2026, 11, 24)
    )
    field.suggest(
        by=li, now=NOW, village=shiqiao, words="村口装个凉亭", proposed_on=day.on, visit=visit,
        household=visit.household,
    )  # fmt: skip
    kind = NeedKind.objects.order_by("order").first()
    field.find_need(
        by=li, now=NOW, village=shiqiao, kind=kind, found_on=day.on, visit=visit,
        household=visit.household,
    )  # fmt: skip
    file = ask(signed_in(li), "log", day, format="docx")
    row = docx_reading.tables(file.content)[1][1]
    assert row[4].split("\n")[1:] == ["金点子：村口装个凉亭", f"需求线索：可能符合{kind}"]
    assert "答应找水利站看，于2026-11-24前答复；待受理" in row[5]
    assert "跟进" in row[5].split("\n")[1]
    grid = dict(row for row in docx_reading.tables(file.content)[0] if len(row) == 2)
    assert grid["合计"].endswith("；金点子1条；需求线索1条")


def test_a_row_of_each_mode_is_on_exactly_one_sheet(signed_in, li, day, shiqiao):
    """Ways of contact come and go; none may fall between the two sheets."""
    for line, mode in enumerate(Visit.Mode.values, 1):
        field.log_visit(
            by=li, now=NOW, occurred_on=day.on, village=shiqiao, mode=mode, session=day, line=line,
            visitor=f"来客{mode}",
        )  # fmt: skip
    (paper,) = days_on_paper([day], li, NOW)
    assert len(paper.receptions) + len(paper.calls) == len(Visit.Mode.values)
