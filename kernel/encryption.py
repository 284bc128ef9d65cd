"""Identity numbers and accounts at rest: encrypted with rotating keys, found by a keyed digest.

FIELD_KEYS lists Fernet keys, newest first; every value says by itself which key reads it. LOOKUP_KEY keys the digests.
"""

import base64
import hashlib
import hmac
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


@cache
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(plain: str) -> str:
    """Cipher text of a value under the newest key."""
    return _fernet(tuple(settings.FIELD_KEYS)).encrypt(plain.encode()).decode()


def decrypt(token: str) -> str:
    """The value again; raises InvalidToken when no key fits."""
    return _fernet(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()


def digest(value: str) -> str:
    """Keyed digest of a value: equal values have equal digests, and nothing else can be read from it."""
    mac = hmac.new(settings.LOOKUP_KEY.encode(), value.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def tail_digest(value: str, keep: int = 4) -> str:
    """Keyed digest of the last characters, or the empty text for shorter values."""
    return digest(f"tail:{value[-keep:]}") if len(value) >= keep else ""


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that is cipher text in the database and plain text in Python."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        if not value:
            return value
        try:
            return decrypt(value)
        except InvalidToken as error:
            raise ValueError("No field key reads this value; see docs/operations.md on keys") from error

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return encrypt(text) if text else text
