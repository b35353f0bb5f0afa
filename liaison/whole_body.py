"""A form that breaks off on the way is no form.

A server hands on what arrived when the sender hangs up in the middle (Granian does), and half a sentence would be
stored as the whole: the body is read against the length that was announced.
"""


class BrokenOff(OSError):
    """The sender hung up before all of it was here; Django makes it UnreadablePostError."""


class WholeBody:
    """``wsgi.input`` that gives all bytes announced, or raises BrokenOff.

    Args:
        source: the server's stream.
        length: bytes announced by Content-Length.
    """

    def __init__(self, source, length: int):
        self._source, self._left = source, length

    def read(self, size: int = -1) -> bytes:
        """The next ``size`` bytes, or all that are left."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        pieces = []
        while wanted:
            piece = self._source.read(wanted)
            if not piece:
                raise BrokenOff("the form broke off on its way")
            pieces.append(piece)
            wanted -= len(piece)
            self._left -= len(piece)
        return b"".join(pieces)

    def readline(self, size: int = -1) -> bytes:
        """A line of what is left."""
        line = self._source.readline(self._left if size is None or size < 0 else size)
        self._left -= len(line)
        if not line and self._left > 0:
            raise BrokenOff("the form broke off on its way")
        return line


def whole_bodies(application):
    """The WSGI application behind such a stream."""

    def answer(environ, start_response):
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdecimal():
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return answer
