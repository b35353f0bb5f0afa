"""Matters joined, repeats tied, helpers asked: each act does its work, and beside it whom it refuses."""

import datetime as dt

import pytest

from cadres.roles import Role
from conftest import appoint
from desk.todo import todos
from grievances import actions, rules
from grievances.models import Grievance
from grievances.papers import kinds
from grievances.papers.facts import paper_of
from grievances.papers.offered import find
from grievances.redating import preview
from liaison.errors import NotAllowed
from tests.filling import fill_in

from .conftest import DAY, moment, told


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
