"""The ledger's pages, as people use them and as nobody should."""

import re

import pytest
from django.urls import reverse

from cadres.models import Department
from conftest import appoint
from grievances import actions
from grievances.forms import ACT_FORMS
from grievances.models import Grievance, SettlementMethod
from liaison.models import AuditEntry

from .conftest import DAY, moment
from .pages import page_of, posted

LEDGER = "/ledger/"


@pytest.fixture(autouse=True)
def _late_november(time_machine_now):
    """The tests' days lie in November 2026."""


class TestMatterPage:
    def test_the_phone_is_masked_and_shown_for_a_reason_that_is_kept(
        self, signed_in, li, registered
    ):
        client = signed_in(li)
        page = client.get(page_of(registered)).content.decode()
        assert "154****1234" in page
        assert "15400001234" not in page
        url = page_of(registered, "reveal")
        assert client.post(url, {"reason": " "}).status_code == 422
        page = client.post(url, {"reason": "回电核实 15400001234"}).content.decode()
        assert "15400001234" in page
        line = AuditEntry.objects.get(action="查看联系电话")
        assert line.after == {"原因": "回电核实 154****"}

    def test_a_foreign_number_is_a_missing_one(self, signed_in, people, registered):
        for name in ("wang", "qian", "chen"):
            client = signed_in(getattr(people, name))
            for url in (page_of(registered), page_of(registered, "reveal")):
                assert client.get(url).status_code == 404
            missing = client.get("/ledger/100-2026-99999/")
            assert missing.status_code == 404

    def test_whoever_reads_no_matters_is_refused(self, signed_in, people, registered):
        for name in ("contact", "county", "admin", "auditor"):
            client = signed_in(getattr(people, name))
            for url in (LEDGER, page_of(registered), "/ledger/follow-ups/"):
                assert client.get(url).status_code == 403

    def test_what_is_left_is_told_with_its_unit(self, signed_in, zhao, registered):
        assert "还剩15个工作日" in signed_in(zhao).get(page_of(registered)).content.decode()

    def test_an_unpublished_calendar_is_told(self, signed_in, zhao, registered):
        Grievance.objects.update(due_at=None, due_on=None)
        assert "工作日历未发布" in signed_in(zhao).get(page_of(registered)).content.decode()

    def test_one_primary_button_and_only_the_acts_open_to_this_user(
        self, signed_in, zhao, sun, registered
    ):
        page = signed_in(zhao).get(page_of(registered)).content.decode()
        assert len(re.findall("btn-primary", page)) == 1
        assert [*re.findall(r'id="act-([\w-]+)"', page)] == [
            "accept",
            "decline",
            "settle-on-the-spot",
            "merge",
            "link-repeat",
            "mark",
        ]
        assert "act-" not in signed_in(sun).get(page_of(registered)).content.decode()

    def test_what_a_unit_has_stands_open_for_the_unit_alone(self, signed_in, zhao, chen, matter_at):
        matter = matter_at("assigned")
        for user, primary in ((zhao, 0), (chen, 1)):
            page = signed_in(user).get(page_of(matter)).content.decode()
            assert len(re.findall("btn-primary", page)) == primary
            assert 'id="act-take-in-hand"' in page
        assert "现在由民政办办理" in signed_in(zhao).get(page_of(matter)).content.decode()

    def test_after_the_acceptance_the_office_assigns(self, signed_in, zhao, li, matter_at):
        matter = matter_at("accepted")
        for user, first in ((zhao, "assign"), (li, "settle")):
            page = signed_in(user).get(page_of(matter)).content.decode()
            assert re.search(r'id="act-([\w-]+)" open', page)[1] == first

    @pytest.mark.parametrize(
        ("answer", "first"),
        [("satisfied", "close-out"), ("dissatisfied", "reopen"), ("unreached", "verify")],
    )
    def test_what_the_villager_said_decides_what_comes_next(
        self, signed_in, zhao, matter_at, act, answer, first
    ):
        matter = act("verify", matter_at("answered"), answer=answer)
        page = signed_in(zhao).get(page_of(matter)).content.decode()
        assert re.search(r'id="act-([\w-]+)" open', page)[1] == first

    def test_the_whole_life_through_the_pages(self, signed_in, people, registered, minzheng):
        method = SettlementMethod.objects.get(name="①实质办结").pk
        walk = [
            ("zhao", "accept", {"category": registered.category_id}),
            ("zhao", "assign", {"department": minzheng.pk, "handler": people.chen.pk}),
            ("chen", "take-in-hand", {}),
            ("chen", "settle", {"method": method, "words": "已修好"}),
            ("li", "answer", {"mode": "oral"}),
            ("sun", "verify", {"answer": "satisfied", "mode": "phone"}),
            ("zhao", "close-out", {}),
            ("zhou", "reopen", {"words": "又坏了"}),
        ]
        for who, act, words in walk:
            registered.refresh_from_db()
            client = signed_in(getattr(people, who))
            answer = client.post(page_of(registered, act), posted(registered, **words))
            assert answer.status_code == 302, (act, answer.content.decode())
            assert client.get(answer.headers["Location"]).status_code == 200
        registered.refresh_from_db()
        assert (registered.status, registered.reopened_count) == ("in_hand", 1)
        assert registered.steps.count() == len(walk) + 1

    def test_a_double_tap_on_an_act_is_one_act(self, signed_in, zhao, registered):
        client, form = signed_in(zhao), posted(registered, category=registered.category_id)
        answers = [client.post(page_of(registered, "accept"), form) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert registered.steps.count() == 2

    def test_a_stale_form_shows_what_happened_and_keeps_what_was_typed(
        self, signed_in, li, zhao, act, matter_at
    ):
        matter = matter_at("settled")
        form = posted(matter, mode="oral", words="已当面说明")
        matter = act("reopen", matter, by=zhao)
        matter = act("settle", matter)
        answer = signed_in(li).post(page_of(matter, "answer"), form)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "赵敏 重办" in page
        assert "已当面说明" in page
        assert f'name="version" value="{matter.version}"' in page
        matter.refresh_from_db()
        assert matter.answered_on is None

    def test_a_stale_act_that_is_closed_now_gives_the_words_back(
        self, signed_in, li, act, matter_at
    ):
        matter = matter_at("settled")
        form = posted(matter, mode="oral", words="已当面说明")
        act("answer", matter)
        answer = signed_in(li).post(page_of(matter, "answer"), form)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "不能“反馈”" in page
        assert "已当面说明" in page

    def test_an_act_of_wrong_hands_is_refused_on_the_page(self, signed_in, li, matter_at):
        matter = matter_at("assigned")
        answer = signed_in(li).post(page_of(matter, "take-in-hand"), posted(matter))
        assert answer.status_code == 422
        assert "民政办承办" in answer.content.decode()

    def test_the_same_is_said_for_every_act_to_those_who_only_look(
        self, signed_in, sun, registered
    ):
        client = signed_in(sun)
        for act in ACT_FORMS:
            url = reverse(f"grievances:{act.strip('_')}", args=[registered.number])
            assert client.post(url, posted(registered)).status_code == 422
            assert client.get(url).status_code == 302
        registered.refresh_from_db()
        assert registered.version == 1

    @pytest.mark.parametrize(
        "wrong",
        [{"version": "9" * 20}, {"version": "0"}, {"version": ""}, {"on": "x"}, {"form_key": ""}],
        ids=str,
    )
    def test_a_form_tampered_with_is_refused(self, signed_in, zhao, registered, wrong):
        form = posted(registered, category=registered.category_id) | wrong
        answer = signed_in(zhao).post(page_of(registered, "accept"), form)
        assert answer.status_code in (409, 422)
        registered.refresh_from_db()
        assert registered.status == "registered"

    def test_a_foreign_department_is_no_choice(self, signed_in, zhao, matter_at, elsewhere):
        matter = matter_at("accepted")
        foreign = Department.objects.create(township=elsewhere, name="民政办")
        for pk in (foreign.pk, "9" * 20, "x"):
            form = posted(matter, department=pk)
            assert signed_in(zhao).post(page_of(matter, "assign"), form).status_code == 422

    def test_nothing_is_chosen_for_the_villager(self, signed_in, sun, matter_at):
        matter = matter_at("answered")
        page = signed_in(sun).get(page_of(matter)).content.decode()
        assert "checked" not in page
        form = posted(matter, mode="phone")
        assert signed_in(sun).post(page_of(matter, "verify"), form).status_code == 422


class TestPanels:
    def drawn(self, user, tag, place):
        from types import SimpleNamespace

        from django.template import Context, Template

        text = "{% load grievance_panels %}{% " + tag + " place %}"
        context = Context({"request": SimpleNamespace(user=user), "place": place})
        return Template(text).render(context)

    def test_a_household_s_and_a_village_s_matters(self, li, facts, household):
        matter = actions.register(by=li, on=DAY, now=moment(DAY), household=household, **facts)
        for tag, place in (
            ("household_grievances", household),
            ("village_grievances", household.village),
        ):
            assert matter.number in self.drawn(li, tag, place)

    def test_only_what_the_reader_may_see(self, people, registered, shiqiao):
        for name in ("wang", "qian", "chen"):
            drawn = self.drawn(getattr(people, name), "village_grievances", shiqiao)
            assert registered.number not in drawn
        for name in ("contact", "county", "admin"):
            user = getattr(people, name)
            assert not self.drawn(user, "village_grievances", shiqiao).strip()


def test_a_handler_sees_his_unit_s_matters_alone(signed_in, matter_at, chen, qingshan):
    matter = matter_at("assigned")
    other = Department.objects.create(township=qingshan, name="农办")
    bai = appoint(qingshan, "bai", "白云", "handler", department=other)
    assert matter.number in signed_in(chen).get(LEDGER).content.decode()
    assert matter.number not in signed_in(bai).get(LEDGER).content.decode()
