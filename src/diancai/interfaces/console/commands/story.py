"""`diancai demo …`: the real case of 2019–20, loaded once."""

import argparse

from diancai.interfaces.console.command import Command, Failed


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="已装入就什么也不做 nothing when it is there already")


def _load(given: argparse.Namespace) -> int:
    from django.db import transaction
    from django.utils import timezone

    from diancai.interfaces.console.story import tell
    from diancai.interfaces.console.story.stage import Stage
    from diancai.stages.remark.queries import has_remarks

    if has_remarks(Stage().programme.id):
        if given.once:
            return 0
        raise Failed(
            "库里已经有原话，演示只能装进空库；重装请用 scripts/demo。",
            "There are remarks already: the demo goes into an empty database only; scripts/demo loads it anew.",
        )
    # One transaction, so that a demo that was stopped half-way is not there at all.
    with transaction.atomic():
        tell(print, timezone.localdate())
    return 0


def _accounts(given: argparse.Namespace) -> int:
    from diancai.interfaces.console.story.stage import PASSWORD, rows_of

    print(f"演示账号，密码都是 {PASSWORD}  demo accounts, one password:")
    for row in rows_of("people.csv"):
        print(f"  {row['username']:<10} {row['name']}  {row['says']}")
    return 0


COMMANDS = (
    Command("demo load", "装入演示", "load the demo", "diancai demo load --once", _load, _arguments),
    Command("demo accounts", "列出演示账号", "list the demo accounts", "diancai demo accounts", _accounts),
)
