"""The review queue: what waits for the town, then for the county office, the most doubtful first."""

from collections.abc import Sequence

from django.db.models import Q

from diancai.ground.paging import MOST_ROW, Page, whole_number
from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Act
from diancai.ground.place.codes import at_or_below
from diancai.ground.place.sight import codes_for
from diancai.stages.need.models import LIVE, Need
from diancai.stages.need.queries.showing import need_rows, proposals_of, quotes_of
from diancai.stages.need.rows import QueueRow
from diancai.words import NeedState

WAITING = {"town": NeedState.PROPOSED, "county": NeedState.COMBED}
MOST_COUNTED = 1000


def list_review_queue(
    account: Account,
    *,
    programme_id: int,
    level: str = "county",
    place_code: str = "",
    after: str = "",
    limit: int = 50,
) -> Page[QueueRow]:
    """Needs that wait at a level ("town", "county"), the most doubtful first, each with quotes and proposals."""
    found: dict[int, Need] = {}
    for wanted in _filters(account, programme_id, level, place_code):
        asked = Need.objects.filter(wanted & _behind(after)).order_by("-doubt", "id")
        found |= {need.pk: need for need in asked[: limit + 1]}
    needs = sorted(found.values(), key=lambda need: (-need.doubt, need.pk))
    shown = needs[:limit]
    more = f"{shown[-1].doubt}~{shown[-1].pk}" if len(needs) > limit else None
    return Page(_rows(shown, account), more)


def count_review_queue(account: Account, *, programme_id: int, level: str = "county", place_code: str = "") -> int:
    """How many wait at a level; stops at 1,001, shown as `1,000+`."""
    filters = _filters(account, programme_id, level, place_code)
    total = sum(Need.objects.filter(wanted).order_by()[: MOST_COUNTED + 1].count() for wanted in filters)
    return min(total, MOST_COUNTED + 1)


def _filters(account: Account, programme_id: int, level: str, place_code: str) -> list[Q]:
    state = WAITING.get(level, NeedState.COMBED)
    codes = codes_for(account, Act.SEE_NEED, place_code)
    return [LIVE & at_or_below(code) & Q(programme_id=programme_id, state=state) for code in codes]


def _behind(after: str) -> Q:
    told, _, identifier = after.partition("~")
    doubt, last = whole_number(told, MOST_ROW), whole_number(identifier)
    if doubt is None or last is None:
        return Q()
    return Q(doubt__lte=doubt) & (Q(doubt__lt=doubt) | Q(doubt=doubt, id__gt=last))


def _rows(needs: Sequence[Need], account: Account) -> tuple[QueueRow, ...]:
    ids = [need.pk for need in needs]
    quotes, proposals = quotes_of(ids), proposals_of(ids, account)
    return tuple(QueueRow(row, quotes.get(row.id, ()), proposals.get(row.id, ())) for row in need_rows(needs))
