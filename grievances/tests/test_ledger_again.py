"""An older ledger that comes again: what is new, changed, unchanged or missing, told and stored."""

import json

import pytest

from grievances import actions
from grievances.models import Grievance, Status
from grievances.tests.conftest import DAY, moment
from grievances.tests.older_ledgers import problems, staged, take
from liaison.errors import NotAllowed
from liaison.models import AuditEntry

from .ledger_twice import OTHER, ROW, changed, file


def counts(ledger):
    """new, changed, unchanged, missing."""
    return tuple(ledger.counts()["items"].values())


def test_changes_are_told_field_by_field_and_stored(township):
    take(file(ROW, OTHER), township)
    later = changed(ROW, 是否办结="是", 办结日期="2019-04-01", 联系电话="15400005678")
    ledger = take(file(later, OTHER), township)
    assert counts(ledger) == (0, 1, 1, 0)
    line = next(each for each in ledger.lines() if each.kind == "changed")
    assert line.label == "A1 周*山 路灯不亮"
    assert ("联系电话", "154****1234", "154****5678") in line.fields
    assert ("状态", "待受理", "已办结") in line.fields
    assert ("办结日期", "", "2019-04-01") in line.fields
    matter = Grievance.objects.get(source_number="A1")
    assert (matter.status, str(matter.settled_on), matter.version) == ("settled", "2019-04-01", 2)
    assert [step.act_name for step in matter.steps.all()] == ["历史台账导入", "历史台账更正"]


def test_no_number_of_anybody_is_in_history_or_trail(township):
    take(file(ROW), township)
    take(file(changed(ROW, 联系电话="15400005678")), township)
    said = json.dumps(list(AuditEntry.objects.values("before", "after")), ensure_ascii=False)
    said += "".join(Grievance.objects.get().steps.values_list("words", flat=True))
    assert "15400001234" not in said
    assert "15400005678" not in said


def test_nothing_said_takes_nothing_away(township):
    take(file(ROW), township)
    assert counts(take(file(changed(ROW, 联系电话=None)), township)) == (0, 0, 1, 0)
    assert Grievance.objects.get().phone == "15400001234"


def test_a_day_put_right_is_still_the_same_matter(township):
    take(file(ROW, OTHER), township)
    assert counts(take(file(changed(ROW, 登记日期="2019-03-06"), OTHER), township)) == (0, 1, 1, 0)


def test_without_a_number_the_words_tell(township):
    bare = changed(ROW, 编号=None)
    take(file(bare, changed(bare, 反映的主要问题="桥坏了")), township)
    assert counts(take(file(bare), township)) == (0, 0, 1, 1)
    assert counts(take(file(changed(bare, 反映的主要问题="别的事")), township)) == (1, 0, 0, 2)


def test_the_same_number_of_another_year_is_another_matter(township):
    take(file(changed(ROW, 编号="1")), township)
    later = changed(ROW, 编号="1", 登记日期="2020-03-05", 反映人="吴小妹", 反映的主要问题="桥坏了")
    assert counts(take(file(later), township)) == (1, 0, 0, 0)


def test_equal_rows_meet_one_by_one(township):
    """Seven letters without numbers stay seven, also the second time."""
    letters = [changed(ROW, 编号=None)] * 7
    assert counts(take(file(*letters), township)) == (7, 0, 0, 0)
    assert counts(take(file(*letters), township)) == (0, 0, 7, 0)
    assert counts(take(file(*letters[:5]), township)) == (0, 0, 5, 2)


def test_what_the_file_no_longer_lists_is_reported_and_kept(township):
    take(file(ROW, OTHER, changed(ROW, 编号="A3", 登记日期="2019-03-06")), township)
    assert counts(take(file(ROW, OTHER), township)) == (0, 0, 2, 1)
    assert Grievance.objects.count() == 3


def test_a_ledger_of_another_year_misses_nobody(township):
    take(file(ROW, OTHER), township)
    assert counts(take(file(changed(ROW, 编号="B1", 登记日期="2020-03-05")), township)) == (
        1,
        0,
        0,
        0,
    )


def test_what_was_worked_on_since_is_left_alone(township, zhao):
    take(file(ROW), township)
    matter = Grievance.objects.get()
    actions.accept(grievance=matter, by=zhao, on=DAY, now=moment(DAY), version=None)
    ledger = take(file(changed(ROW, 是否办结="是", 办结日期="2019-04-01")), township)
    assert counts(ledger) == (0, 0, 1, 0)
    assert problems(ledger) == {(2, "W-WORKED-ON")}
    matter.refresh_from_db()
    assert matter.status == Status.ACCEPTED


def test_a_ledger_that_moved_on_since_the_preview_is_not_overwritten(township):
    ledger = staged(file(ROW), township)
    take(file(OTHER), township)
    with pytest.raises(NotAllowed, match="又有变动"):
        ledger.write(by=None, file_name="台账.xlsx", trace=None)
    assert Grievance.objects.count() == 1
