"""What the digest of `need` writes back on remarks, inside its own transaction."""

from collections.abc import Sequence
from datetime import datetime

from diancai.stages.remark.models import IN_FORCE, Remark


def mark_digested(remark_ids: Sequence[int], *, at: datetime) -> frozenset[int]:
    """Mark remarks as digested, at most 200; returns those that were not before and are in force.

    Must be called inside the transaction that writes their needs: the rows are locked, so that of two workers only one
    gets each remark.
    """
    waiting = Remark.objects.select_for_update().filter(IN_FORCE, pk__in=remark_ids, digested_at=None)
    taken = frozenset(waiting.values_list("pk", flat=True))
    Remark.objects.filter(pk__in=taken).update(digested_at=at)
    return taken
