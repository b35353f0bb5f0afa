"""Leave, stand-in, reminder to the stand-in only, attendance, dashboard: one story through the pages."""

import datetime as dt
import html
import re
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from cadres.delivering import deliver_due
from cadres.models import Notice, Seat
from conftest import appoint
from desk.due import run_due
from tests.filling import fill_in
from visits.models import LeaveRequest, LiaisonSession

SHANGHAI = ZoneInfo("Asia/Shanghai")
TUESDAY = dt.date(2026, 11, 24)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock_at(time_machine):
    """``clock_at(23, 17)``: it is 17:00 on 23 November 2026 in Shanghai."""

    def move(day, hour, minute=0):
        moment = dt.datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)
        time_machine.move_to(moment, tick=False)
        return moment

    return move


@pytest.fixture
def feng(qingshan, li):
    """冯: a member of 李's team."""
    user = appoint(qingshan, "feng", "冯兰", "cadre", title="驻村干部")
    Seat.objects.create(team=li.team, post=user.post, order=1)
    return user


@pytest.fixture
def he(qingshan):
    """何: a cadre who sits in no team, and so reads no village."""
    return appoint(qingshan, "hexin", "何欣", "cadre", title="综治干部")


def test_from_leave_to_the_dashboard(
    plan, li, feng, he, wang, sun, household, signed_in, clock_at, mailoutbox
):
    run_due(clock_at(19, 9))
    session = LiaisonSession.objects.get(plan=plan, on=TUESDAY)
    day = reverse("desk:day", args=[session.pk])
    home = reverse("villages:household", args=[household.pk])
    _leave_is_asked_and_approved(session, day, li, feng, he, signed_in)
    _the_evening_before_the_stand_in_is_reminded(clock_at, mailoutbox)
    clock_at(24, 12)
    _the_stand_in_writes_the_day_up(session, day, home, he, signed_in)
    _the_lead_confirms_it(session, day, home, li, he, signed_in, clock_at)
    _the_dashboard_counts_it(session, sun, signed_in)


def _leave_is_asked_and_approved(session, day, li, feng, he, signed_in):
    # 冯 asks, proposing 何, who reads nothing of 石桥村 yet
    assert signed_in(he).get(day).status_code == 404
    ask = reverse("visits:ask_leave", args=[session.pk])
    assert ask in signed_in(feng).get(day).content.decode()
    fill_in(signed_in(feng), ask, kind="sick", words="住院检查", stand_in=he.pk)
    leave = LeaveRequest.objects.get()
    page = reverse("visits:leave", args=[leave.pk])
    assert signed_in(he).get(page).status_code == 404

    # 李 finds it among his 待办 and approves
    todos = {todo.label: todo for todo in signed_in(li).get("/").context["todos"]}
    listed = signed_in(li).get(todos["请假待批"].url).context["page"].rows
    assert (todos["请假待批"].count, list(listed)) == (1, [leave])
    fill_in(signed_in(li), page, act="approve")
    assert "请假待批" not in {todo.label for todo in signed_in(li).get("/").context["todos"]}

    # The day's page says who comes instead, and not why
    text = signed_in(he).get(day).content.decode()
    assert "由何欣代班" in text
    assert "病" not in text


def _the_evening_before_the_stand_in_is_reminded(clock_at, mailoutbox):
    """And the absent one is not."""
    run_due(clock_at(23, 17, 1))
    deliver_due(clock_at(23, 17, 2))
    reminded = Notice.objects.filter(kind="session_reminder").values_list(
        "recipient__username", flat=True
    )
    assert set(reminded) == {"li", "hexin"}
    mailed = {mail.to[0] for mail in mailoutbox if "驻点提醒" in mail.subject}
    assert mailed == {"li@example.test", "hexin@example.test"}
    said = " ".join(f"{notice.title}{notice.text}" for notice in Notice.objects.all())
    assert not any(word in said for word in ("病", "住院", "冯兰"))


def _the_stand_in_writes_the_day_up(session, day, home, he, signed_in):
    """On the day 何 opens the page, finds himself on the sheet, meets 周大山 and writes it down."""
    assert signed_in(he).get(home).status_code == 200
    fill_in(signed_in(he), day, row__0__household="001", row__0__summary="路灯不亮")
    marks = [line.in_words() for line in session.attendance.order_by("pk")]
    assert marks == ["到", "代(何欣)"]
    session.refresh_from_db()
    assert (session.status, session.confirmed_by) == ("held", None)


def _the_lead_confirms_it(session, day, home, li, he, signed_in, clock_at):
    """The next day the village is closed to 何; the lead confirms with one press."""
    run_due(clock_at(25, 12))
    assert signed_in(he).get(home).status_code == 404
    assert signed_in(he).get(day).status_code == 200
    assert [
        n.recipient
        for n in Notice.objects.filter(kind="session_unconfirmed", slot__endswith=str(TUESDAY))
    ] == [li]
    fill_in(signed_in(li), day)
    session.refresh_from_db()
    assert session.confirmed_by == li


def _the_dashboard_counts_it(session, sun, signed_in):
    """As held; and its number opens exactly that row."""
    board = signed_in(sun).get("/dashboard/", {"period": "2026-11-24..2026-11-25"})
    text = html.unescape(board.content.decode())
    url, number = re.search(
        r'href="(/sessions/\?[^"]*held=1[^"]*)"[^>]*>(?:<b>)?(\d+)', text
    ).groups()
    rows = signed_in(sun).get(url).context["page"].rows
    assert (int(number), list(rows)) == (1, [session])
