"""A list that is printed, signed and entered, as the stories of all stages need it."""

from datetime import date
from typing import Any

from diancai.ground.slip.rows import Signing
from diancai.ground.uploads.files import FileGiven
from diancai.stages.need import actions as demand
from diancai.stages.supply import actions as supply

SCAN = FileGiven("送审单.png", b"\x89PNG\r\n\x1a\n a signed slip")


def signing(on: date, by: str = "张主任", scan: FileGiven | None = SCAN, paper: str = "") -> Signing:
    """What a clerk enters when the paper comes back."""
    return Signing(by, on, scan, paper)


def sign_demand(edition_id: int, *, on: date, **told: Any) -> None:
    """Print the slip of a demand list and enter it as signed; `told` are `by` and `at`."""
    demand.print_slip(edition_id=edition_id, **told)
    demand.sign_edition(edition_id=edition_id, signing=signing(on), **told)


def sign_supply(edition_id: int, *, on: date, signed_by: str = "吴敏", **told: Any) -> None:
    """The same for a supply list."""
    supply.print_slip(edition_id=edition_id, **told)
    supply.sign_edition(edition_id=edition_id, signing=signing(on, signed_by), **told)
