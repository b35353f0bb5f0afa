"""The page on which a matter is written down."""

import pytest

from grievances.models import Category, Grievance, SettlementMethod, Source
from liaison.models import Submission

from .conftest import DAY
from .pages import key, page_of


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
