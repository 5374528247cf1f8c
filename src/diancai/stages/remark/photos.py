"""Pictures beside remarks: kept by their digest under `uploads` in the data folder, never public."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from diancai.stages.remark.errors import PhotoNotTaken
from diancai.stages.remark.rows import PhotoGiven, PhotoShown

MEDIA_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".heic": "image/heic"}


def check_photos(photos: Sequence[PhotoGiven]) -> None:
    """Raises `PhotoNotTaken` for what is no picture or too large."""
    for photo in photos:
        if len(photo.content) > settings.PHOTO_LIMIT or not _suffix(photo.content):
            raise PhotoNotTaken(name=photo.file_name)


def store_photo(photo: PhotoGiven) -> tuple[str, str]:
    """Write a picture once; returns its stored name and its digest."""
    digest = hashlib.sha256(photo.content).hexdigest()
    name = digest + _suffix(photo.content)
    target = _folder(name) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        # Written beside and renamed, so that a killed process never leaves half a picture under a whole name.
        part = target.with_suffix(".part")
        part.write_bytes(photo.content)
        part.replace(target)
    return name, digest


def read_photo(name: str) -> PhotoShown:
    """A stored picture."""
    return PhotoShown(MEDIA_TYPES[Path(name).suffix], (_folder(name) / name).read_bytes())


def _folder(name: str) -> Path:
    return Path(settings.DATA) / "uploads" / name[:2]


def _suffix(content: bytes) -> str:
    """The suffix that a picture's first bytes tell; empty for what is none."""
    if content.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return ".webp"
    return ".heic" if content[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"} else ""
