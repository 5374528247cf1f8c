"""The sealed envelope in which WeChat and WeCom tell what became of a message.

AES-256 in CBC mode under the 43-character key of the account, the first 16 bytes of the key as vector; inside: 16
random bytes, the length of the text in four bytes, the text, the id of the receiver; filled up to 32. The signature
is SHA-1 over the sorted token, time, nonce and ciphertext. The ways are the platform's, weak as SHA-1 is: a change of
ours would not be understood there. tests/ground/notices holds vectors made by another implementation.
"""

import base64
import binascii
import hashlib
import hmac
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

BLOCK = 32
RANDOM = 16
KEY_CHARACTERS = 43


class EnvelopeBroken(Exception):
    """The signature, the key or the receiver does not fit: nothing of it may be believed."""


class Envelope:
    """`token` and `aes_key` as entered on the platform; `receiver` is the corporation's or the account's id."""

    def __init__(self, token: str, aes_key: str, receiver: str) -> None:
        self.token, self.receiver = token, receiver.encode()
        self._key = key_of(aes_key)

    def signature(self, timestamp: str, nonce: str, encrypted: str) -> str:
        """40 hex characters."""
        signed = "".join(sorted((self.token, timestamp, nonce, encrypted)))
        return hashlib.sha1(signed.encode(), usedforsecurity=False).hexdigest()

    def open(self, signature: str, timestamp: str, nonce: str, encrypted: str) -> str:
        """The text inside. Raises `EnvelopeBroken`, by whatever it is broken."""
        wanted = self.signature(timestamp, nonce, encrypted)
        if not hmac.compare_digest(wanted.encode(), signature.encode()):
            raise EnvelopeBroken
        return self._opened(encrypted)

    def seal(self, text: str, nonce_bytes: bytes = b"") -> str:
        """The ciphertext of an answer, in base 64."""
        inside = text.encode()
        plain = (nonce_bytes or os.urandom(RANDOM)) + struct.pack(">I", len(inside)) + inside + self.receiver
        missing = BLOCK - len(plain) % BLOCK
        sealing = self._cipher().encryptor()
        return base64.b64encode(sealing.update(plain + bytes([missing]) * missing) + sealing.finalize()).decode()

    def _opened(self, encrypted: str) -> str:
        try:
            opening = self._cipher().decryptor()
            plain = opening.update(base64.b64decode(encrypted, validate=True)) + opening.finalize()
            filled = plain[-1]
            if not 1 <= filled <= BLOCK or plain[-filled:] != bytes([filled]) * filled:
                raise EnvelopeBroken
            plain = plain[RANDOM:-filled]
            (length,) = struct.unpack(">I", plain[:4])
            text, receiver = plain[4 : 4 + length], plain[4 + length :]
            if len(text) != length or not hmac.compare_digest(receiver, self.receiver):
                raise EnvelopeBroken
            return text.decode()
        except (binascii.Error, ValueError, IndexError, struct.error) as error:
            raise EnvelopeBroken from error

    def _cipher(self) -> "Cipher[CBC]":
        return Cipher(AES(self._key), CBC(self._key[:16]))


def key_of(aes_key: str) -> bytes:
    """The 32 bytes of a key of 43 characters. Raises ValueError for any other."""
    if len(aes_key) != KEY_CHARACTERS:
        raise ValueError(f"{len(aes_key)} characters instead of {KEY_CHARACTERS}")
    return base64.b64decode(aes_key + "=", validate=True)
