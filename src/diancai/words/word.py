"""A closed list of words with their labels, and how an office calls them otherwise."""

from enum import StrEnum
from typing import Self

# The labels in Traditional Mongolian, of what residents see, were written without a speaker: pages mark them as drafts.
MONGOLIAN_IS_DRAFT = True


class Word(StrEnum):
    """A member of a closed list: its value is stored, its labels are shown; `mn` is empty where there is none yet."""

    zh: str
    en: str
    mn: str

    def __new__(cls, value: str, zh: str = "", en: str = "", mn: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        member.mn = mn
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of stored value and Chinese label, in the order of this file."""
        return [(member.value, member.zh) for member in cls]

    @classmethod
    def from_zh(cls, label: str) -> Self | None:
        """The member whose Chinese label or value is `label`, or None."""
        wanted = label.strip()
        for member in cls:
            if wanted in (member.zh, member.value):
                return member
        return None


def rename(labels: dict[str, dict[str, str]]) -> None:
    """Put an office's own Chinese labels in place: `{"OrderState": {"accepted": "已受理"}}`; values never change.

    Called once at the start, before anything is shown. Raises ValueError naming a list or value that does not exist.
    """
    lists = {kind.__name__: kind for kind in Word.__subclasses__()}
    for name, own in labels.items():
        if name not in lists:
            raise ValueError(f"labels.json: {name}: {', '.join(sorted(lists))}")
        for value, zh in own.items():
            if value not in lists[name]._value2member_map_ or not zh.strip():
                raise ValueError(f"labels.json: {name}: {value}: {', '.join(lists[name])}")
            lists[name](value).zh = zh.strip()
