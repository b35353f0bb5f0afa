"""Files that are nobody's to open by an address: encrypted, under random names, outside the web root."""

import base64
import secrets

from django.conf import settings

from liaison import personal

MARK = b"\0"  # begins what is encrypted as it is; files of an earlier version hold base64


class PrivateFolder:
    """One folder below PRIVATE_FILES, made on first use, for the service's own account only."""

    def __init__(self, name):
        self.name = name

    def place(self):
        """Where its files lie."""
        place = settings.PRIVATE_FILES / self.name
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        return place

    def keep(self, data: bytes) -> str:
        """Store bytes; returns their random name."""
        name = secrets.token_hex(16)
        self.write(name, data)
        return name

    def write(self, name, data: bytes) -> None:
        """Store bytes under a name of the caller's."""
        path = self.place() / name
        path.touch(mode=0o600)
        path.write_bytes(personal.encrypt_bytes(MARK + data))

    def read(self, name: str) -> bytes | None:
        """The bytes kept under a name, or None once they are gone (or their key is)."""
        try:
            plain = personal.decrypt_bytes((self.place() / name).read_bytes()) if name else None
        except FileNotFoundError:
            return None
        if plain is None or plain.startswith(MARK):
            return plain and plain[len(MARK) :]
        return base64.b64decode(plain)

    def write_pieces(self, name, pieces) -> None:
        """Store bytes that come in pieces, each encrypted by itself: all of them are there, or none."""
        path = self.place() / name
        part = path.with_name(f"{name}.part")
        part.touch(mode=0o600)
        with part.open("wb") as stream:
            for piece in pieces:
                stream.write(personal.encrypt_bytes(piece) + b"\n")
        part.replace(path)

    def read_pieces(self, name: str):
        """The pieces kept under a name, one after the other; none once they are gone (or their key is)."""
        try:
            with (self.place() / name).open("rb") as stream:
                for token in stream:
                    piece = personal.decrypt_bytes(token.rstrip())
                    if piece is None:
                        return
                    yield piece
        except FileNotFoundError:
            return

    def remove(self, name: str) -> None:
        """Forget kept bytes; harmless when they are gone already."""
        if name:
            (self.place() / name).unlink(missing_ok=True)
