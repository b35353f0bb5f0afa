"""层级 in 分派规则 and 办理时限: what a rung says of unit and time is proposed there, and moves nothing by itself."""

import csv
import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from grievances import actions
from grievances.models import DeadlinePolicy, Grievance, RoutingRule, Rung
from grievances.redating import preview
from liaison.errors import NotAllowed
from tests.filling import fill_in, form_on

from .conftest import DAY, moment, rung

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
CLIMBS = [
    row
    for row in csv.DictReader(
        (Path(__file__).parent / "deadlines.csv").read_text(encoding="utf-8").splitlines()
    )
    if row["层级"]
]


def text(answer):
    return answer.content.decode()


@pytest.fixture
def limit_of_four(qingshan):
    """统筹调度, the fourth rung: 30 自然日."""
    return DeadlinePolicy.objects.create(
        township=qingshan, name="统筹办结", level=4, amount=30, unit="calendar_day"
    )


@pytest.fixture
def four_to_shuili(qingshan, shuili, he):
    """What has come to 统筹调度 goes to 水利站, to the holder of 贺's post."""
    return RoutingRule.objects.create(
        township=qingshan, name="统筹归水利站", level=4, department=shuili, post=he.post
    )


@pytest.mark.parametrize("row", CLIMBS, ids=lambda row: row["说明"])
def test_the_limit_of_the_level_counts_from_the_start_as_the_table_says(row, li, zhao, facts, act):
    at = dt.datetime.fromisoformat(row["登记时刻"]).replace(tzinfo=SHANGHAI)
    for level, amount, unit in (
        (None, row["时限"], row["单位"]), (row["层级"], row["层级时限"], row["层级单位"]),
    ):  # fmt: skip
        DeadlinePolicy.objects.create(
            township=li.township, name=f"本镇{level}", category=facts["category"], level=level,
            amount=amount, unit=unit, start=row["起算"],
        )  # fmt: skip
    matter = actions.register(by=li, on=at.date(), now=at, **facts)
    assert str(matter.due_on) == row["应办结日"]
    for name in ("accept", "assign", "take_in_hand"):
        matter = act(name, matter, on=at.date(), now=at)
    there = Rung.objects.get(township=None, order=row["层级"])
    given = {"on": at.date(), "now": at, "rung": there, "redate": True}
    assert str(act("call_up", matter, **given).due_on) == row["层级应办结日"]


class TestTime:
    def test_the_date_stays_unless_it_is_asked_for(self, matter_at, act, limit_of_four):
        matter = matter_at("in_hand")
        was = matter.due_at
        matter = act("call_up", matter)
        assert (matter.due_at, matter.policy.name) == (was, "一般事项")
        matter = act("send_down", matter, redate=True)
        assert (matter.policy, str(matter.due_on)) == (limit_of_four, "2026-12-17")
        said = matter.steps.last().words
        assert "原应办结日2026-12-08，办理时限：统筹办结(30自然日)，应于2026-12-17前办结" in said

    def test_what_was_late_is_said_to_have_been(self, matter_at, act, limit_of_four):
        late = dt.date(2026, 12, 10)
        matter = act("call_up", matter_at("in_hand"), on=late, now=moment(late), redate=True)
        assert "原应办结日2026-12-08(已超期)" in matter.steps.last().words

    def test_a_rule_s_general_limit_yields_to_the_level_s(
        self, matter_at, act, limit_of_four, qingshan, minzheng
    ):
        slow = DeadlinePolicy.objects.create(
            township=qingshan, name="民政60天", amount=60, unit="calendar_day", is_active=True
        )
        RoutingRule.objects.create(
            township=qingshan, name="都归民政办", department=minzheng, policy=slow
        )
        matter = act("call_up", matter_at("in_hand"), redate=True)
        assert matter.policy == limit_of_four

    def test_recalculating_and_climbing_agree(self, matter_at, act, limit_of_four):
        """What a climb has dated, 重算在办件时限 leaves; what it has not, it lists."""
        matter = act("call_up", matter_at("in_hand"))
        (only,) = preview(Grievance.objects.all()).moves
        assert only.why == "适用的时限由“一般事项(15个工作日)”改为“统筹办结(30自然日)”"
        act("send_down", matter, redate=True)
        assert preview(Grievance.objects.all()).moves == []

    def test_opened_again_it_is_dated_by_the_bottom(self, matter_at, act, limit_of_four):
        matter = act("send_down", act("call_up", matter_at("in_hand"), redate=True))
        assert act("reopen", act("settle", matter)).policy.name == "一般事项"

    def test_ticked_beforehand_only_where_the_level_has_a_limit(
        self, signed_in, zhou, matter_at, limit_of_four
    ):
        matter, client = matter_at("in_hand"), signed_in(zhou)
        page = client.get(f"/ledger/{matter.number}/")
        # 提级 may lead to a rung without a limit: nothing is ticked for it
        assert "redate" not in form_on(page, "/call-up/")[1]
        fill_in(client, page, "/call-up/", on=str(DAY), rung=rung("统筹调度").pk, words="重点")
        page = client.get(f"/ledger/{matter.number}/")
        assert form_on(page, "/send-down/")[1]["redate"]
        matter.refresh_from_db()
        assert str(matter.due_on) == "2026-12-08"


