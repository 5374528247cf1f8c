"""Sealing of personal data: AES-256-GCM under a key that never lies beside the data.

Equality of sealed values is asked through `blind_index`, a keyed digest: it tells that two phones are the same and
nothing else. Both keys derive from `settings.SEALING_KEY` (NIST SP 800-108 style, through HKDF).
"""

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12


class SealBroken(Exception):
    """The sealed value cannot be opened: another key is in force, or the bytes were changed."""

    def __init__(self) -> None:
        super().__init__(
            "密封内容打不开：DIANCAI_KEY 与写入时不同，或数据被改动。请恢复原来的密钥。"
            " / Sealed text cannot be opened: DIANCAI_KEY differs from the one it was sealed with, or it was altered."
        )


@lru_cache(maxsize=8)
def _key(purpose: str, master: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode()).derive(master.encode())


def seal(plain: str) -> bytes:
    """Ciphertext of `plain`; the empty text stays empty so that "not told" needs no key."""
    return seal_bytes(plain.encode()) if plain else b""


def seal_bytes(plain: bytes) -> bytes:
    """Ciphertext of bytes, such as a file."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key("seal", settings.SEALING_KEY)).encrypt(nonce, plain, None)


def open_sealed(sealed: bytes | memoryview | None) -> str:
    """The text that was sealed. Raises `SealBroken`."""
    held = bytes(sealed or b"")
    return open_bytes(held).decode() if held else ""


def open_bytes(sealed: bytes) -> bytes:
    """The bytes that were sealed. Raises `SealBroken`."""
    try:
        return AESGCM(_key("seal", settings.SEALING_KEY)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
    except (InvalidTag, ValueError) as error:
        raise SealBroken from error


def blind_index(value: str) -> str:
    """64 hex characters that are equal exactly when the values are; empty for the empty value."""
    if not value:
        return ""
    return hmac.new(_key("index", settings.SEALING_KEY), value.encode(), hashlib.sha256).hexdigest()


def mask_phone(phone: str) -> str:
    """`138****5678`: the first three and last four characters of a phone, all else hidden."""
    if len(phone) < 8:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def mask_name(name: str) -> str:
    """`张**`: the first character of a name."""
    return name[:1] + "*" * (len(name) - 1)
