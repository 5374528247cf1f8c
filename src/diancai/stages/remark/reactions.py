"""The jobs of this stage: reading, committing and withdrawing an import; its chore. It answers no earlier stage."""

from typing import Any

from diancai.ground.people.models import Account
from diancai.ground.work.actions import Running, every, handles
from diancai.stages.remark.actions import commit_batch, read_kept_sheet, withdraw_batch
from diancai.stages.remark.errors import BatchWithdrawn
from diancai.stages.remark.kept_sheets import clear_old
from diancai.stages.remark.queries import count_rows


@handles("remark.read")
def run_reading(running: Running) -> dict[str, Any]:
    """Read a big sheet; killed and taken up again, rows that were written stay."""
    by = Account.objects.get(pk=running.arguments["by_id"])
    return {"rows": read_kept_sheet(by=by, batch_id=running.arguments["batch_id"], progress=running.progress)}


@handles("remark.import")
def run_import(running: Running) -> dict[str, Any]:
    """Commit a batch; killed and taken up again, it goes on where it stood; withdrawn meanwhile, it is done."""
    by, batch_id = Account.objects.get(pk=running.arguments["by_id"]), running.arguments["batch_id"]
    try:
        counts = commit_batch(by=by, at=running.clock(), batch_id=batch_id, progress=running.progress)
    except BatchWithdrawn:
        counts = count_rows([batch_id])[batch_id]
    return {name: getattr(counts, name) for name in counts.__slots__}


@handles("remark.withdraw")
def run_withdrawal(running: Running) -> dict[str, Any]:
    """Withdraw a batch; when it is withdrawn already the work is done."""
    by = Account.objects.get(pk=running.arguments["by_id"])
    try:
        count = withdraw_batch(
            by=by,
            at=running.clock(),
            batch_id=running.arguments["batch_id"],
            progress=running.progress,
        )
    except BatchWithdrawn:
        count = 0
    return {"count": count}


@every(3600)
def clear_kept_sheets() -> None:
    """Sheets that nobody came back to go after a day, whether another is given in or not."""
    clear_old()
