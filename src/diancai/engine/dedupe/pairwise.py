"""How alike the two texts of a pair are."""

from collections.abc import Sequence

from .items import Item


def likeness(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """For each pair of texts a score, 0 to 1: identical texts 1, without a word or character pair in common 0.

    Rarity is judged over all texts of all pairs, so that what they all say counts little.
    """
    from .vectors import table  # noqa: PLC0415  (scipy)

    if not pairs:
        return []
    lefts = [Item(str(at), left) for at, (left, _) in enumerate(pairs)]
    rights = [Item(str(at), right) for at, (_, right) in enumerate(pairs)]
    rows, _ = table([*lefts, *rights])
    products = rows[: len(pairs)].multiply(rows[len(pairs) :]).sum(axis=1)
    return [
        1.0 if left.key and left.key == right.key else round(min(max(float(product), 0.0), 1.0), 4)
        for left, right, product in zip(lefts, rights, products, strict=True)
    ]
