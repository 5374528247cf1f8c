"""The database is the last judge: a broken constraint becomes the refusal that a stage's catalogue names for it.

Called by actions around their writes. PostgreSQL names the constraint; SQLite names a check by its name and a unique
one by its columns (`order_order.need_id`), so a catalogue may hold both spellings.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from diancai.ground.errors import Refusal


@contextmanager
def judged(catalogue: Mapping[str, Refusal]) -> Iterator[None]:
    """Run the writes in a savepoint; raise the catalogue's refusal for a constraint that they break."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = refusal_for(error, catalogue)
        if refusal is None:
            raise
        raise refusal from error


def refusal_for(error: IntegrityError, catalogue: Mapping[str, Refusal]) -> Refusal | None:
    """The refusal for the constraint that the error names, the longest name first; None for one not listed."""
    said = str(error)
    for name in sorted(catalogue, key=len, reverse=True):
        if name in said:
            return catalogue[name]
    return None
