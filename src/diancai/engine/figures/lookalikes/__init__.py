"""All look-alike checks, in the order in which a candidate is asked; `hidden_by` tells which one hides a number."""

from diancai.engine.figures.lookalikes.base import LookAlike, Spot
from diancai.engine.figures.lookalikes.counting import (
    Age,
    DateOrTime,
    DocumentNumber,
    Ordinal,
    Period,
    ServiceHours,
    Session,
    Temperature,
)
from diancai.engine.figures.lookalikes.naming import Address, Hotline, PlaceName, QuotedName, Specification
from diancai.engine.figures.lookalikes.speaking import (
    BareMagnitude,
    Countless,
    Enumeration,
    Idiom,
    Indefinite,
    Slogan,
)
from diancai.engine.figures.page import Page
from diancai.engine.figures.scan import Candidate

CHECKS: tuple[LookAlike, ...] = tuple(
    check()
    for check in (
        QuotedName,
        DateOrTime,
        Ordinal,
        Session,
        DocumentNumber,
        Hotline,
        PlaceName,
        Specification,
        Address,
        Age,
        Temperature,
        ServiceHours,
        Period,
        BareMagnitude,
        Countless,
        Idiom,
        Indefinite,
        Slogan,
        Enumeration,
    )
)


def hidden_by(page: Page, candidate: Candidate) -> str | None:
    """The id of the first check that knows this number as a look-alike, or None for a figure."""
    spot = Spot(page, candidate)
    return next((check.id for check in CHECKS if check.hides(spot)), None)
