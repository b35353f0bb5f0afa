"""Every kind of bad file: refused with its own reason, in seconds, in bounded memory, and nothing is stored."""

import datetime as dt
import json
import subprocess
import sys
import time
from io import StringIO

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison import clock, jobs
from liaison.idempotency import new_key
from liaison.models import ImportBatch
from liaison.reading.excel_limits import MAX_FILE
from liaison.reading.excel_read import read_book
from liaison.reading.file_refused import FILE_CODES, FileRefused
from tests.files import good
from tests.files.make_bad_files import KINDS, READ, write
from villages.roster.parse import parse_roster

ON = dt.date(2026, 11, 21)
SECONDS = 10  # of processor time
MEMORY = 800_000_000  # bytes of address space, the program itself included
# What an upload leaves whatever becomes of it: that somebody uploaded something, and its masked preview.
TRAIL = {
    "ImportBatch",
    "ImportLine",
    "ImportLayout",
    "Job",
    "AuditEntry",
    "AuditChain",
    "Submission",
    "Session",
}
# The kinds that would cost the most if a bound were missing.
HEAVY = (
    "bomb",
    "one_",
    "a_mi",
    "a_hu",
    "a_cell",
    "a_str",
    "half",
    "page_of",
    "csv_of",
    "xls_th",
    "xml_",
)
MEASURE = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
from liaison.reading.excel_read import FileRefused, read_book
for path in map(Path, sys.argv[2:]):
    print(path.stem, flush=True)
    try:
        read_book(path.read_bytes())
    except FileRefused:
        pass
print("done")
"""


def counted():
    """{model: rows} of everything but the trail of the upload itself."""
    return {
        model: model.objects.count() if hasattr(model, "objects") else model._base_manager.count()
        for model in apps.get_models()
        if model.__name__ not in TRAIL
    }


def outcome(data):
    """(code or READ, sentence) of a file read as a roster."""
    try:
        parse_roster(read_book(data), on=ON)
    except FileRefused as refusal:
        return refusal.code, refusal.message
    return READ, ""


def commanded(path, village, **options):
    """(exit code, the JSON object) of the command."""
    out, code = StringIO(), 0
    try:
        call_command(
            "import_roster", str(path), village=village.code, json=True, stdout=out, **options
        )
    except SystemExit as left:
        code = left.code
    return code, json.loads(out.getvalue())


def test_there_are_more_than_ninety_kinds_and_every_reason_is_met():
    assert len(KINDS) > 90
    assert {kind.code for kind in KINDS.values()} == {READ, *FILE_CODES}


@pytest.mark.wide
@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
class TestEveryKind:
    def test_the_reader_says_why(self, kind):
        data = kind.make()
        started = time.process_time()
        code, said = outcome(data)
        assert time.process_time() - started < SECONDS
        assert code == kind.code
        assert kind.word in said

    def test_the_command_and_the_page_store_nothing(
        self, kind, tmp_path, settings, signed_in, zhao, shiqiao
    ):
        settings.PRIVATE_FILES = tmp_path / "private"
        client = signed_in(zhao)
        before = counted()
        (path,) = write(tmp_path, [kind.name])
        code, said = commanded(path, shiqiao, dry_run=True)
        assert (said["file"] or {"code": READ})["code"] == kind.code
        assert (code == 2) == bool(kind.code)
        self.page_answers(client, kind, path, shiqiao)
        assert counted() == before

    def page_answers(self, client, kind, path, village):
        file = SimpleUploadedFile(path.name, path.read_bytes())
        form = {"form_key": new_key(), "village": village.pk, "file": file}
        answer = client.post(reverse("villages:roster"), form)
        if not 0 < path.stat().st_size <= MAX_FILE:
            assert answer.status_code == 422
            return
        assert answer.status_code == 302
        jobs.run_waiting(clock.now())
        batch = ImportBatch.objects.get()
        assert batch.refusal_code == kind.code
        page = client.get(answer.url)
        assert page.status_code == 200
        assert kind.word in page.content.decode()


def test_the_costly_ones_stay_within_memory(tmp_path):
    paths = write(tmp_path, [name for name in KINDS if name.startswith(HEAVY)])
    limited = subprocess.run(
        [sys.executable, "-c", MEASURE, str(MEMORY), *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert limited.stdout.split()[-1] == "done", limited.stderr[-500:]


def test_the_command_line_writes_them_for_trying_by_hand(tmp_path):
    (path,) = write(tmp_path / "new", ["a_pdf"])
    assert (path.name, path.read_bytes()) == ("a_pdf.pdf", KINDS["a_pdf"].make())


SMALL = {kind: make() for kind, make in good.GOOD.items()}


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(sorted(SMALL)),
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), max_size=8),
    cut=st.floats(0.2, 3),
)
def test_whatever_happens_to_a_files_bytes_it_is_read_or_refused(kind, changes, cut):
    data = bytearray(SMALL[kind])
    for at, piece in changes:
        start = int(at * len(data))
        data[start : start + len(piece)] = piece
    data = bytes(data[: int(cut * len(data))])
    assert outcome(data)[0] in {READ, *FILE_CODES}


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(["xlsx", "ods"]),
    part=st.floats(0, 0.999),
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), min_size=1),
)
def test_whatever_happens_inside_a_package_it_is_read_or_refused(kind, part, changes):
    parts = good.parts_of(SMALL[kind])
    name = sorted(parts)[int(part * len(parts))]
    body = bytearray(parts[name])
    for at, piece in changes:
        start = int(at * len(body))
        body[start : start + len(piece)] = piece
    assert outcome(good.zipped(parts | {name: bytes(body)}))[0] in {READ, *FILE_CODES}
