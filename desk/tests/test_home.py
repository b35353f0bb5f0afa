"""工作台: each number is the length of the list behind its link."""

import datetime as dt

import pytest
from django.urls import reverse

from cadres.models import CalendarYear, Notice, Seat
from conftest import appoint
from desk.actions import save_liaison_day
from desk.entries import Entry, Matter
from grievances import actions as ledger
from grievances.models import Grievance, SettlementMethod
from liaison import clock
from visits.attendance import SeatMark
from visits.models import LiaisonSession

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 17)


@pytest.fixture
def busy(day, li, feng, zhao, chen, minzheng, household):
    """One matter at every state on the way, two of them overdue, two days not written up, one to announce.

    Next year's calendar is there: while it is missing the office has one thing more that is no list
    (test_next_year.py).
    """
    CalendarYear.objects.get_or_create(year=clock.today().year + 1, defaults={"source": "通知"})
    for on in ("2026-11-03", "2026-11-10", clock.today() + dt.timedelta(days=1)):
        past = LiaisonSession.objects.get(pk=day.pk)
        past.pk, past.on = None, on
        past.save()
    marks = [SeatMark(user.post.pk, "present") for user in (li, feng)]
    entries = [
        Entry(mode="home", household=household, matters=(Matter(f"第{n}件"),)) for n in range(8)
    ]
    made = save_liaison_day(
        session=day, by=li, now=clock.now(), version=1, marks=marks, entries=entries
    )
    road = [
        ("accept", zhao, {}),
        ("assign", zhao, {"department": minzheng}),
        ("take_in_hand", chen, {}),
        (
            "settle",
            chen,
            {
                "settlement": "substantive",
                "method": SettlementMethod.objects.first(),
                "words": "修好了",
            },
        ),
        ("answer", li, {"mode": "oral"}),
        ("verify", zhao, {"answer": "satisfied", "mode": "phone"}),
    ]
    for steps, (_, [matter]) in enumerate(made[:7]):
        for verb, by, more in road[:steps]:
            matter.refresh_from_db()
            getattr(ledger, verb)(
                grievance=matter, by=by, on=ON, now=clock.now(), version=None, **more
            )
    back = made[7].matters[0]
    for verb, by, more in (*road[:2], ("return_", chen, {"words": "不属于我们"})):
        getattr(ledger, verb)(grievance=back, by=by, on=ON, now=clock.now(), version=None, **more)
    late = [made[0].matters[0].pk, made[3].matters[0].pk]
    Grievance.objects.filter(pk__in=late).update(due_at=clock.now() - dt.timedelta(hours=1))


ROLES = {
    "li": {
        "驻点日待补记": 2, "驻点日待确认": 2, "待张贴公示": 1, "超期未结": 2, "已办结，待反馈": 1, "应走访的户": 0,
    },
    "zhao": {
        "待受理": 1, "待交办": 1, "已退回，待重新交办": 1, "超期未结": 2, "已核实，待销号": 1, "驻点日逾期未确认": 2,
        "待张贴公示": 1,
    },
    "chen": {"已交办，待接收": 1, "办理中": 1, "超期未结": 1},
    "sun": {"超期未结": 2, "已反馈，待回访": 1},
    "zhou": {"超期未结": 2, "已反馈，待回访": 1},
    "wang": {
        "驻点日待补记": 0, "驻点日待确认": 0, "待张贴公示": 0, "超期未结": 0, "已办结，待反馈": 0, "应走访的户": 1,
    },
    "qian": {
        "待受理": 0, "待交办": 0, "已退回，待重新交办": 0, "超期未结": 0, "已核实，待销号": 0, "驻点日逾期未确认": 0,
        "待张贴公示": 0,
    },
    "contact": {"我的联系户": 0, "应走访的户": 0}, "county": {}, "admin": {}, "auditor": {},
}  # fmt: skip


@pytest.mark.parametrize("name", ROLES)
def test_each_number_is_the_length_of_its_list(signed_in, everybody, busy, name):
    client = signed_in(getattr(everybody, name))
    todos = client.get(reverse("desk:home")).context["todos"]
    assert {todo.label: todo.count for todo in todos} == ROLES[name]
    for todo in todos:
        assert client.get(todo.url).context["page"].total == todo.count, todo.label


