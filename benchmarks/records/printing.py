"""The table of a run: both sizes, their ratio, and for a question the bare SQL beside it."""

from collections.abc import Sequence


def table(sizes: tuple[int, int], told: Sequence[dict[str, float]]) -> str:
    """Rows by name; the figures called `sql …` stand beside the question that they lie under."""
    small, large = told
    heading = f"{'':<34}{sizes[0]:>11,}{sizes[1]:>11,}{'ratio':>7}{'SQL':>9}{'SQL':>9}{'ratio':>7}"
    rows = [heading]
    for name in small:
        if not name.startswith("sql "):
            beside = f"sql {name}"
            bare = _pair(small[beside], large[beside], 9) if beside in small else ""
            rows.append(f"{name:<34}{_pair(small[name], large[name], 11)}{bare}")
    return "\n".join(rows)


def _pair(first: float, second: float, width: int) -> str:
    return f"{first:>{width}.1f}{second:>{width}.1f}{second / first if first else 0:>7.2f}"
