"""The national division list: townships and villages, again and again."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from liaison.models import AuditEntry
from villages.models import Township, Village

LIST = """code,name,level,parent_code
990000000000,测试省,1,
990100000000,测试市,2,990000000000
990101000000,测试县,3,990100000000
990101100000,青山镇,4,990101000000
990101100201,石桥村,5,990101100000
990101100202,和平村,5,990101100000
990101101000,白水镇,4,990101000000
990101101201,石桥村,5,990101101000
"""


@pytest.fixture
def take(tmp_path, db):
    def run(text=LIST, **options):
        path = tmp_path / "divisions.csv"
        path.write_text(text, encoding="utf-8")
        out = StringIO()
        call_command("import_divisions", str(path), stdout=out, **options)
        return out.getvalue()

    return run


def test_a_list_makes_townships_and_their_villages(take):
    assert "新增 2" in take()
    village = Village.objects.get(code="990101100201")
    assert (village.township.name, village.township.county_name) == ("青山镇", "测试县")
    assert village.township.province_and_city == "测试省测试市"
    assert village.pinyin == "shiqiaocun sqc"


def test_one_township_alone(take):
    take(township="990101100")
    assert list(Township.objects.values_list("name", flat=True)) == ["青山镇"]


def test_repeating_changes_nothing(take):
    take()
    lines = AuditEntry.objects.count()
    assert "村（社区）：新增 0，更名 0，未变 3" in take()
    assert AuditEntry.objects.count() == lines


def test_villages_that_exchange_names_are_renamed_and_one_that_left_stays(take):
    take()
    swapped = LIST.replace("石桥村,5,990101100000", "临时,5,990101100000")
    swapped = swapped.replace("和平村", "石桥村").replace("临时", "和平村")
    take(swapped)
    assert Village.objects.get(code="990101100201").name == "和平村"
    take(LIST.replace("990101100202,和平村,5,990101100000\n", ""))
    assert Village.objects.get(code="990101100201").name == "石桥村"
    assert Village.objects.get(code="990101100202").name == "石桥村（已撤并）"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("姓名,电话\n王伟,1\n", "第一行应为"),
        (LIST.replace("990101100202", "99010110020"), "不是12位数字"),
        (LIST.replace("和平村", "石桥村"), "两个“石桥村”"),
        ("", "第一行应为"),
    ],
)
def test_a_wrong_list_is_refused_whole(take, text, says):
    with pytest.raises(CommandError, match=says):
        take(text)
    assert not Township.objects.exists()


def test_a_foreign_code_is_refused(take):
    with pytest.raises(CommandError, match="没有这个乡镇"):
        take(township="110101001")
