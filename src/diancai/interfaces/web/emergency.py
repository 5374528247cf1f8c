"""Emergencies that nobody has settled: they stand on top of pages with whom to call, until they are.

What an officer marked, or the digest recognised, as a danger to life is a need with the route `emergency`. It is
settled once the review accepted it, or left it out with a reason that says what was done.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import StationRow, get_station
from diancai.interfaces.web.desk import Desk
from diancai.stages.need.queries import list_needs
from diancai.stages.need.rows import NeedRow
from diancai.stages.remark.rows import RemarkRow
from diancai.words import NeedState, Route

MOST = 5
WAITING = (NeedState.PROPOSED, NeedState.COMBED)


@dataclass(frozen=True, slots=True)
class OpenEmergency:
    """A need that presses, and the station whose duty phone is called."""

    need: NeedRow
    station: StationRow | None


def is_open(row: NeedRow) -> bool:
    """Whether the need is an emergency that the review has not settled."""
    return row.route == Route.EMERGENCY and row.state in WAITING


def open_emergencies(desk: Desk) -> list[OpenEmergency]:
    """The newest unsettled emergencies of the desk's places."""
    if not desk.may(Act.SEE_NEED):
        return []
    found = [
        row
        for state in WAITING
        for row in list_needs(
            desk.account, programme_id=desk.programme_id, route=Route.EMERGENCY, state=state, limit=MOST
        ).rows
    ]
    return [OpenEmergency(row, get_station(row.place_code)) for row in found[:MOST]]


def must_call(remark: RemarkRow, needs: Iterable[NeedRow]) -> bool:
    """Whether the page of a remark still begins with the call buttons."""
    waits = remark.is_emergency and remark.state == "waiting"
    return waits or any(is_open(row) for row in needs)
