"""Which needs may be one: candidates from an index, judged by the engine's comparison, proposed and never merged.

Needs that say nearly the same at the same place form a star: each newcomer is proposed to the first of them and to
nothing else, and only that first one, the lead, is remembered. Two thousand near-copies of one text are then two
thousand questions at one need, not ten thousand criss-cross, and finding the lead costs the same at the last as at
the first.

Two ways to find candidates. A large digest keeps the newest needs of each county in memory (`Remembered`); a single
remark asks the search index and the topic (`Searched`), which reaches every need of the county in milliseconds.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import F, Max, QuerySet

from diancai.engine.dedupe import Index, Item, propose_for
from diancai.engine.tokens import words
from diancai.ground.search.queries import find
from diancai.stages.need.models import LIVE, MergeProposal, Need, NeedSource
from diancai.words import NeedState, Route

MOST_REMEMBERED = 20_000  # needs of a county held in memory; about 60 MB
MOST_COMPARED = 12
MOST_PROPOSED, MOST_PROPOSED_ACROSS = 5, 2  # for each new need; `propose` gives the best first
NEAR = 0.9  # the same matter, the same topic and some of the same words: at the same place one question is enough
BAR_ACROSS = 0.7  # across counties only the plainly same is shown
STANDING = (NeedState.PROPOSED, NeedState.COMBED, NeedState.ACCEPTED, NeedState.LISTED)


@dataclass(frozen=True, slots=True)
class Placed:
    """A need as it is compared: its words, and the programme and county within which it may merge."""

    item: Item
    programme_id: int
    prefecture_code: str
    county_code: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two needs by uuid that may be one, and why."""

    first: str
    second: str
    score: float
    why: tuple[str, ...]
    is_identical: bool
    is_across: bool


class Neighbours(Protocol):
    """Finds candidates for a need and remembers new ones."""

    def near(self, placed: Placed) -> Sequence[Placed]:
        """Needs of the same programme that may be the same thing."""
        ...

    def add(self, placed: Placed) -> None:
        """Remember a need that was just made."""
        ...


def pair_up(new: Iterable[Placed], neighbours: Neighbours) -> list[Pair]:
    """Proposals for new needs, among themselves too; each is remembered for those behind it unless it has a lead."""
    pairs: list[Pair] = []
    for placed in new:
        found = _pairs_of(placed, neighbours)
        if not found.has_lead:
            neighbours.add(placed)
        pairs += found.pairs
    return pairs


@dataclass(frozen=True, slots=True)
class _Found:
    """The proposals of one need; with a lead there is just the one to it."""

    pairs: list[Pair]
    has_lead: bool = False


def _pairs_of(placed: Placed, neighbours: Neighbours) -> _Found:
    """The best proposals of one need: a common wish (清淤) stands beside hundreds, and a clerk looks at a few."""
    others = {other.item.id: other for other in neighbours.near(placed) if other.item.id != placed.item.id}
    pairs: dict[bool, list[Pair]] = {False: [], True: []}
    for found in propose_for(placed.item, [other.item for other in others.values()]):
        other = others[found.second if found.first == placed.item.id else found.first]
        is_across = other.county_code != placed.county_code
        if is_across and not found.identical and found.score < BAR_ACROSS:
            continue
        pair = Pair(placed.item.id, other.item.id, found.score, found.why, found.identical, is_across)
        if not is_across and found.score >= NEAR and other.item.place_code == placed.item.place_code:
            return _Found([pair], has_lead=True)
        pairs[is_across].append(pair)
    return _Found(pairs[False][:MOST_PROPOSED] + pairs[True][:MOST_PROPOSED_ACROSS])


def placed_of(need: Need, quote: str) -> Placed:
    """A need as it is compared."""
    item = Item(
        id=str(need.uuid),
        text=quote or need.content,
        place_code=need.village_code or need.town_code or need.county_code,
        topic=need.topic or None,
        content=need.content,
    )
    return Placed(item, need.programme_id, need.prefecture_code, need.county_code)


