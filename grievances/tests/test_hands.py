"""Sideways, up, at rest: each act does its work, and beside it whom it refuses; and the pages that tell of it."""

import datetime as dt

import pytest
from django.urls import reverse

from cadres.models import Department
from desk.todo import todos
from grievances import actions
from grievances.models import Grievance, Rung, SuspendReason
from liaison.errors import NotAllowed

from .conftest import DAY, moment, rung, told

DAYS = dt.timedelta(days=1)


def on(days):
    """What an act takes that happens so many days later."""
    day = DAY + days * DAYS
    return {"on": day, "now": moment(day, 11)}


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
