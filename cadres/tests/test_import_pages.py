"""/plans/import/: uploaded, looked at, confirmed, taken back; by those who may."""

import datetime as dt
import re
import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from cadres.models import Holding, LiaisonPlan, LiaisonTeam, Post, Seat, User
from liaison.imports.kinds import KINDS
from liaison.models import ImportBatch, Job
from liaison.reading.file_refused import FileRefused
from visits.models import LiaisonSession

from .import_files import line, schedule, staged

pytestmark = pytest.mark.django_db
COUNTED = (User, Post, Holding, LiaisonTeam, Seat, LiaisonPlan, LiaisonSession)


def counts():
    """How many rows of everything an import can make."""
    return [model.objects.count() for model in COUNTED]


def upload(client, data, page="/plans/import/", **more):
    """Upload a file; the batch's address."""
    file = SimpleUploadedFile("安排表.xlsx", data)
    answer = client.post(page, {"file": file, "form_key": str(uuid.uuid4()), **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def confirm(client, address):
    """Confirm what the page shows; the page afterwards."""
    page = client.get(address).content.decode()
    mark = re.search(r'name="fingerprint" value="(\w+)"', page)[1]
    assert client.post(f"{address}confirm/", {"fingerprint": mark}).status_code == 302
    return client.get(address).content.decode()


@pytest.fixture
def rows(shiqiao, heping):
    """A schedule of two villages, the second's time not to be understood."""
    return schedule(line("石桥村"), line("和平村", 驻点时间="面议"))


def test_the_clerk_uploads_looks_and_confirms(signed_in, zhao, rows):
    client = signed_in(zhao)
    before = counts()
    address = upload(client, rows)
    page = client.get(address).content.decode()
    assert counts() == before
    assert "没有看懂“面议”" in page
    assert "15400000001" not in page
    confirm(client, address)
    assert LiaisonTeam.objects.get().name == "石桥村驻点团队"
    assert LiaisonPlan.objects.get().sessions.exists()
    again = client.get(upload(client, rows)).content.decode()
    assert "未变" in again


def test_taken_back_nothing_is_left(signed_in, zhao, rows):
    client = signed_in(zhao)
    before = counts()
    address = upload(client, rows)
    confirm(client, address)
    assert client.post(f"{address}undo/").status_code == 302
    assert ImportBatch.objects.get().state == "undone", Job.objects.last().outcome
    assert counts() == before


def test_taken_back_what_stood_before_stands_again(signed_in, zhao, li, plan):
    client = signed_in(zhao)
    row = line("石桥村", 责任领导="李明", 组长="", 成员="张平、王娜", 驻点时间="每周三 9:00-10:00")
    address = upload(client, schedule(row))
    confirm(client, address)
    plan.refresh_from_db()
    assert (plan.weekdays, li.team.seats.count()) == ([2], 3)
    assert User.objects.get(pk=li.pk).phone
    client.post(f"{address}undo/")
    assert ImportBatch.objects.get().state == "undone", Job.objects.last().outcome
    plan.refresh_from_db()
    assert (plan.weekdays, plan.ends_at.minute) == ([1], 30)
    assert [seat.post for seat in li.team.seats.all()] == [li.post]
    assert User.objects.get(pk=li.pk).phone == ""
    days = LiaisonSession.objects.filter(plan=plan, moved_from=None).values_list("on", flat=True)
    assert {day.weekday() for day in days} == {1}
    assert not User.objects.filter(display_name="张平").exists()


def test_what_was_changed_since_stands_in_the_way(signed_in, zhao, rows):
    client = signed_in(zhao)
    address = upload(client, rows)
    confirm(client, address)
    plan = LiaisonPlan.objects.get()
    plan.version += 1
    plan.save()
    client.post(f"{address}undo/")
    assert LiaisonTeam.objects.filter(name="石桥村驻点团队").exists()
    assert "不能整批撤销" in client.get(address).content.decode()


def test_the_problem_rows_come_back_and_are_taken(signed_in, zhao, rows):
    client = signed_in(zhao)
    address = upload(client, rows)
    confirm(client, address)
    data = client.get(f"{address}problems/").content
    book = load_workbook(BytesIO(data))
    sheet = book.worksheets[0]
    assert "面议" in [cell.value for cell in sheet[2]]
    column = [cell.value for cell in sheet[1]].index("驻点时间") + 1
    sheet.cell(2, column).value = "每周四下午2:30-5:00"
    out = BytesIO()
    book.save(out)
    address = upload(client, out.getvalue())
    confirm(client, address)
    assert LiaisonPlan.objects.get(village__name="和平村").weekdays == [3]
    assert LiaisonTeam.objects.count() == 2


@pytest.mark.parametrize("who", ["li", "admin", "sun", "contact", "auditor"])
def test_others_may_not(signed_in, everybody, who):
    assert signed_in(getattr(everybody, who)).get("/plans/import/").status_code == 403


def test_a_clerk_of_elsewhere_finds_no_village_and_no_batch(signed_in, zhao, qian, rows):
    address = upload(signed_in(zhao), rows)
    client = signed_in(qian)
    assert client.get(address).status_code == 404
    page = client.get(upload(client, rows)).content.decode()
    assert "R-VILLAGE" in page or "在本乡镇查不到" in page


def test_the_lists_offer_it_to_those_who_may(signed_in, zhao, li):
    link = "/plans/import/"
    assert link in signed_in(zhao).get("/plans/").content.decode()
    assert link in signed_in(zhao).get("/teams/").content.decode()
    assert link not in signed_in(li).get("/plans/").content.decode()


def filled(data, sheet, row):
    """A template with one row filled in under the example."""
    book = load_workbook(BytesIO(data))
    for column, value in enumerate(row, 1):
        book[sheet].cell(3, column).value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_filled_template_is_read_without_its_example(signed_in, zhao, admin, qingshan, shiqiao):
    client = signed_in(zhao)
    data = client.get("/plans/import/?template=1").content
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == ["驻点安排表", "督查小组", "填写说明"]
    assert {cell.number_format for cell in book["驻点安排表"][50]} == {"@"}
    stage = staged("plans", filled(data, "驻点安排表", line("石桥村")), qingshan)
    assert stage.counts()["items"]["new"] == 1
    assert (stage.refused, stage.data_rows, stage.unread_sheets) == ([], 1, [])
    group = ("第一组", "傅勇", "", "15400000011", "石桥村")
    assert staged("plans", filled(data, "督查小组", group), qingshan).counts()["groups"]["new"] == 1
    data = signed_in(admin).get("/cadres/import/?template=1").content
    row = ("张平", "民政办主任", "民政办", "站办所承办人", "", "15400000051", "", "", "2026-03-05")
    stage = staged("cadres", filled(data, "干部名单", row), qingshan)
    assert stage.counts()["items"]["new"] == 1
    assert (stage.refused, stage.warnings, stage.data_rows) == ([], [], 1)


def test_the_list_of_plans_taken_out_comes_in_unchanged(signed_in, zhao, qingshan, li, wang, plan):
    LiaisonPlan.objects.create(
        team=wang.team, village=wang.team.villages.get(), place="文化室", recurrence="monthly_day",
        month_days=[10], starts_at=dt.time(14, 30), ends_at=dt.time(17), holiday_rule="skip",
        valid_from=dt.date(2026, 1, 1),
    )  # fmt: skip
    data = signed_in(zhao).get("/plans/?format=xlsx").getvalue()
    stage = staged("plans", data, qingshan)
    assert (stage.refused, stage.warnings) == ([], [])
    assert stage.counts()["items"] == {"new": 0, "changed": 0, "unchanged": 2, "missing": 0}
    LiaisonPlan.objects.filter(pk=plan.pk).update(holiday_rule="keep", weekdays=[2])
    again = staged("plans", data, qingshan)
    assert again.counts()["items"]["changed"] == 1


def test_an_empty_template_is_refused_as_empty(qingshan):
    for kind in ("plans", "cadres"):
        with pytest.raises(FileRefused) as refused:
            staged(kind, KINDS[kind].template(), qingshan)
        assert refused.value.code == "F-EMPTY"
