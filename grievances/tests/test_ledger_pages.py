"""An older ledger taken in and taken back: by page and by command."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from grievances import actions
from grievances.models import Grievance
from grievances.tests.conftest import DAY, moment
from grievances.tests.older_ledgers import SAMPLE, yingzai
from liaison.idempotency import new_key
from liaison.models import AuditEntry

from .ledger_twice import OTHER, ROW, changed, file

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
