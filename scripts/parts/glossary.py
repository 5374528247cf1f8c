"""The tables of docs/glossary.md, made from the words; called by scripts/glossary and its test.

Everything above the mark is written by hand and stays; everything below is made anew.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

TOP = Path(__file__).resolve().parents[2]
GLOSSARY = TOP / "docs" / "glossary.md"
MARK = "<!-- Below this line: written by scripts/glossary from src/diancai/words -->\n"


def load_words() -> ModuleType:
    """The room by its path, so that no virtual environment is needed."""
    sys.path.insert(0, str(TOP / "src"))
    return importlib.import_module("diancai.words")


def vocabularies() -> Iterator[Any]:
    """Every closed list of the words module, in the order of the room."""
    words = load_words()
    for thing in list(vars(words).values()):
        if isinstance(thing, type) and issubclass(thing, words.Word) and thing is not words.Word:
            yield thing


def table(vocabulary: Any) -> str:
    """One section: what the list is about, then code, Chinese and English of each member."""
    about = (vocabulary.__doc__ or "").strip().splitlines()[0]
    rows = [f"| `{member.name}` | `{member.value}` | {member.zh} | {member.en} |" for member in vocabulary]
    head = [f"## {vocabulary.__name__}", "", about, "", "| code | stored | 中文 | English |", "|---|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def made_part() -> str:
    return "".join(f"\n{table(vocabulary)}" for vocabulary in vocabularies())


def main() -> None:
    by_hand = GLOSSARY.read_text(encoding="utf-8").partition(MARK)[0]
    GLOSSARY.write_text(by_hand + MARK + made_part(), encoding="utf-8")


if __name__ == "__main__":
    main()
