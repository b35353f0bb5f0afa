"""现在该谁办: exactly one person is named for everything open, upward where a post is vacant; 首访负责."""

import datetime as dt
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadres.models import Department, Holding, User
from conftest import appoint
from grievances import actions, turns
from grievances.desks import DESKS, MINE, at_desk, desk_of, mine
from grievances.first_contact import first_contact
from grievances.models import Grievance, Rung, Status
from grievances.models.states import OPEN
from grievances.turns import turn_of, turns_of
from visits.models import Attendance, LiaisonSession, Visit

from .conftest import DAY, moment

pytestmark = pytest.mark.django_db
NEXT = DAY + dt.timedelta(days=1)


def leave(user):
    """His posts are vacant from the day after DAY on."""
    user.holdings.update(until=DAY)


@pytest.fixture
def every(registered, li, chen, minzheng, qingshan):
    """A matter of every state, with and without village, unit and handler, from here and from an older ledger."""
    empty = Department.objects.create(township=qingshan, name="空办")
    settled = {"settled_on": DAY, "settlement": "substantive"}
    rungs = itertools.cycle(Rung.objects.filter(township=None).order_by("order"))
    rows = []
    units = ((None, None), (minzheng, None), (minzheng, chen), (minzheng, li), (empty, None))
    for at, (status, (unit, handler), place, old) in enumerate(
        itertools.product(Status, units, (registered.village, None), (False, True))
    ):
        if status in (Status.DECLINED, Status.MERGED) or (place is None and not old):
            continue
        done = status not in OPEN
        rows.append(
            Grievance(
                number=f"t{at}", township=qingshan, village=place, status=status, department=unit,
                handler=handler, is_imported=old, summary=f"{at}", category=registered.category,
                source=registered.source, registered_on=DAY, entered_at=moment(DAY),
                registered_by=None if old else li, settled_by=None if old or not done else chen,
                rung=next(rungs) if status == Status.ESCALATED else None,
                forwarded_to="县供电公司" if status == Status.FORWARDED else "",
                **(settled if done else {}),
            )
        )  # fmt: skip
    Grievance.objects.bulk_create(rows)
    return Grievance.objects.select_related("department")


USUAL = {
    "registered": ("镇驻点办 赵敏", "受理"),
    "accepted": ("镇驻点办 赵敏", "交办"),
    "assigned": ("民政办 陈静", "接收办理"),
    "in_hand": ("民政办 陈静", "办结"),
    "returned": ("镇驻点办 赵敏", "重新交办"),
    "settled": ("李明", "向反映人反馈"),
    "answered": ("督查组 孙正", "回访核实"),
    "verified": ("镇驻点办 赵敏", "销号"),
}


@pytest.mark.parametrize("status", USUAL)
def test_each_state_names_its_person_and_his_step(zhao, sun, matter_at, status):
    matter = matter_at(status)
    turn = turn_of(matter, DAY)
    assert (turn.who, turn.what) == USUAL[status]
    assert turn.by == (matter.due_on if matter.is_open else None)


@pytest.mark.parametrize(
    ("led", "said"),
    [
        ((), "现在由民政办办理；需要代为记录的"),
        (("suspend",), "现在挂起，条件具备了请解挂"),
        (("call_up",), "已呈报到“统筹调度”，等待阅处；需要代为记录的"),
    ],
)
def test_the_office_reads_beside_the_forms_whose_turn_it_is(
    signed_in, zhao, matter_at, act, led, said
):
    """Not that the unit is at work on what rests, or on what stands on a rung."""
    matter = matter_at("in_hand")
    for name in led:
        matter = act(name, matter)
    page = signed_in(zhao).get(reverse("grievances:detail", args=[matter.number]))
    note = page.content.decode().partition('class="matter-acts')[2].partition("</div>")[0]
    assert said in note, note


def test_what_is_closed_or_declined_waits_for_nobody(matter_at):
    assert turn_of(matter_at("closed_out"), DAY) is None


def test_declined_waits_for_nobody(matter_at):
    assert turn_of(matter_at("declined"), DAY) is None


def test_a_turn_falls_upward_where_a_post_is_vacant(
    zhao, zhou, li, chen, sun, minzheng, qingshan, matter_at
):
    """A handler's to his unit, the unit's to the office, the office's to the leaders; never to nobody."""
    second = appoint(qingshan, "lin", "林雨", "handler", department=minzheng)
    matter = matter_at("in_hand")
    assert turn_of(matter, NEXT).person == chen
    leave(chen)
    assert turn_of(matter, NEXT).person == second
    leave(second)
    turn = turn_of(matter, NEXT)
    assert (turn.person, turn.what) == (zhao, "安排承办人")
    leave(zhao)
    assert turn_of(matter, NEXT).who == "镇领导 周明"
    leave(zhou)
    assert (turn_of(matter, NEXT).who, turn_of(matter, NEXT).person) == ("镇驻点办(岗位空缺)", None)


def test_nobody_is_to_ask_about_his_own_work(zhao, zhou, sun, chen, matter_at):
    matter = matter_at("answered")
    assert turn_of(matter, NEXT).person == sun
    leave(sun)
    assert turn_of(matter, NEXT).person == zhao
    matter.settled_by = zhao
    assert turn_of(matter, NEXT).person == zhou


