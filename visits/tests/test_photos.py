"""Photos of a visit: optional, drawn anew without GPS, seen by who sees the visit, gone when taken away."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from liaison import clock
from liaison.errors import NotAllowed
from liaison.idempotency import new_key
from liaison.models import AuditEntry
from liaison.pictures import keeping
from visits import actions
from visits.models import VisitPhoto

pytestmark = pytest.mark.django_db
GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Where the pictures of a test lie."""
    settings.PRIVATE_FILES = tmp_path
    return tmp_path / "pictures"


@pytest.fixture
def visit(li, shiqiao, household):
    """李 was at 周大山's today."""
    return actions.log_visit(
        by=li, now=clock.now(), occurred_on=clock.today(), village=shiqiao, mode="home",
        household=household, nothing_asked=True,
    )  # fmt: skip


def snapshot(size=(400, 300), kind="JPEG", exif=None) -> bytes:
    """A telephone's picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, kind, **({"exif": exif} if exif else {}))
    return out.getvalue()


def with_gps() -> bytes:
    """One that tells where, with what, and that it was held upright."""
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "SecretPhone", 6
    exif.get_ifd(GPS).update({1: "N", 2: (27.0, 59.0, 1.0), 3: "E", 4: (113.0, 40.0, 2.0)})
    return snapshot(exif=exif)


def add(visit, by, *pictures):
    files = [(f"{at}.jpg", data) for at, data in enumerate(pictures, 1)]
    return actions.add_photos(visit=visit, by=by, now=clock.now(), files=files)


def send(client, visit, *pictures, key=None):
    files = [SimpleUploadedFile(f"{at}.jpg", data) for at, data in enumerate(pictures, 1)]
    return client.post(
        reverse("visits:photos", args=[visit.pk]),
        {"form_key": key or new_key(), "pictures": files},
    )


def test_where_and_with_what_it_was_taken_is_not_kept(visit, li, files):
    assert b"SecretPhone" in with_gps()
    (row,) = add(visit, li, with_gps())
    kept = keeping.folder.read(row.whole_name)
    picture = Image.open(io.BytesIO(kept))
    assert dict(picture.getexif()) == {}
    assert b"SecretPhone" not in kept
    assert picture.size == (300, 400)  # upright, as it was held
    assert (row.width, row.height) == (300, 400)
    # On the disk lies neither the picture that came nor the one that is shown
    assert all(b"JFIF" not in path.read_bytes() for path in files.iterdir())


def test_a_large_picture_is_made_to_fit_a_page(visit, li):
    (row,) = add(visit, li, snapshot((4000, 3000)))
    assert (row.width, row.height) == (1600, 1200)
    assert max(Image.open(io.BytesIO(keeping.folder.read(row.small_name))).size) == 240


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "BMP"])
def test_other_kinds_become_jpeg(visit, li, kind):
    (row,) = add(visit, li, snapshot(kind=kind))
    assert Image.open(io.BytesIO(keeping.folder.read(row.whole_name))).format == "JPEG"


def test_of_a_telephone_that_joins_several_in_one_file_the_first_is_kept(visit, li):
    out = io.BytesIO()
    second = Image.new("RGB", (300, 400), "red")
    Image.new("RGB", (400, 300), "green").save(out, "MPO", save_all=True, append_images=[second])
    (row,) = add(visit, li, out.getvalue())
    assert (row.width, row.height) == (400, 300)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7 no picture", "不是能识别的图片"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
        (snapshot()[:400], "已损坏"),
        (snapshot((9000, 7000), "PNG"), "尺寸太大"),
        (b"\xff\xd8\xff" + b"\0" * 10_485_760, "超过10MB"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "不是能识别的图片"),
    ],
    ids=["pdf", "heic", "cut off", "bomb", "heavy", "svg"],
)
def test_what_is_no_picture_is_refused_by_name_and_nothing_stored(visit, li, files, data, says):
    with pytest.raises(NotAllowed, match=says) as refusal:
        add(visit, li, snapshot(), data)
    assert "2.jpg" in str(refusal.value)
    assert not VisitPhoto.objects.exists()
    assert not files.exists() or not list(files.iterdir())


def test_nine_and_no_more(visit, li, files):
    add(visit, li, *[snapshot((20, 20))] * 8)
    with pytest.raises(NotAllowed, match="最多9张照片，已有8张"):
        add(visit, li, snapshot(), snapshot())
    assert len(list(files.iterdir())) == 16  # what was refused left nothing on the disk
    add(visit, li, snapshot())
    assert visit.photos.shown().count() == 9


def test_the_page_takes_several_and_a_second_tap_adds_none(signed_in, li, visit):
    client, key = signed_in(li), new_key()
    for _ in range(2):
        answer = send(client, visit, snapshot(), snapshot(), key=key)
        assert answer.status_code == 302
    assert visit.photos.count() == 2
    page = client.get(reverse("visits:photos", args=[visit.pk])).content.decode()
    for photo in visit.photos.all():
        assert reverse("visits:small_photo", args=[photo.pk]) in page
    assert AuditEntry.objects.filter(action="添加照片").count() == 1


def test_a_refused_file_is_told_on_the_page(signed_in, li, visit):
    answer = send(signed_in(li), visit, b"words")
    assert answer.status_code == 422
    assert "不是能识别的图片" in answer.content.decode()
    empty = signed_in(li).post(reverse("visits:photos", args=[visit.pk]), {"form_key": new_key()})
    assert empty.status_code == 422
    assert "不传照片也可以" in empty.content.decode()


def test_the_whole_picture_carries_who_looked_and_the_file_is_checked_each_time(
    signed_in, li, visit, files
):
    (row,) = add(visit, li, snapshot())
    address = reverse("visits:photo", args=[row.pk])
    answer = signed_in(li).get(address)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "no-store"
    shown = Image.open(io.BytesIO(answer.content))
    plain = Image.open(io.BytesIO(keeping.folder.read(row.whole_name)))
    assert shown.size == plain.size
    foot = (5, 295)
    assert shown.getpixel(foot) != plain.getpixel(foot)
    keeping.folder.write(row.whole_name, snapshot((10, 10)))  # somebody put another in its place
    answer = signed_in(li).get(address)
    assert answer.status_code == 410
    assert "已不在或被改动过" in answer.content.decode()


def test_only_who_sees_the_visit_sees_its_photos(signed_in, li, wang, qian, zhao, sun, visit):
    (row,) = add(visit, li, snapshot())
    for name in ("visits:photo", "visits:small_photo"):
        address = reverse(name, args=[row.pk])
        assert [signed_in(user).get(address).status_code for user in (li, zhao, sun)] == [200] * 3
        assert [signed_in(user).get(address).status_code for user in (wang, qian)] == [404] * 2


def test_a_reader_adds_none_and_takes_none_away(signed_in, li, sun, wang, visit):
    (row,) = add(visit, li, snapshot())
    page = signed_in(sun).get(reverse("visits:photos", args=[visit.pk])).content.decode()
    assert "上传" not in page and "删除" not in page
    for by in (sun, wang):
        with pytest.raises(NotAllowed, match="不由您填写"):
            add(visit, by, snapshot())
        with pytest.raises(NotAllowed, match="不由您填写"):
            actions.take_away_photo(photo=row, by=by, now=clock.now())


def test_a_photo_taken_away_is_gone_for_good(
    signed_in, li, visit, files, django_capture_on_commit_callbacks
):
    (row,) = add(visit, li, snapshot())
    client, address = signed_in(li), reverse("visits:take_away_photo", args=[row.pk])
    assert "不能恢复" in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address).status_code == 302
    assert list(files.iterdir()) == []
    row.refresh_from_db()
    assert (row.taken_away_by, row.whole_name) == (li, "")
    assert client.get(reverse("visits:photo", args=[row.pk])).status_code == 404
    with pytest.raises(NotAllowed, match="已经删除"):
        actions.take_away_photo(photo=row, by=li, now=clock.now())