@dataclass
class Remembered:
    """The newest needs of each county in memory; one index for each county, one for all counties of a programme."""

    _known: dict[str, Placed] = field(default_factory=dict)
    _of_county: dict[tuple[int, str], Index] = field(default_factory=dict)
    _of_all: dict[int, Index] = field(default_factory=lambda: defaultdict(Index))

    def near(self, placed: Placed) -> Sequence[Placed]:
        index = self._county(placed)
        ids = [found.second for found in index.near(placed.item, MOST_COMPARED)]
        if placed.county_code:
            ids += [found.second for found in self._of_all[placed.programme_id].near(placed.item, MOST_COMPARED)]
        return [self._known[one] for one in dict.fromkeys(ids)]

    def add(self, placed: Placed) -> None:
        self._remember(placed, self._county(placed))

    def _county(self, placed: Placed) -> Index:
        key = (placed.programme_id, placed.county_code)
        if key not in self._of_county:
            index = self._of_county[key] = Index()
            for known in load(placed.programme_id, placed.county_code):
                self._remember(known, index)
        return self._of_county[key]

    def _remember(self, placed: Placed, index: Index) -> None:
        self._known[placed.item.id] = placed
        index.add(placed.item)
        if placed.county_code:
            self._of_all[placed.programme_id].add(placed.item)


@dataclass
class Searched:
    """Candidates from the search index (words of the line, in the county and then anywhere) and from the topic."""

    _new: list[Placed] = field(default_factory=list)

    def near(self, placed: Placed) -> Sequence[Placed]:
        ids = self._by_words(placed, placed.county_code or placed.prefecture_code, 40)
        if placed.county_code:
            ids |= self._by_words(placed, placed.prefecture_code, 10)
        ids |= self._by_topic(placed)
        held = _placed(_leads(ids)) + [p for p in self._new if p.programme_id == placed.programme_id]
        known = {other.item.id: other for other in held}
        best = Index(other.item for other in held).near(placed.item, 2 * MOST_COMPARED)
        return [known[found.second] for found in best]

    def add(self, placed: Placed) -> None:
        self._new.append(placed)

    @staticmethod
    def _by_words(placed: Placed, code: str, limit: int) -> set[int]:
        telling = sorted(set(words(placed.item.content)), key=lambda word: (-len(word), word))[:6]
        return {
            hit.object_id for word in telling for hit in find(word, codes=(code,), kinds=("need",), limit=limit).rows
        }

    @staticmethod
    def _by_topic(placed: Placed) -> set[int]:
        if not placed.item.topic:
            return set()
        same = _standing(placed.programme_id, placed.county_code).filter(topic=placed.item.topic)
        return set(same.order_by("-made_at", "-id").values_list("pk", flat=True)[:60])


def load(programme_id: int, county_code: str) -> list[Placed]:
    """The newest standing needs of a county that have no lead, oldest first."""
    led = _led().filter(second__programme_id=programme_id, second__county_code=county_code).values("second_id")
    standing = _standing(programme_id, county_code).exclude(pk__in=led)
    newest = standing.order_by("-made_at", "-id").values_list("pk", flat=True)
    return _placed(list(newest[:MOST_REMEMBERED])[::-1])


def _leads(need_ids: Iterable[int]) -> list[int]:
    """The needs with the lead in place of each that has one."""
    ids = set(need_ids)
    lead_of = dict(_led().filter(second_id__in=ids).values_list("second_id", "first_id"))
    return list(dict.fromkeys(lead_of.get(one, one) for one in sorted(ids)))


def _led() -> QuerySet[MergeProposal]:
    """Open proposals of a need to its lead. A newcomer has the higher key, so it stands second."""
    same_place = {f"first__{level}_code": F(f"second__{level}_code") for level in ("county", "town", "village")}
    return MergeProposal.objects.filter(
        answer=MergeProposal.Answer.OPEN, score__gte=NEAR, first__is_live=True, **same_place
    )


def newest_need() -> int:
    """The highest id of a need: whatever is above was made by another worker meanwhile."""
    return Need.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _standing(programme_id: int, county_code: str) -> QuerySet[Need]:
    return Need.objects.filter(
        LIVE, programme_id=programme_id, county_code=county_code, route=Route.LIST, state__in=STANDING
    )


def _placed(need_ids: Sequence[int]) -> list[Placed]:
    """Needs by id in that order, with their first quote; read in slices that both databases take."""
    found: dict[int, Placed] = {}
    for start in range(0, len(need_ids), 500):
        part = need_ids[start : start + 500]
        quotes: dict[int, str] = {}
        sources = NeedSource.objects.filter(need_id__in=part).order_by("id")
        for need_id, quote in sources.values_list("need_id", "quote"):
            quotes.setdefault(need_id, quote)
        for need in Need.objects.filter(LIVE, pk__in=part, route=Route.LIST, state__in=STANDING):
            found[need.pk] = placed_of(need, quotes.get(need.pk, ""))
    return [found[pk] for pk in need_ids if pk in found]
