"""Whose drafts they are, and what opens them: both from the server's secret and the user, never stored."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac


def tag_of(user) -> str:
    """A name for the user that tells nobody who he is: 32 hex digits, the same at every log-in."""
    return salted_hmac("liaison.drafts.tag", str(user.pk), algorithm="sha256").hexdigest()[:32]


def key_of(user) -> bytes:
    """The 32 bytes that open this user's drafts in any browser; lost for good when SECRET_KEY changes."""
    return HKDF(SHA256(), 32, salt=b"liaison.drafts.key", info=str(user.pk).encode()).derive(
        settings.SECRET_KEY.encode()
    )
