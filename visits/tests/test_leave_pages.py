"""Leave and make-up days through the pages: taps, old pages, foreign rows."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from cadres.models import Notice
from conftest import appoint
from liaison import clock
from tests.filling import fill_in
from visits import actions
from visits.models import LeaveRequest, LiaisonSession, SessionPolicy

pytestmark = pytest.mark.django_db


@pytest.fixture
def ahead(day):
    """石桥村's next Tuesday."""
    LiaisonSession.objects.filter(pk=day.pk).update(on="2026-11-24")
    day.refresh_from_db()
    return day


@pytest.fixture
def leave(ahead, feng, zhao):
    """冯's request, with 赵 proposed."""
    return actions.ask_leave(
        session=ahead, by=feng, now=clock.now(), kind="sick", words="腰疼", stand_in=zhao
    )


def test_a_double_tap_is_one_request_though_its_stand_in_is_taken_by_now(
    signed_in, ahead, feng, zhao
):
    url, key = reverse("visits:ask_leave", args=[ahead.pk]), str(uuid.uuid4())
    said = {"form_key": key, "kind": "personal", "words": "", "stand_in": zhao.pk}
    answers = [signed_in(feng).post(url, said) for _ in range(2)]
    page = reverse("visits:leave", args=[LeaveRequest.objects.get().pk])
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, page)] * 2
    assert Notice.objects.filter(kind="leave_requested").count() == 1
    # Another form for the same day is refused in words
    again = signed_in(feng).post(url, said | {"form_key": str(uuid.uuid4()), "stand_in": ""})
    assert again.status_code == 422
    assert "已为这一天请过假" in again.content.decode()


def test_the_page_lists_who_is_free_and_refuses_who_is_not_listed(
    signed_in, ahead, feng, li, zhao, chen
):
    url = reverse("visits:ask_leave", args=[ahead.pk])
    text = signed_in(feng).get(url).content.decode()
    assert "赵敏(驻点办干事)" in text and "李明(党委委员)" in text
    assert "陈静" not in text and "冯兰(" not in text
    said = {"form_key": str(uuid.uuid4()), "kind": "sick", "stand_in": chen.pk}
    assert signed_in(feng).post(url, said).status_code == 422
    assert not LeaveRequest.objects.exists()


def test_an_old_page_does_not_decide_twice(signed_in, leave, li, zhao):
    url = reverse("visits:leave", args=[leave.pk])
    said = {"version": leave.version, "act": "refuse", "decision": "人手不够"}
    assert signed_in(zhao).post(url, said | {"act": "approve", "decision": ""}).status_code == 302
    late = signed_in(li).post(url, said)
    assert late.status_code == 409
    assert "别人已改过" in late.content.decode() and "腰疼" in late.content.decode()
    leave.refresh_from_db()
    assert (leave.state, leave.decided_by, leave.stand_in) == ("approved", zhao, None)


def test_only_who_asked_his_lead_and_the_office_open_it(
    signed_in, leave, li, feng, zhao, wang, sun, contact, qian
):
    url = reverse("visits:leave", args=[leave.pk])
    for user in (li, feng, zhao):
        text = signed_in(user).get(url).content.decode()
        assert "腰疼" in text and ("批复意见" in text) == (user != feng)
    for user in (wang, sun, contact, qian):
        assert signed_in(user).get(url).status_code == 404
    day = signed_in(sun).get(reverse("desk:day", args=[leave.session_id])).content.decode()
    assert "冯兰</dt><dd><span" in day  # one of the team, and no word of what he asks
    assert "腰疼" not in day
    rows = signed_in(sun).get(reverse("visits:sessions"), {"leave": "waiting"}).context["page"]
    assert rows.total == 0
    rows = signed_in(li).get(reverse("visits:sessions"), {"leave": "waiting"}).context["page"]
    assert [row.pk for row in rows.rows] == [leave.session_id]


def test_the_asker_withdraws_on_the_page(signed_in, leave, feng, li):
    url = reverse("visits:withdraw_leave", args=[leave.pk])
    assert url in signed_in(feng).get(reverse("visits:leave", args=[leave.pk])).content.decode()
    assert signed_in(li).post(url, {"version": leave.version}).status_code == 422
    fill_in(signed_in(feng), url)
    leave.refresh_from_db()
    assert leave.state == "withdrawn"


