"""The rules of remarks and imports: what makes two the same, what may be done when. Pure; asked by the actions.

A rule is asked two ways: `can_` answers, `check_` raises the refusal.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from diancai.formats.pasted import ChatLine
from diancai.stages.remark.errors import (
    BatchNotCommitted,
    BatchNotRead,
    BatchWithdrawn,
    CountOutOfRange,
    EmptyRemark,
    FieldTooLong,
    NothingTicked,
    SaidInFuture,
    TooLong,
)
from diancai.words import BatchState

MOST_COUNTED = 1_000_000  # households or persons behind one remark; the whole prefecture has fewer households
COUNTED = {"households": ("户数", "Households"), "persons": ("人数", "Persons")}
SHORT = {"sub_place": ("组（社）", "Group", 40), "translated_by": ("译记人", "Translator", 40)}
LONGEST = 100_000  # characters; an Excel cell holds 32,767
# A phone's clock may run ahead; more than this is a wrong date.
CLOCK_SLACK = timedelta(hours=26)
ONE_BREATH = timedelta(minutes=5)
SPACES = re.compile(r"\s+")
# A NUL and halves of a surrogate pair come from broken programs, never from a person; no database keeps them.
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def normal_text(text: str) -> str:
    """The form in which two texts are compared: width and spaces evened, case folded, no closing full stop."""
    return SPACES.sub("", unicodedata.normalize("NFKC", text)).casefold().rstrip("。.!！~～")


def keepable(words: str) -> str:
    """The words with � for each letter that no database can keep."""
    return UNKEEPABLE.sub("\ufffd", words)


def check_text(text: str) -> str:
    """The text without outer spaces. Raises `EmptyRemark`, `TooLong`."""
    kept = text.strip()
    if not normal_text(kept):
        raise EmptyRemark
    if len(kept) > LONGEST:
        raise TooLong(length=len(kept), limit=LONGEST)
    return kept


def can_count(count: int | None) -> bool:
    """Whether a number of households or persons can be meant."""
    return count is None or 0 <= count <= MOST_COUNTED


def check_fields(counts: Mapping[str, int | None], words: Mapping[str, str]) -> None:
    """Numbers by `COUNTED`, short texts by `SHORT`. Raises `CountOutOfRange`, `FieldTooLong`."""
    for name, count in counts.items():
        if not can_count(count):
            zh, en = COUNTED[name]
            raise CountOutOfRange(field_zh=zh, field_en=en, count=count, most=MOST_COUNTED)
    for name, text in words.items():
        zh, en, most = SHORT[name]
        if len(text.strip()) > most:
            raise FieldTooLong(field_zh=zh, field_en=en, length=len(text.strip()), most=most)


def is_in_future(said_at: datetime | None, at: datetime) -> bool:
    """Whether something is told to have been said later than now, a wrong clock forgiven."""
    return said_at is not None and said_at > at + CLOCK_SLACK


def check_said_at(said_at: datetime | None, at: datetime) -> None:
    """Raises `SaidInFuture`."""
    if is_in_future(said_at, at):
        raise SaidInFuture(said_at=f"{said_at:%Y-%m-%d %H:%M}")


def row_identity(
    *, text: str, said_at: datetime | None, place_code: str, sub_place: str, speaker: str, outside_id: str, copy: int
) -> str:
    """What makes a row of a sheet the same row when the sheet comes again.

    With a number of its own system, that number with the text and place (two offices may number alike); without, all
    that was told. `copy` counts equal rows within one sheet from 0, so that two households who say the same are two.
    """
    said = said_at.isoformat() if said_at else ""
    told = [outside_id] if outside_id else [said, sub_place, speaker, str(copy)]
    return "\x1f".join(["id" if outside_id else "row", place_code, normal_text(text), *told])


def can_commit(state: BatchState, row_count: int) -> bool:
    """Whether rows of the batch may become remarks."""
    return state != BatchState.WITHDRAWN and row_count > 0


def check_commit(state: BatchState, row_count: int) -> None:
    """Raises `BatchNotRead`, `BatchWithdrawn`."""
    if row_count == 0:
        raise BatchNotRead
    if not can_commit(state, row_count):
        raise BatchWithdrawn


def can_withdraw(state: BatchState) -> bool:
    """Whether there is something to take back."""
    return state == BatchState.COMMITTED


def check_withdraw(state: BatchState) -> None:
    """Raises `BatchNotCommitted`, `BatchWithdrawn`."""
    if state == BatchState.WITHDRAWN:
        raise BatchWithdrawn
    if not can_withdraw(state):
        raise BatchNotCommitted


@dataclass(frozen=True, slots=True)
class Told:
    """What one person said in a chat, from one ticked line or several in one breath."""

    speaker: str
    said_at: datetime | None
    text: str


def join_ticked(lines: Sequence[ChatLine], ticked: Sequence[int]) -> tuple[Told, ...]:
    """Ticked lines as remarks, in order: neighbouring lines of one speaker within five minutes are one remark.

    `ticked` are positions in `lines` from 0. Raises `NothingTicked` when none of them holds words.
    """
    told: list[Told] = []
    previous = -2
    for position in sorted({at for at in ticked if 0 <= at < len(lines)}):
        line = lines[position]
        if not normal_text(line.text) or not line.can_be_ticked:
            continue
        if told and position == previous + 1 and _in_one_breath(told[-1], lines[previous], line):
            told[-1] = Told(told[-1].speaker, told[-1].said_at, f"{told[-1].text}\n{line.text.strip()}")
        else:
            told.append(Told(line.speaker, line.said_at, line.text.strip()))
        previous = position
    if not told:
        raise NothingTicked
    return tuple(told)


def _in_one_breath(told: Told, before: ChatLine, line: ChatLine) -> bool:
    if not line.speaker or line.speaker != told.speaker:
        return False
    if line.said_at is None or before.said_at is None:
        return line.said_at is before.said_at
    return timedelta(0) <= line.said_at - before.said_at <= ONE_BREATH
