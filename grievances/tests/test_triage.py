"""批量办理: a counted choice, confirmed, each row by itself; 已办, 跳过 and 失败 listed with reasons."""

import pytest
from django.urls import reverse

from cadres.models import Notice
from grievances import actions, triage
from grievances.actions.triage import MOST, order_triage
from grievances.models import Category, Grievance, RoutingRule, Step, Triage, TriageLine
from liaison import clock, jobs
from liaison.errors import NotAllowed
from liaison.models import AuditEntry, Job
from tests.filling import fill_in, form_on

from .conftest import DAY, moment

PAGE = "/ledger/triage/"


def text(answer):
    return answer.content.decode()


@pytest.fixture
def several(li, facts):
    """Four registered matters, the newest first."""
    made = [
        actions.register(by=li, on=DAY, now=moment(DAY), **facts | {"summary": f"第{n}件"})
        for n in range(4)
    ]
    return made[::-1]


def choose(client, matters, act="accept", **more):
    """The confirmation after ticking rows of the list."""
    picked = [f"{each.pk}:{each.version}" for each in matters]
    return client.post(PAGE, {"act": act, "scope": "chosen", "pick": picked, "asked": "", **more})


def outcomes(triage_row=None):
    lines = (triage_row or Triage.objects.get()).lines.order_by("pk")
    return [(line.outcome, line.reason) for line in lines]


def test_the_list_offers_it_to_whom_it_is_open(signed_in, zhao, chen, sun, county, several):
    """The office accepts and assigns; a unit takes in hand; the 督查组 urges; who only reads chooses nothing."""
    client = signed_in(zhao)
    page = text(client.get("/ledger/"))
    assert page.count('name="pick"') == 4
    many = client.get("/ledger/").context["many"]["acts"]
    assert [name for _, name in many] == ["受理", "交办", "接收办理", "催办"]
    assert "符合条件的全部4件" in page
    assert signed_in(sun).get("/ledger/").context["many"]["acts"] == [("urge", "催办")]
    assert signed_in(county).post(PAGE).status_code == 403


def test_chosen_rows_are_confirmed_with_their_count_and_done(signed_in, zhao, several, act):
    client = signed_in(zhao)
    act("accept", several[1])
    shown = choose(client, several[:3])
    assert "共选3件：可以受理的2件，要跳过的1件" in text(shown)
    assert "现在是“已受理”，不能“受理”" in text(shown)
    assert Grievance.objects.filter(status="accepted").count() == 1  # nothing was done yet
    told = text(fill_in(client, shown, on=str(DAY)))
    assert "已办2件，跳过1件，失败0件。" in told
    assert [outcome for outcome, _ in outcomes()] == ["done", "skipped", "done"]
    for matter in several[:3]:
        assert reverse("grievances:detail", args=[matter.number]) in told
    assert Grievance.objects.filter(status="accepted").count() == 3
    assert Step.objects.filter(act="accept", by=zhao).count() == 3
    assert AuditEntry.objects.filter(action="批量办理", actor_id=zhao.pk).count() == 1


def test_all_of_the_filter_is_exactly_its_rows(signed_in, zhao, several, facts, li):
    other = facts | {"category": Category.objects.get(name="水利")}
    water = actions.register(by=li, on=DAY, now=moment(DAY), **other)
    client = signed_in(zhao)
    asked = f"category={other['category'].pk}"
    shown = client.post(PAGE, {"act": "accept", "scope": "all", "asked": asked})
    assert "共选1件" in text(shown)
    fill_in(client, shown, on=str(DAY))
    assert [*Grievance.objects.filter(status="accepted")] == [water]


def test_a_row_somebody_else_moved_meanwhile_is_skipped(signed_in, zhao, several, act, li):
    """By its state, or because it is no longer the version that stood in the list."""
    client = signed_in(zhao)
    shown = choose(client, several[:3])
    act("accept", several[0])
    actions.promise(
        grievance=several[1], by=li, now=moment(DAY, 12), version=None, words="来看", due_on=DAY
    )
    fill_in(client, shown, on=str(DAY))
    said = outcomes()
    assert [outcome for outcome, _ in said] == ["skipped", "skipped", "done"]
    assert "现在是“已受理”" in said[0][1]
    assert said[1][1] == triage.CHANGED


