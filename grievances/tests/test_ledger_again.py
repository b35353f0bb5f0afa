"""An older ledger that comes again, is worked on, and is taken back: by page and by command."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from grievances import actions
from grievances.models import Grievance, SettlementMethod, Status
from grievances.tests.conftest import DAY, moment
from grievances.tests.older_ledgers import SAMPLE, problems, staged, take, workbook, yingzai
from liaison.errors import NotAllowed
from liaison.idempotency import new_key
from liaison.models import AuditEntry

HEAD = ["编号", "登记日期", "村", "反映人", "联系电话", "反映的主要问题", "是否办结", "办结日期"]
ROW = ["A1", "2019-03-05", "石桥村", "周大山", "15400001234", "路灯不亮", "否", None]
OTHER = ["A2", "2019-03-08", "石桥村", "周小山", None, "水渠堵塞", "是", "2019-03-20"]


def file(*rows):
    """A ledger of these rows."""
    return workbook(HEAD, *rows)


def changed(row, **said):
    """A row with some cells said otherwise."""
    return [said.get(head, cell) for head, cell in zip(HEAD, row, strict=True)]


@pytest.fixture
def township(shiqiao, heping):
    """青山镇 with both its villages."""
    return shiqiao.township


def counts(ledger):
    """new, changed, unchanged, missing."""
    return tuple(ledger.counts()["items"].values())


# --- the same again --------------------------------------------------------------------------


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


# --- worked on afterwards --------------------------------------------------------------------


def test_an_open_matter_of_an_older_ledger_goes_its_way(township, zhao, li):
    take(file(ROW), township)
    matter = Grievance.objects.get()
    given = {"on": DAY, "now": moment(DAY), "version": None}
    matter = actions.accept(grievance=matter, by=zhao, **given)
    method = SettlementMethod.objects.get(name="①实质办结")
    how = {"settlement": "substantive", "method": method, "words": "修好了"}
    matter = actions.settle(grievance=matter, by=zhao, **given, **how)
    matter = actions.answer(grievance=matter, by=li, mode="oral", **given)
    assert matter.status == Status.ANSWERED


def test_a_settled_one_can_be_opened_again(township, zhao):
    take(file(OTHER), township)
    matter = Grievance.objects.get()
    matter = actions.reopen(
        grievance=matter, by=zhao, on=DAY, now=moment(DAY), version=None, words="又堵了"
    )
    assert (matter.status, matter.reopened_count) == (Status.IN_HAND, 1)
    assert "原办结2019-03-20" in matter.steps.last().words
    assert "None" not in matter.steps.last().words


@pytest.fixture
def lost(township):
    """A matter of a village nobody knows."""
    take(file(changed(ROW, 村="李家庄")), township)
    return Grievance.objects.get()


def test_a_matter_without_a_village_waits_for_the_office(lost, zhao, li, shiqiao):
    with pytest.raises(NotAllowed, match="先核定所在村"):
        actions.accept(grievance=lost, by=zhao, on=DAY, now=moment(DAY), version=None)
    assert not Grievance.objects.visible_to(li).exists()
    given = {"on": DAY, "now": moment(DAY), "version": lost.version}
    matter = actions.place(grievance=lost, by=zhao, village=shiqiao, **given)
    assert (matter.village, matter.village_words) == (shiqiao, "李家庄")
    assert matter.steps.last().words == "原写“李家庄”，核定为石桥村"
    assert Grievance.objects.visible_to(li).get() == matter
    actions.accept(grievance=matter, by=zhao, on=DAY, now=moment(DAY), version=None)


def test_only_the_office_places_it_once_and_in_its_township(
    lost, zhao, sun, shiqiao, foreign_village
):
    given = {"on": DAY, "now": moment(DAY), "version": None}
    with pytest.raises(NotAllowed, match="岗位"):
        actions.place(grievance=lost, by=sun, village=shiqiao, **given)
    with pytest.raises(NotAllowed, match="本镇"):
        actions.place(grievance=lost, by=zhao, village=foreign_village, **given)
    actions.place(grievance=lost, by=zhao, village=shiqiao, **given)
    with pytest.raises(NotAllowed, match="已经核定"):
        actions.place(grievance=lost, by=zhao, village=shiqiao, **given)


def test_the_page_asks_which_village(lost, zhao, shiqiao, signed_in):
    client = signed_in(zhao)
    address = reverse("grievances:place", args=[lost.number])
    assert address in client.get(reverse("grievances:detail", args=[lost.number])).content.decode()
    assert "李家庄" in client.get(address).content.decode()
    assert client.post(address, {"village": "", "version": 1}).status_code == 422
    answer = client.post(address, {"village": shiqiao.pk, "version": lost.version})
    assert answer.status_code == 302
    lost.refresh_from_db()
    assert lost.village == shiqiao


# --- pages -----------------------------------------------------------------------------------


@pytest.fixture
def office(signed_in, zhao, township, settings, tmp_path):
    """赵's browser."""
    settings.PRIVATE_FILES = tmp_path
    return signed_in(zhao)


