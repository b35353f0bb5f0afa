"""The trail: append-only, one chain a person, and every tampering is found."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from desk.tests.at_once import at_once
from liaison import audit
from liaison.models import AuditChain, AuditEntry


def write(by, action="交办", **more):
    with transaction.atomic():
        return audit.record(by=by, action=action, **more)


@pytest.fixture
def trail(li, zhao, household):
    """Three lines of 李, two of 赵, one of the machine."""
    write(li, "登记", subject=household, after={"摘要": "路灯不亮", "人数": 2})
    write(zhao, "受理")
    write(li, "反馈", before={"状态": "已办结"}, after={"状态": "已反馈"})
    write(zhao, "销号")
    write(li, "登记")
    write(None, "生成驻点日", township_id=li.township_id)
    assert audit.verify() == []
    return AuditEntry.objects.filter(chain=str(li.pk)).order_by("position")


def verify():
    """The command's (exit code, words)."""
    try:
        call_command("verify_audit")
    except SystemExit as end:
        return end.code
    return 0


@pytest.mark.django_db
def test_a_line_says_who_with_which_post_did_what(li, household):
    line = write(li, "登记", subject=household)
    assert (line.actor_name, line.actor_post, line.township_id) == (
        "李明",
        "党委委员",
        li.township_id,
    )
    assert (line.object_type, line.object_label) == ("villages.Household", "周大山户(001)")


@pytest.mark.django_db(transaction=True)
def test_a_line_is_written_only_with_the_change_it_tells_of(li):
    with pytest.raises(RuntimeError, match="transaction"):
        audit.record(by=li, action="交办")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(by=li, action="交办")
        raise ZeroDivisionError
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_a_line_is_not_changed_or_deleted_by_its_model(trail):
    line = trail.first()
    with pytest.raises(TypeError):
        line.save()
    with pytest.raises(TypeError):
        line.delete()


@pytest.mark.django_db
def test_a_whole_trail_verifies(trail, capsys):
    assert verify() == 0
    assert "审计记录完整：3 条链，6 条记录。" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"action": "退回"},
        {"actor_name": "王强"},
        {"after": {"摘要": "别的"}},
        {"before": {"状态": "x"}},
        {"object_label": "周小山户(001)"},
        {"township_id": None},
        {"result": "失败"},
        {"position": 9},
        {"previous_hash": ""},
        {"hash": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_line_is_found(trail, change, capsys):
    second = trail[1]
    AuditEntry.objects.filter(pk=second.pk).update(**change)
    assert verify() == 1
    assert "断开" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_changed_time_is_found(trail):
    import datetime as dt

    second = trail[1]
    AuditEntry.objects.filter(pk=second.pk).update(at=second.at + dt.timedelta(microseconds=1))
    assert verify() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("position", [1, 2], ids=["the first", "one in the middle"])
def test_a_missing_line_is_found(trail, position, capsys):
    AuditEntry.objects.filter(pk=trail.get(position=position).pk).delete()
    assert verify() == 1
    assert "断开" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_cut_tail_is_found(trail, li, capsys):
    AuditEntry.objects.filter(pk=trail.last().pk).delete()
    assert verify() == 1
    assert f"账号 {li.pk} 的审计链应有 3 条，现有 2 条" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_whole_chain_cut_away_is_found(trail, li):
    trail.delete()
    assert verify() == 1


@pytest.mark.django_db
def test_lines_whose_chain_is_gone_are_found(trail, li, capsys):
    AuditChain.objects.filter(key=str(li.pk)).delete()
    assert verify() == 1
    assert "不属于任何一条审计链" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_line_put_in_by_hand_is_found(trail, li):
    line = trail.last()
    line.pk, line.position = None, 4
    line._state.adding = True
    line.save()
    assert verify() == 1


@pytest.mark.django_db
def test_every_break_is_said(trail, zhao, capsys):
    AuditEntry.objects.filter(position=1).update(action="x")
    assert len(audit.verify()) == 3


@pytest.mark.django_db(transaction=True)
def test_people_saving_at_once_keep_their_chains_whole(li, zhao):
    calls = [lambda who=who: write(who).position for who in (li, zhao, li, zhao, li)]
    results, faults = at_once(calls, audit.verify)
    assert sorted(results) == [1, 1, 2, 2, 3]
    assert faults == []


@pytest.mark.django_db
def test_numbers_of_json_survive_the_database(li):
    write(li, "修改", before={"比率": 0.1, "空": None}, after={2: "b", 10: "a", "清单": (1, 2)})
    assert connection.vendor in ("sqlite", "postgresql")
    assert audit.verify() == []
