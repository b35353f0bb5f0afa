"""Whom and which place a row of an older ledger means; and whatever stands in a cell."""

import pytest

from grievances.imports.words import VOCABULARY
from grievances.models import Grievance
from grievances.tests.older_ledgers import problems, staged, take, workbook
from villages.models import Resident

from .ledger_rows import HEAD, ROW, only, row


def test_units_and_people_of_ours_are_found_by_name(shiqiao, chen, minzheng):
    head = [*HEAD, "承办单位", "承办人"]
    matter, _ = only(shiqiao.township, [*ROW, "民政办", "陈静"], head=head)
    assert (matter.department, matter.handler, matter.handler_words) == (minzheng, chen, "")


def test_units_and_people_that_are_gone_stay_as_words(shiqiao, chen, minzheng):
    head = [*HEAD, "承办单位", "承办人"]
    matter, _ = only(shiqiao.township, [*ROW, "计生办", "陈静"], head=head)
    assert (matter.department, matter.handler, matter.handler_words) == (None, None, "计生办 陈静")


@pytest.fixture
def resident(household):
    """周大山 of 石桥村, with a number and a phone."""
    person = Resident(
        township=household.township, village=household.village, household=household, name="周大山"
    )
    person.set_id_number("430181197001019017")
    person.set_phones(["15400001234"])
    person.save()
    return person


def with_person(township, name, phone="", number="", village="石桥村"):
    head = [*HEAD, "联系电话", "身份证号"]
    return only(township, [*row(反映人=name, 村=village), phone, number], head=head)[0]


def test_somebody_certain_is_linked_to_his_household(resident, household):
    matter = with_person(household.township, "周大山", "154-0000-1234")
    assert (matter.household, matter.phone) == (household, "15400001234")


def test_his_id_number_finds_him_and_is_not_kept(resident, household):
    matter = with_person(household.township, "周大山", number="430181197001019017")
    assert matter.household == household
    kept = " ".join(
        str(getattr(matter, field.attname)) for field in Grievance._meta.concrete_fields
    )
    assert "430181197001019017" not in kept


@pytest.mark.parametrize(
    ("name", "phone", "village"),
    [
        ("周大山", "", "石桥村"),  # a name alone is not certain
        ("周小山", "15400001234", "石桥村"),
        ("某先生", "15400001234", "石桥村"),
        ("周大山", "15400001234", "和平村"),
    ],
)
def test_whoever_is_not_certain_stays_a_name(resident, household, heping, name, phone, village):
    matter = with_person(household.township, name, phone, village=village)
    assert (matter.household, matter.complainant) == (None, name)


def test_rows_of_another_village_are_refused_in_a_file_for_one(shiqiao, heping):
    data = workbook(HEAD, ROW, row(村="和平村"), row(村=""))
    ledger = take(data, shiqiao.township, shiqiao)
    assert problems(ledger) == {(3, "R-VILLAGE"), (4, "W-NUMBER"), (4, "W-REPEAT"), (2, "W-REPEAT")}
    assert set(Grievance.objects.values_list("village__name", flat=True)) == {"石桥村"}


def test_rows_outside_the_uploaders_territory_are_refused(shiqiao, heping, li):
    data = workbook(HEAD, ROW, row(村="和平村"), row(村="李家庄"))
    ledger = staged(data, shiqiao.township, within=li.village_scope())
    assert {(3, "R-TERRITORY"), (4, "R-TERRITORY")} <= problems(ledger)
    assert ledger.counts()["items"]["new"] == 1


def test_a_group_behind_the_village_is_kept(shiqiao):
    matter, ledger = only(shiqiao.township, row(村="石桥村第3组"))
    assert (matter.village, matter.village_words) == (shiqiao, "石桥村第3组")
    assert not problems(ledger)


def test_a_title_names_the_village_of_a_ledger_without_the_column(shiqiao):
    head = ["编号", "登记日期", "反映人", "反映的主要问题"]
    data = workbook(["青山镇石桥村民情台账"], head, ["1", "2019-03-05", "周大山", "路灯不亮"])
    ledger = take(data, shiqiao.township)
    assert Grievance.objects.get().village == shiqiao
    assert not ledger.notes()


def test_a_ledger_without_villages_is_told_once(shiqiao):
    head = ["编号", "登记日期", "反映人", "反映的主要问题"]
    matter, ledger = only(shiqiao.township, ["1", "2019-03-05", "周大山", "路灯不亮"], head=head)
    assert matter.village is None
    assert not problems(ledger)
    assert "没有“村”一栏" in ledger.notes()[0]


NASTY = (
    "=1+1", "'", "9" * 30, "-1", "0000012345678", "①②③", "\U00020000王", "甲" * 3000, "1e999", "二〇一四年九月二日",
    "2014-13-45", "0000-00-00", "9999年12月底前", "百百百个工作日", "<script>alert(1)</script>", "%_%", "\u200b\ufeff",
    99999999999.0, -5.5, True,
)  # fmt: skip


def test_whatever_stands_in_a_cell_is_taken_or_refused_in_words(shiqiao):
    """Each field with each nasty value, in one file: nothing breaks, and twice is once."""
    heads = [VOCABULARY.label(name) for name in VOCABULARY.words]
    usual = {
        "登记日期": "2019-03-05",
        "村": "石桥村",
        "诉求摘要": "路灯不亮",
        "是否办结": "是",
        "办结日期": "2019-03-09",
    }
    rows = [
        [{**usual, head: nasty}.get(each) for each in heads] for head in heads for nasty in NASTY
    ]
    ledger = take(workbook(heads, *rows), shiqiao.township)
    assert Grievance.objects.count() + len(ledger.refused) == ledger.data_rows
    assert all(each.reason and each.fix for each in [*ledger.refused, *ledger.warnings])
    again = take(workbook(heads, *rows), shiqiao.township)
    assert again.counts()["items"]["new"] == again.counts()["items"]["changed"] == 0
