"""延期: asked by who handles it, decided by another, told to the villager; and what is refused."""

import datetime as dt
import uuid

import pytest
import time_machine

from cadres.models import Notice
from conftest import appoint
from grievances import actions, alerting
from grievances.models import Category, DeadlinePolicy, Extension, Grievance
from liaison.errors import NotAllowed, Stale

from .conftest import DAY, done, moment

DUE = dt.date(2026, 12, 8)  # 15 working days after the liaison day
LATER = dt.date(2026, 12, 7)


@pytest.fixture
def ask(chen):
    """``ask(matter)``: 陈 asks for five more working days on the day before it is due."""

    def do(matter, *, by=None, amount=5, on=LATER, now=None, version=None, reason="等材料到货"):
        return actions.ask_extension(
            grievance=matter, by=by or chen, on=on, now=now or moment(on), version=version,
            amount=amount, reason=reason,
        )  # fmt: skip

    return do


def decide(extension, by, approve=True, on=LATER, version=None, **more):
    return actions.decide_extension(
        extension=extension,
        by=by,
        on=on,
        now=moment(on, 11),
        version=version,
        approve=approve,
        **more,
    )


def due_of(matter):
    matter.refresh_from_db()
    return matter.due_on


def test_the_office_approves_less_and_the_villager_is_told(matter_at, ask, zhao, li, chen):
    matter = matter_at("in_hand")
    asked = ask(matter)
    assert due_of(matter) == DUE
    assert Notice.objects.filter(recipient=zhao, title__contains="申请延期，请审批").count() == 1
    assert list(Extension.objects.visible_to(zhao).to_decide(zhao, DAY)) == [asked]

    given = decide(asked, zhao, granted=3, words="同意三天")
    assert (due_of(matter), matter.due_unit) == (dt.date(2026, 12, 11), "workday")
    assert matter.policy_version == 1
    step = matter.steps.last()
    assert (step.act_name, step.by) == ("批准延期", zhao)
    assert "由2026-12-08延至2026-12-11（3个工作日）" in step.words
    assert Notice.objects.filter(recipient=chen, title__contains="告诉反映人").count() == 1
    assert list(Extension.objects.visible_to(li).untold()) == [given]

    told = {"on": LATER, "now": moment(LATER, 12), "version": None, "mode": "phone"}
    given = actions.note_extension_told(extension=given, by=li, **told)
    assert given.told_on == LATER
    assert not Extension.objects.untold().exists()
    assert "电话告知反映人：延至2026-12-11" in matter.steps.last().words
    with pytest.raises(NotAllowed, match="已经告知过"):
        actions.note_extension_told(extension=given, by=chen, **told)
    # Counted as settled on time by the new date.
    matter = actions.settle(
        grievance=matter, by=chen, on=dt.date(2026, 12, 11), now=moment(dt.date(2026, 12, 11), 16),
        version=None, **done(),
    )  # fmt: skip
    assert matter.was_on_time


def test_nobody_decides_what_he_asked_for(matter_at, ask, zhao, zhou):
    asked = ask(matter_at("in_hand"), by=zhao)
    assert not Extension.objects.to_decide(zhao, DAY).exists()
    with pytest.raises(NotAllowed, match="本人申请的延期由其他同志审批"):
        decide(asked, zhao)
    assert decide(asked, zhou).state == "approved"  # a leader may what the office may


def test_what_the_only_one_of_the_office_asked_for_waits_for_the_leaders(
    matter_at, ask, zhao, zhou, qingshan
):
    """Else it would be nobody's; a second one in the office decides as before."""
    asked = ask(matter_at("in_hand"), by=zhao)
    assert list(Extension.objects.visible_to(zhou).to_decide(zhou, DAY)) == [asked]
    assert Notice.objects.filter(recipient=zhou, title__contains="申请延期，请审批").count() == 1
    second = appoint(qingshan, "qin", "秦月", "office")
    assert not Extension.objects.to_decide(zhou, DAY).exists()
    assert list(Extension.objects.visible_to(second).to_decide(second, DAY)) == [asked]


def test_what_rests_is_not_extended_and_says_why(matter_at, ask, act):
    """Not even when its day, which will move, has passed meanwhile."""
    matter = act("suspend", matter_at("in_hand"))
    for on in (LATER, DUE + dt.timedelta(days=1)):
        with pytest.raises(NotAllowed, match="挂起期间不计办理时限"):
            ask(matter, on=on)


