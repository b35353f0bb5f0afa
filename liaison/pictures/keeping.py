"""Where pictures lie, and how one is sent to somebody who may see it."""

import hashlib

from django.http import HttpResponse

from liaison.private_files import PrivateFolder

from .drawing_anew import marked

GONE = "照片文件已不在或被改动过，请联系系统管理员。"
folder = PrivateFolder("pictures")


def keep(picture) -> dict:
    """Store both sizes; returns the fields of a StoredPicture row."""
    return {
        "whole_name": folder.keep(picture.whole),
        "small_name": folder.keep(picture.small),
        "digest": hashlib.sha256(picture.whole).hexdigest(),
        "width": picture.width,
        "height": picture.height,
    }


def forget(*names) -> None:
    """Remove stored pictures for good."""
    for name in names:
        folder.remove(name)


def send(row, *, small=False, mark="") -> HttpResponse:
    """The bytes of a picture the caller may see, checked once more against what was stored.

    Args:
        mark: words across the foot of the whole picture.
    Returns:
        410 with a sentence where the file is gone, or is not what was stored any more.
    """
    data = folder.read(row.small_name if small else row.whole_name)
    if data is None or (not small and hashlib.sha256(data).hexdigest() != row.digest):
        return HttpResponse(GONE, status=410, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(marked(data, mark) if mark else data, content_type="image/jpeg")
    answer.headers["Content-Disposition"] = 'inline; filename="photo.jpg"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
