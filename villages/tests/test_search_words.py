"""The words people are found by: worked out of names and numbers, stored with their rows."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from villages.folding import fold
from villages.met import explain
from villages.models import Resident, SearchToken
from villages.pinyin import search_key, spellings, units_of
from villages.search import (
    LONGEST,
    forget_residents,
    name_tokens,
    rebuild,
    refresh_households,
    refresh_residents,
    tokens_of_household,
    tokens_of_resident,
)
from villages.typed import MOST, Typed

ID_NUMBER = "99000119900307901X"
PHONE = "15400001234"
Kind = SearchToken.Kind
HAN = st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF) | st.characters(
    min_codepoint=0x20000, max_codepoint=0x2A6DF
)
NAMES = st.text(
    st.sampled_from("张三曾單樂长孙吕乾Ab·") | HAN | st.sampled_from("李伟芳"),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize(
    ("name", "sounds"),
    [
        ("张三", {"zhangsan"}),
        ("曾国藩", {"zengguofan", "cengguofan"}),
        ("單雄信", {"shanxiongxin", "danxiongxin"}),
        ("仇英", {"qiuying", "chouying"}),
        ("解珍", {"xiezhen", "jiezhen"}),
        ("查良", {"zhaliang", "chaliang"}),
        ("区卓", {"ouzhuo", "quzhuo"}),
        ("吕布", {"lvbu", "lubu"}),
        ("尉迟恭", {"yuchigong"}),
        ("李长乐", {"lichangle", "lichangyue", "lizhangle", "lizhangyue"}),
        ("A丽", {"ali"}),
        ("\ue000三", {"san"}),
    ],
)
def test_a_name_has_every_sound_people_type(name, sounds):
    assert {"".join(way) for way in spellings(units_of(name))} == sounds


def test_the_sound_kept_beside_a_name_reads_surnames_as_surnames():
    assert search_key("曾小山") == "zengxiaoshan zxs"
    assert search_key("") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("張三", "张三"), ("ＡＢ", "ab"), ("鍾馗", "钟馗"), ("閆峯", "闫峰"), ("𠮷田", "𠮷田")],
)
def test_spellings_of_one_name_become_the_same(one, other):
    assert fold(one) == fold(other)


def test_the_words_of_a_name_with_a_middle_dot():
    beginning, within = name_tokens("阿卜杜拉·买买提")
    assert "阿卜杜拉买买提" in beginning
    assert {"买买提", "maimaiti", "mmt"} <= set(within)


def test_no_number_stands_in_the_words():
    words = tokens_of_resident("周大山", ID_NUMBER, [PHONE])
    assert "901" not in words and "1234" not in words
    assert words.count("=") == words.count("+") == 1
    assert tokens_of_resident("周大山", ID_NUMBER.lower()) == tokens_of_resident(
        "周大山", ID_NUMBER
    )


def test_a_household_number_is_found_without_its_zeros():
    assert tokens_of_household("0012", "").split() == ["#0012", "#12"]
    assert tokens_of_household("12", "").split() == ["#12"]


def test_a_household_is_found_by_its_number_typed_without_its_stroke():
    assert tokens_of_household("3-012", "").split() == ["#3-012", "#3012"]
    assert tokens_of_household("3－012", "").split() == ["#3-012", "#3012"]


@given(NAMES)
def test_every_piece_of_a_name_and_of_its_sound_is_one_of_its_words(name):
    beginning, within = name_tokens(name)
    units = units_of(name)
    words = {*beginning, *within}
    for at in range(len(units)):
        assert "".join(units[at:])[:LONGEST] in words
        for way in spellings(units):
            sound = "".join(way[at:])[:LONGEST]
            assert not sound or sound in words
    assert all(0 < len(word) <= LONGEST and not set(word) & set(" \t") for word in words)


@pytest.fixture
def person(household):
    """周大山 of 石桥村, with numbers, not yet to be found."""
    row = Resident(
        township=household.township, village=household.village, household=household, name="周大山"
    )
    row.set_id_number(ID_NUMBER)
    row.set_phones([PHONE, "15400005678"])
    row.save()
    return row


def kinds():
    """How many words of each kind are stored."""
    stored = SearchToken.objects.values_list("kind", flat=True)
    return {Kind(kind).name: list(stored).count(kind) for kind in set(stored)}


def test_words_are_stored_and_stored_anew(person, household):
    refresh_residents([person], new=True)
    refresh_households([household], new=True)
    assert kinds() == {"RESIDENT": 6, "RESIDENT_INNER": 5, "HOUSEHOLD": 5, "HOUSEHOLD_INNER": 5}
    assert {token.object_id for token in SearchToken.objects.filter(kind__lte=3)} == {person.pk}
    person.name, person.left_on = "周山", dt.date(2026, 1, 1)
    refresh_residents([person])
    assert kinds() == {"FORMER_RESIDENT": 8, "HOUSEHOLD": 5, "HOUSEHOLD_INNER": 5}
    forget_residents([person.pk])
    assert kinds() == {"HOUSEHOLD": 5, "HOUSEHOLD_INNER": 5}


def test_words_prepared_beforehand_are_taken_as_they_are(person):
    refresh_residents([person], [tokens_of_resident("吴三")], new=True)
    assert set(SearchToken.objects.values_list("token", flat=True)) == {
        *("吴三", "wusan", "ws"),
        *("三", "san"),
    }


def test_the_longest_name_keeps_to_its_own_row(person, household):
    person.name = "长乐" * 25
    other = Resident.objects.create(
        township=household.township, village=household.village, household=household, name="乐"
    )
    refresh_residents([person, other], new=True)
    assert {token.object_id for token in SearchToken.objects.all()} == {person.pk, other.pk}


def test_a_township_is_filled_by_command(person, household, qingshan, elsewhere, capsys):
    call_command("rebuild_search", missing=True)
    before = kinds()
    assert before["RESIDENT"] == 6
    assert "青山镇：2 户、人" in capsys.readouterr().out
    person.refresh_from_db()
    assert person.pinyin == "zhoudashan zds"
    call_command("rebuild_search", missing=True)
    assert capsys.readouterr().out == ""
    call_command("rebuild_search", township=qingshan.code)
    assert kinds() == before
    assert rebuild(elsewhere) == 0
    with pytest.raises(CommandError, match="没有代码"):
        call_command("rebuild_search", township="1")


def _table():
    with (Path(__file__).parent / "search_words.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("name", "typed", "found"), _table())
def test_the_table_of_names_and_what_finds_them(name, typed, found):
    words = [word for words in name_tokens(name) for word in words]
    ranges = Typed.read(typed).resident_ranges()
    met = any(low <= word < high for word in words for low, high in ranges)
    assert met == (found == "yes")


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_query_of_bounded_length(raw):
    typed = Typed.read(raw)
    for low, high in (*typed.resident_ranges(), *typed.household_ranges()):
        assert low < high
        assert len(low) <= LONGEST
    assert len(typed.text) <= MOST


@given(NAMES)
def test_a_name_typed_as_it_is_finds_itself_whatever_its_spelling(name):
    units = units_of(name)
    ranges = Typed.read(name).resident_ranges()
    assert bool(units) == bool(ranges)
    words = name_tokens(name)[0]
    assert not units or any(low <= word < high for word in words for low, high in ranges)


@pytest.mark.parametrize(
    ("typed", "personal"),
    [
        (ID_NUMBER, True),
        ("990001 19900307 901x", True),
        (PHONE, True),
        ("154-0000-1234", True),
        ("张三 15400001234", True),
        ("9900011990030790", True),
        ("990001100201", False),
        ("100-2026-00001", False),
        ("1234", False),
    ],
)
def test_what_holds_a_whole_number_is_kept_out_of_addresses(typed, personal):
    assert Typed.read(typed).is_personal == personal


def test_a_word_is_explained_where_a_letter_folds_into_two():
    typed = Typed.read("ﬁ")
    met = explain("ﬁ丽", "fi丽", typed)
    assert (met.why, met.before, met.mark) == ("姓名", "ﬁ丽", "")