def test_what_the_row_leaves_to_a_leader_the_office_does_not_decide(matter_at, ask, zhao, zhou):
    DeadlinePolicy.objects.filter(name="一般事项").update(approver="leader")
    asked = ask(matter_at("in_hand"))
    with pytest.raises(NotAllowed, match="由镇领导审批"):
        decide(asked, zhao)
    assert list(Extension.objects.visible_to(zhou).to_decide(zhou, DAY)) == [asked]


@pytest.mark.parametrize("name", ["chen", "li", "sun"])
def test_whose_role_does_not_approve_does_not(matter_at, ask, people, name):
    with pytest.raises(NotAllowed, match="由镇驻点办审批"):
        decide(ask(matter_at("in_hand"), by=people.zhao), getattr(people, name))


def test_a_refusal_needs_its_reason_and_moves_nothing(matter_at, ask, zhao):
    matter = matter_at("in_hand")
    asked = ask(matter)
    with pytest.raises(NotAllowed, match="不批准的理由"):
        decide(asked, zhao, approve=False)
    refused = decide(asked, zhao, approve=False, words="材料早已到货")
    assert (refused.state, due_of(matter)) == ("refused", DUE)
    with pytest.raises(NotAllowed, match="未批准"):
        decide(refused, zhao)
    assert ask(matter).is_waiting  # he may ask again


def test_the_cap_holds_in_sum_and_a_new_round_begins_anew(matter_at, ask, zhao, act):
    matter = matter_at("in_hand")
    with pytest.raises(NotAllowed, match="最多延长10个工作日，请改为不超过10"):
        ask(matter, amount=11)
    decide(ask(matter, amount=8), zhao)
    with pytest.raises(NotAllowed, match="已延8个工作日，请改为不超过2"):
        ask(matter, amount=3)
    late = LATER
    matter = act("settle", matter, on=late, now=moment(late, 13))
    matter = act("reopen", matter, on=late, now=moment(late, 14))
    assert ask(matter, amount=10, on=late, now=moment(late, 15)).amount == 10


@pytest.mark.parametrize(
    ("status", "who", "on", "amount", "said"),
    [
        ("in_hand", "li", LATER, 5, "由民政办承办"),
        ("in_hand", "sun", LATER, 5, "岗位不申请延期"),
        ("in_hand", "chen", dt.date(2026, 12, 9), 5, "已过办理时限"),
        ("in_hand", "chen", LATER, 0, "至少为1"),
        ("settled", "chen", LATER, 5, "已办结"),
    ],
)
def test_what_is_not_asked(matter_at, ask, people, status, who, on, amount, said):
    with pytest.raises(NotAllowed, match=said):
        ask(matter_at(status), by=getattr(people, who), on=on, amount=amount)
    assert not Extension.objects.exists()


def test_asked_in_time_on_paper_may_be_typed_later(matter_at, ask, zhao):
    """办理 on the day counts, not the hour it is typed (but a day before it was asked decides nothing)."""
    matter = matter_at("in_hand")
    asked = ask(matter, on=DUE, now=moment(dt.date(2026, 12, 10)))
    with pytest.raises(NotAllowed, match="早于申请日期"):
        decide(asked, zhao, on=LATER)
    decide(asked, zhao, on=dt.date(2026, 12, 10))
    assert due_of(matter) == dt.date(2026, 12, 15)


def test_a_matter_without_a_cap_is_not_extended(li, facts, ask):
    on = DAY
    matter = actions.register(by=li, on=on, now=moment(on), **facts | {"is_urgent": True})
    with pytest.raises(NotAllowed, match="“加急事项”的规定不能延期"):
        ask(matter, by=li, on=on)


def test_what_was_granted_stays_when_the_office_puts_the_category_right(li, facts, ask, zhao, act):
    matter = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
    decide(ask(matter, by=li, on=DAY), zhao, on=DAY)
    matter = act("accept", matter, category=Category.objects.get(name="水利"), now=moment(DAY, 12))
    assert matter.due_on == dt.date(2026, 12, 15)


