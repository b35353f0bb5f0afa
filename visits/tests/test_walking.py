"""走访清单 and 示意图: the households still to be reached, on a phone, on paper and drawn."""

import datetime as dt

import pytest
from django.urls import reverse

from liaison import clock
from villages.models import Group, ResidentTag, Section
from visits import actions
from visits.models import VisitRound
from visits.rounds import Reach
from visits.schematic import blocks, tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit_round(qingshan):
    """2026年第二轮, under way."""
    return VisitRound.objects.create(
        township=qingshan, name="2026年第二轮", starts_on=dt.date(2026, 8, 1),
        ends_on=dt.date(2026, 12, 31),
    )  # fmt: skip


@pytest.fixture
def walked(li, shiqiao, neighbours, household):
    """001 reached in this round, 002 in the spring, 003 and 004 never; 005 stands empty. 第2组 has 9 and 10."""
    rows = {row.number: row for row in shiqiao.households.all()}
    for number, on, mode in (
        ("001", dt.date(2026, 8, 1), "phone"), ("002", dt.date(2026, 4, 2), "home"),
        ("003", dt.date(2026, 11, 10), "reception"),
    ):  # fmt: skip
        actions.log_visit(
            by=li, now=clock.now(), occurred_on=on, village=shiqiao, mode=mode,
            household=rows[number],
        )  # fmt: skip
    shiqiao.households.filter(number="005").update(residence="vacant")
    second = Group.objects.create(village=shiqiao, name="第2组", number=2)
    for number in ("10", "9"):
        rows[number] = shiqiao.households.create(
            township=shiqiao.township, group=second, number=number, address="石桥村第2组甲巷"
        )
    return rows


def ask(client, visit_round, village, name="visits:walk", **asked):
    return client.get(reverse(name, args=[visit_round.pk, village.code]), asked)


def numbers(answer):
    return [[row.number for row in stretch.rows] for stretch in answer.context["walk"]]


def test_the_list_runs_group_by_group_in_the_order_of_the_houses(
    signed_in, li, visit_round, shiqiao, walked
):
    client = signed_in(li)
    assert numbers(ask(client, visit_round, shiqiao)) == [["002", "003", "004"], ["9", "10"]]
    assert numbers(ask(client, visit_round, shiqiao, show="never")) == [["003", "004"], ["9", "10"]]
    every = [["001", "002", "003", "004"], ["9", "10"]]
    assert numbers(ask(client, visit_round, shiqiao, show="all")) == every
    second = walked["9"].group.pk
    assert numbers(ask(client, visit_round, shiqiao, group=second)) == [["9", "10"]]
    assert ask(client, visit_round, shiqiao, group=987654321).status_code == 422
    assert ask(client, visit_round, shiqiao, show="whatever").status_code == 422


def test_sections_and_tags_narrow_it(signed_in, li, visit_round, shiqiao, walked):
    client, tag = signed_in(li), ResidentTag.objects.get_or_create(name="独居老人")[0]
    section = Section.objects.create(village=shiqiao, name="东片")
    Group.objects.filter(pk=walked["9"].group.pk).update(section=section)
    old = walked["004"].residents.create(township=shiqiao.township, village=shiqiao, name="郑国强")
    old.tag_holdings.create(tag=tag)
    assert numbers(ask(client, visit_round, shiqiao, section=section.pk)) == [["9", "10"]]
    assert numbers(ask(client, visit_round, shiqiao, tag=tag.pk)) == [["004"]]
    listed = {"round": visit_round.pk, "tag": tag.pk}
    page = client.get(reverse("visits:coverage"), listed).context["page"]
    assert [row.number for row in page.rows] == ["004"]
    old.left_on = dt.date(2026, 10, 1)
    old.save()
    assert numbers(ask(client, visit_round, shiqiao, tag=tag.pk)) == []


def test_each_household_leads_to_the_form_and_no_name_stands_in_an_address(
    signed_in, li, visit_round, shiqiao, walked
):
    text = ask(signed_in(li), visit_round, shiqiao).content.decode()
    assert f"{reverse('visits:log')}?household={walked['002'].pk}" in text
    assert "最近 2026-04-02 入户走访" in text and "从未走访" in text
    assert "甲巷" in text and "石桥村第2组甲巷" not in text


def test_who_may_not_write_visits_reads_the_list_without_the_buttons(
    signed_in, sun, visit_round, shiqiao, walked
):
    answer = ask(signed_in(sun), visit_round, shiqiao)
    assert numbers(answer)[0] == ["002", "003", "004"]
    assert "去登记" not in answer.content.decode()


