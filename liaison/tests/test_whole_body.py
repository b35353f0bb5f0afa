"""A form that breaks off on the way is no form."""

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError

from liaison.middleware import CleanInputMiddleware
from liaison.whole_body import BrokenOff, WholeBody, whole_bodies


class Drop(io.BytesIO):
    """Bytes that come a few at a time, as over a slow line."""

    def read(self, size=-1):
        return super().read(min(size, 3) if size >= 0 else 3)


def request(body, announced, kind="application/x-www-form-urlencoded"):
    """A POST of which ``body`` arrived, as the application sees it."""
    seen = []
    environ = {
        "REQUEST_METHOD": "POST", "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(announced),
        "PATH_INFO": "/", "SERVER_NAME": "here", "SERVER_PORT": "80", "wsgi.input": Drop(body),
    }  # fmt: skip
    whole_bodies(lambda environ, _: seen.append(WSGIRequest(environ)))(environ, None)
    return seen[0]


def test_a_whole_form_is_read_however_slowly_it_comes():
    assert request(b"said=every+word", 15).POST["said"] == "every word"


def test_half_a_sentence_is_not_taken_for_the_whole():
    with pytest.raises(UnreadablePostError):
        request(b"said=every+wo", 15).POST  # noqa: B018


def test_neither_is_half_a_file():
    kind = "multipart/form-data; boundary=x"
    body = b'--x\r\nContent-Disposition: form-data; name="said"\r\n\r\nevery word\r\n--x--\r\n'
    assert request(body, len(body), kind).POST["said"] == "every word"
    with pytest.raises(UnreadablePostError):
        request(body[:-20], len(body), kind).POST  # noqa: B018


def test_the_door_refuses_it_without_a_fault():
    door = CleanInputMiddleware(None)
    assert door.process_view(request(b"a=b", 3), None, (), {}) is None
    assert door.process_view(request(b"a=", 3), None, (), {}).status_code == 400


def test_lines_too_end_where_they_were_announced():
    assert WholeBody(io.BytesIO(b"a\nb"), 3).readline() == b"a\n"
    with pytest.raises(BrokenOff):
        WholeBody(io.BytesIO(b""), 3).readline()
