"""How many rows a list holds, for its title: from the standing counts where they know it, else from its own pages.

The standing counts (`stages/tally`) know places down to the town and the parts of a rule. What they do not know (a
village, a search, lateness) is told from the page: exactly when it is the only one, else as `50+`.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from diancai.ground.paging import Page
from diancai.ground.place.queries import get_place
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.templatetags.told import figure
from diancai.stages.tally.queries import totals
from diancai.stages.tally.rules import RULES
from diancai.words import Level

PAGE_KEYS = {"after", "sort", "place", "month"}


def told_count(request: HttpRequest, page: Page[Any]) -> str:
    """The count that the page itself tells; empty on later pages, where it would mislead."""
    if request.GET.get("after"):
        return ""
    return f"{figure(len(page.rows))}+" if page.next_after else figure(len(page.rows))


def standing_count(
    request: HttpRequest, desk: Desk, page: Page[Any], rule: str, held: Mapping[str, tuple[str, ...]]
) -> str:
    """The standing count of a list under the filters of its address. `held`: values that count when a part is open."""
    place = _place(request, desk)
    parts = RULES[rule].parts
    filters = {name: str(value) for name, value in request.GET.items() if value and name not in PAGE_KEYS}
    if not place or set(filters) - set(parts):
        return told_count(request, page)
    month = request.GET.get("month", "")
    found = totals(rule, desk.programme_id, [place], [month] if month else [])
    wanted = dict(held) | {name: (value,) for name, value in filters.items() if name in parts}
    return figure(
        sum(number for key, number in found.items() if _counts(dict(zip(parts, key[1:], strict=True)), wanted))
    )


def _counts(values: Mapping[str, str], wanted: Mapping[str, tuple[str, ...]]) -> bool:
    return all(name not in wanted or value in wanted[name] for name, value in values.items())


def _place(request: HttpRequest, desk: Desk) -> str:
    """The one place that the list is of, down to the town; empty where it is another or more than one."""
    seats = {post.place_code or post.department_id for post in desk.posts}
    code = request.GET.get("place", "") or ("" if len(seats) != 1 or desk.department_id else desk.place_code)
    return code if code and get_place(code).level != Level.VILLAGE else ""
