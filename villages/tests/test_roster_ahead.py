"""While the clerk reads the preview, what the confirmation needs is worked out and kept for it."""

from collections import namedtuple

import pytest
from cryptography.fernet import Fernet
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liaison import clock, jobs
from liaison.idempotency import new_key
from liaison.imports import actions, files, work
from liaison.models import ImportBatch
from villages.models import Household, Resident, SearchToken
from villages.roster import ready

from .roster_files import number, roster

ZHOU = number()
HEAD = "村,片,组,户编号,户主,姓名,与户主关系,身份证号,出生日期,联系电话,人员类别,家庭住址,备注"
FILE = roster(
    f"石桥村,东片,第1组,901,周大山,周大山,户主,{ZHOU},,15400000001、15400000002,党员,1号,",
    '石桥村,东片,第1组,901,周大山,周小二,子,,1995-03,,,,"引""号"',
    "和平村,,第2组,a\\9,吕乐,吕乐,户主,,,,,,",
    head=HEAD,
)


@pytest.fixture
def office(signed_in, zhao, shiqiao, heping, settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path
    return signed_in(zhao)


FakeHome = namedtuple("FakeHome", "stored_number head_name")


def previewed(office):
    """The batch of an upload whose preview is shown."""
    file = SimpleUploadedFile("名册.csv", FILE)
    office.post(reverse("villages:roster"), {"form_key": new_key(), "village": "", "file": file})
    return ImportBatch.objects.latest("pk")


def confirm(office, batch):
    office.post(reverse("imports:confirm", args=[batch.pk]), {"fingerprint": batch.fingerprint})
    batch.refresh_from_db()
    assert batch.state == "committed"


def worked_out_again(monkeypatch):
    """What a confirmation works out itself, as it happens."""
    seen, person = [], ready.Making.person
    monkeypatch.setattr(ready.Making, "person", lambda *said: seen.append(said) or person(*said))
    return seen


def stored():
    """Everything of people and households that does not differ from one import to the next."""
    people = Resident.objects.order_by("pk").values_list(
        "name", "pinyin", "id_number", "id_index", "phones", "phone_index", "household__number",
        "household__head_pinyin", "household__residents_count",
    )  # fmt: skip
    words = SearchToken.objects.values_list("kind", "village_id", "token")
    return list(people), sorted(words)  # keys of people and households go on apart


def taken_back(office, batch, django_capture_on_commit_callbacks):
    """The import undone; nothing is left of it."""
    with django_capture_on_commit_callbacks(execute=True):
        office.post(reverse("imports:undo", args=[batch.pk]))
    assert not Resident.objects.exists()
    assert not Household.objects.filter(number__in=("901", "a\\9")).exists()
    assert not SearchToken.objects.filter(token="#a\\9").exists()


def test_confirming_stores_the_same_with_and_without(
    office, monkeypatch, django_capture_on_commit_callbacks
):
    batch = previewed(office)
    seen = worked_out_again(monkeypatch)
    confirm(office, batch)
    assert seen == []
    first = stored()
    assert first[0][0][2:6:2] == (ZHOU, "15400000001、15400000002")
    assert "#a\\9" in {token for _, _, token in first[1]}
    taken_back(office, batch, django_capture_on_commit_callbacks)
    batch = previewed(office)
    files.keep_ahead(batch.stored_name, [])
    seen.clear()
    confirm(office, batch)
    assert len(seen) == 3
    assert stored() == first


def test_it_lies_encrypted_and_goes_with_the_file(office, django_capture_on_commit_callbacks):
    batch = previewed(office)
    (lying,) = files.folder().glob(f"*{files.AHEAD}")
    assert ZHOU.encode() not in lying.read_bytes()
    assert "周大山".encode() not in lying.read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        confirm(office, batch)
    assert not lying.exists()


def test_another_key_has_it_worked_out_anew(office, monkeypatch, settings):
    batch = previewed(office)
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    seen = worked_out_again(monkeypatch)
    confirm(office, batch)
    assert len(seen) == 3
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]  # the old one is thrown away
    assert Resident.objects.get(name="周大山").id_number == ZHOU


def test_what_belongs_to_another_staging_or_version_is_left_alone():
    working = ready.Making()
    working.keep_for("one")
    assert type(ready.making(working.kept(), "one")) is ready.Made
    working = ready.Making()
    working.keep_for("one")
    assert type(ready.making(working.kept(), "two")) is ready.Making


def test_a_township_s_lines_come_in_pieces_and_back_in_order(monkeypatch, tmp_path, settings):
    """A file of one piece would be copied whole by each step of its encryption."""
    settings.PRIVATE_FILES = tmp_path
    monkeypatch.setattr(ready, "LINES", 2)
    working, homes = ready.Making(), [FakeHome(f"{n:03}", f"周{n}") for n in range(5)]
    working.keep_for("one")
    said = [working.household(each) for each in homes]
    files.keep_ahead("f", working.kept())
    assert len(list(files.read_ahead("f"))) == 3
    made = ready.making(files.read_ahead("f"), "one")
    assert [made.household(each) for each in homes] == said
    files.keep_ahead("f", [])
    assert list(files.read_ahead("f")) == []


def test_the_preview_is_shown_while_the_work_goes_on(office, monkeypatch, zhao):
    """Nobody waits for it: it is confirmed meanwhile, and the work behind it ends."""
    batch = previewed(office)
    running = {"state": "running", "tries": 1}
    type(batch.job).objects.filter(pk=batch.job_id).update(**running)
    address = reverse("imports:batch", args=[batch.pk])
    assert reverse("imports:confirm", args=[batch.pk]) in office.get(address).content.decode()
    batch = actions.confirm(batch=batch, fingerprint=batch.fingerprint, by=zhao, now=clock.now())
    told = []
    staged = type("Staged", (), {"prepare_ahead": lambda self, wanted: wanted("x")})()
    work._work_ahead(batch, staged, lambda *said: told.append(said))
    assert told == []


def test_a_worker_that_died_behind_the_preview_reads_nothing_again(office, monkeypatch):
    batch = previewed(office)
    type(batch.job).objects.filter(pk=batch.job_id).update(state="waiting")
    monkeypatch.setattr(work, "read_book", lambda *_, **__: pytest.fail("read again"))
    batch.job.refresh_from_db()
    assert jobs.run_now(batch.job, now=clock.now())
    batch.job.refresh_from_db()
    assert (batch.job.state, batch.job.outcome) == ("done", work.READ_DONE)
