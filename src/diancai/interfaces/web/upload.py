"""Translate in: uploaded files as bytes, refused by their size before they are read. Called by imports, forms."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings

from diancai.formats.sheets.containers import check_size
from diancai.stages.remark.errors import PhotoNotTaken
from diancai.stages.remark.rows import PhotoGiven

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


def content_of(upload: "UploadedFile[bytes]") -> bytes:
    """The bytes of an upload. Raises `FileTooLarge`, `EmptyFile` of `formats.errors`."""
    check_size(upload.size or 0, upload.name or "", settings.UPLOAD_LIMIT)
    return bytes(upload.read())


def photos_of(uploads: "Iterable[UploadedFile[bytes]]", *, with_consent: bool) -> tuple[PhotoGiven, ...]:
    """The pictures of a form. Raises `PhotoNotTaken` for one beyond the limit, before it is read."""
    found = []
    for upload in uploads:
        if (upload.size or 0) > settings.PHOTO_LIMIT:
            raise PhotoNotTaken(name=upload.name or "")
        found.append(PhotoGiven(upload.name or "", bytes(upload.read()), with_consent))
    return tuple(found)
