"""What is worked out for new households and people, while the clerk reads the preview: the confirmation stores it.

Ciphertext, blind indexes, sounds and search words depend on the file and the keys alone. They are kept beside
the reading, encrypted as it is, and count only for the same staging and the same keys.
"""

import json
import zlib

from django.conf import settings

from liaison import personal
from liaison.personal import Sealed
from villages.pinyin import search_key
from villages.search import tokens_of_household, tokens_of_resident

FORMAT = 2  # raised when the lines below change, or how sounds and words are worked out
LEVEL = 1  # of compression
LINES = 2000  # to a piece: a township's lines in one would be copied whole again and again
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Making:
    """Works everything out; ``kept()`` gives it for later."""

    def __init__(self):
        self._sounds, self._keeps, self._lines, self._pieces = {}, False, [], []

    def sound(self, name) -> str:
        """A name by sound; each is worked out once."""
        if name not in self._sounds:
            self._sounds[name] = search_key(name)
        return self._sounds[name]

    def keep_for(self, fingerprint) -> None:
        """From now on keep what is worked out, for the staging of this fingerprint."""
        self._keeps = True
        self._keep([FORMAT, fingerprint, _keys()])

    def household(self, said):
        """(sound, search words) of a new household."""
        head = said.head_name
        return self._keep([self.sound(head), tokens_of_household(said.stored_number, head)])

    def person(self, said):
        """(sound, ID number, phones, phones' index, search words) of a new person; numbers are Sealed."""
        phones = said.phones
        sealed = Sealed(said.id_number), Sealed("、".join(phones))
        index = personal.blind_index(phones[0], "phone") if phones else ""
        words = tokens_of_resident(said.name, said.id_number, phones)
        sound = self.sound(said.name)
        self._keep([sound, *(each.token for each in sealed), index, words])
        return sound, *sealed, index, words

    def _keep(self, line):
        if self._keeps:
            self._lines.append(_encode(line))
            if len(self._lines) == LINES:
                self._press()
        return line

    def _press(self):
        self._pieces.append(zlib.compress("\n".join(self._lines).encode(), LEVEL))
        self._lines.clear()

    def kept(self) -> list[bytes]:
        """Everything since ``keep_for``, in pieces of LINES."""
        if self._lines:
            self._press()
        return self._pieces


class Made(Making):
    """Takes what a Making kept, in the same order."""

    def __init__(self, lines):
        super().__init__()
        self._lines = lines

    def household(self, said):
        """As Making has it."""
        return next(self._lines)

    def person(self, said):
        """As Making has it."""
        sound, number, phones, index, words = next(self._lines)
        return (
            sound,
            Sealed.of(said.id_number, number),
            Sealed.of("、".join(said.phones), phones),
            index,
            words,
        )


def making(pieces, fingerprint) -> Making:
    """A Made from what was kept, or a Making where that is nothing or counts no more."""
    lines = (
        json.loads(line) for piece in pieces for line in zlib.decompress(piece).decode().split("\n")
    )
    return Made(lines) if next(lines, None) == [FORMAT, fingerprint, _keys()] else Making()


def _keys():
    """Differs once another key encrypts or indexes."""
    return personal.blind_index(settings.FIELD_KEYS[0], "ready")