class TestUnit:
    def test_proposed_with_its_rule_and_done_by_a_tick(
        self, signed_in, zhou, chen, he, matter_at, act, four_to_shuili
    ):
        matter, client = act("call_up", matter_at("in_hand")), signed_in(zhou)
        page = client.get(f"/ledger/{matter.number}/")
        assert "“统筹调度”：按分派规则“统筹归水利站”交水利站" in text(page)
        assert form_on(page, "/send-down/")[1]["by_rule"]
        fill_in(client, page, "/send-down/", on=str(DAY), words="由水利站牵头")
        matter.refresh_from_db()
        assert (matter.status, matter.department, matter.handler) == ("in_hand", he_unit(he), he)
        assert "按分派规则“统筹归水利站”改由水利站贺水承办" in matter.steps.last().words

    def test_unticked_the_unit_stays(self, matter_at, act, four_to_shuili, minzheng):
        matter = act("send_down", act("call_up", matter_at("in_hand")))
        assert matter.department == minzheng

    def test_another_rule_than_was_shown_is_shown_first(self, matter_at, act, four_to_shuili):
        matter = act("call_up", matter_at("in_hand"))
        with pytest.raises(
            NotAllowed, match="适用的分派规则变了，现在是：按分派规则“统筹归水利站”"
        ):
            act("send_down", matter, by_rule=True, rule="999v1")
        RoutingRule.objects.update(is_active=False)
        with pytest.raises(NotAllowed, match="没有适用于这一层级的分派规则"):
            act("send_down", matter, by_rule=True)

    def test_a_rule_without_a_level_proposes_nothing_on_the_way(
        self, signed_in, zhou, matter_at, act, four_to_shuili
    ):
        RoutingRule.objects.update(level=None)
        matter = act("call_up", matter_at("in_hand"))
        _, data = form_on(signed_in(zhou).get(f"/ledger/{matter.number}/"), "/send-down/")
        assert "by_rule" not in data


def he_unit(he):
    return he.post.department


def test_a_ladder_without_levels_in_use_costs_nothing(matter_at, django_assert_num_queries):
    """The question rides on the one for the ladder."""
    matter = Grievance.objects.get(pk=matter_at("in_hand").pk)
    with django_assert_num_queries(1):
        assert [rung.has_route or rung.has_limit for rung in matter.ladder] == [False] * 5


def test_the_office_sets_a_level_by_its_rung_s_name(signed_in, zhao, minzheng):
    client = signed_in(zhao)
    new = client.get(reverse("settings:routing_new"))
    assert "第4级 统筹调度" in text(new)
    fill_in(client, new, name="统筹归民政办", level="4", department=minzheng.pk)
    assert RoutingRule.objects.get().level == 4
    url, data = form_on(client.get(reverse("settings:routing_new")))
    refused = client.post(url, data | {"name": "x", "level": "9", "department": minzheng.pk})
    assert refused.status_code == 422
    fill_in(client, reverse("grievances:policy_new"), name="统筹办结", level="4", amount=30,
            unit="calendar_day", start="next_day")  # fmt: skip
    assert DeadlinePolicy.objects.get(name="统筹办结", township=zhao.township).level == 4
    assert "层级：第4级" in text(client.get(reverse("grievances:policies"), {"name": "统筹"}))


def test_a_unit_that_gives_it_away_by_climbing_is_led_to_the_ledger(
    signed_in, chen, he, matter_at, four_to_shuili
):
    """陈 no longer sees it: the matter's page would be a missing one for him."""
    RoutingRule.objects.update(level=2)
    matter, client = matter_at("in_hand"), signed_in(chen)
    page = client.get(f"/ledger/{matter.number}/")
    shown = fill_in(client, page, "/escalate/", on=str(DAY), words="由水利站牵头")
    assert shown.status_code == 200
    assert f"{matter.number}：呈报已记录" in text(shown)
    matter.refresh_from_db()
    assert (matter.status, matter.handler) == ("escalated", he)
    assert signed_in(he).get(f"/ledger/{matter.number}/").status_code == 200
