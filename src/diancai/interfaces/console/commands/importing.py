"""`diancai import …`: sheets from the shell, through the same actions as the page."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diancai.interfaces.console.command import Command
from diancai.interfaces.console.commands.given import account_of, bar, content_of, now, place_of, programme_of, show
from diancai.words import RowFate, Source

if TYPE_CHECKING:
    from diancai.stages.remark.rows import BatchRow, SheetRow

MOST_ROWS_TOLD = 20
JOBS = {"need.digest": "归纳", "need.recount": "重算", "match.propose": "匹配"}


def _sheet_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="xlsx xls ods csv")
    parser.add_argument("--by", required=True, help="以谁的账号导入 user name")
    parser.add_argument("--place", default="1508", help="没有写地名的行算哪里（区划代码）place of rows without one")
    parser.add_argument("--programme", default="", help="行动的键，默认最近一个 key of the programme")
    parser.add_argument("--dry-run", action="store_true", help="只试导入，不入库 read only")


def _remark_arguments(parser: argparse.ArgumentParser) -> None:
    _sheet_arguments(parser)
    parser.add_argument("--source", default="survey", choices=[source.value for source in Source], help="来源 source")


def _remarks(given: argparse.Namespace) -> int:
    from diancai.stages.remark.actions import commit_batch, read_sheet
    from diancai.stages.remark.queries import get_batch, list_batch_rows

    by = account_of(given.by)
    batch = read_sheet(
        **_told(given), by=by, at=now(), source=Source(given.source), progress=bar("读取 reading"),
    )  # fmt: skip
    if not given.dry_run:
        commit_batch(by=by, at=now(), batch_id=batch, progress=bar("导入 importing"))
    mending = list_batch_rows(by, batch, fate=RowFate.NEEDS_MENDING, limit=MOST_ROWS_TOLD)
    _tell(get_batch(by, batch), mending)
    return _finish_jobs(given)


def _offers(given: argparse.Namespace) -> int:
    from diancai.stages.supply.actions import commit_offer_batch, read_offer_sheet
    from diancai.stages.supply.queries import get_offer_batch, list_offer_batch_rows

    by = account_of(given.by)
    batch = read_offer_sheet(**_told(given), by=by, at=now(), progress=bar("读取 reading"))
    if not given.dry_run:
        commit_offer_batch(by=by, at=now(), batch_id=batch, progress=bar("导入 importing"))
    mending = list_offer_batch_rows(by, batch, fate=RowFate.NEEDS_MENDING, limit=MOST_ROWS_TOLD)
    _tell(get_offer_batch(by, batch), mending)
    return _finish_jobs(given)


def _told(given: argparse.Namespace) -> dict[str, Any]:
    """What both kinds of sheet are read with."""
    return {
        "programme_id": programme_of(given.programme),
        "place_code": place_of(given.place),
        "file_name": given.file.name,
        "content": content_of(given.file),
    }


def _tell(batch: "BatchRow", mending: Sequence["SheetRow"]) -> None:
    """The fates of all rows, what the reader noticed, and why rows were not taken: they are kept, to be mended."""
    told = ", ".join(f"{fate.zh} {fate.en} {getattr(batch.counts, fate.value)}" for fate in RowFate)
    print(f"批次 batch {batch.id}: {told}")
    for notice in batch.warnings:
        print(f"{notice.zh}\n{notice.en}")
    for row in mending:
        for problem in row.problems:
            print(f"第 {row.number} 行：{problem.zh}\n  row {row.number}: {problem.en}")
    if (more := batch.counts.needs_mending - len(mending)) > 0:
        print(f"还有 {more} 行待修正。\n{more} more rows need mending.")
    if mending:
        print("这些行都留着，可在网页“导入”里逐行修改后再导入。\nThese rows are kept: mend them on the import page.")


def _finish_jobs(given: argparse.Namespace) -> int:
    """Do the jobs that follow an import; what another worker does meanwhile is left to it."""
    from diancai.ground.work.actions import run_all

    if not given.dry_run:
        run_all(watch=_watch)
    return 0


def _watch(kind: str, done: int, total: int) -> None:
    show(f"{JOBS.get(kind, kind)} {kind}", done, total)


def _undo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("batch", type=int, help="批次号 number of the batch")
    parser.add_argument("--by", required=True, help="以谁的账号撤回 user name")
    parser.add_argument("--reason", default="撤回导入", help="原因 reason")


def _undo(given: argparse.Namespace) -> int:
    from diancai.ground.work.actions import run_all

    by = account_of(given.by)
    count = _withdraw_offers(by, given.batch)
    if count is None:
        from diancai.stages.remark.actions import withdraw_batch

        progress = bar("撤回 withdrawing")
        count = withdraw_batch(by=by, at=now(), batch_id=given.batch, reason=given.reason, progress=progress)
    run_all(watch=_watch)
    print(f"撤回 {count} 条；再导入同一个文件即可恢复。\n{count} withdrawn; importing the file again revives them.")
    return 0


def _withdraw_offers(by: Any, batch: int) -> int | None:
    """How many offers were withdrawn; None when the batch holds no offers."""
    from diancai.ground.errors import Refusal
    from diancai.stages.supply.actions import withdraw_offer_batch
    from diancai.stages.supply.queries import get_offer_batch

    try:
        get_offer_batch(by, batch)
    except Refusal:
        return None
    return int(withdraw_offer_batch(by=by, at=now(), batch_id=batch))


COMMANDS = (
    Command(
        "import remarks", "导入群众原话（Excel、CSV）", "import remarks from a sheet",
        "diancai import remarks 原话.xlsx --by lifang --place 150821", _remarks, _remark_arguments,
    ),
    Command(
        "import offers", "导入服务项目", "import offers from a sheet",
        "diancai import offers 服务项目.xlsx --by sunliang", _offers, _sheet_arguments,
    ),
    Command(
        "import undo", "撤回一批导入的原话或服务项目", "withdraw an imported batch",
        "diancai import undo 3 --by lifang", _undo, _undo_arguments,
    ),
)  # fmt: skip
