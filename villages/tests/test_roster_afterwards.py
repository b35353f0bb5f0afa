"""What becomes of an import: left to the worker, cancelled, given up, taken back, forgotten."""

import datetime as dt

import pytest
from django.urls import reverse

from liaison import clock, jobs
from liaison.imports import actions
from liaison.imports.actions import expire
from liaison.models import AuditEntry, ImportBatch, ImportLine, Job
from villages.models import Resident

from .roster_files import roster, row
from .roster_pages import ZHOU, confirm, files, office, private_files, text, upload

__all__ = ["office", "private_files"]  # fixtures, asked for by name
pytestmark = pytest.mark.usefixtures("private_files")


def test_an_import_is_taken_back_whole(office, shiqiao):
    first = upload(office, shiqiao).url
    confirm(office, first)
    second = upload(office, shiqiao, data=roster(row(id=ZHOU, phone="15400000009"))).url
    confirm(office, second)
    assert Resident.objects.get(name="周大山").phones == "15400000009"
    assert office.post(f"{second}undo/").status_code == 302
    assert Resident.objects.get(name="周大山").phones == "15400000001"
    assert "整批撤销" in text(office, second)
    assert AuditEntry.objects.filter(action="撤销导入").count() == 1


def test_later_edits_stand_in_the_way_of_taking_back(office, shiqiao):
    address = upload(office, shiqiao).url
    confirm(office, address)
    person = Resident.objects.get(name="李梅")
    person.version += 1
    person.save()
    office.post(f"{address}undo/")
    page = text(office, address)
    assert "不能整批撤销" in page
    assert "李梅" in page
    assert Resident.objects.count() == 2


def test_an_import_of_last_month_is_not_taken_back(office, shiqiao):
    address = upload(office, shiqiao).url
    confirm(office, address)
    ImportBatch.objects.update(committed_at=clock.now() - dt.timedelta(days=31))
    refused = office.post(f"{address}undo/")
    assert refused.status_code == 409
    assert "超过30天" in refused.content.decode()
    assert Resident.objects.count() == 2


def test_a_big_file_is_left_to_the_worker(office, shiqiao, monkeypatch):
    monkeypatch.setattr(actions, "SMALL_FILE", 10)
    monkeypatch.setattr(actions, "SMALL_IMPORT", 0)
    address = upload(office, shiqiao).url
    assert "正在排队" in text(office, address)
    assert "正在排队" in text(office, f"{address}progress/")
    assert jobs.run_waiting(clock.now()) == 1
    assert office.get(f"{address}progress/").headers["HX-Refresh"] == "true"
    assert confirm(office, address).status_code == 302
    assert not Resident.objects.exists()
    assert jobs.run_waiting(clock.now()) == 1
    assert Resident.objects.count() == 2
    assert "已完成" in text(office, reverse("imports:jobs"))


def test_a_waiting_import_is_cancelled_and_can_be_confirmed_later(office, shiqiao, monkeypatch):
    address = upload(office, shiqiao).url
    monkeypatch.setattr(actions, "SMALL_IMPORT", 0)
    confirm(office, address)
    assert office.post(f"{address}cancel/").status_code == 302
    assert jobs.run_waiting(clock.now()) == 0
    assert not Resident.objects.exists()
    assert "已取消" in text(office, address)
    confirm(office, address)
    assert jobs.run_waiting(clock.now()) == 1
    assert Resident.objects.count() == 2


def test_a_worker_that_died_is_followed_by_another(office, shiqiao, monkeypatch):
    address = upload(office, shiqiao).url
    monkeypatch.setattr(actions, "SMALL_IMPORT", 0)
    confirm(office, address)
    now = clock.now()
    died = now - jobs.LOST_AFTER - dt.timedelta(seconds=1)
    Job.objects.filter(kind="import_take").update(state="running", beat_at=died, tries=1)
    assert jobs.run_waiting(now) == 1
    assert Resident.objects.count() == 2
    Job.objects.filter(kind="import_take").update(state="running", beat_at=died, tries=2)
    assert jobs.run_waiting(now) == 0
    assert "后台服务中断" in Job.objects.get(kind="import_take").outcome
    assert ImportBatch.objects.get().state == "committed"


def test_giving_up_removes_the_files(office, shiqiao, django_capture_on_commit_callbacks):
    address = upload(office, shiqiao).url
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(f"{address}discard/").status_code == 302
    assert not files()
    assert not ImportLine.objects.exists()
    assert "重新上传" in text(office, address)
    assert office.post(f"{address}confirm/", {"fingerprint": "x"}).status_code == 409


def test_a_preview_nobody_confirmed_is_gone_after_a_day(
    office, shiqiao, django_capture_on_commit_callbacks
):
    upload(office, shiqiao)
    now = clock.now()
    expire(now + dt.timedelta(hours=23))
    assert len(files()) == 4
    with django_capture_on_commit_callbacks(execute=True):
        assert expire(now + dt.timedelta(hours=25)) == 1
    assert not files()
    assert expire(now + dt.timedelta(hours=26)) == 0


def test_what_undo_kept_is_forgotten_after_a_month(
    office, shiqiao, django_capture_on_commit_callbacks
):
    address = upload(office, shiqiao).url
    confirm(office, address)
    with django_capture_on_commit_callbacks(execute=True):
        expire(clock.now() + dt.timedelta(days=31))
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.lines.count(), batch.traces.count()) == ("committed", 0, 0)
    assert "导入结果" in text(office, address)
    assert not files()
