"""Photos of a visit: added later if somebody wants to, taken away for good."""

from functools import partial

from django.db import transaction

from liaison.errors import NotAllowed
from liaison.pictures import keeping
from liaison.pictures.drawing_anew import draw_anew
from visits.models import Visit, VisitPhoto
from visits.models.photos import MOST_PHOTOS

from ._shared import note


def add_photos(*, visit, by, now, files) -> list[VisitPhoto]:
    """Add pictures to a visit, each drawn anew without its GPS and other marks.

    Args:
        files: [(name of the file, its bytes)].
    Raises:
        NotAllowed: not one's village; none chosen; more than 9 together; a file that is no picture. Nothing
            is stored then.
    """
    if not files:
        raise NotAllowed("请先选择照片。不传照片也可以，走访记录已经保存。")
    pictures = [draw_anew(data, name) for name, data in files]
    kept = [keeping.keep(picture) for picture in pictures]
    try:
        return _store(visit, by, now, kept)
    except BaseException:
        for each in kept:
            keeping.forget(each["whole_name"], each["small_name"])
        raise


@transaction.atomic
def _store(visit, by, now, kept):
    visit = _writable(visit, by)
    there = visit.photos.shown().count()
    if there + len(kept) > MOST_PHOTOS:
        raise NotAllowed(f"一次走访最多{MOST_PHOTOS}张照片，已有{there}张，请少选几张。")
    rows = [VisitPhoto(visit=visit, sent_at=now, sent_by=by, **each) for each in kept]
    for row in rows:
        row.save()
    note(visit, by, "添加照片", {"照片": there}, {"照片": there + len(rows)})
    return rows


@transaction.atomic
def take_away_photo(*, photo, by, now) -> None:
    """Take a picture away: its bytes go for good, its row says when and by whom.

    Raises:
        NotAllowed: not one's village, or it is gone already.
    """
    visit = _writable(photo.visit, by)
    photo = VisitPhoto.objects.select_for_update().get(pk=photo.pk)
    if photo.taken_away_at:
        raise NotAllowed("这张照片已经删除。")
    there = visit.photos.shown().count()
    names = photo.whole_name, photo.small_name
    photo.whole_name = photo.small_name = ""
    photo.taken_away_at, photo.taken_away_by = now, by
    photo.save()
    note(visit, by, "删除照片", {"照片": there}, {"照片": there - 1})
    transaction.on_commit(partial(keeping.forget, *names))


def _writable(visit, by):
    """The visit, locked, if this person writes up visits in its village.

    Raises:
        NotAllowed: he does not.
    """
    rows = Visit.objects.visible_to(by, "visits.log").select_for_update(of=("self",))
    found = rows.filter(pk=visit.pk).select_related("village").first()
    if found is None or not by.has_perm("visits.log"):
        raise NotAllowed("这条走访记录不由您填写，照片请交给登记的同志。")
    return found
