"""`diancai engine …`: the text engine alone, as `python -m diancai.engine`."""

import argparse
import sys

from diancai.interfaces.console.command import Command


def _engine(given: argparse.Namespace) -> int:
    from diancai.engine.command.run import main

    try:
        return int(main(given.words))
    except SystemExit as told:
        # The engine's own parser says in English what it did not understand.
        if told.code:
            print("没看懂这些词；说明见：diancai engine --help", file=sys.stderr)
        return int(told.code or 0)


ENGINE = Command(
    "engine",
    "单独使用文本引擎（分类、归并、匹配、取数…）",
    "the text engine alone",
    "diancai engine dedupe remarks.csv",
    _engine,
    needs_database=False,
    reads_own_words=True,
)
