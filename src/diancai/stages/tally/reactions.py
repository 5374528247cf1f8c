"""What tally answers: every act on a counted record marks the cells that count it, in the act's own transaction.

A bulk act names the places and months that it touched; the act on one record names the record, whose month is that of
its own beginning, not of the act. Marking too much costs a rebuild, marking too little would tell a wrong figure.
"""

from collections.abc import Iterator

from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import listen
from diancai.ground.ledger.models import Event
from diancai.ground.people.who_may import Scope
from diancai.ground.place.queries import get_scope
from diancai.ground.work.actions import Running, handles
from diancai.stages.tally.actions import mark_cells, rebuild_dirty
from diancai.stages.tally.counting import COUNTED
from diancai.stages.tally.indicators import reactions as indicators
from diancai.stages.tally.indicators.reactions import named
from diancai.stages.tally.rules import CellKey, cell_of, month_of

# Which rules an event of a stage may touch, and under which names its details hold identifiers of their records.
TOUCHED: dict[str, tuple[str, ...]] = {
    "remark.": ("remarks",),
    "batch.": ("remarks",),
    "need.": ("needs",),
    "proposal.": ("needs",),
    "demand.": ("needs",),
    "offer.": ("offers",),
    "match.": ("needs",),
    "order.": ("orders", "needs"),
}
SUBJECTS = {"remarks": "remark", "needs": "need", "offers": "offer", "orders": "order"}
# Events of one new record whose details and place name its cell: the record itself need not be read again.
NAMES_ITS_CELL = ("remark.recorded",)
JOB = "tally.rebuild"


def on_event(event: Event) -> None:
    """Mark what the event touched."""
    stage = event.kind.partition(".")[0] + "."
    for rule in TOUCHED[stage]:
        named = set(_named(rule, event))
        mark_cells(named if named and event.kind in NAMES_ITS_CELL else named | set(_of_records(rule, event)))


def _named(rule: str, event: Event) -> Iterator[CellKey]:
    """Cells of the places and months that a bulk act names."""
    details = event.details
    if SUBJECTS[rule] not in (event.kind.partition(".")[0], event.subject_kind) and event.subject_kind != "batch":
        return
    programme_id = details.get("programme") or details.get("programme_id")
    months = details.get("months") or ([details["month"]] if details.get("month") else [])
    if not programme_id or not months:
        return
    scopes = [_scope_of(code) for code in details.get("places", [])] or [_scope_of_event(event)]
    for scope in scopes:
        for month in months:
            yield CellKey(rule, programme_id, cell_of(scope), month)


def _of_records(rule: str, event: Event) -> Iterator[CellKey]:
    """Cells of the records that the event names."""
    ids = set(named(SUBJECTS[rule], event))
    if not ids:
        return
    counted = COUNTED[rule]
    columns = ("programme_id", "prefecture_code", "county_code", counted.at)
    found = counted.table._default_manager.filter(pk__in=ids).order_by().values_list(*columns)
    for programme_id, prefecture, county, at in found:
        month = month_of(timezone.localdate(at))
        yield CellKey(rule, programme_id, cell_of(Scope(prefecture, county)), month)


def _scope_of(code: str) -> Scope:
    try:
        return get_scope(code)
    except NotFound:
        return Scope()


def _scope_of_event(event: Event) -> Scope:
    return Scope(event.prefecture_code, event.county_code)


@handles(JOB)
def run(running: Running) -> dict[str, object]:
    """Rebuild what is marked, so that the next reader does not wait."""
    return {"rebuilt": rebuild_dirty()}


def register() -> None:
    """Called once by the app's `ready`."""
    for stage in TOUCHED:
        listen(stage, on_event)
    indicators.register()