def test_households_nobody_answers_for_wait_at_the_office(
    signed_in, zhao, contact, heping, shiqiao
):
    """Once the office links households at all; the contact finds his own."""
    home = shiqiao.households.get()
    contact.post.household_links.create(
        village=shiqiao, household=home, kind="cadre", since="2020-01-01"
    )
    for user, label in ((zhao, "未联系的户"), (contact, "我的联系户")):
        client = signed_in(user)
        todos = client.get(reverse("desk:home")).context["todos"]
        todo = next(each for each in todos if each.label == label)
        assert todo.count == 1
        page = client.get(todo.url).context["page"]
        assert [row.village for row in page.rows] == [heping if user == zhao else shiqiao]


def test_a_contact_s_cancelled_household_is_neither_counted_nor_listed(
    signed_in, contact, shiqiao, neighbours
):
    """It stays linked, for its history."""
    for home in shiqiao.households.filter(number__in=("001", "002", "003")):
        contact.post.household_links.create(
            village=shiqiao, household=home, kind="cadre", since="2020-01-01"
        )
    shiqiao.households.filter(number="002").update(residence="cancelled", cancelled_on=ON)
    client = signed_in(contact)
    desk = client.get("/")
    [mine] = [todo for todo in desk.context["todos"] if todo.label == "我的联系户"]
    listed = client.get(mine.url).context["page"]
    assert mine.count == listed.total == 2
    assert [home.number for home in listed.rows] == ["001", "003"]
    assert "周小山" not in desk.content.decode()


@pytest.mark.parametrize(
    ("name", "doors"),
    [
        ("sun", ["工作一览"]), ("zhou", ["工作一览"]), ("county", ["工作一览"]), ("admin", ["账号"]),
        ("auditor", ["审计记录"]), ("li", []),
    ],
)  # fmt: skip
def test_the_desk_opens_the_pages_a_role_begins_with(signed_in, everybody, name, doors):
    client = signed_in(getattr(everybody, name))
    shown = client.get(reverse("desk:home")).context["doors"]
    assert [word for word, _ in shown] == doors
    assert all(client.get(url).status_code == 200 for _, url in shown)


def test_two_posts_bring_two_roles_todos_once_each(signed_in, qingshan, sun, zhao):
    both = appoint(qingshan, "duo", "多职", "office", title="兼职一")
    other = appoint(qingshan, "duo2", "多职二", "supervisor", title="兼职二")
    other.holdings.update(user=both)
    labels = [todo.label for todo in signed_in(both).get("/").context["todos"]]
    assert len(labels) == len(set(labels))
    assert {"待受理", "已反馈，待回访"} <= set(labels)


def test_today_s_liaison_day_is_one_big_button(signed_in, li, wang, contact, day):
    url = reverse("desk:day", args=[day.pk])
    text = signed_in(li).get("/").content.decode()
    assert "今天是石桥村的驻点日" in text and url in text
    assert "今天是石桥村的驻点日" not in signed_in(wang).get("/").content.decode()


def test_without_one_today_the_next_is_named(signed_in, li, day):
    LiaisonSession.objects.update(on="2026-11-24")
    text = signed_in(li).get("/").content.decode()
    assert "接下来的驻点日" in text and "2026-11-24" in text


def test_unread_notices_are_one_s_own(signed_in, li, wang):
    Notice.objects.create(
        kind="session", subject="session:1", slot="1", recipient=li, title="明天驻点",
        due_at=clock.now(), created_at=clock.now(),
    )  # fmt: skip
    assert "明天驻点" in signed_in(li).get("/").content.decode()
    assert "明天驻点" not in signed_in(wang).get("/").content.decode()


def test_the_desk_costs_few_queries(signed_in, zhao, busy, django_assert_max_num_queries):
    client = signed_in(zhao)
    client.get("/")
    with django_assert_max_num_queries(21):
        client.get("/")


def test_a_leader_of_the_township_who_leads_a_team_finds_its_days(signed_in, zhou, li, busy):
    """责任人 are 班子成员; one who leads no team is told nothing of days."""
    labels = {todo.label for todo in signed_in(zhou).get("/").context["todos"]}
    assert "驻点日待确认" not in labels
    Seat.objects.create(team=li.team, post=zhou.post, kind=Seat.Kind.LEAD)
    todos = {todo.label: todo for todo in signed_in(zhou).get("/").context["todos"]}
    assert todos["驻点日待确认"].count > 0
    listed = signed_in(zhou).get(todos["驻点日待确认"].url).context["page"]
    assert listed.total == todos["驻点日待确认"].count
