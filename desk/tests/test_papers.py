"""Papers of a liaison day: the same facts in the rows, on the print page and in the .docx, and nothing retyped."""

import datetime as dt
import io
import zipfile

import pytest
from django.urls import reverse

from cadres.models import StandingMeeting
from desk.papers.day import days_on_paper
from desk.papers.kinds import OF_A_DAY
from grievances import actions as ledger
from grievances.models import Category, Grievance, SettlementMethod, Source
from liaison.models import AuditEntry
from tests import docx_reading, html_reading
from visits import actions as field
from visits.attendance import SeatMark
from visits.models import LiaisonSession, NeedKind, Visit

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 17, 12, tzinfo=dt.UTC)
WORDS = "路灯坏了<一个多月> & 没人修\n老人夜里不敢出门"
PHONE = "15400001234"


def ask(client, kind, day, **asked):
    return client.get(reverse(f"desk:paper_{kind}", args=[day.pk]), asked)


def register(li, visit, summary, **more):
    return ledger.register(
        by=li, on=visit.occurred_on, now=NOW, village=visit.village, summary=summary,
        category=Category.objects.get(name="道路交通"), source=Source.objects.get(name="驻点日接待"),
        household=visit.household, visit=visit, **{"kind": "demand", **more},
    )  # fmt: skip


@pytest.fixture
def written_up(day, li, feng, neighbours, shiqiao):
    """The day as it was: 李 there, 冯 ill; one came with a matter, one without, two were visited, one twice."""
    marks = [SeatMark(li.post.pk, "present"), SeatMark(feng.post.pk, "leave", leave_kind="sick")]
    field.record_attendance(session=day, by=li, now=NOW, marks=marks)
    homes = {home.number: home for home in shiqiao.households.all()}

    def met(line, mode, home="", **more):
        return field.log_visit(
            by=li, now=NOW, occurred_on=day.on, village=shiqiao, mode=mode, session=day, line=line,
            household=homes.get(home), **more,
        )  # fmt: skip

    lamp = met(1, "reception", "001", persons=2, said=WORDS)
    register(li, lamp, "村口路灯不亮", phone=PHONE)
    met(2, "reception", visitor="匿名", nothing_asked=True)
    door = met(3, "home", "003", said="身体还好")
    register(li, door, "建议修桥", kind="suggestion")
    again = met(4, "phone", "003")
    asked = register(li, again, "问低保", kind="inquiry")
    ledger.settle_on_the_spot(
        grievance=asked, by=li, on=day.on, now=NOW, settlement="procedural", version=asked.version,
        method=SettlementMethod.objects.get(name="③政策解答"), words="已说明条件",
    )  # fmt: skip
    met(5, "evening", "004", nothing_asked=True)
    field.confirm_held(session=day, by=li, now=NOW)
    day.refresh_from_db()
    return day


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


# --- Several at once -------------------------------------------------------------------------


def batch(client, **asked):
    said = {"from": "2026-11-16", "to": "2026-11-22", "kinds": ["attendance", "log"], **asked}
    return client.get(reverse("desk:papers"), said)


def test_all_papers_of_a_week_come_in_one_print_and_one_zip(signed_in, li, written_up):
    page = batch(signed_in(li), format="page").content.decode()
    assert page.count('<section class="paper doc') == 2
    file = batch(signed_in(li), format="docx", team=li.team.pk)
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        names = archive.namelist()
        assert names == [
            "青山镇_石桥村_考勤表_20261117.docx", "青山镇_石桥村_驻点日志_20261117.docx",
        ]  # fmt: skip
        assert docx_reading.paragraphs(archive.read(names[1]))[0] == "青山镇石桥村驻点日志"
    line = AuditEntry.objects.filter(action="导出").last()
    assert (line.after["份数"], line.object_label) == (2, "考勤表、驻点日志")


def test_a_batch_holds_ones_own_days_only_and_says_when_there_are_none(
    signed_in, li, wang, written_up
):
    answer = batch(signed_in(wang), format="page")
    assert answer.status_code == 422
    assert "没有您能查看的驻点日" in answer.content.decode()
    LiaisonSession.objects.update(status="cancelled")
    assert batch(signed_in(li), format="page").status_code == 422


def test_a_batch_asks_for_sensible_days_and_a_kind(signed_in, li, written_up):
    client = signed_in(li)
    assert client.get(reverse("desk:papers")).status_code == 200
    assert batch(client, **{"from": "2026-11-23", "format": "page"}).status_code == 422
    assert batch(client, kinds=[], format="page").status_code == 422
    assert batch(client, kinds=["diary"], format="page").status_code == 422
    assert "请选择文书" in batch(client, kinds=[], format="page").content.decode()


