"""回访抽样: drawn by a seed nobody chooses, given to somebody who had no hand in it, kept so it can be drawn again."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from cadres.models import Notice
from conftest import appoint
from grievances import actions
from grievances.models import FollowUpSample, SampledMatter
from grievances.sampling import draw, share_out
from liaison.errors import NotAllowed

from .conftest import DAY, moment
from .drawn import NEXT, PATH, answered, drawing

__all__ = ["answered", "drawing"]  # fixtures, asked for by name

POPULATIONS = st.lists(st.tuples(st.integers(1, 999), st.integers(1, 6)), unique_by=lambda p: p[0])


@given(
    population=POPULATIONS, size=st.integers(0, 60), seed=st.text(max_size=8), order=st.randoms()
)
@how(max_examples=60, deadline=None)
def test_a_draw_depends_on_nothing_but_seed_and_population(population, size, seed, order):
    drawn = draw(population, size, seed)
    assert len(drawn) == len(set(drawn)) == min(size, len(population))
    assert set(drawn) <= {matter for matter, _ in population}
    order.shuffle(population)
    assert draw(population, size, seed) == drawn


def test_the_list_of_draws_counts_what_the_sample_lists(
    answered, drawing, signed_in, zhao, sun, li
):
    """A matter made confidential since is in neither."""
    answered(4)
    sample = drawing([sun], share=100)
    client, page = signed_in(zhao), reverse("grievances:samples")
    assert client.get(page).context["page"].rows[0].n_waiting == 4
    raised = {"on": DAY, "now": moment(NEXT, 12), "version": None, "ground": "named"}
    matter = sample.matters.first().grievance
    actions.make_confidential(grievance=matter, by=li, reason="点名", **raised)
    listed = client.get(reverse("grievances:sample", args=[sample.pk])).context["page"].total
    assert client.get(page).context["page"].rows[0].n_waiting == listed == 3


def test_each_village_has_its_part_and_another_seed_another_draw():
    population = [(pk, pk % 2) for pk in range(40)] + [(pk, 7) for pk in range(100, 120)]
    drawn = draw(population, 12, "霜降")
    assert [
        sum(pk in part for pk in drawn)
        for part in (range(0, 40, 2), range(1, 40, 2), range(100, 120))
    ] == [4, 4, 4]
    assert draw(population, 12, "立冬") != drawn


def test_work_is_shared_out_evenly_by_who_may_do_it():
    may = {1: [10, 20], 2: [10], 3: [10, 20], 4: [20, 10], 5: []}
    asks = share_out([1, 2, 3, 4, 5], may)
    assert asks == {1: 20, 2: 10, 3: 10, 4: 20, 5: None}


def test_it_is_kept_so_that_anybody_can_draw_it_again(answered, drawing, sun, zhou):
    rows = answered(5)
    sample = drawing([sun, zhou])
    assert (sample.population_count, sample.size, sample.can_be_drawn_again()) == (5, 3, True)
    assert {pk for pk, _ in sample.population} == {row.pk for row in rows}
    given_to = [row.given_to for row in sample.matters.all()]
    assert sorted(map(given_to.count, (sun, zhou))) == [1, 2]
    sample.matters.first().delete()
    assert not sample.can_be_drawn_again()


def test_a_draw_is_not_repeated_until_it_pleases(answered, drawing, sun):
    answered(2)
    drawing([sun])
    with pytest.raises(NotAllowed, match="已经抽过"):
        drawing([sun], share=100)
    assert FollowUpSample.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"ends_on": dt.date(2026, 12, 31)}, "还没有到"),
        ({"starts_on": dt.date(2026, 12, 1)}, "之后"),
        ({"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 1, 31)}, "没有可抽的"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_whole(answered, drawing, sun, more, words):
    answered(1)
    with pytest.raises(NotAllowed, match=words):
        drawing([sun], **more)
    assert not FollowUpSample.objects.exists()


def test_nobody_asks_about_what_he_or_his_unit_or_his_team_had_a_hand_in(
    answered, drawing, li, zhao, chen, sun, wang, qingshan, minzheng
):
    """陈 handled it, 李 wrote it down, 王 sits elsewhere, 付 is of 陈's unit."""
    row = answered(1)[0]
    fu = appoint(qingshan, "fu", "付镇", "leader", title="分管副镇长", department=minzheng)
    for people in ([li], [wang], [fu], [li, wang, fu]):
        with pytest.raises(NotAllowed, match=f"诉求{row.number}没有可以回访的人"):
            drawing(people)
    with pytest.raises(NotAllowed, match="请选择由谁回访"):
        drawing([chen])
    assert drawing([li, wang, fu, sun]).matters.get().given_to == sun


