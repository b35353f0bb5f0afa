"""安排本月抽查回头看: drawn once a month by a seed that is kept, looked at by somebody other than the handler."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from grievances import actions
from grievances.models import FollowUpPolicy, Grievance, LookBack, LookBackDraw
from liaison import clock
from liaison.errors import NotAllowed
from liaison.models import AuditEntry
from tests.filling import fill_in, form_on

from .conftest import DAY, moment

pytestmark = pytest.mark.django_db
DECEMBER = moment(dt.date(2026, 12, 2))
ASKED = {
    "starts_on": dt.date(2026, 11, 1),
    "ends_on": dt.date(2026, 11, 30),
    "due_on": dt.date(2026, 12, 20),
}


def text(answer):
    return answer.content.decode()


@pytest.fixture
def settled(li, facts, act):
    """Four that 陈 of 民政办 settled in November."""
    made = []
    for _ in range(4):
        matter = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
        for name in ("accept", "assign", "take_in_hand", "settle"):
            matter = act(name, matter)
        made.append(matter)
    return made


@pytest.fixture
def drawn(zhao, settled):
    """``drawn(size=2)``: 赵 draws on 2 December."""

    def draw(*, by=zhao, now=DECEMBER, **asked):
        asked = {"size": 2, **ASKED, **asked}
        return actions.draw_look_backs(by=by, now=now, township=zhao.township, **asked)

    return draw


class TestDrawing:
    def test_each_drawn_matter_gets_a_day_and_the_draw_says_how_it_came_about(
        self, drawn, zhao, settled
    ):
        draw = drawn()
        rows = list(LookBack.objects.waiting())
        assert [(row.why, row.due_on, row.draw) for row in rows] == [
            ("spot", dt.date(2026, 12, 20), draw)
        ] * 2
        assert (draw.population_count, draw.size, draw.drawn_by) == (4, 2, zhao)
        assert draw.can_be_drawn_again()
        step = rows[0].grievance.steps.last()
        assert (step.act, step.words) == ("arrange", "每月抽查抽中，安排2026-12-20回头看")
        assert AuditEntry.objects.filter(action="抽查回头看").count() == 1
        rows[0].delete()
        assert not LookBackDraw.objects.get().can_be_drawn_again()

    def test_a_share_is_rounded_up(self, drawn):
        assert drawn(size=None, share=30).size == 2

    def test_twice_in_a_month_is_told_and_adds_nothing(self, drawn):
        drawn()
        with pytest.raises(NotAllowed, match="2026年12月抽查回头看已由赵敏于2026-12-02抽过"):
            drawn()
        with pytest.raises(NotAllowed, match="确需再抽的请填写再抽原因"):
            drawn(reason="   ")
        assert (LookBackDraw.objects.count(), LookBack.objects.count()) == (1, 2)

    def test_again_with_a_reason_draws_others_and_keeps_the_reason(self, drawn):
        first = drawn(reason="第一次不用写")
        again = drawn(size=9, reason="县里要求加抽")
        assert (first.reason, again.reason) == ("", "县里要求加抽")
        assert (again.population_count, again.size) == (2, 2)
        assert LookBack.objects.values("grievance").distinct().count() == 4
        with pytest.raises(NotAllowed, match="没有可以抽查的"):
            drawn(reason="再来")

    def test_the_next_month_is_drawn_anew(self, drawn):
        drawn(size=1)
        later = moment(dt.date(2027, 1, 4))
        assert drawn(now=later, due_on=dt.date(2027, 1, 20)).population_count == 3

    def test_the_database_keeps_one_a_month(self, drawn):
        draw = drawn()
        draw.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            draw.save()

    def test_confidential_open_and_already_waiting_ones_are_never_in_it(
        self, drawn, zhao, settled, act
    ):
        secret, reopened, waits, left = settled
        Grievance.every.filter(pk=secret.pk).update(is_confidential=True)
        act("reopen", reopened)
        actions.arrange_look_back(
            grievance=waits, by=zhao, now=DECEMBER, version=None, due_on=dt.date(2026, 12, 9)
        )
        draw = drawn(size=9)
        assert [pk for pk, _ in draw.population] == [left.pk]
        assert [row.grievance_id for row in draw.look_backs.all()] == [left.pk]


class TestRefused:
    def test_by_who_does_not_draw(self, drawn, li, chen, qian):
        for other in (li, chen, qian):
            with pytest.raises(NotAllowed, match="由镇驻点办、镇领导或督查组安排"):
                drawn(by=other)

    @pytest.mark.parametrize(
        ("asked", "sentence"),
        [
            ({"starts_on": dt.date(2026, 12, 1)}, "起始日期在截止日期之后"),
            ({"ends_on": dt.date(2026, 12, 3)}, "还没有到"),
            ({"due_on": dt.date(2026, 12, 2)}, "应在今天"),
            ({"due_on": dt.date(9999, 12, 31)}, "5年以后"),
            ({"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 1, 31)}, "没有可以抽查的"),
        ],
    )
    def test_days_that_do_not_fit(self, drawn, asked, sentence):
        with pytest.raises(NotAllowed, match=sentence):
            drawn(**asked)
        assert not LookBackDraw.objects.exists()


def test_who_settled_it_does_not_look_at_it_and_another_does(drawn, zhao, sun):
    row = drawn(size=4).look_backs.first()
    Grievance.objects.filter(pk=row.grievance_id).update(settled_by=zhao)
    given = {"row": row, "on": dt.date(2026, 12, 5), "now": moment(dt.date(2026, 12, 5))}
    given |= {"version": row.version, "found": "stable"}
    with pytest.raises(NotAllowed, match="不对自己办的事"):
        actions.look_back(by=zhao, **given)
    assert actions.look_back(by=sun, **given).found == "stable"


class TestPages:
    @pytest.fixture(autouse=True)
    def settled_last_month(self, settled):
        """As the form proposes: whatever the day is today."""
        end = clock.today().replace(day=1) - dt.timedelta(days=1)
        Grievance.objects.update(settled_on=end, registered_on=end)

    def test_drawn_by_the_form_once_and_listed(self, signed_in, zhao, settled):
        client, new = signed_in(zhao), reverse("grievances:look_back_draw")
        FollowUpPolicy.objects.create(township=zhao.township, share=50, since=DAY)
        assert form_on(client.get(new))[1]["share"] == ["50"]
        shown = fill_in(client, new)
        draw = LookBackDraw.objects.get()
        assert (draw.size, draw.share) == (2, 50)
        drawn = [row.grievance.number for row in draw.look_backs.all()]
        left = {each.number for each in settled} - set(drawn)
        assert all(number in text(shown) for number in drawn)
        assert not any(number in text(shown) for number in left)
        url, data = form_on(client.get(new))
        refused = client.post(url, data)
        assert refused.status_code == 422
        assert "没有再抽" in text(refused)
        listed = text(client.get(reverse("grievances:look_back_draws")))
        assert draw.seed in listed
        assert "复核一致" in listed

    def test_first_how_many_of_how_many_and_nothing_is_drawn(self, signed_in, zhao):
        client = signed_in(zhao)
        url, data = form_on(client.get(reverse("grievances:look_back_draw")))
        page = client.post(url, data | {"share": "50", "preview": "1"})
        assert "符合条件的已办结诉求 <b>4</b> 件，将抽取 <b>2</b> 件。" in text(page)
        none = client.post(
            url, data | {"starts_on": "2020-01-01", "ends_on": "2020-01-31", "preview": "1"}
        )
        assert "没有可以抽查的已办结诉求" in text(none)
        assert (
            client.post(url, data | {"size": "3", "share": "10", "preview": "1"}).status_code == 422
        )
        assert not LookBackDraw.objects.exists()

    def test_one_way_to_say_how_many(self, signed_in, zhao):
        client = signed_in(zhao)
        url, data = form_on(client.get(reverse("grievances:look_back_draw")))
        for wrong in ({"size": "3", "share": "10"}, {"size": "", "share": ""}, {"size": "-1"}):
            assert client.post(url, data | wrong).status_code == 422
        assert not LookBackDraw.objects.exists()

    def test_who_does_not_draw_neither_sees_the_button_nor_the_page(self, signed_in, li):
        client = signed_in(li)
        assert "安排本月抽查" not in text(client.get(reverse("grievances:look_backs")))
        for name in ("look_back_draws", "look_back_draw"):
            assert client.get(reverse(f"grievances:{name}")).status_code == 403
