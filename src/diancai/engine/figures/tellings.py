"""Double tellings: the same fact told twice in one text (36卷地膜 at the event and again in the running total).

A later figure points to an earlier one of another sentence with the same unit, a matching value and a like thing.
Values match when they are equal, or when 20多 stands beside 20.5. Called by `read_figures`.
"""

from collections import defaultdict, deque

from diancai.engine.figures.figure import Figure

_REMEMBERED = 8  # Of one unit and value; keeps a text of a million equal figures linear.


def told_before(figures: list[Figure], sentences: list[int]) -> list[int | None]:
    """For each figure the `start` of the one that told it first, or None; `sentences` number their sentences."""
    seen: dict[tuple[str, float], deque[int]] = defaultdict(lambda: deque(maxlen=_REMEMBERED))
    told: list[int | None] = []
    for index, figure in enumerate(figures):
        keys = _keys(figure)
        twins = sorted({place for key in keys for place in seen[key]})
        twin = next(
            (place for place in twins if _same_fact(figures[place], figure, sentences[place], sentences[index])), None
        )
        told.append(figures[twin].start if twin is not None else None)
        for key in keys:
            seen[key].append(index)
    return told


def _keys(figure: Figure) -> list[tuple[str, float]]:
    """The value, and what it is called when told as 20多 with one or two leading digits."""
    keys = {figure.value}
    digits = len(str(int(abs(figure.value))))
    for kept in (1, 2, 3):
        step = 10.0 ** max(digits - kept, 0)
        keys.add(figure.value // step * step)
    return [(figure.unit, value) for value in sorted(keys)]


def _same_fact(first: Figure, second: Figure, sentence: int, other_sentence: int) -> bool:
    if sentence == other_sentence or first.unit != second.unit or (first.kind == "count" and second.value < 10):
        return False
    if {first.role, second.role} & {"delta", "ratio"} or first.kind == "percent" or first.per != second.per:
        return False
    return _values_match(first, second) and _alike(first.what, second.what)


def _values_match(first: Figure, second: Figure) -> bool:
    if first.value == second.value:
        return True
    vague, exact = (first, second) if first.at_least else (second, first)
    return vague.at_least and not exact.at_least and vague.value < exact.value < vague.value * 1.1


def _alike(one: str, other: str) -> bool:
    shared = set(one) & set(other)
    return bool(shared) and 2 * len(shared) >= min(len(set(one)), len(set(other)))
