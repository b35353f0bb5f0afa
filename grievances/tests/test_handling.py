"""How a matter is handled: assigned, taken in hand, returned, settled, answered; and whom each act refuses."""

import datetime as dt

import pytest

from cadres.models import Department, Notice
from conftest import appoint
from grievances.models import SettlementMethod
from liaison.errors import NotAllowed

from .conftest import DAY, EARLIER, LATER, moment


class TestAssign:
    def test_to_a_unit_whose_people_are_told(self, matter_at, act, chen, minzheng):
        matter = act("assign", matter_at("accepted"))
        assert (matter.department, matter.handler, matter.assigned_on) == (minzheng, None, DAY)
        notice = Notice.objects.get(recipient=chen)
        assert matter.number in notice.title
        assert matter.summary not in notice.title + notice.text

    def test_by_name_to_a_handler_of_the_unit(self, matter_at, act, chen):
        assert act("assign", matter_at("accepted"), handler=chen).handler == chen

    def test_a_handler_of_another_unit_is_refused(self, matter_at, act, qingshan):
        other = Department.objects.create(township=qingshan, name="农办")
        stranger = appoint(qingshan, "bai", "白云", "handler", department=other)
        with pytest.raises(NotAllowed, match="不是民政办的承办人"):
            act("assign", matter_at("accepted"), handler=stranger)

    def test_a_unit_of_another_township_is_refused(self, matter_at, act, elsewhere):
        foreign = Department.objects.create(township=elsewhere, name="民政办")
        with pytest.raises(NotAllowed, match="本镇的承办单位"):
            act("assign", matter_at("accepted"), department=foreign)

    def test_what_a_unit_has_in_hand_is_not_taken_from_it(self, matter_at, act):
        with pytest.raises(NotAllowed, match="正在办理"):
            act("assign", matter_at("in_hand"))

    def test_a_reopened_matter_nobody_had_can_be_assigned(self, registered, act):
        matter = act("reopen", act("settle_on_the_spot", registered))
        assert act("assign", matter).status == "assigned"


class TestTakeInHand:
    def test_the_one_who_takes_it_becomes_the_handler(self, matter_at, chen):
        matter = matter_at("in_hand")
        assert matter.handler == chen

    def test_another_unit_does_not_see_it(self, matter_at, act, qingshan):
        other = Department.objects.create(township=qingshan, name="农办")
        stranger = appoint(qingshan, "bai", "白云", "handler", department=other)
        with pytest.raises(NotAllowed, match="没有这件诉求"):
            act("take_in_hand", matter_at("assigned"), by=stranger)

    def test_the_village_s_cadre_leaves_it_to_the_unit(self, matter_at, act, li):
        with pytest.raises(NotAllowed, match="由民政办承办"):
            act("take_in_hand", matter_at("assigned"), by=li)


class TestReturn:
    def test_with_a_reason_the_office_is_told(self, matter_at, act, zhao):
        matter = act("return_", matter_at("assigned"), words="应由农办办理")
        assert matter.status == "returned"
        assert matter.steps.last().words == "应由农办办理"
        assert Notice.objects.filter(recipient=zhao, title__contains="退回").exists()
        assert act("assign", matter).status == "assigned"

    def test_without_a_reason_it_is_refused(self, matter_at, act):
        with pytest.raises(NotAllowed, match="原因"):
            act("return_", matter_at("assigned"), words=" ")

    def test_once_in_hand_it_is_not_handed_back(self, matter_at, act):
        with pytest.raises(NotAllowed, match="办理中"):
            act("return_", matter_at("in_hand"))


class TestSettle:
    def test_with_kind_method_and_day(self, matter_at, chen):
        matter = matter_at("settled")
        assert (matter.settlement, matter.method.name) == ("substantive", "①实质办结")
        assert (matter.settled_on, matter.settled_by) == (DAY, chen)
        assert matter.settled_at == moment(DAY, 11)
        assert matter.was_on_time is True

    def test_a_method_of_another_kind_is_refused(self, matter_at, act):
        passed_up = SettlementMethod.objects.get(name="⑦呈报乡镇")
        with pytest.raises(NotAllowed, match="不属于实质性办结"):
            act("settle", matter_at("in_hand"), method=passed_up)

    @pytest.mark.parametrize(
        "wrong", [{"settlement": ""}, {"method": None}], ids=["kind", "method"]
    )
    def test_nothing_is_taken_for_granted(self, matter_at, act, wrong):
        with pytest.raises(NotAllowed, match="请选择"):
            act("settle", matter_at("in_hand"), **wrong)

    def test_before_it_was_said_is_refused(self, matter_at, act):
        with pytest.raises(NotAllowed, match="早于登记日期"):
            act("settle", matter_at("in_hand"), on=EARLIER)

    def test_a_day_to_come_is_refused(self, matter_at, act):
        with pytest.raises(NotAllowed, match="还没有到"):
            act("settle", matter_at("in_hand"), on=LATER)

    def test_typed_late_it_counts_by_the_day_it_happened(self, matter_at, act):
        month_later = moment(DAY + dt.timedelta(days=30))
        matter = act("settle", matter_at("in_hand"), on=DAY, now=month_later)
        assert matter.was_on_time is True
        assert matter.steps.last().entered_at == month_later

    def test_after_the_due_moment_it_was_late(self, matter_at, act):
        on = dt.date(2026, 12, 9)
        assert act("settle", matter_at("in_hand"), on=on, now=moment(on)).was_on_time is False

    def test_no_words_are_demanded(self, matter_at, act):
        assert act("settle", matter_at("in_hand"), words="").status == "settled"

    def test_the_one_who_wrote_it_down_is_told_to_answer(self, matter_at, li):
        matter_at("settled")
        assert Notice.objects.filter(recipient=li, title__contains="反馈").exists()

    def test_a_cadre_does_not_settle_what_a_unit_has(self, matter_at, act, li):
        with pytest.raises(NotAllowed, match="由民政办承办"):
            act("settle", matter_at("in_hand"), by=li)


class TestAnswer:
    def test_how_and_when_the_villager_was_told(self, matter_at):
        matter = matter_at("answered")
        assert (matter.answered_on, matter.answer_mode) == (DAY, "oral")

    def test_an_unsettled_matter_has_no_answer(self, matter_at, act):
        with pytest.raises(NotAllowed, match="办理中"):
            act("answer", matter_at("in_hand"))

    def test_the_way_must_be_said(self, matter_at, act):
        with pytest.raises(NotAllowed, match="反馈方式"):
            act("answer", matter_at("settled"), mode="")

    def test_not_before_it_was_settled(self, matter_at, act):
        with pytest.raises(NotAllowed, match="早于办结日期"):
            act("answer", matter_at("settled"), on=EARLIER)
