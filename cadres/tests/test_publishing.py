"""A year is published from its notice: what is read and what would move is seen first, then stored once."""

import datetime as dt
from pathlib import Path

import pytest
from django.urls import reverse

from cadres.calendar_changes import changes
from cadres.models import CalendarDay, CalendarYear, LiaisonPlan
from cadres.tests.test_calendar_files import confirm, text, upload
from liaison import clock
from liaison.idempotency import new_key
from liaison.models import AuditEntry
from visits.models import LiaisonSession
from visits.planning import plan_sessions

TODAY = dt.date(2025, 11, 21)
NOTICE = (Path(__file__).parent / "notices" / "2026.txt").read_text(encoding="utf-8")
URL = "/settings/years/notice/"


@pytest.fixture(autouse=True)
def _before_2026(monkeypatch, db):
    """It is 21 November 2025, and 2026 has not been published."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    CalendarYear.objects.filter(year__gte=2026).delete()
    CalendarDay.objects.filter(on__year__gte=2026).delete()


@pytest.fixture
def office(signed_in, zhao):
    return signed_in(zhao)


@pytest.fixture
def tuesdays(plan):
    """石桥村 sits every Tuesday, from now on; its days are made as far as the calendar goes."""
    plan.valid_from = TODAY
    plan.save()
    plan_sessions(today=TODAY)
    return plan


def paste(client, body=NOTICE, **more):
    return client.post(URL, {"form_key": new_key(), "text": body, **more})


def publish(client, page):
    form = page.context["form"]
    return client.post(
        URL, {name: form[name].value() for name in ("form_key", "fingerprint", "payload")}
    )


def moves_of(page):
    return [
        (change.plan.village.name, change.added, [(move.before, move.after) for move in change.moves])
        for change in page.context["changes"]
    ]  # fmt: skip


# --- From the notice ------------------------------------------------------------------------


def test_the_notice_is_read_and_nothing_is_stored_yet(office):
    page = paste(office)
    assert dict(page.context["staged"].counts())["新增"] == 39
    assert "国务院办公厅关于2026年部分节假日安排的通知 国办发明电〔2025〕7号" in text(page)
    assert not CalendarYear.objects.filter(year=2026).exists()
    assert not CalendarDay.objects.filter(on__year=2026).exists()


def test_what_would_move_is_seen_before(office, tuesdays):
    [(village, added, moves)] = moves_of(paste(office))
    assert village == "石桥村"
    assert added == 51  # 52 Tuesdays; the one of 春节 falls together with the next one
    assert moves == [
        (dt.date(2026, 5, 5), dt.date(2026, 5, 6)),
        (dt.date(2026, 10, 6), dt.date(2026, 10, 8)),
    ]


def test_it_is_published_once_and_planned_days_follow(office, tuesdays):
    page = paste(office)
    [(_, added, _)] = moves_of(page)
    before = set(LiaisonSession.objects.values_list("on", flat=True))
    assert publish(office, page).status_code == 302
    assert publish(office, page).status_code == 302  # a double tap
    assert CalendarYear.objects.get(year=2026).source.endswith("国办发明电〔2025〕7号")
    assert CalendarDay.objects.filter(on__year=2026).count() == 39
    assert AuditEntry.objects.filter(action="发布工作日历").count() == 1
    days = set(LiaisonSession.objects.values_list("on", flat=True))
    assert before <= days
    assert (
        len({on for on in days - before if on.year == 2026}) == added - 1
    )  # 29 December is made later
    assert dt.date(2026, 10, 8) in days
    assert dt.date(2026, 10, 6) not in days


def test_a_held_day_stays_where_it_was(office, tuesdays):
    """A day held on what turns out a holiday is a fact."""
    tuesdays.holiday_rule = "keep"
    tuesdays.save()
    plan_sessions(today=TODAY)
    written = LiaisonSession.objects.get(on=dt.date(2026, 2, 17))
    written.status = "held"
    written.save()
    tuesdays.holiday_rule = "next"
    tuesdays.save()
    publish(office, paste(office))
    written.refresh_from_db()
    assert (written.on, written.status) == (dt.date(2026, 2, 17), "held")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (NOTICE.replace("1月4日（周日）", "1月4日（周六）"), "2026-01-04是周日，通知里写的是周六"),
        (NOTICE.replace("五、端午节：6月19日（周五）至21日（周日）放假，共3天。", ""), "没有读到：端午"),
        ("今年放假和往年一样。", "没有读到是哪一年"),
        ("", "请填写通知全文"),
    ],
)  # fmt: skip
def test_a_text_that_does_not_fit_is_refused_and_kept(office, body, sentence):
    answer = paste(office, body)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not CalendarYear.objects.filter(year=2026).exists()


def test_a_correction_names_one_holiday_alone(office):
    publish(office, paste(office))
    body = "四、劳动节：5月1日至6日放假调休，共6天。5月10日（周日）上班。"
    page = paste(office, body, year=2026, source="国办发明电〔2026〕2号")
    assert dict(page.context["staged"].counts())["新增"] == 2
    publish(office, page)
    assert CalendarDay.objects.get(on=dt.date(2026, 5, 10)).kind == "workday"
    assert CalendarYear.objects.get(year=2026).source == "国办发明电〔2026〕2号"


def test_dates_without_a_word_of_what_happens_are_told(office):
    page = paste(office, NOTICE.replace("共9天。", "共9天。其中2月24日为公休日。"))
    assert "没有采用" in text(page)


def test_who_may_not_publish_is_told_whom_to_ask(signed_in, zhao, qian, li):
    """Another township works here too, so its calendar is not this office's to set."""
    assert signed_in(zhao).get(URL).status_code == 302
    assert paste(signed_in(zhao)).status_code == 302
    assert signed_in(li).get(URL).status_code == 403
    assert not CalendarYear.objects.filter(year=2026).exists()


