"""Sideways, up, at rest, together, with helpers: each act does its work, and beside it whom it refuses."""

import datetime as dt

import pytest
from django.urls import reverse

from cadres.models import Department, Notice
from cadres.roles import Role
from conftest import appoint
from desk.todo import todos
from grievances import actions, rules
from grievances.models import Grievance, Rung, SuspendReason
from grievances.papers import kinds
from grievances.papers.facts import paper_of
from grievances.papers.offered import find
from grievances.redating import preview
from liaison.errors import NotAllowed
from tests.filling import fill_in

from .conftest import DAY, moment, rung

DAYS = dt.timedelta(days=1)


def told(person):
    """Titles of a person's notices, oldest first."""
    return [notice.title for notice in Notice.objects.filter(recipient=person).order_by("pk")]


def on(days):
    """What an act takes that happens so many days later."""
    day = DAY + days * DAYS
    return {"on": day, "now": moment(day, 11)}


@pytest.fixture
def new(li, facts):
    """``new(summary=…)``: another matter of 石桥村."""

    def make(**more):
        by = more.pop("by", li)
        return actions.register(by=by, on=DAY, now=moment(DAY), **facts | more)

    return make


class TestTransfer:
    def test_another_unit_has_it_and_the_due_date_stays(self, matter_at, act, he, chen, shuili):
        matter = act("transfer", matter_at("in_hand"))
        assert (matter.status, matter.department, matter.handler) == ("assigned", shuili, None)
        assert matter.due_on == dt.date(2026, 12, 8)
        assert "由民政办转水利站办理。属于水利站" in matter.steps.last().words
        assert told(he) == [f"诉求{matter.number}已转到您单位，请接收办理"]
        assert told(chen)[-1].endswith("已转由水利站办理")
        assert not Grievance.objects.visible_to(chen).exists()

    def test_not_to_the_same_unit_without_a_reason_nor_by_the_unit(
        self, matter_at, act, minzheng, chen
    ):
        matter = matter_at("assigned")
        for wrong in ({"department": minzheng}, {"words": " "}, {"by": chen}):
            with pytest.raises(NotAllowed):
                act("transfer", matter, **wrong)

    def test_an_abolished_unit_is_refused(self, matter_at, act, shuili):
        Department.objects.filter(pk=shuili.pk).update(abolished_on=DAY)
        shuili.refresh_from_db()
        with pytest.raises(NotAllowed, match="已撤销"):
            act("transfer", matter_at("in_hand"))


class TestForward:
    def test_to_an_organ_outside_with_its_due_date_and_back(self, matter_at, act):
        matter = act("forward", matter_at("accepted"))
        assert (matter.status, matter.forwarded_to) == ("forwarded", "县供电公司")
        assert matter.is_open and matter.due_on == dt.date(2026, 12, 8)
        matter = act("take_back", matter)
        assert (matter.status, matter.forwarded_to) == ("accepted", "")
        assert matter.steps.last().words == "从县供电公司收回。改由镇里办"

    def test_the_organ_is_named(self, matter_at, act):
        with pytest.raises(NotAllowed, match="哪个单位"):
            act("forward", matter_at("accepted"), organ=" ")

    def test_only_the_office_settles_it_and_only_as_procedural(
        self, matter_at, act, zhao, li, procedural
    ):
        matter = act("forward", matter_at("returned"))
        with pytest.raises(NotAllowed, match="由镇驻点办跟踪"):
            act("settle", matter, by=li, **procedural)
        with pytest.raises(NotAllowed, match="只能作程序性办结"):
            act("settle", matter, by=zhao)
        matter = act("settle", matter, by=zhao, **procedural)
        assert (matter.status, matter.settlement) == ("settled", "procedural")


@pytest.fixture
def procedural():
    """What a procedural settlement takes."""
    from grievances.models import SettlementMethod

    method = SettlementMethod.objects.get(name="③政策解答")
    return {"settlement": "procedural", "method": method, "words": "已由县供电公司办理"}


