"""回访抽样 on the pages: the draw, who asks and what he is given, and the month's draw by itself."""

import datetime as dt

import pytest
from django.urls import reverse

from grievances import actions
from grievances.models import FollowUpPolicy, FollowUpSample
from liaison.errors import Stale

from .conftest import DAY, moment
from .drawn import NEXT, NOVEMBER, answered, drawing

__all__ = ["answered", "drawing"]  # fixtures, asked for by name

# --- By itself ----------------------------------------------------------------------------------


@pytest.fixture
def monthly(zhao, qingshan, sun):
    """赵 has the month's sample drawn by itself, 孙's post asks."""
    return actions.set_follow_up_policy(
        by=zhao, township=qingshan, now=moment(DAY), version=1, share=40, posts=[sun.post],
        is_active=True,
    )  # fmt: skip


def test_of_two_who_set_the_first_rule_one_is_told_of_the_other(monthly, zhou, qingshan, li):
    with pytest.raises(Stale):
        actions.set_follow_up_policy(
            by=zhou, township=qingshan, now=moment(DAY), version=1, share=10, posts=[li.post],
            is_active=True,
        )  # fmt: skip
    assert FollowUpPolicy.objects.get().share == 40


def test_without_a_rule_nothing_is_drawn_and_with_one_once(answered, monthly):
    answered(3)
    FollowUpPolicy.objects.update(is_active=False)
    assert actions.draw_due(now=moment(NEXT)) == 0
    FollowUpPolicy.objects.update(is_active=True)
    assert actions.draw_due(now=moment(dt.date(2026, 11, 30))) == 0  # October was before the rule
    assert [actions.draw_due(now=moment(NEXT, hour)) for hour in (0, 1, 9)] == [1, 0, 0]
    sample = FollowUpSample.objects.get()
    assert (sample.starts_on, sample.ends_on, sample.size) == (*NOVEMBER.values(), 2)


def test_after_an_outage_it_is_caught_up_and_a_hindrance_is_said_once_a_day(
    answered, monthly, li, sun
):
    answered(1)
    monthly.posts.set([li.post])
    assert [actions.draw_due(now=moment(dt.date(2026, 12, 3), hour)) for hour in (8, 9)] == [0, 0]
    monthly.refresh_from_db()
    assert "没有可以回访的人" in monthly.trouble
    monthly.posts.set([sun.post])
    assert actions.draw_due(now=moment(dt.date(2026, 12, 4))) == 1
    monthly.refresh_from_db()
    assert monthly.trouble == ""


# --- Pages --------------------------------------------------------------------------------------


@pytest.fixture
def december(time_machine):
    """It is the first of December."""
    time_machine.move_to(moment(NEXT), tick=False)


def test_first_how_many_of_how_many_then_the_draw(december, signed_in, zhao, sun, answered):
    answered(4)
    url, client = reverse("grievances:sample_new"), signed_in(zhao)
    form = client.get(url).context["form"]
    sent = {
        "form_key": form["form_key"].value(), "share": 50, "people": [sun.pk],
        **{name: day.isoformat() for name, day in NOVEMBER.items()},
    }  # fmt: skip
    both = client.post(url, {**sent, "size": 3})
    assert both.status_code == 422 and "请填一项" in both.content.decode()
    page = client.post(url, {**sent, "preview": 1})
    assert page.context["preview"] == {"population": 4, "size": 2, "people": 1}
    assert not FollowUpSample.objects.exists()
    answer = client.post(url, sent)
    assert client.post(url, sent).url == answer.url  # a second tap
    page = client.get(answer.url)
    assert "复核一致" in page.content.decode()
    assert len(page.context["page"].rows) == 2
    for listed in (answer.url, reverse("grievances:samples")):
        assert client.get(listed, {"format": "xlsx"}).status_code == 200


def test_the_asker_finds_his_and_a_sheet_without_phones(
    december, signed_in, sun, answered, drawing
):
    answered(2)
    sample = drawing([sun], share=100)
    todos = {todo.label: todo for todo in signed_in(sun).get("/").context["todos"]}
    todo = todos["抽样回访，待我回访"]
    assert signed_in(sun).get(todo.url).context["page"].total == todo.count == 2
    sheet = signed_in(sun).get(reverse("grievances:call_sheet", args=[sample.pk])).content.decode()
    assert "154****1234" in sheet and "15400001234" not in sheet
    assert "□联系不上" in sheet


def test_who_does_not_ask_finds_no_sample(signed_in, answered, drawing, sun, chen, qian):
    answered(1)
    url = reverse("grievances:sample", args=[drawing([sun]).pk])
    assert signed_in(sun).get(url).status_code == 200
    assert signed_in(chen).get(url).status_code == 403
    assert signed_in(qian).get(url).status_code == 404


def test_who_left_is_followed_by_others(
    december, signed_in, answered, drawing, sun, zhou, li, zhao
):
    answered(2)
    sample = drawing([sun], share=100)
    url = reverse("grievances:give_on", args=[sample.pk])
    form = signed_in(zhao).get(url).context["form"]
    sent = {"form_key": form["form_key"].value(), "person": sun.pk, "people": [li.pk]}
    refused = signed_in(zhao).post(url, sent)
    assert refused.status_code == 422 and "没有可以回访的人" in refused.content.decode()
    assert signed_in(zhao).post(url, sent | {"people": [zhou.pk, sun.pk]}).status_code == 302
    assert {row.given_to for row in sample.matters.all()} == {zhou}
