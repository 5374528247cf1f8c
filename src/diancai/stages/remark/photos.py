"""Pictures beside remarks: which are taken. They are kept among the uploads (`ground/uploads/keeping.py`)."""

from collections.abc import Sequence

from django.conf import settings

from diancai.ground.uploads.keeping import suffix_of
from diancai.stages.remark.errors import PhotoNotTaken
from diancai.stages.remark.rows import PhotoGiven

TAKEN = {".jpg", ".png", ".webp", ".heic"}


def check_photos(photos: Sequence[PhotoGiven]) -> None:
    """Raises `PhotoNotTaken` for what is no picture or too large."""
    for photo in photos:
        if len(photo.content) > settings.PHOTO_LIMIT or suffix_of(photo.content) not in TAKEN:
            raise PhotoNotTaken(name=photo.file_name)