class TestLadder:
    def test_one_rung_up_each_time_and_whoever_answers_is_named(self, matter_at, act, zhao, zhou):
        matter = act("escalate", matter_at("in_hand"))
        assert (matter.status, matter.rung.order) == ("escalated", 2)
        assert "由赵敏阅处" in matter.steps.last().words
        assert told(zhao)[-1] == f"诉求{matter.number}已到“村、站所限时办理”，请阅处"
        matter = act("escalate", act("escalate", matter, by=zhao), by=zhao)
        assert matter.rung.name == "统筹调度"
        assert told(zhou) == [f"诉求{matter.number}已到“统筹调度”，请阅处"]
        matter = act("escalate", matter, by=zhou)
        with pytest.raises(NotAllowed, match="最高一级"):
            act("escalate", matter, by=zhou)

    def test_who_answers_there_sends_it_down_with_his_decision(
        self, matter_at, act, zhou, chen, li
    ):
        matter = act("call_up", matter_at("in_hand"))
        for other in (chen, li):
            with pytest.raises(NotAllowed, match="该层级负责人"):
                act("send_down", matter, by=other)
        matter = act("send_down", matter)
        assert (matter.status, matter.rung.name) == ("in_hand", "统筹调度")
        assert matter.steps.last().words == "“统筹调度”意见：同意，列入计划"
        assert told(chen)[-1].endswith("已有批示，请继续办理")
        assert act("escalate", matter).rung.name == "党委会议"

    def test_a_rung_s_own_post_sees_the_matter_and_answers(self, matter_at, act, wang, qingshan):
        """王 leads another village's team; the township put 部门协调 into his hands."""
        matter = matter_at("in_hand")
        Rung.objects.create(township=qingshan, order=1, name="现场")
        Rung.objects.create(township=qingshan, order=2, name="分管领导", post=wang.post)
        with pytest.raises(NotAllowed, match="不在您的工作范围"):
            act("send_down", matter, by=wang)
        matter = act("escalate", matter)
        assert "由王强阅处" in matter.steps.last().words
        assert Grievance.objects.visible_to(wang).get() == matter
        assert act("send_down", matter, by=wang).status == "in_hand"

    def test_called_up_to_a_higher_rung_only(self, matter_at, act, zhou, chen):
        matter = matter_at("in_hand")
        with pytest.raises(NotAllowed, match="更高的层级"):
            act("call_up", matter, rung=rung("现场办理"))
        with pytest.raises(NotAllowed, match="岗位"):
            act("call_up", matter, by=chen)
        assert act("call_up", matter, rung=rung("党委会议")).rung.order == 5

    def test_opened_again_it_begins_at_the_bottom(self, matter_at, act):
        matter = act("send_down", act("call_up", matter_at("in_hand")))
        matter = act("reopen", act("settle", matter))
        assert (matter.rung, matter.reopened_count) == (None, 1)
        assert "原呈报统筹调度" in matter.steps.last().words


class TestSuspend:
    def test_its_clock_stands_still_and_goes_on_with_what_was_left(self, matter_at, act):
        matter = act("suspend", matter_at("in_hand"))
        late = moment(dt.date(2026, 12, 20))
        assert not matter.is_overdue(late)
        assert not Grievance.objects.overdue(late).exists()
        assert not Grievance.objects.late(late).exists()
        matter = act("resume", matter, **on(10))
        assert (matter.status, matter.due_on) == ("in_hand", dt.date(2026, 12, 18))
        assert "办理时限由2026-12-08顺延至2026-12-18" in matter.steps.last().words
        assert matter.suspensions.get().days == 10

    def test_a_year_not_published_is_said_and_dated_later(self, matter_at, act):
        from cadres.models import CalendarYear

        matter = act("suspend", matter_at("in_hand"), until=DAY + 60 * DAYS)
        matter = act("resume", matter, **on(40))
        assert matter.due_on is None
        assert "2027年工作日历未发布" in matter.steps.last().words
        CalendarYear.objects.create(year=2027, source="国办发明电〔2026〕9号")
        assert actions.date_undated(now=moment(DAY + 41 * DAYS)) == 1
        matter.refresh_from_db()
        assert matter.due_on == dt.date(2027, 1, 15)  # 15 working days left on 27 December

    def test_the_cap_is_the_reason_s_row_and_counts_all_rests(self, matter_at, act):
        matter = matter_at("in_hand")
        with pytest.raises(NotAllowed, match="最长90个自然日"):
            act("suspend", matter, until=DAY + 91 * DAYS)
        SuspendReason.objects.update(most_days=30)
        matter = act("resume", act("suspend", matter, until=DAY + 30 * DAYS), **on(10))
        with pytest.raises(NotAllowed, match="之前已挂起10天"):
            act("suspend", matter, until=DAY + 31 * DAYS, **on(10))
        assert act("suspend", matter, until=DAY + 30 * DAYS, **on(10)).status == "suspended"

    def test_nothing_late_is_saved_by_it(self, matter_at, act):
        matter = matter_at("in_hand")
        with pytest.raises(NotAllowed, match="已经超过办理时限"):
            act("suspend", matter, on=DAY, now=moment(dt.date(2026, 12, 9)))

    def test_by_the_office_alone_until_a_day_to_come(self, matter_at, act, chen):
        matter = matter_at("in_hand")
        for wrong in ({"by": chen}, {"until": DAY}, {"reason": None}):
            with pytest.raises(NotAllowed):
                act("suspend", matter, **wrong)

    def test_past_its_day_it_waits_on_the_office_s_desk(self, matter_at, act, zhao):
        act("suspend", matter_at("in_hand"))
        last = DAY + 30 * DAYS
        rows = Grievance.objects.all()
        assert (rows.suspended_past(last).count(), rows.suspended_past(last + DAYS).count()) == (
            0,
            1,
        )
        labels = {each.label: each for each in todos(zhao, last + DAYS, moment(last + DAYS))}
        assert labels["挂起到期，待解挂"].url == "/ledger/?suspended=past"


