"""Reading the words of a command: what is not understood is told in both languages, with exit code 2."""

import argparse
import re
import sys
from typing import NoReturn

NOT_UNDERSTOOD = 2
# What argparse says, and the same in Chinese; the group is the name of the argument or the words that were typed.
COMPLAINTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (r"the following arguments are required: (?P<what>.+)", "还缺：{what}"),
        (r"unrecognized arguments: (?P<what>.+)", "没看懂：{what}"),
        (r"argument (?P<what>[^:]+): invalid choice: (?P<typed>.+?) \(choose from (?P<choices>.+)\)",
         "{what} 不能是 {typed}，可以是 {choices}"),
        (r"argument (?P<what>[^:]+): invalid int value: (?P<typed>.+)", "{what} 要写整数，不能是 {typed}"),
        (r"argument (?P<what>[^:]+): expected .*argument.*", "{what} 后面要写一个值"),
    )
)  # fmt: skip


class WordsParser(argparse.ArgumentParser):
    """An argument parser that refuses in Chinese and English and names the help of its command."""

    def error(self, message: str) -> NoReturn:
        """Print what was wrong and how to go on; exit code 2."""
        self.print_usage(sys.stderr)
        told = f"{in_chinese(message)}。说明见：{self.prog} --help\n{message}; for help: {self.prog} --help\n"
        self.exit(NOT_UNDERSTOOD, told)


def in_chinese(message: str) -> str:
    """What argparse complains about, in Chinese."""
    for pattern, told in COMPLAINTS:
        if found := pattern.fullmatch(message):
            return told.format(**found.groupdict())
    return "这条命令的参数没有写对"
