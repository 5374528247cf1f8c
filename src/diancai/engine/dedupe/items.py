"""What goes into and comes out of the comparison of texts."""

from dataclasses import dataclass

from diancai.engine.tokens import body_key


@dataclass(frozen=True, slots=True)
class Item:
    """A text; `content` is the short line that the office wrote of it, and is compared instead when it is there."""

    id: str
    text: str
    subject: str = ""
    place_code: str = ""
    topic: str | None = None
    content: str = ""

    @property
    def key(self) -> str:
        """Equal for identical texts (spaces and punctuation apart); empty for a text without a letter."""
        return body_key(self.content or self.text)


@dataclass(frozen=True, slots=True)
class Joined:
    """An item's group (the id of its first member), how near it stands to the others (0 to 1), and why."""

    id: str
    group: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two items that may be one need; `identical` when their texts are the same."""

    first: str
    second: str
    score: float
    why: tuple[str, ...]
    identical: bool
