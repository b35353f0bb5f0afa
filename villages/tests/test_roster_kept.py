"""What was read of a roster is kept until it is confirmed: the same people, without the workbook."""

import base64
import datetime as dt
import gc
from dataclasses import fields, replace

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liaison import collector, jobs, personal
from liaison.errors import NotAllowed
from liaison.idempotency import new_key
from liaison.imports import files, work
from liaison.imports.kinds import Place
from liaison.models import ImportBatch
from liaison.reading.excel_read import read_book
from liaison.scoping import Scope
from villages.models import Resident
from villages.roster import kept
from villages.roster.parse import parse_roster
from villages.roster.places import VillageFinder
from villages.roster.stage import stage_book, stage_kept

from .roster_files import number, roster

ON = dt.date(2026, 11, 21)
ZHOU, MEI = number(), number("19720202", 902)
HEAD = "村,片,组,户编号,户主,姓名,与户主关系,身份证号,出生日期,联系电话,人员类别,家庭住址,备注"
ROWS = (
    f"石桥村,东片,第1组,001,周大山,周大山,户主,{ZHOU},,15400000001、15400000002,党员、低保,1号,",
    '石桥村,东片,第1组,001,周大山,周小二,子,,1995-03,,,,"引""号\\和、逗号"',
    f"和平村,,,,吴三,吴三,户主,{MEI},,,修鞋匠,,",
    "和平村,,二组,9,,𠮷阿卜杜拉·买买提,,,,,,,",
    f"石桥村,东片,第1组,001,周大山,周大海,子,{ZHOU[:-1]}0,,,,,",
)
FILE = roster(*ROWS, head=HEAD)


def read(place, data=FILE):
    """What a file says, not yet compared."""
    villages = list(place.township.villages.in_order())
    finder = VillageFinder(villages, township_name=place.township.name)
    return parse_roster(read_book(data), on=place.on, find_village=finder, covers=place.covers)


def plain(parsed):
    """Everything the comparison goes by, as values."""
    return parsed.columns, parsed.data_rows, parsed.is_returned, [
        (
            [getattr(home, name) for name in ("village", *kept.HOUSEHOLD)],
            [[getattr(each, f.name) for f in fields(each)] for each in home.residents],
        )
        for home in parsed.households
    ]  # fmt: skip


@pytest.fixture
def place(qingshan, shiqiao, heping):
    """The whole township, for anybody who may import."""
    return Place(township=qingshan, on=ON)


def test_what_is_kept_reads_back_as_it_was(place):
    parsed = read(place)
    assert len(parsed.residents) == 4
    back = kept.bring_back(kept.keep(parsed, place), place)
    assert plain(back) == plain(parsed)
    assert back.residents[1].birth_date == dt.date(1995, 3, 1)


def test_it_would_do_the_same_to_the_registry(place, household):
    staged = stage_book(read_book(FILE), place)
    again = stage_kept(staged.kept, place)
    assert again.fingerprint() == staged.fingerprint()
    assert again.counts() == staged.counts()


def test_another_day_village_name_territory_or_column_asks_for_the_file_again(place, shiqiao):
    said = kept.keep(read(place), place)
    assert kept.bring_back(said, place)
    assert kept.bring_back(said, replace(place, on=ON + dt.timedelta(days=1))) is None
    assert kept.bring_back(said, replace(place, village=shiqiao)) is None
    assert kept.bring_back(said, replace(place, within=Scope(villages={shiqiao.pk}))) is None
    assert kept.bring_back(said, replace(place, layouts={"key": {"1": "name"}})) is None
    shiqiao.name = "新石桥村"
    shiqiao.save()
    assert kept.bring_back(said, place) is None


# --- By the pages ----------------------------------------------------------------------------


@pytest.fixture
def office(signed_in, zhao, place, settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path
    return signed_in(zhao)


def previewed(office):
    """The batch of an upload whose preview is ready."""
    file = SimpleUploadedFile("名册.csv", FILE)
    said = {"form_key": new_key(), "village": "", "file": file}
    assert office.post(reverse("villages:roster"), said).status_code == 302
    return ImportBatch.objects.get()


def confirm(office, batch):
    office.post(reverse("imports:confirm", args=[batch.pk]), {"fingerprint": batch.fingerprint})
    batch.refresh_from_db()
    return batch.state


def readings():
    return list((django_settings.PRIVATE_FILES / "imports").glob(f"*{files.READING}"))


def test_a_confirmed_roster_is_not_read_a_second_time(
    office, monkeypatch, django_capture_on_commit_callbacks
):
    batch = previewed(office)
    (lying,) = readings()
    assert ZHOU.encode() not in lying.read_bytes()
    monkeypatch.setattr(work, "read_book", lambda *_, **__: pytest.fail("read again"))
    with django_capture_on_commit_callbacks(execute=True):
        assert confirm(office, batch) == "committed"
    assert sorted(Resident.objects.values_list("name", flat=True)) == sorted(
        ("周大山", "周小二", "吴三", "𠮷阿卜杜拉·买买提")
    )
    assert readings() == []


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"x")])
def test_without_what_was_kept_the_file_is_read_again(office, harm):
    batch = previewed(office)
    harm(readings()[0])
    assert confirm(office, batch) == "committed"
    assert Resident.objects.count() == 4


def test_somebody_refused_for_another_who_has_left_since_is_shown_anew(office, household):
    """周大海's number is 周大山's of the file; the registry knows it under a third name elsewhere."""
    stranger = Resident(
        township=household.township, village=household.village, household=household, name="郑一"
    )
    stranger.set_id_number(MEI)
    stranger.save()
    batch = previewed(office)
    assert batch.counts["refused"] == 2
    stranger.set_id_number("")
    stranger.save()
    assert confirm(office, batch) == "previewed"
    assert batch.counts["refused"] == 1
    assert Resident.objects.count() == 1


def test_a_file_kept_by_an_earlier_version_is_still_read(settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path
    name = files.keep(FILE)
    assert files.read(name) == FILE
    older = personal.encrypt(base64.b64encode(FILE).decode())
    (files.folder() / name).write_text(older, encoding="ascii")
    assert files.read(name) == FILE


def test_the_collector_rests_while_a_job_works_and_no_longer():
    with pytest.raises(NotAllowed), collector.at_rest(), collector.at_rest():
        assert not gc.isenabled()
        raise NotAllowed("停")
    assert gc.isenabled()


@pytest.mark.django_db
def test_a_job_that_fails_wakes_the_collector(zhao, monkeypatch):
    seen = []

    def run(job, progress, now):
        seen.append(gc.isenabled())
        raise ZeroDivisionError

    monkeypatch.setitem(jobs.HANDLERS, "count", jobs.Handler(run, lambda job: None))
    now = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
    job = jobs.enqueue(kind="count", subject_id=1, title="数一数", by=zhao, township_id=1, now=now)
    assert jobs.run_now(job, now=now)
    assert (seen, gc.isenabled()) == ([False], True)
