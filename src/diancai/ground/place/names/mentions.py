"""Where running text names places. Pure; called by the resolver."""

import re
from collections.abc import Iterator

from .forms import SUB_PLACE
from .index import NameIndex

# Words around a bare village name that make it a place and not an ordinary word (团结, 胜利).
BEFORE_A_BARE_NAME = re.compile(r"(?:我们|咱们|俺们|[咱俺我在到去来住])$")
AFTER_A_BARE_NAME = re.compile(rf"(?:这|那)?(?:圪垯|村里|村上|跟前|一带)|{SUB_PLACE.pattern}")


def spans(index: NameIndex, text: str) -> Iterator[tuple[int, int]]:
    """Code points where a place is named, its sub-place included; left to right, never overlapping."""
    start = 0
    while start < len(text):
        end = _chain_end(index, text, start)
        if end == start:
            start += 1
            continue
        tail = SUB_PLACE.match(text, end)
        end = tail.end() if tail else end
        yield start, end
        start = end


def _chain_end(index: NameIndex, text: str, start: int) -> int:
    end = start
    while length := _form_length(index, text, end, chained=end > start):
        end += length
    return end


def _form_length(index: NameIndex, text: str, start: int, *, chained: bool) -> int:
    for length in index.lengths.get(text[start : start + 1], ()):
        form = text[start : start + length]
        if form in index.forms and (chained or _is_telling(index, form, text, start)):
            return length
    return 0


def _is_telling(index: NameIndex, form: str, text: str, start: int) -> bool:
    """Whether a form is surely a place here: a whole name, a county, or a bare name with a telling neighbour."""
    rows = [index.by_code[code] for code in index.forms[form]]
    if any(form in (row.name, row.official_name) for row in rows) or all(row.level == "county" for row in rows):
        return True
    before = BEFORE_A_BARE_NAME.search(text, max(0, start - 2), start)
    return bool(AFTER_A_BARE_NAME.match(text, start + len(form))) or bool(before and len(form) >= 3)
