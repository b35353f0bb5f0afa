"""manage.py import_roster: what it answers, with which exit code."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from villages.models import Household, Resident, Township, Village

from .roster_files import number, roster, row
from .test_roster_samples import CLEAN, MESSY, REFUSED, WARNED


@pytest.fixture
def dayao(db):
    """大瑶镇 with the two villages of the sample rosters."""
    township = Township.objects.create(
        code="430181110000", name="大瑶镇", county_code="430181000000", ledger_prefix="110"
    )
    for code, name in (("236", "李畋村"), ("237", "强盛村")):
        Village.objects.create(township=township, code=f"430181110{code}", name=name)
    return township


def answer(file, **options):
    """(exit code, the JSON object)."""
    out, code = StringIO(), 0
    try:
        call_command("import_roster", str(file), json=True, stdout=out, **options)
    except SystemExit as left:
        code = left.code
    return code, json.loads(out.getvalue())


def test_the_clean_sample_is_taken_and_the_second_time_changes_nothing(dayao):
    code, said = answer(CLEAN, village="430181110236")
    assert code == 0
    assert said == {
        "file": None,
        "households": {"new": 300, "changed": 0, "unchanged": 0, "missing": 0},
        "residents": {"new": 1013, "changed": 0, "moved": 0, "unchanged": 0, "missing": 0},
        "refused": [],
        "warnings": [],
    }
    code, said = answer(CLEAN, township="430181110")
    assert code == 0
    assert said["households"] == {"new": 0, "changed": 0, "unchanged": 300, "missing": 0}
    assert said["residents"]["unchanged"] == 1013
    assert (Household.objects.count(), Resident.objects.count()) == (300, 1013)


def test_the_messy_sample_leaves_out_its_25_rows(dayao):
    code, said = answer(MESSY, village="430181110237")
    assert code == 1
    assert [(each["row"], each["code"]) for each in said["refused"]] == list(REFUSED)
    assert [(each["row"], each["code"]) for each in said["warnings"]] == list(WARNED)
    assert (Household.objects.count(), Resident.objects.count()) == (135, 408)
    assert answer(MESSY, village="430181110237")[1]["residents"]["unchanged"] == 408


def test_a_roster_without_a_village_column_is_placed_by_its_title(dayao):
    answer(MESSY, township="430181110000")
    assert set(Resident.objects.values_list("village__name", flat=True)) == {"强盛村"}


def test_a_dry_run_stores_nothing(dayao):
    code, said = answer(CLEAN, village="430181110236", dry_run=True)
    assert (code, said["residents"]["new"]) == (0, 1013)
    assert not Resident.objects.exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "F-EMPTY"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "F-FORMAT"),
        (CLEAN.read_bytes()[:5000], "F-BROKEN"),
        ("姓名,年龄\n王伟,3\n".encode(), "F-HEADER"),
        ("姓名,身份证号,组\n".encode(), "F-EMPTY"),
    ],
)
def test_a_refused_file_stores_nothing_and_exits_with_2(dayao, tmp_path, data, code):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(data)
    left, said = answer(path, village="430181110236")
    assert (left, said["file"]["code"]) == (2, code)
    assert said["residents"]["new"] == 0
    assert not Resident.objects.exists()


def test_another_villages_rows_are_refused_when_one_village_is_named(dayao, tmp_path):
    path = tmp_path / "名册.csv"
    path.write_bytes(
        roster(
            f"强盛村,周大山,户主,{number()}",
            f"李畋,王强,户主,{number(order=903)}",
            head="村,姓名,关系,身份证号",
        )
    )
    code, said = answer(path, village="430181110236")
    assert code == 1
    assert [(each["row"], each["column"], each["code"]) for each in said["refused"]] == [
        (2, "A", "R-VILLAGE")
    ]
    assert Resident.objects.get().village.name == "李畋村"


def test_text_that_looks_like_a_formula_stays_text(dayao, tmp_path):
    path = tmp_path / "名册.csv"
    path.write_bytes(roster(row(id=number(), address="=1+1", remark="@SUM(A1)")))
    assert answer(path, village="430181110236")[0] == 0
    assert Household.objects.get().address == "=1+1"
    assert Resident.objects.get().remark == "@SUM(A1)"


def test_an_unknown_place_or_file_is_said_in_words(dayao, tmp_path):
    for options in ({"township": "110101001"}, {"village": "430181110999"}):
        with pytest.raises(CommandError, match="没有代码"):
            call_command("import_roster", str(CLEAN), **options)
    with pytest.raises(CommandError, match="打不开文件"):
        call_command("import_roster", str(tmp_path / "nothing"), village="430181110236")


def test_without_json_it_speaks_chinese(dayao):
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_roster", str(MESSY), village="430181110237", stdout=out)
    assert "人：新增 408" in out.getvalue()
    assert "Sheet1 第35行J列 R-ID-LOST" in out.getvalue()
