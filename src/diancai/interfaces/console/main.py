"""`diancai`: the console door. One screen of help, one command a module in `commands/`, no domain rule here."""

import argparse
import os
import sys
from collections.abc import Sequence

from diancai.interfaces.console.command import Command, Failed
from diancai.interfaces.console.commands import COMMANDS
from diancai.interfaces.console.parser import NOT_UNDERSTOOD, WordsParser

INTRODUCTION = """点菜 diancai：群众点菜，政府配餐。

用法 usage: diancai COMMAND [...]        一条命令的说明 help of one command: diancai COMMAND --help
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused, 2 not understood."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"-h", "--help", "help"}:
        print(overview())
        return 0
    command = _find(words)
    if command is None:
        print(_unknown(words), file=sys.stderr)
        return NOT_UNDERSTOOD
    return _run(command, words[len(command.name.split()) :])


def overview() -> str:
    """Every command on one screen, each with an example."""
    lines = [f"  {c.name:<17}{c.zh}  {c.en}\n{'':<19}$ {c.example}" for c in COMMANDS]
    return "\n".join([INTRODUCTION, *lines])


def parser_of(command: Command) -> argparse.ArgumentParser:
    """What understands the words behind a command's name."""
    parser = WordsParser(
        prog=f"diancai {command.name}",
        description=f"{command.zh}\n{command.en}",
        epilog=f"$ {command.example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.arguments(parser)
    return parser


def _find(words: list[str]) -> Command | None:
    named = [c for c in COMMANDS if c.name.split() == words[: len(c.name.split())]]
    return max(named, key=lambda command: len(command.name), default=None)


def _unknown(words: list[str]) -> str:
    """What to say of words that name no command; `import` alone names the ones that begin so."""
    typed, near = " ".join(words[:2]), [c.name for c in COMMANDS if c.name.split()[0] == words[0]]
    zh, en = (f"，有 {'、'.join(near)}", f"; there are {', '.join(near)}") if near else ("", "")
    return (
        f"没有“{typed}”这条命令{zh}；diancai --help 列出全部。\n"
        f"There is no command “{typed}”{en}; diancai --help lists them all."
    )


def _run(command: Command, words: list[str]) -> int:
    try:
        given = argparse.Namespace(words=words) if command.reads_own_words else parser_of(command).parse_args(words)
    except SystemExit as told:
        # The help was printed, or the words were refused.
        return int(told.code or 0)
    try:
        return _do(command, given)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return failure.code


def _do(command: Command, given: argparse.Namespace) -> int:
    """Run the command, with what the rooms behind it refuse turned into both languages."""
    from diancai.formats.errors import Refusal as FileRefusal

    try:
        return _in_django(command, given) if command.needs_database else command.run(given)
    except FileRefusal as refusal:
        raise Failed(refusal.zh, refusal.en, NOT_UNDERSTOOD) from refusal


def _in_django(command: Command, given: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diancai.project.settings")
    import django
    from django.db.utils import OperationalError, ProgrammingError

    from diancai.ground.errors import Refusal

    django.setup()
    try:
        return command.run(given)
    except Refusal as refusal:
        raise Failed(refusal.text("zh"), refusal.text("en")) from refusal
    except (OperationalError, ProgrammingError) as error:
        raise Failed(
            f"数据库现在用不了：{error}。还没有建库的话，先运行 diancai setup。",
            f"The database cannot be used: {error}. If it was not laid yet, run diancai setup first.",
        ) from error
