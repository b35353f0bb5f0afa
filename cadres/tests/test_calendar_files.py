"""The 工作日历 by pages and files: a year published, the township's own days in and out."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cadres.actions import calendar as actions
from cadres.models import CalendarDay, CalendarYear
from cadres.workcalendar import WorkCalendar
from liaison import clock
from liaison.idempotency import new_key
from liaison.models import AuditEntry
from visits.models import LiaisonSession
from visits.planning import plan_sessions

TODAY = dt.date(2026, 11, 21)
TUESDAY = dt.date(2026, 11, 24)
YEAR_2027 = [
    ["2027-01-01", "放假", "元旦"],
    ["2027年2月6日", "放假", "春节"],
    [dt.date(2027, 2, 20), "上班", "春节"],
    ["20271001", "放假", "国庆节"],
]


@pytest.fixture(autouse=True)
def _saturday(monkeypatch):
    """It is Saturday, 21 November 2026."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def office(signed_in, zhao):
    return signed_in(zhao)


def book(rows):
    workbook = Workbook()
    for row in [["日期", "类型", "名称"], *rows]:
        workbook.active.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def upload(client, key, rows, **said):
    file = SimpleUploadedFile("日历.xlsx", book(rows))
    return client.post(
        reverse(f"settings:{key}_import"), {"form_key": new_key(), "file": file, **said}
    )


def confirm(client, key, page):
    form = page.context["form"]
    said = {name: form[name].value() for name in ("form_key", "fingerprint", "payload")}
    return client.post(reverse(f"settings:{key}_import"), said)


def counts(page):
    return dict(page.context["staged"].counts())


def text(answer):
    return answer.content.decode()


def faults(page):
    return [fault.sentence for line in page.context["refused"] for fault in line.faults]


# --- A year ---------------------------------------------------------------------------------


def test_the_page_says_which_year_is_not_published(office):
    page = text(office.get(reverse("settings:years")))
    assert "2027年工作日历未发布" in page
    assert "上传该年的放假和调休日" in page
    assert "载入并发布2027年" not in page


def test_a_year_is_published_by_its_days(office):
    page = upload(office, "years", YEAR_2027, source="国办发明电〔2026〕1号")
    assert counts(page)["新增"] == 4
    assert not CalendarYear.objects.filter(year=2027).exists()
    assert confirm(office, "years", page).status_code == 302
    assert CalendarYear.objects.get(year=2027).source == "国办发明电〔2026〕1号"
    calendar = WorkCalendar.load()
    assert not calendar.is_workday(dt.date(2027, 1, 1))
    assert calendar.is_workday(dt.date(2027, 2, 20))  # a Saturday
    published = AuditEntry.objects.get(action="发布工作日历")
    assert (published.actor_name, published.object_label) == ("赵敏", "2027")
    assert AuditEntry.objects.filter(action="新增全国工作日历").count() == 4


def test_planned_days_follow_a_year_that_is_published(office, plan):
    plan.valid_to = dt.date(2027, 12, 31)
    plan.weekdays = [4]
    plan.save()
    plan_sessions(today=dt.date(2026, 12, 1))
    confirm(office, "years", upload(office, "years", YEAR_2027))
    days = set(LiaisonSession.objects.filter(plan=plan).values_list("on", flat=True))
    new_year = dt.date(2027, 1, 1)  # a Friday, off; the next working day is Monday
    assert new_year not in days
    assert dt.date(2027, 1, 4) in days


def test_part_of_a_year_does_not_publish_it(office):
    page = upload(office, "years", YEAR_2027[:1])
    assert "没有该年的元旦和国庆节" in text(page)
    assert "确认导入" not in text(page).split("</form>")[-2]
    assert confirm(office, "years", page).status_code == 409
    assert not CalendarYear.objects.filter(year=2027).exists()
    assert not CalendarDay.objects.filter(on__year=2027).exists()