class TestMerge:
    def test_one_goes_on_and_what_was_merged_before_goes_along(self, new, act):
        first, second, main = new(), new(), new()
        act("merge", first, main_number=second.number)
        second = act("merge", second, main_number=main.number, version=None)
        first.refresh_from_db()
        assert first.merged_into == second.merged_into == main
        assert [step.act for step in first.steps.all()] == ["register", "merge", "carry_along"]
        assert not Grievance.objects.counted().exclude(pk=main.pk).exists()
        assert Grievance.objects.open().get() == main

    def test_everybody_is_told_before_it_is_crossed_off(self, new, act, matter_at, li, chen):
        main = matter_at("settled")
        with pytest.raises(NotAllowed, match="只能并入还在办的"):
            act("merge", new(), main_number=main.number)
        main = act("reopen", main)
        other = act("merge", new(), main_number=main.number)
        with pytest.raises(NotAllowed, match="还没有反馈"):
            act("tell_merged", other)
        main = act("verify", act("answer", act("settle", main), by=chen))
        assert told(li)[-1] == f"诉求{other.number}已并案的事有了结果，请告知反映人"
        assert Grievance.objects.merged_untold().get() == other
        with pytest.raises(NotAllowed, match="还有1件并入的诉求没有告知"):
            act("close_out", main)
        other = act("tell_merged", other)
        assert (other.status, other.told_merged_on) == ("merged", DAY)
        with pytest.raises(NotAllowed, match="已于"):
            act("tell_merged", other, version=None)
        assert act("close_out", main).status == "closed_out"

    def test_opened_again_everybody_is_told_again(self, new, act, matter_at):
        main = matter_at("in_hand")
        other = act("merge", new(), main_number=main.number)
        main = act("answer", act("settle", main))
        act("tell_merged", other, version=None)
        main = act("answer", act("settle", act("reopen", main)))
        assert Grievance.objects.merged_untold().get() == other

    def test_taken_apart_it_stands_on_its_own_with_its_own_date(self, new, act, matter_at):
        other = act("merge", new(), main_number=matter_at("in_hand").number)
        other = act("separate", other)
        assert (other.status, other.merged_into) == ("accepted", None)
        assert other.due_on == dt.date(2026, 12, 8)

    def test_not_into_itself_nor_another_township(
        self, new, act, registered, qian, foreign_village
    ):
        foreign = new(by=qian, village=foreign_village)
        for number, words in ((registered.number, "本件"), (foreign.number, "本镇没有编号")):
            with pytest.raises(NotAllowed, match=words):
                act("merge", registered, main_number=number)

    def test_a_resting_one_rests_no_more(self, new, act, matter_at):
        matter = act("merge", act("suspend", matter_at("in_hand")), main_number=new().number)
        assert matter.suspensions.get().resumed_on == DAY

    def test_taken_apart_again_its_rest_is_no_time_it_was_late(self, new, act, matter_at):
        """Its clock stood still until it was merged: its own date lies so much later, and the history says so."""
        matter, later = act("suspend", matter_at("in_hand")), DAY + dt.timedelta(days=14)
        then = {"on": later, "now": moment(later)}
        matter = act("merge", matter, main_number=new().number, **then)
        assert "办理时限由2026-12-08顺延至2026-12-22" in matter.steps.last().words
        assert act("separate", matter, **then).due_on == dt.date(2026, 12, 22)
        assert preview(Grievance.objects.all()).moves == []

    def test_taken_apart_it_is_nowhere_outside_any_more(self, new, act, matter_at):
        matter = act("forward", act("return_", matter_at("assigned")))
        matter = act("separate", act("merge", matter, main_number=new().number))
        assert matter.forwarded_to == ""


