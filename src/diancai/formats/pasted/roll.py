"""A 接龙: a numbered roll that grows as each member adds a line. Called by the chat reader and the sheet reader."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

START = re.compile(r"^\s*#?\s*(?:接龙|群接龙)\s*[：:]?\s*(.*)$")
ENTRY = re.compile(r"^\s*(\d{1,4})\s*[.、．。)）:：]\s*(.*)$")
EXAMPLE = re.compile(r"^(?:例|示例|格式)\s*[：:]?")
# A name at the start of an entry: at most 8 characters, then a blank or a sign.
NAME = re.compile(r"^([^\s：:，,。；;、\-—]{1,8})\s*[\s：:，,；;—\-]+\s*(\S.*)$", re.DOTALL)
SENTENCE_START = re.compile(r"^(?:想|要|需|请|希望|建议|能不能|咋|我|咱|把|给|没|村里|路|水|农|种|养)")


@dataclass(frozen=True, slots=True)
class RollEntry:
    """One entry: its number, the name it opens with ("" where none is told), its text, its line in the paste."""

    number: int
    name: str
    text: str
    line: int


def looks_like_a_roll(lines: Sequence[str]) -> bool:
    """Whether lines are a roll: a 接龙 mark with an entry, or at least two entries and hardly anything else."""
    entries = sum(bool(ENTRY.match(line)) for line in lines)
    told = sum(bool(line.strip()) for line in lines)
    marked = any(START.match(line) and "接龙" in line for line in lines)
    return (marked and entries >= 1) or (entries >= 2 and entries * 2 >= told)


def read_roll(text: str) -> list[RollEntry]:
    """The entries of a roll in order. Of several copies, as members resend it, the longest last one counts."""
    copies: list[list[RollEntry]] = [[]]
    last = 0
    for number, line in enumerate(text.splitlines(), 1):
        entry = ENTRY.match(line)
        if entry:
            value = int(entry.group(1))
            if copies[-1] and value <= last:
                copies.append([])
            last = value
            if entry.group(2).strip():
                copies[-1].append(_entry(value, entry.group(2), number))
        elif line.strip() and copies[-1] and not START.match(line) and not EXAMPLE.match(line.strip()):
            copies[-1][-1] = _longer(copies[-1][-1], line.strip())
        elif START.match(line) and "接龙" in line:
            copies.append([])
            last = 0
    return _united([copy for copy in copies if copy])


def _entry(number: int, said: str, line: int) -> RollEntry:
    named = NAME.match(said.strip())
    if named and not SENTENCE_START.match(named.group(1)):
        return RollEntry(number, named.group(1), named.group(2).strip(), line)
    return RollEntry(number, "", said.strip(), line)


def _longer(entry: RollEntry, more: str) -> RollEntry:
    return RollEntry(entry.number, entry.name, f"{entry.text}\n{more}", entry.line)


def _united(copies: list[list[RollEntry]]) -> list[RollEntry]:
    """Later copies repeat earlier ones and add; what an earlier copy had and no later one has is kept."""
    united: list[RollEntry] = []
    said: set[tuple[str, str]] = set()
    for copy in reversed(copies):
        fresh = [entry for entry in copy if (entry.name, entry.text) not in said]
        said.update((entry.name, entry.text) for entry in fresh)
        united = fresh + united
    return united
