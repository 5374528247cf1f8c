"""What makes an offer good enough to be listed, how a row is read, how capacity and term are told. Pure."""

from .offer import FIELDS, OfferFields, check_offer, problems_of
from .reading import CellProblem, Read, names_all_places, read_cells
from .telling import tell_capacity, tell_term

__all__ = [
    "FIELDS",
    "CellProblem",
    "OfferFields",
    "Read",
    "check_offer",
    "names_all_places",
    "problems_of",
    "read_cells",
    "tell_capacity",
    "tell_term",
]
