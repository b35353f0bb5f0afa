"""A list of names that says nothing of households (no 户编号, no 户主, no 与户主关系) moves nobody."""

import pytest

from villages.models import Household, Resident
from villages.roster.commit import commit

from .roster_files import HEAD, number, roster, row
from .test_roster_again import take
from .test_roster_stage import homes, people, stage_file

ZHOU, MEI, WANG, LONE = (number(order=order) for order in (901, 902, 903, 905))
NAMES = "组,姓名,性别,身份证号,联系电话"


@pytest.fixture
def place(qingshan, shiqiao):
    place = {"township": qingshan, "village": shiqiao}
    family = row(id=ZHOU), row("李梅", "妻", id=MEI)
    take(*family, row("王强", home="002", group="第2组", head="王强", id=WANG), **place)
    return place


def where(name):
    return Resident.objects.get(name=name).household.number


def test_who_is_known_stays_where_he_lives(place):
    staged = take(
        f"1组,周大山,男,{ZHOU},15400000009", f"1组,王强,男,{WANG},", f"1组,李梅,女,{MEI},",
        head=NAMES, **place,
    )  # fmt: skip
    assert people(staged) == {"changed": 1, "unchanged": 2}
    assert "new" not in homes(staged)
    assert "changed" not in homes(staged)
    assert (where("周大山"), where("李梅"), where("王强")) == ("001", "001", "002")
    assert Resident.objects.get(name="周大山").phones == "15400000009"


def test_who_is_new_is_taken_into_one_household_and_the_clerk_is_told(place):
    staged = take(
        f"1组,周大山,男,{ZHOU},", f"1组,赵四,男,{LONE},", f"1组,赵五,男,{number(order=907)},",
        head=NAMES, **place,
    )  # fmt: skip
    assert people(staged)["new"] == 2
    assert where("赵四") == where("赵五") != "001"
    assert where("赵四") != "002"
    assert Household.objects.get(number="001").residents_count == 2


def test_another_name_under_a_known_number_is_refused(place):
    staged = take(f"1组,周大三,男,{ZHOU},", f"1组,李梅,女,{MEI},", head=NAMES, **place)
    assert [(each.row, each.code) for each in staged.refused] == [(2, "R-ID-CONFLICT")]
    assert Resident.objects.get(household__number="001", relation="户主").name == "周大山"


def test_the_same_list_again_changes_nothing(place):
    rows = f"1组,赵四,男,{LONE},", "1组,赵五,男,,", f"1组,周大山,男,{ZHOU},"
    take(*rows, head=NAMES, **place)
    again = take(*rows, head=NAMES, **place)
    assert people(again) == {"unchanged": 3, "missing": 2}
    assert "new" not in homes(again)


def test_the_clerk_is_told_before_anything_is_stored(place):
    rows = f"1组,周大山,男,{ZHOU},", f"1组,赵四,男,{LONE},"
    staged = stage_file(roster(*rows, head=NAMES), **place)
    assert "有2人的行里" in staged.notes()[0]
    assert "没有登记过的1人" in staged.notes()[0]
    assert [(each.row, each.code) for each in staged.warnings] == [(3, "W-NO-HEAD")]
    told = stage_file(roster(row(id=ZHOU), row("李梅", "妻", id=MEI), head=HEAD), **place)
    assert not told.notes()
    commit(staged=staged, by=None, file_name="名单.csv")
    assert where("周大山") == "001"