def test_after_asking_the_step_follows_the_answer(sun, zhao, matter_at, act):
    matter = act("verify", matter_at("answered"), answer="dissatisfied")
    assert turn_of(matter, DAY).what == "重办或说明理由后销号"


def test_everything_open_has_exactly_one_named_person(every, zhao, sun, zhou):
    found = turns_of(list(every), DAY)
    for matter in every:
        turn = found[matter.pk]
        if matter.is_open:
            assert turn.person is not None, matter
            assert turn.who
            assert turn.what
        assert (turn is None) == (desk_of(matter) == ""), matter


def test_the_filter_finds_what_the_rows_say(every):
    """at_desk() is the condition of many, desk_of() the fact of one: they agree on every kind of matter."""
    for desk, _ in DESKS:
        if desk != MINE:
            assert {row.pk for row in every.filter(at_desk(desk))} == {
                row.pk for row in every if desk_of(row) == desk
            }


@pytest.mark.parametrize("vacant", ["", "chen", "sun", "li", "zhao"])
def test_whoever_is_named_finds_it_among_his_own(every, zhao, sun, zhou, li, chen, vacant):
    """The filter 「我」 holds each matter whose turn is his; vacancies included."""
    if vacant:
        leave({"chen": chen, "sun": sun, "li": li, "zhao": zhao}[vacant])
    named = turns_of(list(every), NEXT)
    for user in User.objects.filter(pk__in=[zhao.pk, sun.pk, zhou.pk, li.pk, chen.pk]):
        own = set(every.filter(mine(user, NEXT)).values_list("pk", flat=True))
        told = {pk for pk, turn in named.items() if turn and turn.person == user}
        assert told <= own, user


def queries_of(matters):
    with CaptureQueriesContext(connection) as caught:
        turns_of(matters, DAY)
    return len(caught)


def test_a_hundred_matters_cost_no_more_queries_than_one_of_each(every, zhao, sun, zhou):
    rows = list(every)
    few = [
        next(row for row in rows if row.status == status and not row.is_imported)
        for status in USUAL
    ]
    assert queries_of(few) + 1 == queries_of(rows)  # the rungs, once one is led up to
    assert queries_of(rows) <= 9


def test_a_matter_an_older_ledger_calls_settled_waits_for_nobody(every):
    assert not any(turns.turn_of(row, DAY) for row in every if row.is_imported and row.is_settled)


# --- Pages ----------------------------------------------------------------------------------


def test_the_page_and_the_list_name_him_and_the_filter_finds_it(signed_in, zhao, chen, matter_at):
    matter = matter_at("assigned")
    for user in (zhao, chen):
        client = signed_in(user)
        page = client.get(f"/ledger/{matter.number}/").content.decode()
        assert "现在该谁办" in page
        assert "民政办 陈静" in page
        assert "接收办理" in page
        listed = client.get("/ledger/").content.decode()
        assert "民政办 陈静" in listed
    found = signed_in(chen).get("/ledger/?turn=me").context["page"].rows
    assert [row.pk for row in found] == [matter.pk]
    assert not signed_in(zhao).get("/ledger/?turn=me").context["page"].rows
    assert signed_in(zhao).get("/ledger/?turn=unit").context["page"].rows


# --- 首访负责 --------------------------------------------------------------------------------


def test_whoever_received_first_stays_answerable(li, facts, act, shiqiao, qingshan, chen):
    """李 wrote the reception down, 林 sat beside him; when 李's post has gone on, its holder answers."""
    beside = appoint(qingshan, "lin", "林雨", "cadre")
    session = LiaisonSession.objects.create(
        township=qingshan, team=li.team, village=shiqiao, on=DAY, starts_at="09:00",
        ends_at="11:30", place="村委会", status="held",
    )  # fmt: skip
    for user, mark in ((beside, "present"), (chen, "absent")):
        Attendance.objects.create(
            session=session, post=user.post, person=user, person_name=str(user),
            post_title=user.post.title, mark=mark,
        )  # fmt: skip
    visit = Visit.objects.create(
        session=session, township=qingshan, village=shiqiao, mode="reception", occurred_on=DAY,
        entered_at=moment(DAY), entered_by=li,
    )  # fmt: skip
    matter = actions.register(by=li, on=DAY, now=moment(DAY), visit=visit, **facts)
    first = first_contact(matter, DAY)
    assert first.people == [li, beside]
    assert not first.is_handed_on
    successor = appoint(qingshan, "xin", "新来", "cadre")
    leave(li)
    Holding.objects.create(user=successor, post=li.post, since=NEXT)
    first = first_contact(matter, NEXT)
    assert (first.people[0], first.now, first.is_handed_on) == (li, [successor], True)


def test_without_a_visit_the_registrar_is_the_first(li, matter_at):
    first = first_contact(matter_at("registered"), DAY)
    assert (first.people, first.visit) == ([li], None)


def test_an_older_ledger_may_name_nobody(every):
    assert first_contact(every.filter(is_imported=True).first(), DAY) is None