class TestRepeats:
    def test_all_hang_on_the_first_and_are_counted_there(self, new, act):
        first, second, third = new(), new(), new()
        act("link_repeat", third, earlier_number=second.number)
        act("link_repeat", second, earlier_number=first.number)
        assert set(first.repeats.all()) == {second, third}
        assert set(Grievance.objects.repeats()) == {second, third}
        third.refresh_from_db()
        third = act("unlink_repeat", third)
        assert third.repeat_of is None
        assert third.steps.last().words == f"原标为{first.number}的重复反映。是另一件事"

    def test_only_to_an_earlier_one_that_counts(self, new, act):
        first, second = new(), new()
        with pytest.raises(NotAllowed, match="不比本件早"):
            act("link_repeat", first, earlier_number=second.number)
        act("decline", first)
        with pytest.raises(NotAllowed, match="不予受理"):
            act("link_repeat", second, earlier_number=first.number)


class TestAssist:
    def test_lead_and_helpers_are_named_in_one_act(
        self, signed_in, matter_at, zhao, he, minzheng, shuili
    ):
        """交办单: 主办 and 协办 together; each helper has its line, its notice and its place on the paper."""
        matter = matter_at("accepted")
        url = f"/ledger/{matter.number}/"
        given = {"on": str(DAY), "department": minzheng.pk, "assisting": [shuili.pk]}
        fill_in(signed_in(zhao), url, "/assign/", **given, words="请尽快修复")
        matter.refresh_from_db()
        assert (matter.department, matter.assists.get().department) == (minzheng, shuili)
        assert [step.words for step in matter.steps.order_by("pk")][-2:] == [
            "交民政办办理。请尽快修复", "请水利站协办：请尽快修复",
        ]  # fmt: skip
        assert told(he) == [f"诉求{matter.number}请您单位协办"]
        sheet = find(matter, kinds.ASSIGNMENT)
        assert paper_of(matter, sheet, zhao, moment(DAY)).context["协办单位"] == "水利站"

    def test_handed_on_by_the_page_it_asks_for_no_helpers(self, signed_in, matter_at, zhao, shuili):
        matter = matter_at("in_hand")
        given = {"on": str(DAY), "department": shuili.pk, "words": "属于水利站"}
        fill_in(signed_in(zhao), f"/ledger/{matter.number}/", "/transfer/", **given)
        matter.refresh_from_db()
        assert (matter.department, matter.assists.count()) == (shuili, 0)

    def test_the_lead_is_no_helper_and_then_nothing_is_assigned(self, matter_at, act, minzheng):
        matter = matter_at("accepted")
        with pytest.raises(NotAllowed, match="民政办就是承办单位"):
            act("assign", matter, assisting=[minzheng])
        matter.refresh_from_db()
        assert (matter.status, matter.department) == ("accepted", None)

    def test_the_helper_sees_and_reports_and_nothing_else(self, matter_at, act, he, shuili, chen):
        matter = matter_at("in_hand")
        assert not Grievance.objects.visible_to(he).exists()
        matter = act("assist", matter)
        assert Grievance.objects.visible_to(he).get() == matter
        assert told(he) == [f"诉求{matter.number}请您单位协办"]
        assert rules.allowed_acts(matter, he) == ["report_assist"]
        assert [each.label for each in todos(he, DAY, moment(DAY))][-2] == "协办待回复"
        row = matter.assists.get()
        matter = actions.report_assist(
            grievance=matter, by=he, on=DAY, now=moment(DAY, 12), version=None, assist=row,
            words="水位资料已送",
        )  # fmt: skip
        assert matter.status == "in_hand"
        assert "水利站协办：水位资料已送" in matter.steps.last().words
        assert told(chen)[-1].endswith("有了协办回复")

    def test_it_is_not_settled_over_a_helper_s_head_without_a_reason(self, matter_at, act, he):
        matter = act("assist", matter_at("in_hand"))
        with pytest.raises(NotAllowed, match="水利站的协办还没有回复"):
            act("settle", matter)
        matter = act("settle", matter, without_assist="资料已另行取得")
        assert "仍办结：资料已另行取得" in matter.steps.last().words

    def test_asked_once_not_the_unit_itself_and_answered_by_whom_was_asked(
        self, matter_at, act, minzheng, chen, qingshan
    ):
        matter = act("assist", matter_at("in_hand"))
        with pytest.raises(NotAllowed, match="还没有回复"):
            act("assist", matter)
        with pytest.raises(NotAllowed, match="就是承办单位"):
            act("assist", matter, department=minzheng)
        with pytest.raises(NotAllowed, match="由协办单位回复"):
            actions.report_assist(
                grievance=matter, by=chen, on=DAY, now=moment(DAY, 12), version=None,
                assist=matter.assists.get(), words="代答",
            )  # fmt: skip

    def test_a_unit_that_helped_does_not_ask_the_villager(
        self, matter_at, act, shuili, qingshan, sun
    ):
        """孙 also sits at 水利站 now."""
        act("assist", matter_at("in_hand"))
        both = appoint(qingshan, "both", "孙二", Role.SUPERVISOR, title="督查", department=shuili)
        matter = act("answer", act("settle", Grievance.objects.get(), without_assist="等不及"))
        with pytest.raises(NotAllowed, match="不能回访自己办的事"):
            act("verify", matter, by=both)
        assert act("verify", matter).status == "verified"


