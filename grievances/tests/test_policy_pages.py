"""The pages of the time limits."""

import pytest

from grievances import actions
from grievances.models import DeadlinePolicy

from .conftest import DAY, moment
from .pages import key


@pytest.fixture(autouse=True)
def _late_november(time_machine_now):
    """The tests' days lie in November 2026."""


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

    def test_a_refused_form_still_says_what_it_moves(self, signed_in, zhao):
        client, lead = signed_in(zhao), "新时限只用于以后受理的诉求，已定时限的不变。"
        assert lead in client.get(self.url + "new/").text
        refused = client.post(self.url + "new/", self.row | {"form_key": key(), "amount": ""})
        assert refused.status_code == 422 and lead in refused.text

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
