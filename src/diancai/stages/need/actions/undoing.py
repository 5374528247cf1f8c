"""Taking the last step back, always, and the one before it after that."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.stages.need.actions.merging import bring_back, root_of
from diancai.stages.need.actions.standing import check_no_edition, check_no_order
from diancai.stages.need.errors import NothingToUndo
from diancai.stages.need.keeping import check_leave, locked, recount, save, step, tell
from diancai.stages.need.models import Need, NeedSource, NeedStep
from diancai.stages.need.queries.needs import last_undoable
from diancai.stages.need.queries.showing import need_rows
from diancai.stages.need.rows import NeedRow
from diancai.stages.need.rules import Step
from diancai.stages.need.withholding import follow_route
from diancai.words import NeedState

LINKS = {"source", "origin", "need", "parts"}
DAYS = {"wanted_from", "wanted_until"}


@transaction.atomic
def undo_last(*, by: Account, at: datetime, need_id: int) -> NeedRow:
    """Take back the last step of a need that still stands: acceptance, change, merge, parting, split, leaving out.

    Of a merge either side may be named. Returns the need as it stands then. Raises `NotFound`, `NotAllowed`,
    `NothingToUndo`; but for merges, which are undone at any time, `HasOrders` and `EditionHolds` too.
    """
    need = locked(need_id)
    last = last_undoable(list(need.steps.order_by("id")))
    if last is None:
        check_no_edition(need)
        raise NothingToUndo
    if last.by_id == by.pk:
        check(by, Act.COMB_NEED, need.scope)  # whoever took the step may take it back, also after passing it on
    else:
        check_leave(by, root_of(need))
    kind = Step(last.kind)
    if kind in (Step.MERGED, Step.TOOK_IN):
        merged = need if kind == Step.MERGED else locked(last.before["need"])
        if merged.state != NeedState.MERGED:
            raise NothingToUndo
        bring_back(merged, by, at)
    else:
        _take_back(need, last, by, at)
        tell("need.undone", [need], by=by, at=at, undone=kind.value)
    return need_rows([Need.objects.get(pk=need.pk)])[0]


def _take_back(need: Need, last: NeedStep, by: Account, at: datetime) -> None:
    check_no_order(need)
    check_no_edition(need, published=False)  # a step later than the publication changes nothing of it
    last.is_undone = True
    last.save(update_fields=["is_undone"])
    before = dict(last.before)
    touched = [need.pk]
    if last.kind == Step.PARTED:
        touched += _rejoin(need, before, by, at)
    if last.kind == Step.SPLIT:
        touched += _reunite(need, before.pop("parts", []), by, at)
    if last.kind == Step.LEFT_OUT:
        need.left_out_reason = need.state_before = ""
    fields = {name: _value(name, value) for name, value in before.items() if name not in LINKS}
    for name, value in fields.items():
        setattr(need, name, value)
    save(need, at, *fields, "left_out_reason", "state_before")
    recount(touched)
    if "route" in fields:
        follow_route(need, by=by, at=at)


def _rejoin(need: Need, before: dict[str, Any], by: Account, at: datetime) -> list[int]:
    """Bring a parted share back; the need it had meanwhile is merged away, never deleted."""
    source = NeedSource.objects.get(pk=before["source"])
    own = locked(source.need_id)
    if own.pk != need.pk:
        source.need, source.origin_id, source.reason = need, before["origin"], ""
        source.save(update_fields=["need", "origin", "reason"])
        if not own.sources.exists():
            _merge_away(own, need, by, at)
    return [own.pk]


def _reunite(need: Need, parts: list[int], by: Account, at: datetime) -> list[int]:
    """Parts of a split go back into the need; their shares rest on the same remarks and add nothing to it."""
    for part in Need.objects.select_for_update().filter(pk__in=parts).exclude(state=NeedState.MERGED):
        NeedSource.objects.filter(need=part).update(
            need=need, households=None, persons=None, quantity="", wanted_from=None, wanted_until=None
        )
        _merge_away(part, need, by, at)
    return parts


def _merge_away(gone: Need, into: Need, by: Account, at: datetime) -> None:
    check_no_order(gone)
    check_no_edition(gone)
    gone.state_before, gone.state, gone.merged_into, gone.is_live = gone.state, NeedState.MERGED, into, False
    save(gone, at, "state_before", "state", "merged_into", "is_live")
    step(gone, Step.MERGED, by=by, at=at, before={"state": gone.state_before, "need": into.pk}, note="撤销拆分").save()


def _value(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name in DAYS and isinstance(value, str) else value