def test_one_that_fails_keeps_no_other_from_being_done(
    signed_in, zhao, several, minzheng, act, monkeypatch
):
    """A refusal of the verb and a fault of ours are told apart from what was to be skipped."""
    client = signed_in(zhao)
    matters = [act("accept", each) for each in several[:3]]
    shown = choose(client, matters, act="assign")
    real = actions.assign

    def breaks(*, grievance, **given):
        if grievance.pk == matters[0].pk:
            raise RuntimeError("disk")
        if grievance.pk == matters[1].pk:
            raise NotAllowed("民政办已撤销，请选择其他承办单位。")
        return real(grievance=grievance, **given)

    monkeypatch.setattr(actions, "assign", breaks)
    fill_in(client, shown, on=str(DAY), department=minzheng.pk)
    assert outcomes() == [
        ("failed", triage.BROKEN), ("failed", "民政办已撤销，请选择其他承办单位。"), ("done", ""),
    ]  # fmt: skip
    assert Grievance.objects.filter(status="assigned").count() == 1


def test_each_goes_where_its_rule_says(signed_in, zhao, several, act, minzheng, facts, li):
    RoutingRule.objects.create(
        township=minzheng.township,
        name="路归民政办",
        category=facts["category"],
        department=minzheng,
    )
    other = facts | {"category": Category.objects.get(name="水利")}
    water = actions.register(by=li, on=DAY, now=moment(DAY), **other)
    client = signed_in(zhao)
    shown = choose(client, [*several[:2], water])
    assert text(shown).count("路归民政办") == 2
    fill_in(client, shown, on=str(DAY), also_assign="on")
    rows = {line.grievance_id: (line.outcome, line.reason) for line in TriageLine.objects.all()}
    assert rows[several[0].pk] == rows[several[1].pk] == ("done", "")
    reason = "没有适用的分派规则，没有受理；请打开受理，再选择承办单位交办。"
    assert rows[water.pk] == ("skipped", reason)
    water.refresh_from_db()
    assert (water.status, Grievance.objects.filter(department=minzheng).count()) == (
        "registered",
        2,
    )


def test_a_unit_takes_its_own_in_hand(signed_in, chen, several, act):
    matters = [act("assign", act("accept", each)) for each in several[:2]]
    client = signed_in(chen)
    fill_in(client, choose(client, matters, act="take_in_hand"), on=str(DAY))
    assert {row.handler for row in Grievance.objects.filter(status="in_hand")} == {chen}


def test_many_are_urged_by_one_click_each_once_a_day(signed_in, sun, zhao, several, act):
    """Whoever must act is told; what is not open, or was urged today, is passed over with the reason."""
    client = signed_in(sun)
    act("decline", several[2])
    actions.urge(grievance=several[3], by=sun, now=clock.now())
    for matter in several:
        matter.refresh_from_db()
    shown = choose(client, several, act="urge")
    assert "共选4件：可以催办的2件，要跳过的2件" in text(shown)
    assert "今天已经催办过" in text(shown)
    fill_in(client, shown)
    assert [outcome for outcome, _ in outcomes()] == ["done", "done", "skipped", "skipped"]
    told = set(Notice.objects.filter(recipient=zhao, kind="urge").values_list("title", flat=True))
    assert {f"诉求{each.number}有人催办，请抓紧办理" for each in several[:2]} <= told
    assert Step.objects.filter(act="urge", act_name="催办").count() == 3
    again = choose(client, Grievance.objects.all(), act="urge")
    assert "可以催办的0件，要跳过的4件" in text(again)