def test_one_at_a_time_and_it_can_be_withdrawn(matter_at, ask, chen, li, zhao):
    matter = matter_at("in_hand")
    asked = ask(matter)
    with pytest.raises(NotAllowed, match="待批"):
        ask(matter)
    common = {"extension": asked, "on": LATER, "now": moment(LATER, 12)}
    with pytest.raises(NotAllowed, match="只有申请人或镇驻点办"):
        actions.withdraw_extension(by=li, version=None, **common)
    with pytest.raises(Stale):
        actions.withdraw_extension(by=chen, version=7, **common)
    assert actions.withdraw_extension(by=chen, version=1, **common).state == "withdrawn"
    assert ask(matter).is_waiting


def test_into_a_year_without_a_calendar_nothing_is_guessed(li, facts, ask, zhao):
    on = dt.date(2026, 12, 10)
    matter = actions.register(by=li, on=on, now=moment(on), **facts)
    asked = ask(matter, by=li, on=on)
    with pytest.raises(NotAllowed, match="2027年工作日历未发布"):
        decide(asked, zhao, on=on)
    assert due_of(matter) == dt.date(2026, 12, 31)
    assert Extension.objects.get().is_waiting


class TestPages:
    """The same by the pages, as the three of them do it."""

    @pytest.fixture(autouse=True)
    def _december(self):
        with time_machine.travel(moment(LATER, 15), tick=True):
            yield

    def todo(self, client, label):
        todos = client.get("/").context["todos"]
        return next((each for each in todos if each.label == label), None)

    def test_asked_approved_told(self, signed_in, matter_at, chen, zhao, li, wang):
        matter = matter_at("in_hand")
        home = f"/ledger/{matter.number}/"
        client = signed_in(chen)
        assert "申请延期" in client.get(home).content.decode()
        assert self.todo(client, "临期").count == 1
        form = {
            "form_key": str(uuid.uuid4()), "version": matter.version, "on": LATER, "amount": 5,
            "reason": "等材料到货",
        }  # fmt: skip
        page = client.get(home + "extend/")
        assert "还可延长10个工作日" in page.content.decode()
        assert client.post(home + "extend/", form).headers["Location"] == home
        assert client.post(home + "extend/", form).status_code == 302  # a double tap is one request
        asked = Extension.objects.get()
        # 陈 asked and does not decide: back to the matter, with the reason
        refused = client.get(f"/ledger/extensions/{asked.pk}/decide/", follow=True)
        assert "本人申请的延期由其他同志审批" in refused.content.decode()

        client = signed_in(zhao)
        todo = self.todo(client, "延期待审批")
        assert (todo.count, client.get(todo.url).context["page"].total) == (1, 1)
        url = f"/ledger/extensions/{asked.pk}/decide/"
        assert "等材料到货" in client.get(url).content.decode()
        answer = {"version": 1, "on": LATER, "answer": "yes", "granted": 5, "decision": ""}
        assert client.post(url, answer).headers["Location"] == home
        assert client.post(url, answer).status_code == 409
        assert due_of(matter) == dt.date(2026, 12, 15)
        assert self.todo(client, "延期待审批") is None
        assert "2026-12-08 → 2026-12-15" in client.get(home).content.decode()

        client = signed_in(li)
        assert self.todo(client, "延期待告知反映人").count == 1
        told = {"version": 2, "on": LATER, "mode": "oral", "words": ""}
        url = f"/ledger/extensions/{asked.pk}/told/"
        assert client.post(url, told | {"mode": ""}).status_code == 422
        assert client.post(url, told).headers["Location"] == home
        assert self.todo(client, "延期待告知反映人") is None
        assert signed_in(wang).get(url).status_code == 404

    def test_what_is_near_its_day_is_yellow(self, signed_in, matter_at, zhao):
        matter = matter_at("in_hand")
        client = signed_in(zhao)
        page = client.get("/ledger/", {"state": "near"})
        assert [row.pk for row in page.context["page"].rows] == [matter.pk]
        assert "临期" in page.content.decode()
        assert "临期 还剩1个工作日" in client.get(f"/ledger/{matter.number}/").content.decode()
        Grievance.objects.update(status="suspended")  # its clock stands still
        page = client.get("/ledger/", {"q": matter.number}).content.decode()
        assert "-yellow" not in page.partition("<tbody")[2] and "挂起" in page
        assert (
            alerting.suggested(
                Grievance.objects.get(), moment(LATER, 15), persons=1, trend="contained"
            )
            is None
        )
        Grievance.objects.update(status="in_hand")
        Grievance.objects.update(due_at=moment(dt.date(2026, 12, 11)), due_on="2026-12-11")
        assert client.get("/ledger/", {"state": "near"}).context["page"].total == 0