class TestMark:
    def test_a_flag_moves_no_date_unless_asked(self, matter_at, act):
        matter = act("mark", matter_at("in_hand"), is_urgent=True, is_legacy=True)
        assert (matter.is_urgent, matter.is_legacy) == (True, True)
        assert matter.due_on == dt.date(2026, 12, 8)
        with pytest.raises(NotAllowed, match="没有改动"):
            act("mark", matter, is_urgent=True)

    def test_asked_to_it_is_dated_from_its_start_and_says_so(self, matter_at, act):
        matter = act("mark", matter_at("in_hand"), is_urgent=True, redate=True)
        assert matter.due_at == moment(DAY) + dt.timedelta(hours=24)
        words = matter.steps.last().words
        assert "标为加急" in words and "原应办结日2026-12-08，办理时限：加急事项" in words

    def test_carried_over_is_seen_from_the_year(self, new, facts, li, act):
        old = actions.register(by=li, on=dt.date(2025, 12, 20), now=moment(DAY), **facts)
        assert old.is_carried_over(DAY) and not new().is_carried_over(DAY)
        assert not old.is_carried_over(dt.date(2025, 12, 31))
        assert Grievance.objects.carried_over(DAY).get() == old
        old = act("settle", act("take_in_hand", act("assign", act("accept", old))))
        assert old.is_carried_over(DAY) and not old.is_carried_over(dt.date(2027, 1, 1))


class TestPages:
    def test_the_page_tells_where_it_went(self, signed_in, matter_at, act, new, zhao, he, li):
        main = act("assist", matter_at("in_hand"))
        other = act("merge", new(), main_number=main.number)
        again = act("link_repeat", new(summary="路灯又不亮"), earlier_number=main.number)
        main = act("suspend", act("mark", act("send_down", act("call_up", main, version=None))))
        client = signed_in(zhao)
        page = client.get(reverse("grievances:detail", args=[main.number])).content.decode()
        for said in (
            "历史遗留",
            "统筹调度",
            "等待资金",
            "请提供水位资料",
            other.number,
            "以后又反映1次",
        ):
            assert said in page, said
        page = client.get(reverse("grievances:detail", args=[other.number])).content.decode()
        assert "未告知反映人" in page and main.number in page
        page = client.get(reverse("grievances:detail", args=[again.number])).content.decode()
        assert "这件事共反映2次" in page

    def test_a_matter_that_went_straight_says_nothing_of_it(self, signed_in, matter_at, zhao):
        url = reverse("grievances:detail", args=[matter_at("in_hand").number])
        assert "流转情况" not in signed_in(zhao).get(url).content.decode()

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("state=merged", "merged"),
            ("state=counted", "main repeat"),
            ("repeat=1", "repeat"),
            ("legacy=1", "main"),
            ("status=suspended", "main"),
            ("suspended=past", ""),
            ("carried=1", ""),
            ("untold=1", ""),
            ("assist=waiting", ""),
        ],
    )
    def test_the_ledger_is_asked_by_them(
        self, signed_in, matter_at, act, new, zhao, he, query, expected
    ):
        main = act("assist", matter_at("in_hand"))
        rows = {"merged": act("merge", new(), main_number=main.number)}
        rows["repeat"] = act("link_repeat", new(), earlier_number=main.number)
        rows["main"] = act("suspend", act("mark", main, version=None))
        answer = signed_in(zhao).get(f"{reverse('grievances:ledger')}?{query}")
        found = {row.number for row in answer.context["page"].rows}
        assert found == {rows[name].number for name in expected.split()}