def test_a_team_member_asks_when_his_team_did_not_write_it_down(
    drawing, zhao, li, facts, act, matter_at
):
    row = actions.register(by=zhao, on=DAY, now=moment(DAY), **facts)
    for name in (*PATH, "answer"):
        row = act(name, row)
    assert drawing([li]).matters.get().given_to == li


def test_who_has_answered_is_not_asked_twice_and_stays_in_the_population(
    answered, drawing, act, sun
):
    first, _ = answered(2)
    act("verify", first, answer="basically")
    sample = drawing([sun], share=100)
    rows = {row.grievance_id: row for row in sample.matters.all()}
    assert sample.population_count == 2
    assert (rows[first.pk].state, rows[first.pk].given_to) == ("answered", None)


def test_crossed_off_by_a_check_it_is_drawn_and_asked_all_the_same(
    answered, drawing, act, sun, zhao
):
    row = act("close_out", act("check", answered(1)[0], by=zhao))
    with pytest.raises(NotAllowed, match="没有抽中"):
        act("verify", row, on=NEXT, now=moment(NEXT))
    drawing([sun], share=100)
    row = act("verify", row, on=NEXT, now=moment(NEXT), answer="dissatisfied", verbatim="没修")
    assert (row.status, row.closed_out_on) == ("verified", None)
    assert f"原销号{DAY}" in row.steps.last().words


def test_drawn_it_is_asked_and_not_checked(answered, drawing, act, sun, zhao):
    row = answered(1)[0]
    drawing([sun], share=100)
    with pytest.raises(NotAllowed, match="已抽中回访"):
        act("check", row, by=zhao, on=NEXT, now=moment(NEXT))


def test_what_was_said_comes_back_to_the_sample(answered, drawing, act, sun):
    row = answered(1)[0]
    drawn = drawing([sun]).matters.get()
    told = {"on": NEXT, "now": moment(NEXT)}
    row = act("verify", row, answer="unreached", **told)
    drawn.refresh_from_db()
    assert drawn.state == "unreached"
    act("verify", row, answer="satisfied", verbatim="修好了", **told)
    drawn.refresh_from_db()
    assert (drawn.state, drawn.follow_up.verbatim) == ("answered", "修好了")


def test_opened_again_before_it_was_asked_about_it_is_void(answered, drawing, act, sun, zhao):
    row = answered(1)[0]
    drawn = drawing([sun]).matters.get()
    act("reopen", row, on=NEXT, now=moment(NEXT))
    drawn.refresh_from_db()
    assert drawn.state == "void"


def test_whose_work_was_drawn_is_not_told(answered, drawing, sun, chen, li, wang, zhao):
    drawing_of = answered(1) and drawing([sun])
    seeing = [
        user for user in (sun, zhao, chen, li, wang)
        if SampledMatter.objects.visible_to(user).exists()
    ]  # fmt: skip
    assert seeing == [sun, zhao]
    assert list(FollowUpSample.objects.visible_to(sun)) == [drawing_of]
    notice = Notice.objects.get(kind="follow-up-sample")
    assert (notice.recipient, notice.title) == (sun, "抽中1件诉求请您回访")