def upload(client, data):
    """The address of the preview."""
    said = {"form_key": new_key(), "village": "", "file": SimpleUploadedFile("台账.xlsx", data)}
    answer = client.post(reverse("grievances:import"), said)
    assert answer.status_code == 302
    return answer.url


def confirm(client, address):
    """Take it in."""
    said = {"fingerprint": client.get(address).context["confirm"]["fingerprint"].value()}
    assert client.post(f"{address}confirm/", said).status_code == 302


def test_upload_preview_confirm_and_take_back(office, zhao):
    page = office.get(reverse("grievances:ledger")).content.decode()
    assert reverse("grievances:import") in page
    address = upload(office, file(ROW, OTHER))
    assert not Grievance.objects.exists()
    confirm(office, address)
    matter = Grievance.objects.get(source_number="A1")
    assert (matter.registered_by, matter.steps.get().by_name) == (zhao, "赵敏")
    assert AuditEntry.objects.filter(action="导入历史台账", actor_name="赵敏").exists()
    ledger = office.get(reverse("grievances:ledger"), {"q": "A1"}).content.decode()
    assert "原A1" in ledger
    assert "周小山" not in ledger
    office.post(f"{address}undo/")
    assert not Grievance.objects.exists()


def test_a_correction_is_taken_back_to_what_it_was(office):
    confirm(office, upload(office, file(ROW, OTHER)))
    address = upload(
        office, file(changed(ROW, 村="和平村", 反映人="周中山", 登记日期="2019-03-06"), OTHER)
    )
    confirm(office, address)
    assert Grievance.objects.get(source_number="A1").village.name == "和平村"
    office.post(f"{address}undo/")
    matter = Grievance.objects.get(source_number="A1")
    said = (matter.village.name, matter.complainant, str(matter.registered_on))
    assert said == ("石桥村", "周大山", "2019-03-05")


def test_what_was_worked_on_stands_in_the_way_of_taking_it_back(office, zhao):
    address = upload(office, file(ROW, OTHER))
    confirm(office, address)
    matter = Grievance.objects.get(source_number="A1")
    actions.accept(grievance=matter, by=zhao, on=DAY, now=moment(DAY), version=None)
    office.post(f"{address}undo/")
    assert Grievance.objects.count() == 2
    assert matter.number in office.get(address).content.decode()


def test_a_cadre_imports_no_ledger(signed_in, li):
    client = signed_in(li)
    assert client.get(reverse("grievances:import")).status_code == 403
    assert (
        reverse("grievances:import")
        not in client.get(reverse("grievances:ledger")).content.decode()
    )


def test_the_template_can_be_fetched(office):
    answer = office.get(reverse("grievances:import"), {"template": "1"})
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


def test_the_sample_page_by_page(signed_in, settings, tmp_path, db):
    """All of its matters open as pages, the odd ones too."""
    from cadres.roles import Role
    from conftest import appoint

    settings.PRIVATE_FILES = tmp_path
    client = signed_in(appoint(yingzai(), "lin", "林办", Role.OFFICE))
    confirm(client, upload(client, SAMPLE.read_bytes()))
    assert Grievance.objects.count() == 200
    for number in ("MQ2015155", "MQ2014004", "MQ2014059", "MQ2015129", "MQ2014002"):
        matter = Grievance.objects.get(source_number=number)
        page = client.get(reverse("grievances:detail", args=[matter.number]))
        assert page.status_code == 200
        assert "None" not in page.content.decode()
    page = client.get(reverse("grievances:ledger"), {"page_size": 100})
    assert "None" not in page.content.decode()


# --- the command -----------------------------------------------------------------------------


def test_the_command_prints_one_object_and_takes_the_file(tmp_path, capsys, db):
    yingzai()
    call_command("import_ledger", str(SAMPLE), "--township", "440881109", "--dry-run", "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["items"] == {"new": 200, "changed": 0, "unchanged": 0, "missing": 0}
    assert (said["file"], said["refused"], len(said["warnings"])) == (None, [], 15)
    assert set(said["warnings"][0]) == {"sheet", "row", "column", "value", "code", "reason", "fix"}
    assert not Grievance.objects.exists()
    call_command("import_ledger", str(SAMPLE), "--township", "440881109", "--json")
    assert Grievance.objects.count() == 200


def test_refused_rows_end_it_with_1_and_a_refused_file_with_2(tmp_path, capsys, township):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(file(ROW, changed(OTHER, 登记日期="去年", 办结日期=None)))
    with pytest.raises(SystemExit) as end:
        call_command("import_ledger", str(path), "--township", township.code, "--json")
    assert (end.value.code, Grievance.objects.count()) == (1, 1)
    assert json.loads(capsys.readouterr().out)["refused"][0]["code"] == "R-DAY"
    path.write_bytes(b"PK broken")
    with pytest.raises(SystemExit) as end:
        call_command("import_ledger", str(path), "--township", township.code, "--json")
    assert (end.value.code, Grievance.objects.count()) == (2, 1)


def test_the_command_knows_its_places(township):
    with pytest.raises(CommandError):
        call_command("import_ledger", str(SAMPLE), "--township", "999999999")