def test_a_second_tap_does_nothing_twice(signed_in, zhao, several):
    client = signed_in(zhao)
    _, data = form_on(choose(client, several), PAGE)
    first, second = (client.post(PAGE, data | {"on": str(DAY)}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Triage.objects.count() == Job.objects.filter(kind="triage").count() == 1
    assert Step.objects.filter(act="accept").count() == 4


def test_more_than_a_page_s_worth_is_the_worker_s_and_goes_on_after_a_breakdown(
    signed_in, zhao, several, monkeypatch
):
    monkeypatch.setattr("grievances.views.triage.AT_ONCE", 2)
    client = signed_in(zhao)
    told = text(fill_in(client, choose(client, several), on=str(DAY)))
    assert "正在后台办理" in told
    row = Triage.objects.get()
    assert {outcome for outcome, _ in outcomes(row)} == {"waiting"}
    for line in row.lines.all()[:2]:  # a worker that died after two
        triage.do_one(row, line, moment(DAY, 12))
    jobs.run_waiting(moment(DAY, 13))
    assert [outcome for outcome, _ in outcomes(row)] == ["done"] * 4
    assert "已办4件，跳过0件，失败0件。" in text(client.get(f"{PAGE}{row.pk}/"))


def test_too_many_asks_for_less_and_nothing_chosen_asks_to_choose(
    signed_in, zhao, several, monkeypatch
):
    client = signed_in(zhao)
    monkeypatch.setattr("grievances.views.triage.MOST", 3)
    answer = client.post(
        PAGE, {"act": "accept", "scope": "all", "asked": "state=open"}, follow=True
    )
    assert answer.redirect_chain[0][0] == "/ledger/?state=open"
    assert "请先缩小查询条件" in text(answer)
    assert "请先勾选要办理的诉求" in text(client.post(PAGE, {"act": "accept"}, follow=True))
    rows = [(n, 1, "") for n in range(1, MOST + 2)]
    with pytest.raises(NotAllowed, match="请选择1至500件"):
        order_triage(by=zhao, act="accept", rows=rows, on=DAY, now=moment(DAY))
    assert not Triage.objects.exists()


def test_foreign_matters_are_not_chosen_and_the_outcome_is_one_s_own(
    signed_in, zhao, qian, several
):
    client = signed_in(qian)
    assert "共选0件" in text(choose(client, several))
    with pytest.raises(NotAllowed, match="不在您的工作范围内"):
        order_triage(by=qian, act="accept", rows=[(several[0].pk, 1, "")], on=DAY, now=moment(DAY))
    mine = signed_in(zhao)
    fill_in(mine, choose(mine, several[:1]), on=str(DAY))
    assert signed_in(qian).get(f"{PAGE}{Triage.objects.get().pk}/").status_code == 404


def test_what_became_confidential_or_went_elsewhere_is_listed_no_more(signed_in, zhao, several, li):
    """How many were chosen he knows; which of them it is the page does not say."""
    client = signed_in(zhao)
    fill_in(client, choose(client, several[:3]), on=str(DAY))
    page = reverse("grievances:triaged", args=[Triage.objects.get().pk])
    raised = {"on": DAY, "now": moment(DAY, 16), "version": None, "ground": "named"}
    hidden = actions.make_confidential(grievance=several[0], by=li, reason="点名", **raised)
    said = text(client.get(page))
    for word in (hidden.number, several[0].number, several[0].summary):
        assert word not in said
    assert several[1].number in said and several[1].summary in said
    assert "其中1件已不在您的工作范围内" in said


def test_an_act_that_is_not_his_is_refused(chen, several):
    with pytest.raises(NotAllowed, match="不能批量办理这一项"):
        order_triage(by=chen, act="accept", rows=[(several[0].pk, 1, "")], on=DAY, now=moment(DAY))


@pytest.mark.parametrize("rows", ["", "x", "1:2", "1:2:<b>", f"{9**20}:1:", "1:1:1v1:1"])
def test_rows_that_were_tampered_with_are_refused(signed_in, zhao, several, rows):
    client = signed_in(zhao)
    _, data = form_on(choose(client, several[:1]), PAGE)
    answer = client.post(PAGE, data | {"rows": rows, "on": str(DAY)})
    assert answer.status_code == 422
    assert not Triage.objects.exists()


def test_five_hundred_rows_are_foreseen_by_the_same_queries(
    signed_in, zhao, several, django_assert_max_num_queries
):
    client = signed_in(zhao)
    choose(client, several)
    with django_assert_max_num_queries(12):
        choose(client, several)
