"""The ledger's pages, as people use them and as nobody should."""

import re
import uuid

import pytest
from django.urls import reverse

from cadres.models import Department
from conftest import appoint
from grievances import actions
from grievances.forms import ACT_FORMS
from grievances.models import Category, DeadlinePolicy, Grievance, SettlementMethod, Source
from liaison.models import AuditEntry, Submission

from .conftest import DAY, moment

LEDGER = "/ledger/"


def key():
    return str(uuid.uuid4())


def page_of(matter, act=""):
    return f"/ledger/{matter.number}/" + (f"{act}/" if act else "")


def posted(matter, **words):
    return {"form_key": key(), "version": matter.version, "on": DAY.isoformat(), **words}


@pytest.fixture
def new_form(shiqiao):
    return {
        "form_key": key(),
        "on": DAY.isoformat(),
        "village": shiqiao.pk,
        "complainant": "周大山",
        "phone": "15400001234",
        "persons": 1,
        "summary": "村口路灯不亮",
        "kind": "demand",
        "category": Category.objects.get(name="道路交通").pk,
        "source": Source.objects.get(name="驻点日接待").pk,
    }


@pytest.fixture(autouse=True)
def _late_november(time_machine_now):
    """The tests' days lie in November 2026."""


@pytest.fixture
def time_machine_now():
    import time_machine

    with time_machine.travel(moment(DAY, 15), tick=True):
        yield


class TestRegister:
    url = "/ledger/new/"

    def test_a_cadre_writes_a_matter_down(self, signed_in, li, new_form):
        answer = signed_in(li).post(self.url, new_form)
        matter = Grievance.objects.get()
        assert answer.headers["Location"] == page_of(matter)
        assert (matter.number, matter.status, matter.phone) == (
            "100-2026-00001",
            "registered",
            "15400001234",
        )

    def test_on_the_spot_is_one_tick_and_one_choice(self, signed_in, li, new_form):
        method = SettlementMethod.objects.get(name="③政策解答")
        signed_in(li).post(self.url, new_form | {"on_the_spot": "on", "method": method.pk})
        matter = Grievance.objects.get()
        assert (matter.status, matter.settlement) == ("settled", "procedural")

    def test_on_the_spot_without_a_method_is_refused_whole(self, signed_in, li, new_form):
        answer = signed_in(li).post(self.url, new_form | {"on_the_spot": "on"})
        assert answer.status_code == 422
        assert "请选择办结方式" in answer.content.decode()
        assert not Grievance.objects.exists()

    def test_a_double_tap_gives_one_matter_and_the_same_answer(self, signed_in, li, new_form):
        client = signed_in(li)
        first, second = (client.post(self.url, new_form) for _ in range(2))
        assert first.headers["Location"] == second.headers["Location"]
        assert Grievance.objects.count() == 1

    def test_the_same_form_with_other_words_shows_both(self, signed_in, li, new_form):
        client = signed_in(li)
        client.post(self.url, new_form)
        answer = client.post(self.url, new_form | {"summary": "另一件事"})
        assert answer.status_code == 409
        assert "另一件事" in answer.content.decode()
        assert "村口路灯不亮" in answer.content.decode()
        assert Grievance.objects.count() == 1

    def test_a_household_is_found_by_its_number(self, signed_in, li, new_form, household):
        signed_in(li).post(self.url, new_form | {"household": "001", "complainant": ""})
        matter = Grievance.objects.get()
        assert (matter.household, matter.complainant) == (household, "周大山")

    def test_from_a_household_s_page_it_is_filled_in(self, signed_in, li, household):
        page = signed_in(li).get(f"{self.url}?household={household.pk}").content.decode()
        assert 'value="001 周大山"' in page

    @pytest.mark.parametrize("foreign", ["999999999999999999999", "x", "-1"])
    def test_nonsense_in_the_address_is_not_minded(self, signed_in, li, foreign):
        address = f"{self.url}?household={foreign}&visit={foreign}"
        assert signed_in(li).get(address).status_code == 200

    @pytest.mark.parametrize(
        "wrong",
        [
            {"summary": ""},
            {"summary": "长" * 61},
            {"phone": "打不通"},
            {"persons": "9" * 20},
            {"persons": "0"},
            {"category": "999999"},
            {"category": "9" * 20},
            {"kind": "gossip"},
            {"on": "2026-02-30"},
            {"on": "0001-01-01"},
            {"on": "2026-11-18"},
            {"household": "没有这一户"},
            {"form_key": "x"},
        ],
        ids=str,
    )
    def test_a_wrong_cell_is_refused_beside_it(self, signed_in, li, new_form, wrong):
        answer = signed_in(li).post(self.url, new_form | wrong)
        assert answer.status_code == 422
        assert not Grievance.objects.exists()
        assert not Submission.objects.exists()

    def test_a_foreign_village_is_no_choice(self, signed_in, li, new_form, heping):
        for village in (heping.pk, 10**20, "x"):
            answer = signed_in(li).post(self.url, new_form | {"village": village})
            assert answer.status_code == 422
        assert not Grievance.objects.exists()

    def test_a_nul_byte_is_refused_with_a_sentence(self, signed_in, li, new_form):
        answer = signed_in(li).post(self.url, new_form | {"summary": "灯\x00"})
        assert answer.status_code == 400
        assert not Grievance.objects.exists()

    def test_those_who_do_not_register_are_sent_away(self, signed_in, people, new_form):
        for name in ("chen", "sun", "zhou", "contact", "county", "admin", "auditor"):
            client = signed_in(getattr(people, name))
            assert client.post(self.url, new_form).status_code == 403, name
        assert not Grievance.objects.exists()


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


