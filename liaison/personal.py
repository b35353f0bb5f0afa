"""Personal data: the registry, encryption at rest, blind index and masks.

ID numbers and phones are stored encrypted; exact look-up goes through a keyed
hash, so that a stolen database gives neither away.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

KEY_LOST = "(无法解密：密钥不符)"


@dataclass(frozen=True)
class PersonalField:
    """One field of the registry; every text is Chinese, for the page that lists them."""

    model: str
    field: str
    name: str
    data_class: str
    purpose: str
    retention: str
    mask: str


REGISTRY: list[PersonalField] = []


def register(*fields: PersonalField) -> None:
    """Enter fields into the registry, from an app's ``ready()``; a repeated entry replaces nothing."""
    REGISTRY.extend(entry for entry in fields if entry not in REGISTRY)


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    """Encrypt with the first key of FIELD_KEYS; empty stays empty."""
    return _fernet(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode() if text else ""


def decrypt(token: str) -> str:
    """Decrypt with any key of FIELD_KEYS; a token of a lost key reads as a plain remark."""
    if not token:
        return ""
    try:
        return _fernet(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()
    except InvalidToken:
        return KEY_LOST


def encrypt_bytes(data: bytes) -> bytes:
    """A file's bytes encrypted with the first key of FIELD_KEYS."""
    return _fernet(tuple(settings.FIELD_KEYS)).encrypt(data)


def decrypt_bytes(token: bytes) -> bytes | None:
    """The bytes again, by any key of FIELD_KEYS; None when their key is lost."""
    try:
        return _fernet(tuple(settings.FIELD_KEYS)).decrypt(token)
    except InvalidToken:
        return None


def blind_index(text: str, purpose: str) -> str:
    """Keyed hash (32 hex digits) for exact look-up; ``purpose`` keeps two fields' hashes apart."""
    if not text:
        return ""
    message = f"{purpose}:{text}".encode()
    return hmac.new(settings.INDEX_KEY.encode(), message, hashlib.sha256).hexdigest()[:32]


class Sealed(str):
    """A plain text that carries its ciphertext with it: encrypted before the transaction that stores it."""

    __slots__ = ("token",)

    def __new__(cls, text: str):
        sealed = super().__new__(cls, text)
        sealed.token = encrypt(text)
        return sealed

    @classmethod
    def of(cls, text: str, token: str):
        """A text with the ciphertext an earlier Sealed of it had."""
        sealed = super().__new__(cls, text)
        sealed.token = token
        return sealed


class EncryptedTextField(models.TextField):
    """Text that is ciphertext in the database and plain in Python. Cannot be searched."""

    def get_prep_value(self, value):
        if isinstance(value, Sealed):
            return value.token
        return encrypt(super().get_prep_value(value) or "")

    def from_db_value(self, value, expression, connection):
        return decrypt(value or "")


def mask_id(number: str) -> str:
    """441***********1234: the first three and the last four of an ID number."""
    return (
        f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
        if len(number) > 7
        else "*" * len(number)
    )


def mask_phone(number: str) -> str:
    """138****0000; shorter numbers keep their last two digits only."""
    if len(number) >= 11:
        return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
    return "*" * max(len(number) - 2, 0) + number[-2:] if number else ""


def mask_name(name: str) -> str:
    """张*三, 张*: for lists that hang on a wall."""
    if len(name) <= 1:
        return name
    return name[0] + "*" if len(name) == 2 else name[0] + "*" * (len(name) - 2) + name[-1]


_LONG_NUMBER = re.compile(r"\d[\d\s\-]{5,}[\dXx]")


def mask_numbers(text: str) -> str:
    """Any text with its long numbers masked as phones are: for samples and cells shown back."""
    return _LONG_NUMBER.sub(lambda match: mask_phone(match[0]), text)
