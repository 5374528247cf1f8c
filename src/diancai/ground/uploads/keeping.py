"""The one home of files that people give in: kept by their digest under `uploads` in the data folder, never public.

Photos beside remarks and scans of signed slips lie here; who may see one is asked by the stage that keeps its name.
"""

import hashlib
from pathlib import Path

from django.conf import settings

from diancai.ground.uploads.files import FileShown

MEDIA_TYPES = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".pdf": "application/pdf",
}
_HEIC = {b"ftypheic", b"ftypheix", b"ftypmif1"}


def suffix_of(content: bytes) -> str:
    """The suffix that a file's first bytes tell, whatever its name says; empty for what is not kept here."""
    if content.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if content.startswith(b"%PDF-"):
        return ".pdf"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return ".webp"
    return ".heic" if content[4:12] in _HEIC else ""


def store_file(content: bytes) -> tuple[str, str]:
    """Write a file once; returns its stored name and its digest (SHA-256, hex)."""
    digest = hashlib.sha256(content).hexdigest()
    name = digest + suffix_of(content)
    target = _folder(name) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        # Written beside and renamed, so that a killed process never leaves half a file under a whole name.
        part = target.with_suffix(".part")
        part.write_bytes(content)
        part.replace(target)
    return name, digest


def read_file(name: str) -> FileShown:
    """A stored file."""
    return FileShown(MEDIA_TYPES[Path(name).suffix], (_folder(name) / name).read_bytes())


def _folder(name: str) -> Path:
    return Path(settings.DATA) / "uploads" / name[:2]
