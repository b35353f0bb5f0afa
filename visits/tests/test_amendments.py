"""更正: plain until the day is confirmed, with a reason and both wordings kept afterwards."""

import datetime as dt

import pytest
from django.urls import reverse

from cadres.models import Seat
from conftest import appoint
from liaison import clock
from liaison.errors import NotAllowed
from liaison.models import AuditEntry
from visits import actions
from visits.models import Amendment, SessionPolicy, Visit

from .test_proposals import posted

TODAY = dt.date(2026, 11, 17)


@pytest.fixture
def written(day, feng, household):
    """A row of the day, written by 冯 of the team."""
    return actions.log_visit(
        by=feng, now=clock.now(), occurred_on=TODAY, village=day.village, mode="home",
        session=day, household=household, said="家里漏鱼", line=1,
    )  # fmt: skip


@pytest.fixture
def confirmed(written, day, li):
    """The same row, once 李 has confirmed the day."""
    actions.confirm_held(session=day, by=li, now=clock.now())
    return written


def change(visit, by, **more):
    visit = Visit.objects.get(pk=visit.pk)
    facts = {"version": visit.version, "now": clock.now(), "said": "家里漏雨", **more}
    return actions.change_visit(visit=visit, by=by, **facts)


def member(qingshan, li):
    """丁: another member of 李's team, who did not write the row."""
    user = appoint(qingshan, "ding", "丁一", "cadre", title="驻村干部二")
    Seat.objects.create(team=li.team, post=user.post, kind=Seat.Kind.MEMBER, order=2)
    return user


def test_until_the_day_is_confirmed_the_team_changes_it_plainly(written, qingshan, li):
    assert change(written, member(qingshan, li)).said == "家里漏雨"
    assert not Amendment.objects.exists()


def test_afterwards_a_change_needs_its_reason_and_keeps_both_wordings(confirmed, feng):
    with pytest.raises(NotAllowed, match="写明更正原因"):
        change(confirmed, feng)
    change(confirmed, feng, reason="打错字", persons=2)
    row = Amendment.objects.get()
    assert (row.visit, row.by, row.by_name, row.reason) == (confirmed, feng, "冯兰", "打错字")
    assert row.by_post == "驻村干部"
    assert row.changes == [
        {"field": "人数", "before": "1", "after": "2"},
        {"field": "反映情况", "before": "家里漏鱼", "after": "家里漏雨"},
    ]


def test_nothing_changed_is_no_amendment(confirmed, feng):
    change(confirmed, feng, said="家里漏鱼")
    assert not Amendment.objects.exists()


def test_after_it_only_the_writer_the_lead_and_the_office_amend(confirmed, qingshan, li, zhao):
    other = member(qingshan, li)
    with pytest.raises(NotAllowed, match="登记人、团队责任人或镇驻点办"):
        change(confirmed, other, reason="打错字")
    change(confirmed, li, reason="打错字")
    change(confirmed, zhao, said="屋顶漏雨", reason="核实后补充")
    assert [row.by_name for row in Amendment.objects.all()] == ["李明", "赵敏"]


def test_the_trail_tells_of_it_without_the_words(confirmed, feng):
    change(confirmed, feng, reason="周大山说的是漏雨")
    line = AuditEntry.objects.latest("pk")
    assert line.action == "更正走访"
    assert (line.before, line.after) == ({"反映情况": "(4字)"}, {"反映情况": "(4字)"})
    assert not any("周大山" in str((e.before, e.after)) for e in AuditEntry.objects.all())


# --- Outside a liaison day ------------------------------------------------------------------


@pytest.fixture
def outside(feng, shiqiao, household):
    """An evening visit of the 17th, written down at once by 冯."""
    return actions.log_visit(
        by=feng, now=clock.now(), occurred_on=TODAY, village=shiqiao, mode="evening",
        household=household, said="家里漏鱼",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("later", "days", "plain"), [(7, None, True), (8, None, False), (3, 3, True), (4, 3, False)]
)
def test_it_is_changed_plainly_as_long_as_the_township_says(
    outside, feng, qingshan, later, days, plain, time_machine
):
    if days is not None:
        SessionPolicy.objects.create(township=qingshan, since=TODAY, edit_days=days)
    moment = dt.datetime(2026, 11, 17, 12, tzinfo=dt.UTC) + dt.timedelta(days=later)
    time_machine.move_to(moment, tick=False)
    if plain:
        assert change(outside, feng).said == "家里漏雨"
    else:
        with pytest.raises(NotAllowed, match="写明更正原因"):
            change(outside, feng)
        change(outside, feng, reason="打错字")
    assert Amendment.objects.exists() is not plain


def test_written_down_late_it_still_has_its_days(feng, shiqiao, household):
    visit = actions.log_visit(
        by=feng, now=clock.now(), occurred_on=dt.date(2026, 1, 5), village=shiqiao, mode="home",
        household=household, said="家里漏鱼",
    )  # fmt: skip
    assert change(visit, feng).said == "家里漏雨"


def test_later_the_lead_of_the_village_amends_and_another_member_does_not(
    outside, li, qingshan, zhao, time_machine
):
    other = member(qingshan, li)
    time_machine.move_to(dt.datetime(2026, 12, 17, tzinfo=dt.UTC), tick=False)
    with pytest.raises(NotAllowed, match="登记人"):
        change(outside, other, reason="打错字")
    change(outside, li, reason="打错字")
    change(outside, zhao, said="屋顶漏雨", reason="核实")


def test_the_office_sets_the_days(signed_in, zhao):
    client, url = signed_in(zhao), reverse("visits:rules")
    posted(client, url, edit_days=10)
    assert SessionPolicy.objects.get().edit_days == 10
    assert "10天内直接修改" in client.get(url).content.decode()


# --- Pages ----------------------------------------------------------------------------------


def test_the_form_asks_for_the_reason_only_then(signed_in, written, day, li):
    client, url = signed_in(li), reverse("visits:change", args=[written.pk])
    assert "reason" not in client.get(url).context["form"].fields
    actions.confirm_held(session=day, by=li, now=clock.now())
    refused = posted(client, url, said="家里漏雨")
    assert refused.status_code == 422 and "请写明更正原因" in refused.content.decode()
    answer = posted(client, url, said="家里漏雨", reason="打错字")
    assert answer["Location"] == reverse("visits:visit", args=[written.pk])
    text = client.get(answer["Location"]).content.decode()
    assert all(word in text for word in ("家里漏鱼", "家里漏雨", "打错字", "李明(党委委员)"))


def test_who_may_not_amend_is_told_and_not_offered(signed_in, confirmed, qingshan, li):
    client = signed_in(member(qingshan, li))
    page = client.get(reverse("visits:visit", args=[confirmed.pk]))
    assert page.context["may_change"] is False
    url = reverse("visits:change", args=[confirmed.pk])
    assert "要更正请找登记人" in client.get(url).content.decode()
    assert posted(client, url, said="x", reason="y").status_code == 422


def test_the_page_of_a_visit_is_read_as_the_visit_is(signed_in, everybody, confirmed):
    url = reverse("visits:visit", args=[confirmed.pk])
    for who, status in (
        ("li", 200), ("zhao", 200), ("sun", 200), ("wang", 404), ("qian", 404), ("contact", 404),
        ("chen", 403),
    ):  # fmt: skip
        assert signed_in(getattr(everybody, who)).get(url).status_code == status, who
