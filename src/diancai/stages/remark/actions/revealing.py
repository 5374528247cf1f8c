"""Opening what is sealed, for a stated purpose, with a line in the ledger."""

from datetime import datetime

from django.db import transaction

from diancai.engine.said.masking import mask
from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can, check
from diancai.ground.people.who_may import Act
from diancai.stages.remark.errors import PurposeMissing
from diancai.stages.remark.models import Remark
from diancai.stages.remark.rows import Revealed

SHORTEST_PURPOSE = 4


@transaction.atomic
def reveal(*, by: Account, at: datetime, remark_id: int, purpose: str) -> Revealed:
    """The verbatim words, name and phone of a remark; a diverted one only for the office that handles it.

    Raises `NotFound`, `NotAllowed`, `PurposeMissing`.
    """
    remark = Remark.objects.filter(pk=remark_id).first()
    if remark is None:
        raise NotFound
    scope = remark.scope
    if remark.is_diverted and not can(by, Act.SEE_DIVERTED, scope):
        raise NotFound
    check(by, Act.REVEAL_PERSONAL, scope)
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise PurposeMissing
    record(
        "remark.revealed",
        subject=("remark", remark.pk),
        by=by,
        at=at,
        scope=scope,
        words={"purpose": mask(purpose.strip()).shown[:200]},
    )
    return Revealed(remark.verbatim, remark.verbatim_subject, remark.speaker, remark.phone)
