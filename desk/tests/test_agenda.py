"""例会议题: nothing retyped, each reader his own rows, from one meeting to the next."""

import datetime as dt

import pytest
from django.urls import reverse

from cadres.models import StandingMeeting
from conftest import appoint
from desk.agenda import MeetingDays
from grievances import actions as ledger
from grievances.models import Category, Grievance, Source
from liaison import clock
from villages.models import Village
from visits import actions
from visits.models import NeedKind

ON = dt.date(2026, 11, 17)


@pytest.fixture
def meeting(qingshan):
    """庐阳's way: 调度会 on the 25th of every month."""
    return StandingMeeting.objects.create(
        township=qingshan, name="调度会", place="二楼会议室", recurrence="monthly_day",
        month_days=[25], starts_at=dt.time(9), ends_at=dt.time(11), valid_from=dt.date(2026, 1, 1),
        holiday_rule="keep",
    )  # fmt: skip


@pytest.fixture
def url(meeting):
    """The agenda's page."""
    return reverse("desk:agenda", args=[meeting.pk])


def matter(by, village, summary, on):
    return ledger.register(
        by=by, on=on, now=clock.now(), village=village, summary=summary, kind="demand",
        category=Category.objects.first(), source=Source.objects.first(), complainant="匿名",
    )  # fmt: skip


@pytest.fixture
def busy(li, zhao, shiqiao, household):
    """Something for every part of the agenda, and something that is not for it."""
    old = matter(li, shiqiao, "去年的水渠", dt.date(2026, 9, 1))
    late = matter(li, shiqiao, "超期的路灯", dt.date(2026, 9, 2))
    Grievance.objects.filter(pk=late.pk).update(due_at=clock.now() - dt.timedelta(days=1))
    Grievance.objects.filter(pk=old.pk).update(due_at=clock.now() + dt.timedelta(days=30))
    new = matter(li, shiqiao, "新登记的井盖", ON)
    promised = matter(li, shiqiao, "答应月底清渠", ON)
    Grievance.objects.filter(pk=promised.pk).update(
        promise="清渠", promise_due_on=dt.date(2026, 11, 16)
    )
    common = {"by": li, "now": clock.now(), "village": shiqiao, "household": household}
    actions.suggest(words="村口装凉亭", proposed_on=ON, **common)
    soon, later = NeedKind.objects.filter(name__in=("低保", "特困")).order_by("order")
    actions.find_need(kind=soon, found_on=ON, next_look_on=dt.date(2026, 11, 24), **common)
    actions.find_need(kind=later, found_on=ON, next_look_on=dt.date(2026, 12, 24), **common)
    return {"old": old, "late": late, "new": new}


def test_it_lists_what_the_next_meeting_goes_through(signed_in, zhao, url, busy):
    answer = signed_in(zhao).get(url)
    agenda, text = answer.context["agenda"], answer.content.decode()
    assert (agenda.since, agenda.on) == (dt.date(2026, 10, 25), dt.date(2026, 11, 25))
    assert [row.summary for row in agenda.overdue.rows] == ["超期的路灯"]
    assert [row.summary for row in agenda.asked.rows] == ["新登记的井盖", "答应月底清渠"]
    assert [row.summary for row in agenda.promised.rows] == ["答应月底清渠"]
    assert "清渠" in text and "已过期" in text
    assert [row.words for row in agenda.proposals.rows] == ["村口装凉亭"]
    assert [row.kind.name for row in agenda.needs.rows] == ["低保"]
    assert busy["new"].number in text and "金100-2026-0001" in text and "需100-2026-0001" in text
    assert "去年的水渠" not in text
    assert "周*山" in text and "周大山" not in text  # paper gets about


def test_of_one_village_and_of_another_day(signed_in, zhao, url, busy, shiqiao, heping):
    client = signed_in(zhao)
    assert client.get(url, {"village": heping.pk}).context["agenda"].overdue.count == 0
    ours = client.get(url, {"village": shiqiao.pk, "on": "2026-12-25"}).context["agenda"]
    assert (ours.since, ours.on, ours.overdue.count) == (
        dt.date(2026, 11, 25), dt.date(2026, 12, 25), 1,
    )  # fmt: skip
    assert [row.kind.name for row in ours.needs.rows] == ["低保", "特困"]
    for nonsense in ("2026-11-26", "x", "9" * 30):
        assert client.get(url, {"on": nonsense}).context["agenda"].on == dt.date(2026, 11, 25)


def test_each_reader_finds_his_own_rows(signed_in, everybody, url, busy, shiqiao):
    counts = {"li": (1, 1, 1), "wang": (0, 0, 0), "sun": (1, 1, 1), "contact": (0, 0, 0)}
    for who, expected in counts.items():
        agenda = signed_in(getattr(everybody, who)).get(url).context["agenda"]
        found = (agenda.overdue.count, agenda.proposals.count, agenda.needs.count)
        assert found == expected, who
    assert signed_in(everybody.qian).get(url).status_code == 404
    assert signed_in(everybody.chen).get(url).status_code == 403
    everybody.contact.post.household_links.create(
        village=shiqiao, household=shiqiao.households.get(), kind="cadre", since="2020-01-01"
    )
    text = signed_in(everybody.contact).get(url).content.decode()
    assert "村口装凉亭" in text and "超期的路灯" not in text


def test_a_meeting_without_days_ahead_is_of_today(signed_in, zhao, meeting, url):
    StandingMeeting.objects.update(valid_to=dt.date(2026, 10, 31))
    agenda = signed_in(zhao).get(url).context["agenda"]
    assert (agenda.since, agenda.on) == (dt.date(2026, 10, 25), ON)


def test_the_first_meeting_looks_back_to_when_meetings_began(meeting):
    meeting.valid_from = dt.date(2026, 11, 1)
    days = MeetingDays.of(meeting, ON, None)
    assert days.before[days.next_on] == dt.date(2026, 11, 1)


def test_a_full_agenda_prints_a_hundred_and_says_where_the_rest_is(
    signed_in, zhao, li, url, shiqiao, django_assert_max_num_queries
):
    client = signed_in(zhao)
    actions.suggest(
        by=li, now=clock.now(), village=shiqiao, visitor="某", words="一", proposed_on=ON
    )
    with django_assert_max_num_queries(25) as few:
        client.get(url)
    for at in range(102):
        actions.suggest(
            by=li, now=clock.now(), village=shiqiao, visitor="某", words=f"第{at}条", proposed_on=ON
        )
    with django_assert_max_num_queries(len(few) + 1):
        answer = client.get(url)
    part = answer.context["agenda"].proposals
    assert (len(part.rows), part.count, part.left) == (100, 103, 3)
    assert "其余 3 条见" in answer.content.decode()


def test_the_list_of_meetings_leads_to_it(signed_in, zhao, li, chen, meeting, url):
    for user, leads in ((zhao, True), (li, True), (chen, False)):
        text = signed_in(user).get(reverse("cadres:meetings")).content.decode()
        assert (url in text) is leads, user


def test_villages_stand_in_administrative_order(signed_in, zhao, qingshan, url, li, shiqiao):
    other = Village.objects.create(township=qingshan, code="990001100100", name="安前村")
    clerk = appoint(qingshan, "ke", "柯办", "office", title="另一干事")
    for by, village in ((li, shiqiao), (clerk, other)):
        actions.suggest(
            by=by, now=clock.now(), village=village, visitor="某", words="好", proposed_on=ON
        )
    rows = signed_in(zhao).get(url).context["agenda"].proposals.rows
    assert [row.village for row in rows] == [other, shiqiao]
