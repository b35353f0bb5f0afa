"""What a table of 包户联系 says of whom: found where it is certain, refused or warned about where it is not."""

import datetime as dt

import pytest
import time_machine

from cadres.models import LinkPolicy, Representative
from cadres.roles import Role
from conftest import SINCE, appoint
from villages.models import Household, Resident

from .import_files import staged, told
from .link_tables import GOOD, PHONE, TODAY, homes, line, read, table, take

__all__ = ["homes"]  # fixtures, asked for by name

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _saturday():
    with time_machine.travel("2026-11-21T10:00:00+08:00", tick=False):
        yield


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"户编号": "999", "户主": "周大山"}, ("C", "R-LINK-HOME")),
        ({"户主": "无此人"}, ("D", "R-LINK-HOME")),
        ({"户主": "周大山"}, ("D", "R-LINK-HOMES")),
        ({"户编号": "003"}, ("D", "R-LINK-GONE")),
        ({"户编号": "001", "包户干部": "某某"}, ("E", "R-LINK-CADRE")),
        ({"户编号": "001", "包户干部": "李明、王强"}, ("E", "R-LINK-NAMES")),
        ({"户编号": "001", "村民代表": "何1英"}, ("F", "R-NAME")),
        ({"户编号": "001", "起始日期": "2027-01-01"}, ("H", "R-LINK-FUTURE")),
        ({"户编号": "001", "村": "无此村"}, ("A", "R-VILLAGE")),
    ],
)
def test_a_row_that_cannot_be_is_refused_where_it_is_wrong(qingshan, homes, said, problem):
    Household.objects.filter(number="003").update(residence="cancelled")
    stage = read(qingshan, line(**{"村民代表": "何秀英"} | said), *GOOD[1:])
    assert told(stage.refused) == [(2, *problem)]
    assert stage.counts()["items"]["new"] == 3
    said_why = stage.refused[0]
    assert said_why.reason
    assert "周大山" not in said_why.value


def test_the_same_household_twice_is_taken_once(qingshan, homes):
    stage = read(
        qingshan,
        line(户编号="001", 村民代表="何秀英"),
        line(组="1组", 户主="周大山", 村民代表="马春"),
    )
    assert told(stage.refused) == [(3, "D", "R-LINK-DUP")]
    assert "第2行" in stage.refused[0].reason
    assert [each.name for each in stage.finder.newcomers.values()] == ["何秀英"]


def test_rows_outside_the_territory_are_refused(qingshan, homes, wang, zhao):
    stage = read(qingshan, *GOOD, within=wang.village_scope())
    assert {each.code for each in stage.refused} == {"R-TERRITORY"}
    assert read(qingshan, *GOOD, within=zhao.village_scope("cadres.manage_links")).refused == []


def test_warnings_say_what_should_be_looked_at(qingshan, homes):
    stage = read(
        qingshan,
        line(户编号="001", 户主="周小山", 村民代表="何秀英"),
        line(户编号="002"),
        line(户编号="003", 村民代表="何秀英", 起始日期="去年"),
    )
    assert told(stage.warnings) == [
        (2, "D", "W-LINK-HEAD"), (3, "D", "W-LINK-NONE"), (4, "H", "W-LINK-DAY"),
    ]  # fmt: skip
    assert stage.counts()["items"]["new"] == 2


def test_too_few_and_too_many_are_warned_of_and_taken(qingshan, homes):
    LinkPolicy.objects.create(
        township=qingshan, kind="representative", least=2, most=2, since=SINCE
    )
    stage = read(
        qingshan,
        *(line(户编号=f"00{n}", 村民代表="何秀英") for n in (1, 2, 3)),
        line(户编号="004", 村民代表="马春"),
    )
    assert told(stage.warnings) == [(2, "F", "W-LINK-MANY"), (5, "F", "W-LINK-FEW")]
    assert stage.warnings[0].reason == "何秀英将联系3户，超出标准2–2户"
    take(stage)
    moved = read(qingshan, line(户编号="001", 村民代表="马春"))
    assert moved.warnings == []  # 2 each


def test_a_cadre_is_found_by_name_post_or_phone(qingshan, homes, li, wang):
    other = appoint(qingshan, "li2", "李明", Role.CADRE, title="水利站站长")
    near = read(qingshan, line(户编号="001", 包户干部="李明"))
    assert near.items[0].who == li.post  # he is of the village's team
    titled = read(qingshan, line(户编号="001", 包户干部="水利站站长"))
    assert titled.items[0].who == other.post
    far = read(qingshan, line(村="和平村", 户编号="001", 包户干部="李明"))
    assert told(far.refused) == [(2, "E", "R-LINK-CADRES")]
    other.set_phones([PHONE])
    other.save()
    data = table(
        ["和平村", "001", "李明", PHONE], heads=("村", "户编号", "包户干部", "包户干部电话")
    )
    assert staged("links", data, qingshan).items[0].who == other.post


def test_a_post_that_somebody_left_is_nobody_s_name(qingshan, homes, li):
    li.holdings.update(until=TODAY - dt.timedelta(days=1))
    assert told(read(qingshan, line(户编号="001", 包户干部="李明")).refused) == [
        (2, "E", "R-LINK-CADRE")
    ]


def test_representatives_of_one_name_are_told_by_group_or_refused(qingshan, homes, shiqiao):
    first, second = (
        Representative.objects.create(village=shiqiao, name="何秀英", group=group, since=SINCE)
        for group in shiqiao.groups.order_by("number")
    )
    stage = read(
        qingshan, line(户编号="001", 村民代表="何秀英"), line(户编号="004", 村民代表="何秀英")
    )
    assert [item.who for item in stage.items] == [first, second]
    Representative.objects.update(group=None)
    stage = read(qingshan, line(户编号="001", 村民代表="何秀英"))
    assert told(stage.refused) == [(2, "F", "R-LINK-PERSONS")]


def test_several_villagers_of_a_new_representative_s_name(qingshan, homes, shiqiao):
    people = [
        Resident.objects.create(township=qingshan, village=shiqiao, household=home, name="何秀英")
        for home in homes[:2]
    ]
    stage = read(qingshan, line(户编号="001", 村民代表="何秀英"))
    assert told(stage.warnings) == [(2, "F", "W-LINK-PERSON")]
    people[1].set_phones([PHONE])
    people[1].save()
    take(read(qingshan, line(户编号="001", 村民代表="何秀英", 代表电话=PHONE)))
    assert Representative.objects.get().resident == people[1]


def test_a_start_before_the_present_link_is_refused(qingshan, homes):
    take(read(qingshan, *GOOD))
    stage = read(qingshan, line(户编号="001", 村民代表="马春", 起始日期="2026.3.5"))
    assert told(stage.refused) == [(2, "H", "R-LINK-EARLY")]
