"""The home's key for what the accounts must keep secret: sessions, second steps, secrets of webhooks.

One random key in the home (`keys/pages.key`, readable by the owner alone); others are derived from
it by HKDF-SHA-256 with a label (RFC 5869). It signs nothing of the record: that has a key of its own.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fullfile.core.errors import Unavailable

__all__ = ["PAGES_KEY", "decrypt", "derived_key", "encrypt"]

PAGES_KEY = Path("keys") / "pages.key"


def derived_key(home: Path, label: str) -> bytes:
    """32 bytes for one use; the home's key is made where there is none.

    Raises:
        Unavailable: the key can be neither read nor made.
    """
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=label.encode()).derive(_seed(home))


def encrypt(home: Path, text: str) -> str:
    """A text that only this home can read (Fernet: AES-128-CBC with HMAC-SHA-256)."""
    return _box(home).encrypt(text.encode()).decode()


def decrypt(home: Path, text: str) -> str:
    """What `encrypt` hid.

    Raises:
        cryptography.fernet.InvalidToken: it was hidden with another key, or changed.
    """
    return _box(home).decrypt(text.encode()).decode()


def _box(home: Path) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived_key(home, "fullfile secrets at rest")))


def _seed(home: Path) -> bytes:
    place = home / PAGES_KEY
    try:
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                with os.fdopen(
                    os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
                ) as out:
                    out.write(os.urandom(32))
            except FileExistsError:  # another process was first
                pass
        return place.read_bytes()
    except OSError as error:
        raise Unavailable(
            f"The key of the pages ({place}) can be neither read nor made: {error}."
        ) from error
