"""Arguments, and which command answers; exit codes: 0 done, 2 a file as a whole is unusable or the call is wrong."""

import argparse
import os
import sys
from collections.abc import Sequence

from .refusals import Unusable


def parser() -> argparse.ArgumentParser:
    """All commands of the contract."""
    top = argparse.ArgumentParser(prog="python -m diancai.engine", description="点菜文本引擎：逐行输出 JSON")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    learn = _command(commands, "learn", "从已标注文本学习类别", "texts")
    learn.add_argument("--model", required=True)
    learn.add_argument("--topics", help="标注还少时，用主题名称一起学")
    learn.add_argument("--texts", dest="unlabelled", help="与 --topics 同用：未标注文本")
    classify = _command(commands, "classify", "给文本归类", "texts")
    source = classify.add_mutually_exclusive_group(required=True)
    source.add_argument("--model")
    source.add_argument("--topics")
    classify.add_argument("--level", type=int, default=1, help="主题表的第几级作类别")
    _command(commands, "dedupe", "把说同一件事的文本归并", "texts")
    _command(commands, "similar", "两段文本有多相近（a、b 两列）", "pairs")
    match = _command(commands, "match", "需求找供给", "needs", "offers")
    match.add_argument("--top", type=int, default=10)
    route = _command(commands, "route", "按以往办理学习该派给谁", "history", "new")
    route.add_argument("--target", required=True)
    route.add_argument("--time")
    route.add_argument("--top", type=int, default=3)
    _command(commands, "figures", "从工作报告取数", "report")
    digest = _command(commands, "digest", "把群众原话拆成需求", "remarks")
    digest.add_argument("--places", help="地名表所在文件夹")
    digest.add_argument("--topics")
    plan = _command(commands, "plan", "排集中服务计划", "instance")
    plan.add_argument("--seconds", type=float, default=2.0)
    plan.add_argument("--seed", type=int, default=0)
    return top


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, told: str, *files: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=told, description=told)
    for file in files:
        command.add_argument(file, metavar=file.upper())
    command.add_argument("--plain", action="store_true", help="不用语义模型（第一版本来就不用）")
    return command


def main(arguments: Sequence[str]) -> int:
    """Run one command; the answer goes to stdout, everything else to stderr."""
    given = parser().parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        _answer(given)
        sys.stdout.flush()
    except Unusable as refused:
        print(refused.line(), file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader has enough; without this Python would complain while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _answer(given: argparse.Namespace) -> None:
    """Only the rooms of the asked command are imported: a first answer must not wait for the others."""
    if given.command in ("learn", "classify", "dedupe", "similar"):
        from . import texts  # noqa: PLC0415

        getattr(texts, given.command)(given, sys.stdout)
    elif given.command in ("match", "route"):
        from . import pairing  # noqa: PLC0415

        getattr(pairing, given.command)(given, sys.stdout)
    else:
        from . import reports  # noqa: PLC0415

        getattr(reports, given.command)(given, sys.stdout)
