"""How far a need has come: the one door through which later stages write it (design 8.10)."""

from datetime import datetime

from django.db import transaction

from diancai.stages.need.keeping import locked, save, tell
from diancai.words import NeedProgress


@transaction.atomic
def set_progress(*, need_id: int, progress: NeedProgress | str, at: datetime) -> None:
    """Write the progress that a later stage derived; no step of the history, since the order has its own."""
    need = locked(need_id)
    wanted = NeedProgress(progress)
    if need.progress == wanted:
        return
    need.progress = wanted
    save(need, at, "progress")
    tell("need.progressed", [need], by=None, at=at, progress=wanted.value)