class TestPolicies:
    url = "/ledger/policies/"
    row = {
        "name": "本镇一般事项",
        "amount": 10,
        "unit": "workday",
        "start": "next_day",
        "is_active": "on",
        "version": 1,
    }

    def test_an_own_row_dates_what_is_registered_from_now_on(
        self, signed_in, zhao, li, facts, registered
    ):
        answer = signed_in(zhao).post(self.url + "new/", self.row | {"form_key": key()})
        assert answer.headers["Location"] == self.url
        newer = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
        registered.refresh_from_db()
        assert str(registered.due_on) == "2026-12-08"
        assert str(newer.due_on) == "2026-12-01"

    def test_a_changed_row_moves_no_matter_that_has_its_date(
        self, signed_in, zhao, li, facts, qingshan, act
    ):
        policy = DeadlinePolicy.objects.create(
            township=qingshan, name="本镇", amount=10, unit="workday"
        )
        matter = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
        form = self.row | {"form_key": key(), "amount": 3}
        assert signed_in(zhao).post(f"{self.url}{policy.pk}/", form).status_code == 302
        policy.refresh_from_db()
        assert (policy.amount, policy.version) == (3, 2)
        matter = act("accept", matter)
        assert (str(matter.due_on), matter.policy_version) == ("2026-12-01", 1)

    def test_a_stale_save_shows_the_other_change(self, signed_in, zhao, qingshan):
        policy = DeadlinePolicy.objects.create(
            township=qingshan, name="本镇", amount=10, unit="workday", version=2
        )
        answer = signed_in(zhao).post(
            f"{self.url}{policy.pk}/", self.row | {"form_key": key(), "amount": 3}
        )
        assert answer.status_code == 409
        policy.refresh_from_db()
        assert policy.amount == 10

    def test_a_general_row_and_a_foreign_one_are_left_alone(self, signed_in, zhao, elsewhere):
        general = DeadlinePolicy.objects.get(name="一般事项")
        foreign = DeadlinePolicy.objects.create(
            township=elsewhere, name="外镇", amount=1, unit="workday"
        )
        client, form = signed_in(zhao), self.row | {"form_key": key()}
        assert client.post(f"{self.url}{general.pk}/", form).status_code == 422
        assert client.post(f"{self.url}{foreign.pk}/", form).status_code == 404
        assert "外镇" not in client.get(self.url).content.decode()
        general.refresh_from_db()
        assert general.amount == 15

    def test_only_the_office_sets_them(self, signed_in, people):
        for name in ("li", "chen", "sun", "zhou", "admin"):
            client = signed_in(getattr(people, name))
            for url in (self.url, self.url + "new/"):
                assert client.get(url).status_code == 403

    @pytest.mark.parametrize("wrong", [{"amount": 0}, {"amount": "9" * 20}, {"unit": "year"}])
    def test_a_wrong_cell_is_refused(self, signed_in, zhao, wrong):
        form = self.row | {"form_key": key()} | wrong
        assert signed_in(zhao).post(self.url + "new/", form).status_code == 422

    def test_a_general_row_is_the_draft_of_an_own_one(self, signed_in, zhao):
        general = DeadlinePolicy.objects.get(name="信访事项")
        page = signed_in(zhao).get(f"{self.url}new/?from={general.pk}").content.decode()
        assert 'value="60"' in page
        assert signed_in(zhao).get(self.url + "new/?from=" + "9" * 30).status_code == 404


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
