"""What a command is."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass


class Failed(Exception):
    """A command that could not do its work; the text says what to do, `code` is the exit code."""

    def __init__(self, zh: str, en: str, code: int = 1) -> None:
        super().__init__(f"{zh}\n{en}")
        self.code = code


def _nothing(parser: argparse.ArgumentParser) -> None:
    """A command without arguments."""


@dataclass(frozen=True)
class Command:
    """Name as typed (`ledger verify`), one line of help in each language, an example, and what to run."""

    name: str
    zh: str
    en: str
    example: str
    run: Callable[[argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] = _nothing
    needs_database: bool = True
    reads_own_words: bool = False  # its words, --help too, go to `run` as they are, in `given.words`