def test_a_page_of_somebody_else_cannot_be_confirmed(office, signed_in, admin):
    page = paste(office)
    assert publish(signed_in(admin), page).status_code == 422
    assert not CalendarYear.objects.filter(year=2026).exists()


def test_the_way_there_is_on_the_calendar_and_in_the_list(office):
    assert URL in text(office.get(reverse("settings:years")))


# --- By a file, and by local days -----------------------------------------------------------

YEAR_2026 = [
    ["2026-01-01", "放假", "元旦"],
    ["2026-10-01", "放假", "国庆节"],
    ["2026-10-06", "放假", "国庆节"],
]


def test_a_file_shows_the_same_moves(office, tuesdays):
    page = upload(office, "years", YEAR_2026)
    [(village, added, moves)] = moves_of(page)
    assert (village, added) == ("石桥村", 52)
    assert moves == [(dt.date(2026, 10, 6), dt.date(2026, 10, 7))]
    assert "2026-10-06(周二) → 2026-10-07(周三)" in text(page)
    confirm(office, "years", page)
    assert LiaisonSession.objects.get(moved_from=dt.date(2026, 10, 6)).on == dt.date(2026, 10, 7)


def test_a_correction_moves_planned_days(office, tuesdays):
    confirm(office, "years", upload(office, "years", YEAR_2026))
    page = upload(office, "years", [["2026-03-03", "放假", "更正"]])
    assert moves_of(page) == [("石桥村", 0, [(dt.date(2026, 3, 3), dt.date(2026, 3, 4))])]


def test_local_days_from_a_file_show_what_they_move(office, tuesdays):
    page = upload(office, "local-days", [["2025-12-02", "放假", "庙会"]])
    assert moves_of(page) == [("石桥村", 0, [(dt.date(2025, 12, 2), dt.date(2025, 12, 3))])]


def test_nothing_to_move_is_said(office):
    assert "没有驻点日受影响" in text(paste(office))


def test_only_ones_own_villages_are_listed(signed_in, admin, tuesdays, foreign_village, qian):
    """The administrator of 青山镇 publishes for all, and sees what moves in his own township."""
    other = LiaisonPlan.objects.get(pk=tuesdays.pk)
    other.pk, other.village = None, foreign_village
    other.save()
    page = paste(signed_in(admin))
    assert [village for village, _, _ in moves_of(page)] == ["石桥村"]
    assert "其他乡镇的驻点日也随之调整" in text(page)


# --- The rule itself ------------------------------------------------------------------------


def day(on, kind="holiday"):
    return CalendarDay(on=on, kind=kind, name="试")


def test_a_first_working_monday_that_moves_is_one_line(plan):
    plan.recurrence, plan.weekdays = "first_working_weekday", [0]
    plan.valid_from = dt.date(2025, 1, 1)
    plan.save()
    [change] = changes(plans=[plan], trial=[day(dt.date(2025, 12, 1))], today=TODAY)
    [move] = change.moves
    assert (move.before, move.after) == (dt.date(2025, 12, 1), dt.date(2025, 12, 8))


def test_a_skipped_day_drops(plan):
    plan.holiday_rule, plan.valid_from = "skip", dt.date(2025, 1, 1)
    [change] = changes(plans=[plan], trial=[day(dt.date(2025, 12, 2))], today=TODAY)
    assert [(m.before, m.after) for m in change.moves] == [(dt.date(2025, 12, 2), None)]


def test_days_past_never_move(plan):
    plan.valid_from = dt.date(2025, 1, 1)
    assert changes(plans=[plan], trial=[day(dt.date(2025, 11, 18))], today=TODAY) == []
    assert changes(plans=[plan], trial=[], today=TODAY) == []


def test_the_days_are_told_by_holiday_to_be_checked_against_the_paper(office):
    page = paste(office)
    told = {each["name"]: each for each in page.context["holidays"]}
    assert list(told) == ["元旦", "春节", "清明节", "劳动节", "端午节", "国庆节", "中秋节"]
    assert told["春节"]["spells"] == [(dt.date(2026, 2, 15), dt.date(2026, 2, 23))]
    assert told["春节"]["number"] == 9
    assert told["春节"]["worked"] == [dt.date(2026, 2, 14), dt.date(2026, 2, 28)]
    assert "2026-02-15(周日) 至 2026-02-23(周一)" in text(page)


def test_the_same_notice_once_more_changes_nothing(office, monkeypatch):
    """Months later, when some of its days have passed, and under names the office knows them by."""
    publish(office, paste(office))
    CalendarDay.objects.filter(on__year=2026, name="清明节").update(name="清明")
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 8, 1))
    page = paste(office)
    counts = dict(page.context["staged"].counts())
    assert (counts["新增"], counts["变更"], counts["未收"], counts["未变"]) == (0, 0, 0, 39)
    assert "确认发布" not in text(page)
