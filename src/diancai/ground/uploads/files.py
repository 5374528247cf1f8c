"""A file as it is given in and handed out. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileGiven:
    """A file as it was sent: its name and its bytes."""

    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FileShown:
    """A stored file with its media type."""

    media_type: str
    content: bytes