def test_a_batch_costs_few_queries_a_day(
    signed_in, zhao, written_up, django_assert_max_num_queries
):
    week = [written_up.on + dt.timedelta(days=7 * n) for n in range(1, 4)]
    for on in week:
        LiaisonSession.objects.create(
            plan=written_up.plan, township=written_up.township, team=written_up.team, on=on,
            village=written_up.village, starts_at=written_up.starts_at, ends_at=written_up.ends_at,
        )  # fmt: skip
    with django_assert_max_num_queries(75):
        assert batch(signed_in(zhao), to="2026-12-31", format="page").status_code == 200


# --- One's own diary --------------------------------------------------------------------------


def test_the_diary_holds_ones_own_visits_and_days(
    signed_in, li, zhao, feng, wang, written_up, shiqiao
):
    field.log_visit(
        by=li, now=NOW, occurred_on=dt.date(2026, 11, 16), village=shiqiao, mode="phone",
        household=shiqiao.households.get(number="002"), said="电话里说都好",
    )  # fmt: skip
    field.log_visit(
        by=zhao, now=NOW, occurred_on=dt.date(2026, 11, 16), village=shiqiao, mode="home", visitor="别人走访的"
    )  # fmt: skip
    client = signed_in(li)
    page = client.get(reverse("desk:diary")).content.decode()
    assert "2026-11-01至2026-11-17" in page
    asked = {"from": "2026-11-01", "to": "2026-11-30", "format": "docx"}
    rows = docx_reading.tables(client.get(reverse("desk:diary"), asked).content)
    assert [row[0] for row in rows[1][1:]] == ["2026-11-16(周一)"] + ["2026-11-17(周二)"] * 5
    assert rows[1][1][2] == "周小山 第1组 002"
    assert "别人走访的" not in str(rows)
    grid = dict(row for row in rows[0] if len(row) == 2)
    assert grid["合计"].startswith("驻点1天；接待2批3人次；走访3户4户次；登记诉求3件")
    # 冯 was ill that day: it is no day of hers
    hers = docx_reading.tables(signed_in(feng).get(reverse("desk:diary"), asked).content)
    assert "这段时间没有记录" in str(hers)
    assert "周大山" not in str(
        docx_reading.tables(signed_in(wang).get(reverse("desk:diary"), asked).content)
    )


def test_the_diary_asks_for_sensible_days(signed_in, li):
    url = reverse("desk:diary")
    assert signed_in(li).get(url, {"from": "2026-11-09", "to": "2026-11-01"}).status_code == 422
    assert signed_in(li).get(url, {"from": "2020-11-09", "to": "2026-11-01"}).status_code == 422
    assert signed_in(li).get(url, {"from": "2026-11-01"}).status_code == 422


# --- A meeting ---------------------------------------------------------------------------------


@pytest.fixture
def meeting(qingshan):
    return StandingMeeting.objects.create(
        township=qingshan, name="调度会", recurrence="monthly_day", month_days=[25], place="三楼会议室",
        starts_at=dt.time(9), ends_at=dt.time(11), valid_from=dt.date(2026, 1, 1),
    )  # fmt: skip


def test_a_meeting_is_signed_in_on_a_sheet_of_who_is_expected(
    signed_in, li, zhao, zhou, meeting, qian
):
    url = reverse("desk:sign_in", args=[meeting.pk])
    answer = signed_in(zhao).get(url, {"format": "docx", "on": "2026-11-26"})
    rows = docx_reading.tables(answer.content)[0][1:]
    assert sorted(row[1] for row in rows if row[1]) == ["周明", "赵敏"]
    assert [row[3] for row in rows] == [""] * 8
    assert "2026年11月26日（星期四）" in "".join(docx_reading.paragraphs(answer.content))
    # Asked for no date, the next one
    assert "2026年11月25日（星期三）" in signed_in(li).get(url).content.decode()
    assert signed_in(qian).get(url).status_code == 404


def test_a_row_of_each_mode_is_on_exactly_one_sheet(signed_in, li, day, shiqiao):
    """Ways of contact come and go; none may fall between the two sheets."""
    for line, mode in enumerate(Visit.Mode.values, 1):
        field.log_visit(
            by=li, now=NOW, occurred_on=day.on, village=shiqiao, mode=mode, session=day, line=line,
            visitor=f"来客{mode}",
        )  # fmt: skip
    (paper,) = days_on_paper([day], li, NOW)
    assert len(paper.receptions) + len(paper.calls) == len(Visit.Mode.values)