@pytest.mark.parametrize(
    ("who", "whose", "count"), [("feng", "mine", 1), ("li", "mine", 0), ("li", "decide", 1), ("feng", "decide", 0)]
)  # fmt: skip
def test_the_list_tells_mine_from_those_to_decide(signed_in, leave, feng, li, who, whose, count):
    user = {"feng": feng, "li": li}[who]
    page = signed_in(user).get(reverse("visits:leaves"), {"whose": whose}).context["page"]
    assert page.total == count


# --- 补驻 --------------------------------------------------------------------------------------


@pytest.fixture
def missed(day):
    """A Tuesday that was not held."""
    LiaisonSession.objects.filter(pk=day.pk).update(
        on="2026-11-10", status="missed", reason="防汛抢险"
    )
    day.refresh_from_db()
    return day


def test_a_make_up_day_is_named_from_the_day_s_page(signed_in, missed, li, feng):
    day, url = (reverse(name, args=[missed.pk]) for name in ("desk:day", "visits:make_up"))
    assert url in signed_in(li).get(day).content.decode()
    assert url not in signed_in(feng).get(day).content.decode()
    form = signed_in(li).get(url)
    assert "最早2026-11-20" in form.content.decode()
    text = fill_in(signed_in(li), form, on="2026-11-28").content.decode()
    assert "补驻" in text and "2026-11-10" in text
    assert "2026-11-28" in signed_in(li).get(day).content.decode()
    late = signed_in(li).post(url, {"version": missed.version, "on": "2026-12-05"})
    assert late.status_code == 409
    assert LiaisonSession.objects.filter(made_up_for=missed).count() == 1


def test_the_list_finds_what_is_to_be_made_up_and_what_makes_up(signed_in, missed, li, feng):
    def listed(**asked):
        page = signed_in(li).get(reverse("visits:sessions"), asked).context["page"]
        return [row.pk for row in page.rows]

    assert listed(making_up="waiting") == [missed.pk]
    new = actions.make_up(
        session=missed, by=li, now=clock.now(), version=None, on=dt.date(2026, 11, 28)
    )
    assert listed(making_up="waiting") == []
    assert listed(making_up="named") == [missed.pk]
    assert listed(making_up="is") == listed(due="apart") == [new.pk]
    assert listed(held="1", due="1") == []
    LiaisonSession.objects.filter(pk=new.pk).update(status="held")
    assert listed(held="1", due="1") == [missed.pk]


def test_a_skipped_day_is_made_up_for_on_its_own_page(signed_in, plan, li, feng, wang):
    plan.holiday_rule = "skip"
    plan.save()
    said = {"plan": plan.pk, "skipped_on": "2026-10-06", "on": "2026-11-28"}
    url = reverse("visits:make_up_skipped")
    foreign = signed_in(wang).post(url, {**said, "form_key": str(uuid.uuid4())})
    assert foreign.status_code == 422
    fill_in(signed_in(li), url, **said)
    new = LiaisonSession.objects.get(on="2026-11-28")
    assert (str(new.made_up_for.on), new.made_up_for.status) == ("2026-10-06", "cancelled")


def test_the_office_sets_the_rules(signed_in, zhao, li):
    url = reverse("visits:rules")
    assert signed_in(li).get(url).status_code == 403
    fill_in(signed_in(zhao), url, make_up_notice="5")
    assert SessionPolicy.objects.get().in_words().startswith("补驻提前5天告知")
    with pytest.raises(AssertionError, match="3"):
        fill_in(signed_in(zhao), url, make_up_notice="2")


def test_a_lent_day_is_no_row_of_a_figure(signed_in, ahead, feng, li, qingshan):
    """He stands in at 石桥村; what the board counts for him is not that village's."""
    he = appoint(qingshan, "hexin", "何欣", "cadre", title="综治干部")
    request = actions.ask_leave(session=ahead, by=feng, now=clock.now(), kind="sick", stand_in=he)
    actions.approve_leave(leave=request, by=li, now=clock.now(), version=1, stand_in=he)
    url = reverse("visits:sessions")
    assert signed_in(he).get(url).context["page"].total == 1
    assert signed_in(he).get(url, {"due": "1"}).context["page"].total == 0
