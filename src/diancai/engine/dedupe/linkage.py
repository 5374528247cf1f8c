"""Edges between similar texts, connected pieces, and average linkage inside each piece.

Components alone are fragile: one edge too many makes a blob. Average linkage asks that two groups be alike as wholes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Numbers = NDArray[np.int64]
BLOCK = 512
# Up to this many texts every product is computed; beyond, only rare features lead to candidates.
EXACT_UP_TO = 6_000
# Multiplications that finding candidates may cost for each text: what keeps a million texts a matter of minutes.
WORK_PER_TEXT = 2_500
# A candidate must reach this share of the bar by its rare features alone.
LEAD = 0.45
# Pieces above this are cut by a higher bar before linkage, which needs memory of its square.
LARGEST_PIECE = 1_500
TOP_EDGES = 60
# Up to this many edges pieces are found here, for the graphs of scipy take longer to load than to search.
MANY_EDGES = 50_000


def edges(rows: csr_array[Any], bar: float, progress: Callable[[int, int], None] | None = None) -> csr_array[Any]:
    """The at most TOP_EDGES strongest products of each row that reach `bar`, made symmetric, without the diagonal."""
    from scipy.sparse import csr_array, vstack  # noqa: PLC0415

    count = rows.shape[0]
    exact = count <= EXACT_UP_TO
    leads = rows if exact else _rare_only(rows)
    turned = csr_array(leads.T)
    blocks = []
    for start in range(0, count, BLOCK):
        products = csr_array(leads[start : start + BLOCK] @ turned)
        if not exact:
            _strongest(products, LEAD * bar)
            _measure(products, rows, start)
        blocks.append(_strongest(products, bar))
        if progress:
            progress(min(start + BLOCK, count), count)
    found: Any = csr_array(vstack(blocks, format="csr")) if blocks else csr_array((0, 0), dtype=np.float32)
    found = csr_array(found.maximum(csr_array(found.T)))
    found.setdiag(0)
    found.eliminate_zeros()
    return csr_array(found)


def _rare_only(rows: csr_array[Any]) -> csr_array[Any]:
    """Only the rarest features, as many as WORK_PER_TEXT pays for: a feature of n texts costs n squared."""
    from scipy.sparse import csr_array, diags_array  # noqa: PLC0415

    seen = np.bincount(rows.indices, minlength=rows.shape[1]).astype(np.float64)
    order = np.argsort(seen, kind="stable")
    kept = np.zeros(len(seen), np.float32)
    kept[order[np.cumsum(seen[order] ** 2) <= WORK_PER_TEXT * rows.shape[0]]] = 1
    pruned = csr_array(rows @ diags_array(kept))
    pruned.eliminate_zeros()
    return pruned


def _measure(products: csr_array[Any], rows: csr_array[Any], start: int) -> None:
    """Put the full product in place of the one that rare features gave."""
    left = np.repeat(np.arange(products.shape[0]), np.diff(products.indptr)) + start
    for at in range(0, len(left), 50_000):
        part = slice(at, at + 50_000)
        both = rows[left[part]].multiply(rows[products.indices[part]])
        products.data[part] = np.asarray(both.sum(axis=1)).ravel()


def _strongest(products: csr_array[Any], bar: float) -> csr_array[Any]:
    products.data[products.data < bar] = 0
    products.eliminate_zeros()
    for row in np.flatnonzero(np.diff(products.indptr) > TOP_EDGES):
        part = products.data[products.indptr[row] : products.indptr[row + 1]]
        part[part < np.partition(part, -TOP_EDGES)[-TOP_EDGES]] = 0
    products.eliminate_zeros()
    return products


def pieces(found: csr_array[Any], bar: float, largest: int = LARGEST_PIECE) -> list[tuple[Numbers, bool]]:
    """Connected pieces of two or more; True for those cut by a higher bar because they grew past `largest`."""
    from scipy.sparse import csr_array  # noqa: PLC0415

    whole: list[tuple[Numbers, bool]] = []
    waiting = [(np.arange(found.shape[0], dtype=np.int64), bar, False)]
    while waiting:
        members, level, cut = waiting.pop()
        part = csr_array(found[members][:, members])
        part.data[part.data < level] = 0
        part.eliminate_zeros()
        for piece in _by_label(_components(part)):
            if len(piece) <= largest:
                whole.append((members[piece], cut))
            else:
                waiting.append((members[piece], level * 1.15, True))
    return whole


def _components(part: csr_array[Any]) -> NDArray[np.int32]:
    """The same number for all members of a connected piece."""
    if part.nnz > MANY_EDGES:
        from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

        return np.asarray(connected_components(part, directed=False)[1], np.int32)
    lead = list(range(part.shape[0]))

    def first(at: int) -> int:
        while lead[at] != at:
            lead[at] = lead[lead[at]]
            at = lead[at]
        return at

    ones = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
    for one, two in zip(ones.tolist(), part.indices.tolist(), strict=True):
        low, high = sorted((first(one), first(two)))
        lead[high] = low
    return np.array([first(at) for at in range(part.shape[0])], np.int32)


def _by_label(labels: NDArray[np.int32]) -> list[Numbers]:
    order = np.argsort(labels, kind="stable")
    ends = np.flatnonzero(np.diff(labels[order])) + 1
    return [part for part in np.split(order, ends) if len(part) > 1]


def cut_piece(
    similar: NDArray[np.float32],
    bar: Callable[[int], float],
    agrees: Callable[[Numbers, Numbers], bool] = lambda _one, _two: True,
) -> list[Numbers]:
    """Groups of one piece by average linkage; `similar` is its full square, `bar` the likeness a group of a size needs.

    The tree is read from the top: a branch that is alike enough for its size, and whose two parts agree about a matter,
    is a group; another is parted.
    """
    far = np.maximum(1 - (similar + similar.T) / 2, 0)
    np.fill_diagonal(far, 0)
    leaves = len(similar)
    steps = _average_linkage(far)
    groups: list[Numbers] = []
    waiting = [leaves + len(steps) - 1]
    while waiting:
        branch = waiting.pop()
        if branch < leaves:
            groups.append(np.array([branch], np.int64))
            continue
        one, two, distance, size = steps[branch - leaves]
        alike = 1 - distance >= bar(int(size))
        left, right = (_leaves(steps, int(part)) if alike else np.array([], np.int64) for part in (one, two))
        if alike and agrees(left, right):
            groups.append(np.sort(np.concatenate([left, right])))
        else:
            waiting.extend([int(one), int(two)])
    return groups


def _average_linkage(far: NDArray[np.float32]) -> NDArray[np.float64]:
    """The tree of a square of distances: of each step the two branches, their distance and the number of leaves."""
    if len(far) == 2:
        return np.array([[0, 1, far[0, 1], 2]], np.float64)
    from scipy.cluster.hierarchy import linkage  # noqa: PLC0415
    from scipy.spatial.distance import squareform  # noqa: PLC0415

    return np.asarray(linkage(squareform(far, checks=False), "average"))


def _leaves(steps: NDArray[np.float64], branch: int) -> Numbers:
    found, waiting, leaves = [], [branch], len(steps) + 1
    while waiting:
        part = waiting.pop()
        if part < leaves:
            found.append(part)
        else:
            waiting.extend([int(steps[part - leaves][0]), int(steps[part - leaves][1])])
    return np.array(sorted(found), np.int64)