def test_on_paper_there_are_boxes_to_tick(signed_in, li, visit_round, shiqiao, walked):
    text = ask(signed_in(li), visit_round, shiqiao, layout="print").content.decode()
    assert text.count("□入户 □电话") == 5
    assert "走访人：" in text and "本轮未走访，共 5 户" in text


def test_a_village_that_is_not_one_s_own_or_not_of_the_round_is_missing(
    signed_in, li, qian, zhao, visit_round, shiqiao, heping
):
    for name in ("visits:walk", "visits:round_map"):
        assert ask(signed_in(li), visit_round, heping, name).status_code == 404
        assert ask(signed_in(qian), visit_round, shiqiao, name).status_code == 404
        visit_round.villages.set([heping])
        assert ask(signed_in(zhao), visit_round, shiqiao, name).status_code == 404
        visit_round.villages.clear()


# --- 示意图 ---------------------------------------------------------------------------------


def test_the_drawing_says_by_letter_what_it_says_by_colour(
    signed_in, li, visit_round, shiqiao, walked
):
    answer = ask(signed_in(li), visit_round, shiqiao, "visits:round_map")
    text = answer.content.decode()
    assert {words: count for _, _, words, count in answer.context["legend"]} == {
        "已走访": 1, "待走访，以前去过": 1, "从未走访": 4, "空挂": 1,
    }  # fmt: skip
    assert f'href="{reverse("villages:household", args=[walked["001"].pk])}" tabindex="-1"' in text
    assert "001 周大山：已走访" in text
    assert [row["numbers"] for row in answer.context["table"]] == [[1, 1, 2, 1], [0, 0, 2, 0]]
    for row in answer.context["table"]:
        assert signed_in(li).get(row["url"]).status_code == 200


def test_it_agrees_with_the_figures(li, visit_round, shiqiao, walked):
    reach = Reach.of(visit_round)
    drawn = blocks(li, shiqiao, reach, visit_round.target)
    told = reach.count_by_group(shiqiao.households.all())
    for block in drawn:
        own = told[block.group.pk]
        assert block.counts["reached"] == own.reached
        assert block.counts["never"] == own.never
        assert block.counts["due"] == own.missing - own.never
    assert sum(count for *_, count in tally(drawn)) == 7


def test_a_contact_sees_no_name_beside_his_own_households(
    signed_in, contact, visit_round, shiqiao, walked
):
    contact.post.household_links.create(
        village=shiqiao, household=walked["002"], kind="cadre", since="2020-01-01"
    )
    text = ask(signed_in(contact), visit_round, shiqiao, "visits:round_map").content.decode()
    assert "002 周小山：待走访" in text and "周大山" not in text
    assert text.count('class="house is-hidden"') == 7  # six houses, and the legend
    opened = [pk for pk in (row.pk for row in walked.values()) if f'/households/{pk}/"' in text]
    assert opened == [walked["002"].pk]


def test_the_village_page_leads_to_the_drawing_of_the_year_where_no_round_is(
    signed_in, li, shiqiao, walked
):
    client = signed_in(li)
    page = client.get(reverse("villages:village", args=[shiqiao.code])).content.decode()
    url = reverse("visits:village_map", args=[shiqiao.code])
    assert url in page and "现在没有进行中的轮次" in page
    answer = client.get(url)
    legend = {words: count for _, _, words, count in answer.context["legend"]}
    assert legend["已走访"] == 2  # of this year: 001 and 002
    assert answer.context["visit_round"] is None


def test_800_households_cost_no_more_queries(
    signed_in, li, visit_round, shiqiao, walked, django_assert_max_num_queries
):
    client = signed_in(li)
    ask(client, visit_round, shiqiao, "visits:round_map")
    group = walked["001"].group
    model = type(walked["001"])
    model.objects.bulk_create(
        model(township=shiqiao.township, village=shiqiao, group=group, number=f"A{at:03}")
        for at in range(800)
    )
    with django_assert_max_num_queries(13):
        assert ask(client, visit_round, shiqiao, "visits:round_map").status_code == 200
    with django_assert_max_num_queries(13):
        assert len(numbers(ask(client, visit_round, shiqiao))[0]) == 803


# --- 工作台 ---------------------------------------------------------------------------------


def test_the_team_s_desk_says_how_many_are_left(signed_in, li, wang, visit_round, walked, heping):
    client = signed_in(li)
    todo = next(t for t in client.get("/").context["todos"] if t.label == "本轮未走访")
    assert (todo.count, todo.unit) == (5, "户")
    assert client.get(todo.url).context["page"].total == 5
    visit_round.villages.set([heping])
    labels = {t.label for t in client.get("/").context["todos"]}
    assert "本轮未走访" not in labels
    assert "本轮未走访" in {t.label for t in signed_in(wang).get("/").context["todos"]}
