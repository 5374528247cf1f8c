"""The hand-over book (交接本): all that the next clerk of a unit must know, each thing with its number.

It stands above the stages, because it reads many of them and writes none: open orders with their clocks, what went up,
problem orders, extensions that wait, urgings to answer, follow-ups, the people of the unit and who stands in for whom.
Called by the pages; `reading` asks, `wording` sets the paper.
"""

from .reading import HandOver, OpenOrder, Person, read_hand_over
from .wording import book_of

__all__ = ["HandOver", "OpenOrder", "Person", "book_of", "read_hand_over"]
