"""Everything that can be done to pairs of need and offer."""

from .deciding import book, confirm_match, join_offer, make_match, refuse_match, release, release_gone
from .proposing import propose_matches

__all__ = [
    "book",
    "confirm_match",
    "join_offer",
    "make_match",
    "propose_matches",
    "refuse_match",
    "release",
    "release_gone",
]
