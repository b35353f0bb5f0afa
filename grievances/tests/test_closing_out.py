"""How a matter ends: verified, crossed off, opened again; and beside each act whom and when it refuses."""

import datetime as dt

import pytest

from cadres.models import Holding, Notice, User
from conftest import appoint
from grievances.models import FollowUp
from liaison.errors import NotAllowed

from .conftest import DAY, LATER, history, moment


class TestVerify:
    def test_what_the_villager_said_is_kept(self, matter_at, act, sun):
        matter = act("verify", matter_at("answered"), answer="basically", verbatim="亮是亮了")
        asked = FollowUp.objects.get()
        assert (asked.answer, asked.asked_by, asked.verbatim) == ("basically", sun, "亮是亮了")
        assert (matter.satisfaction, matter.verified_on) == ("basically", DAY)

    def test_never_by_the_handler_whatever_other_post_he_holds(self, matter_at, act, chen, sun):
        Holding.objects.create(user=chen, post=sun.post, since=dt.date(2020, 1, 1), is_main=False)
        matter = matter_at("answered")
        with pytest.raises(NotAllowed, match="不能回访自己办的事"):
            act("verify", matter, by=User.objects.get(pk=chen.pk))
        assert act("verify", matter, by=sun).status == "verified"

    def test_never_by_the_handling_unit(self, matter_at, act, qingshan, minzheng):
        colleague = appoint(qingshan, "bai", "白云", "supervisor", department=minzheng)
        with pytest.raises(NotAllowed, match="承办单位不能回访"):
            act("verify", matter_at("answered"), by=colleague)

    def test_never_by_the_one_who_settled_it(self, registered, act, li, zhao):
        matter = act("answer", act("settle_on_the_spot", registered))
        with pytest.raises(NotAllowed, match="不能回访自己办的事"):
            act("verify", matter, by=li)
        assert act("verify", matter, by=zhao).status == "verified"

    def test_not_even_after_a_reopening(self, registered, act, li, zhao, chen):
        matter = act("reopen", act("settle_on_the_spot", registered))
        matter = act("settle", act("take_in_hand", act("assign", matter)))
        matter = act("answer", matter)
        with pytest.raises(NotAllowed, match="不能回访自己办的事"):
            act("verify", matter, by=li)

    def test_satisfied_is_never_taken_for_granted(self, matter_at, act):
        with pytest.raises(NotAllowed, match="群众评价"):
            act("verify", matter_at("answered"), answer="")

    def test_not_reached_is_an_answer_and_may_be_asked_again(self, matter_at, act):
        matter = act("verify", matter_at("answered"), answer="unreached")
        assert (matter.status, matter.satisfaction) == ("verified", "unreached")
        matter = act("verify", matter, answer="dissatisfied")
        assert [each.answer for each in matter.follow_ups.all()] == ["unreached", "dissatisfied"]
        assert FollowUp.objects.valid().count() == 1

    def test_an_answer_once_given_is_not_asked_over(self, matter_at, act):
        matter = act("verify", matter_at("answered"), answer="dissatisfied")
        with pytest.raises(NotAllowed, match="已经回访过"):
            act("verify", matter, answer="satisfied")

    def test_dissatisfied_proposes_to_reopen(self, matter_at, act, zhao):
        matter = act("verify", matter_at("answered"), answer="dissatisfied")
        assert "建议重办" in matter.steps.last().words
        assert Notice.objects.filter(recipient=zhao, title__contains="建议重办").exists()


class TestCloseOut:
    def test_after_settling_answer_and_follow_up(self, matter_at):
        matter = matter_at("closed_out")
        assert matter.closed_out_on == DAY
        assert history(matter) == [
            "register", "accept", "assign", "take_in_hand", "settle", "answer", "verify", "close_out",
        ]  # fmt: skip

    @pytest.mark.parametrize("status", ["settled", "answered"])
    def test_not_before(self, matter_at, act, status):
        with pytest.raises(NotAllowed):
            act("close_out", matter_at(status))

    def test_only_by_the_office(self, matter_at, act, li, sun):
        matter = matter_at("verified")
        for person in (li, sun):
            with pytest.raises(NotAllowed, match="岗位"):
                act("close_out", matter, by=person)

    def test_against_a_dissatisfied_villager_only_with_a_reason(self, matter_at, act):
        matter = act("verify", matter_at("answered"), answer="dissatisfied")
        with pytest.raises(NotAllowed, match="理由"):
            act("close_out", matter)
        assert act("close_out", matter, words="诉求超出政策,已书面说明").status == "closed_out"


class TestReopen:
    @pytest.mark.parametrize("status", ["settled", "answered", "verified", "closed_out"])
    def test_the_earlier_dates_go_into_the_history(self, matter_at, act, status):
        matter = act("reopen", matter_at(status), on=LATER, now=moment(LATER))
        assert (matter.status, matter.reopened_count) == ("in_hand", 1)
        assert (matter.settled_on, matter.settled_at, matter.settlement) == (None, None, "")
        assert (matter.answered_on, matter.verified_on, matter.closed_out_on) == (None,) * 3
        assert "原办结2026-11-17(实质性办结 ①实质办结)" in matter.steps.last().words
        assert matter.due_on == dt.date(2026, 12, 9)  # counted anew from the reopening

    def test_it_counts_each_time(self, matter_at, act):
        matter = act("reopen", act("settle", act("reopen", matter_at("settled"))))
        assert matter.reopened_count == 2

    def test_without_a_reason_it_is_refused(self, matter_at, act):
        with pytest.raises(NotAllowed, match="原因"):
            act("reopen", matter_at("settled"), words="")

    def test_an_open_matter_is_not_reopened(self, matter_at, act):
        with pytest.raises(NotAllowed, match="办理中"):
            act("reopen", matter_at("in_hand"))
