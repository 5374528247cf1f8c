"""The run over many clocks: what changed by itself each hour, everything after a changed calendar, hour or rule.

Each batch is done by `batch`; a run over very many orders is shared out among processes by `processes`.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import Q

from diancai.stages.order.clocking.batch import Recomputed, run_batch
from diancai.stages.order.clocking.processes import in_processes, may_share
from diancai.stages.order.clocking.rulebook import rulebook
from diancai.stages.order.models import Assignment, ClockRun, Order
from diancai.words import ClockState

BATCH = 2000
Watch = Callable[[int], None]  # how many orders have been looked at


def advance(at: datetime) -> Recomputed:
    """The hourly run: the clocks whose time has come and those that stand still; all clocks when a file of rules has
    changed since the last run, closed orders too."""
    rules = rulebook(at)
    last = ClockRun.objects.order_by("pk").first()
    if last is None or last.rules != rules.digest:
        done = recompute(at)
        ClockRun.objects.all().delete()
        ClockRun.objects.create(rules=rules.digest, at=at)
        return done
    parts = Assignment.objects.filter(next_change_at__lte=at).order_by().values("order_id")
    # Three reads, each by its index: with OR between them every order would be looked at.
    due = (Q(next_change_at__lte=at), Q(clock_state=ClockState.PAUSED), Q(pk__in=parts))
    return _run(sorted({pk for which in due for pk in _ids(which)}), at)


def recompute(at: datetime, *, check: bool = False, watch: Watch | None = None) -> Recomputed:
    """Every clock anew from its facts. With `check` nothing is written and nothing told: which orders differ."""
    return _run(list(_ids(Q())), at, check=check, watch=watch)


def _ids(which: Q) -> Iterable[int]:
    return Order.objects.filter(which).order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH)


def _run(ids: list[int], at: datetime, *, check: bool = False, watch: Watch | None = None) -> Recomputed:
    batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    done, rules = Recomputed(), rulebook(at)
    each_done = (
        in_processes(batches, at, check=check)
        if may_share(len(ids))
        else (run_batch(batch, rules, at, check=check) for batch in batches)
    )
    for one in each_done:
        done.add(one)
        if watch is not None:
            watch(done.seen)
    return done
