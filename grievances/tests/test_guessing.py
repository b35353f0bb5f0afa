"""Which category a matter is taken for: the office's own words, and nothing where they do not tell."""

import csv
from pathlib import Path

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from grievances.guessing import Guess, guess, guess_told, keywords_of
from grievances.models import Category
from tests.filling import fill_in

TABLE = Path(__file__).with_name("guesses.csv")
SENTENCES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


@pytest.fixture
def categories(db):
    """The shipped list, with the words it ships with."""
    return list(Category.objects.filter(is_active=True).order_by("order"))


def test_the_table_the_office_reads_comes_out_as_it_says(categories):
    """grievances/tests/guesses.csv: what villagers say, and where it belongs; empty for no guess."""
    wrong = []
    for line in SENTENCES:
        said, wanted = line["群众怎么说"], line["应归类别"]
        found = guess(said, categories)
        if (found.category.name if found else "") != wanted:
            wrong.append((said, wanted, found and found.reason))
    assert wrong == []


def test_the_table_is_long_and_names_every_category_but_the_open_one(categories):
    assert len(SENTENCES) >= 60
    named = {line["应归类别"] for line in SENTENCES}
    assert {each.name for each in categories} - named == {"其他"}


def test_every_shipped_category_but_the_open_one_has_words(categories):
    assert [each.name for each in categories if not each.keywords] == ["其他"]
    assert all(len(each.keywords) <= 1000 for each in categories)


def row(pk, name, keywords):
    return Category(pk=pk, name=name, keywords=keywords)


ROADS, POWER = row(1, "道路", "路、桥"), row(2, "供电", "路灯 停电，电压")


def test_a_word_within_a_longer_one_does_not_count():
    assert guess("路灯不亮", [ROADS, POWER]) == Guess(POWER, ("路灯",))
    assert guess("路灯下的路断了桥也断了", [ROADS, POWER]).category == ROADS


def test_most_words_win_and_a_tie_is_no_guess():
    assert guess("停电,桥也断了", [ROADS, POWER]) is None
    assert guess("停电又电压低,桥也断了", [ROADS, POWER]).category == POWER
    assert guess("停电停电停电,路和桥", [ROADS, POWER]).category == ROADS


def test_nothing_told_and_nothing_known_is_no_guess():
    assert guess("", [ROADS, POWER]) is None
    assert guess("想说说话", [ROADS, POWER]) is None
    assert guess("停电", []) is None
    assert guess("停电", [row(3, "空", "")]) is None


def test_the_reason_names_the_words_and_is_found_in_the_history():
    found = guess("停电,电压也低", [POWER])
    assert found.reason == "按“停电”“电压”归为“供电”"
    assert guess_told(f"办理时限：15个工作日。类别{found.reason}。答应周五前来看。") == found.reason
    assert guess_told("办理时限：15个工作日。") == ""


def test_keywords_are_parted_by_any_mark_and_counted_once():
    assert keywords_of(row(4, "甲", "电，电; 水、ＷＩＦＩ\n火")) == ["电", "水", "wifi", "火"]


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=4))
def test_whatever_is_typed_the_guess_stands_in_the_text(text, words):
    found = guess(text, [row(5, "甲", "、".join(words)), ROADS, POWER])
    assert found is None or all(word in keywords_of(found.category) for word in found.words)


def test_the_page_is_told_while_one_types(signed_in, li, sun, categories):
    ask = {"row-0-m0-summary": "村口路灯不亮"}
    heads = {"HX-Trigger-Name": "row-0-m0-summary"}
    client = signed_in(li)
    assert (
        "按“路灯”归为“供电能源”"
        in client.post(reverse("grievances:guess"), ask, headers=heads).content.decode()
    )
    assert client.post(reverse("grievances:guess"), {}).content.strip() == b""
    assert client.get(reverse("grievances:guess")).status_code == 405
    assert signed_in(sun).post(reverse("grievances:guess"), ask).status_code == 403


def test_the_office_edits_the_words_and_the_guess_follows(signed_in, zhao, categories):
    water = Category.objects.get(name="水利")
    page = signed_in(zhao).get(reverse("settings:categories_edit", args=[water.pk]))
    assert "关键词" in page.content.decode() and "水渠" in page.content.decode()
    fill_in(
        signed_in(zhao),
        reverse("settings:categories_edit", args=[water.pk]),
        keywords="堰沟、放水",
    )
    words = Category.objects.all()
    assert guess("堰沟塌了", words).category.name == "水利"
    assert guess("水渠堵了", words) is None