def test_a_published_year_changes_only_in_days_to_come(office):
    rows = [
        ["2026-10-01", "上班", "国庆节"],
        ["2026-12-31", "放假", "元旦"],
        ["2026-10-02", "放假", "国庆节"],
    ]
    page = upload(office, "years", rows)
    assert (counts(page)["新增"], counts(page)["未变"], counts(page)["未收"]) == (1, 1, 1)
    assert "已经过去的日子不再变动" in faults(page)[0]
    confirm(office, "years", page)
    assert not WorkCalendar.load().is_workday(dt.date(2026, 12, 31))
    source = CalendarYear.objects.get(year=2026).source
    assert source == "国务院办公厅关于2026年部分节假日安排的通知"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["2027-02-30", "放假", "春节"], "不是日期"),
        (["1999-01-01", "放假", "元旦"], "年份应在2004至2100之间"),
        ([46000, "放假", "春节"], "不是日期"),
        (["2027-05-01", "休息", "劳动节"], "应填“放假”或“上班”"),
        (["2027-05-01", "放假", ""], "名称没有填写"),
        (["2027-01-01", "上班", "元旦"], "与第2行重复"),
    ],
)
def test_a_day_that_cannot_be_read_is_refused(office, row, sentence):
    page = upload(office, "years", [*YEAR_2027, row])
    assert sentence in faults(page)[0]
    assert "1行没有收" in text(page)
    assert confirm(office, "years", page).status_code == 409
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_year_carried_in_is_loaded_with_a_button(office, monkeypatch):
    day = dt.date(2027, 1, 1)
    carried = {2027: [CalendarDay(on=day, kind="holiday", name="元旦")]}
    monkeypatch.setattr(actions, "carried_years", lambda: carried)
    assert "载入并发布2027年" in text(office.get(reverse("settings:years")))
    for sentence in ("2027年工作日历已发布", "2027年工作日历已经发布"):
        page = office.post(reverse("settings:years_load"), {"year": 2027}, follow=True)
        assert sentence in text(page)
    assert CalendarDay.objects.filter(on=day, township=None).count() == 1
    assert AuditEntry.objects.get(action="发布工作日历").actor_name == "赵敏"


@pytest.mark.parametrize("year", ["2028", "", "abc", "9" * 30])
def test_a_year_that_is_nowhere_is_refused_in_words(office, year):
    page = office.post(reverse("settings:years_load"), {"year": year}, follow=True)
    assert "请" in text(page)
    assert not CalendarYear.objects.filter(year__gt=2026).exists()


def test_with_a_second_township_the_keeper_publishes(office, signed_in, qian, admin):
    page = office.post(reverse("settings:years_load"), {"year": 2027}, follow=True)
    assert "请系统管理员修改" in text(page)
    page = upload(signed_in(admin), "years", YEAR_2027)
    assert counts(page)["新增"] == 4


# --- The township's own days ----------------------------------------------------------------


def test_local_days_come_in_and_planned_days_follow(office, plan):
    plan_sessions(today=TODAY)
    page = upload(office, "local-days", [["2026-11-24", "放假", "庙会"]])
    assert counts(page)["新增"] == 1
    confirm(office, "local-days", page)
    day = CalendarDay.objects.get(township__name="青山镇")
    assert (day.on, day.name) == (TUESDAY, "庙会")
    days = set(LiaisonSession.objects.filter(plan=plan).values_list("on", flat=True))
    assert TUESDAY not in days
    again = upload(office, "local-days", [["2026-11-24", "放假", "庙会"]])
    assert counts(again)["未变"] == 1


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["2026-11-20", "放假", "庙会"], "已经过去的日子不再变动"),
        (["2027-03-01", "放假", "庙会"], "2027年工作日历未发布"),
        (["2026-11-28", "放假", "庙会"], "本来就是休息日"),
        (["2026-11-24", "上班", "抗旱"], "本来就是上班日"),
    ],
)
def test_a_local_day_that_cannot_be_is_refused(office, row, sentence):
    page = upload(office, "local-days", [row])
    assert sentence in faults(page)[0]
    assert not CalendarDay.objects.exclude(township=None).exists()


def test_a_local_day_of_another_township_is_no_row_of_ours(office, elsewhere):
    other = CalendarDay.objects.create(on=TUESDAY, kind="holiday", name="别镇", township=elsewhere)
    assert "别镇" not in text(office.get(reverse("settings:local-days")))
    confirm(office, "local-days", upload(office, "local-days", [["2026-11-24", "放假", "庙会"]]))
    other.refresh_from_db()
    assert other.name == "别镇"
    assert CalendarDay.objects.exclude(township=None).count() == 2


def test_the_days_of_one_year_are_listed_and_go_out(signed_in, zhao):
    page = reverse("settings:years")
    client, year = signed_in(zhao), str(CalendarYear.objects.order_by("year").first().year)
    assert client.get(page, {"year": year}).status_code == 200
    book = load_workbook(io.BytesIO(client.get(page, {"year": year, "format": "xlsx"}).content))
    said = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell]
    assert any(f"年份：{year}年" in cell for cell in said)
