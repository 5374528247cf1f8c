"""Runs a command as the shell does, and gives its exit code with what it printed."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from diancai.interfaces.console.main import main


@dataclass(frozen=True)
class Answer:
    """Exit code, standard output, standard error."""

    code: int
    out: str
    err: str


USAGE = re.compile(r"usage:|\s+[\[{]|\s+file$")
QUOTED = re.compile("“[^”]*”")
CHINESE = re.compile("[\u4e00-\u9fff]")
SPACES_OF_A_SENTENCE = 3
Shell = Callable[..., Answer]


def shell_of(capsys: pytest.CaptureFixture[str]) -> Shell:
    """`shell("jobs")`, `shell("import", "undo", 3, "--by", "lifang")`."""

    def shell(*words: object) -> Answer:
        capsys.readouterr()
        code = main([str(word) for word in words])
        told = capsys.readouterr()
        return Answer(code, told.out, told.err)

    return shell


def speaks_both(words: str) -> bool:
    """Whether a text has a sentence in Chinese and one in English.

    The usage lines of a parser are neither, and what a sentence quotes says nothing about its language.
    """
    lines = [QUOTED.sub("", line).strip() for line in words.splitlines() if not USAGE.match(line)]
    english = [line for line in lines if line[:1].isascii() and line.count(" ") >= SPACES_OF_A_SENTENCE]
    return any(CHINESE.search(line[:20]) for line in lines) and bool(english)
