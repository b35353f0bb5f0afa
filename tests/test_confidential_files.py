"""Files of a confidential matter: who works on it adds and takes away, whatever his role; nobody else does (0046)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cadres.roles import Role
from conftest import appoint
from grievances import actions
from grievances.models import Category, Source
from liaison import clock
from liaison.errors import NotAllowed
from liaison.idempotency import new_key

pytestmark = pytest.mark.django_db
TEXT = ("说明.txt", "账目复印件已收".encode())


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path


@pytest.fixture
def matter(everybody, shiqiao, qingshan):
    """A 举报 of 冯 that 孙 of the 督查组 wrote down; it is on the desk of 周, a leader, who took it up."""
    feng = appoint(qingshan, "feng", "冯军", Role.CADRE, title="石桥村驻点干部")
    given = {"on": clock.today(), "now": clock.now()}
    row = actions.confide(
        by=everybody.sun, village=shiqiao, summary="铁皮棚回扣", ground="report", people=[feng],
        category=Category.objects.first(), source=Source.objects.first(), **given,
    )  # fmt: skip
    return actions.accept(grievance=row, by=everybody.zhou, version=None, **given)


def sent(client, matter):
    file = SimpleUploadedFile(*TEXT)
    data = {"form_key": new_key(), "attached": [file]}
    return client.post(f"/ledger/{matter.number}/files/", data)


def test_a_leader_who_works_on_it_adds_a_file_and_takes_it_away(matter, everybody, signed_in):
    client, url = signed_in(everybody.zhou), f"/ledger/{matter.number}/files/"
    assert url in client.get(f"/ledger/{matter.number}/").content.decode()
    assert client.get(url).status_code == 200
    assert sent(client, matter).status_code == 302
    row = matter.files.get()
    assert client.get(f"/ledger/files/{row.pk}/").status_code == 200
    away = {"form_key": new_key(), "reason": "传错了"}
    assert client.post(f"/ledger/files/{row.pk}/remove/", away).status_code == 302
    assert not matter.files.shown().exists()


def test_who_wrote_it_down_adds_none_once_it_is_taken_up(matter, everybody, signed_in):
    client = signed_in(everybody.sun)
    assert client.get(f"/ledger/{matter.number}/files/").status_code == 404
    with pytest.raises(NotAllowed, match="不添加附件"):
        actions.attach(grievance=matter, by=everybody.sun, now=clock.now(), given=[TEXT])
    assert not matter.files.exists()


def test_of_an_ordinary_matter_a_leader_is_sent_back_with_the_reason(everybody, shiqiao, signed_in):
    """His role reads it; the units add files, and what they added they take away."""
    row = actions.register(
        by=everybody.zhao, on=clock.today(), now=clock.now(), village=shiqiao, kind="demand",
        complainant="何大嫂", summary="路灯不亮", category=Category.objects.first(), source=Source.objects.first(),
    )  # fmt: skip
    client = signed_in(everybody.zhou)
    answer = client.get(f"/ledger/{row.number}/files/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/ledger/{row.number}/"
    assert "请交给承办的同志" in answer.content.decode()
    assert sent(client, row).status_code in (403, 409, 422)
    (file,) = actions.attach(grievance=row, by=everybody.zhao, now=clock.now(), given=[TEXT])
    answer = client.get(f"/ledger/files/{file.pk}/remove/", follow=True)
    assert "请联系他们" in answer.content.decode()
    assert row.files.shown().count() == 1


def test_an_older_file_is_taken_away_by_who_works_on_it_now(matter, everybody):
    """It was added by 赵 before; he is not named in it, and would have nobody to ask."""
    (file,) = actions.attach(grievance=matter, by=everybody.zhou, now=clock.now(), given=[TEXT])
    file.sent_by = everybody.zhao
    file.save()
    facts = {"file": file, "now": clock.now(), "reason": "传错了"}
    with pytest.raises(NotAllowed, match="没有这件诉求"):
        actions.take_away_file(by=everybody.zhao, **facts)
    assert actions.take_away_file(by=everybody.zhou, **facts).taken_away_at
