"""From remarks and offers to needs, matches and gaps. Nothing is decided: every line carries its reasons and doubts."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from diancai.engine.dedupe import Item, group
from diancai.engine.digest import Digest, Digester, Want
from diancai.engine.match import Matcher, Need, Offer, Pair
from diancai.formats.sheets import Notice
from diancai.words import Route

from .reading import OfferRead, RemarkRead, Sheets

Progress = Callable[[str, int, int], None]
CHOICES = 3


@dataclass(frozen=True, slots=True)
class Share:
    """One remark's want inside a need."""

    read: RemarkRead
    want: Want


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need with the wants it rests on, the first of them giving its words, and the offers that may serve it."""

    number: int
    county_code: str
    shares: tuple[Share, ...]
    pairs: tuple[Pair, ...]

    @property
    def want(self) -> Want:
        """The want whose words the line takes: the clearest one."""
        return min((share.want for share in self.shares), key=lambda want: want.doubt)


@dataclass(frozen=True, slots=True)
class Lists:
    """All that comes out: needs by county, personal cases and the rest only as counts, offers, digests by remark."""

    needs: tuple[NeedLine, ...]
    offers: tuple[OfferRead, ...]
    digests: tuple[Digest, ...]
    reads: tuple[RemarkRead, ...]
    group_of: dict[tuple[str, int], str]
    route_counts: dict[Route, int]
    unasked: tuple[OfferRead, ...]
    notices: tuple[Notice, ...]


def make_lists(sheets: Sheets, digester: Digester, progress: Progress | None = None) -> Lists:
    """Digest every remark, group wants within each county, match the needs; the same sheets give the same lists."""
    tell = progress or (lambda _what, _done, _total: None)
    digests = _digest(sheets.remarks, digester, tell)
    shares = [Share(read, want) for read, digest in zip(sheets.remarks, digests, strict=True) for want in digest.wants]
    groups = _group([share for share in shares if share.want.route == Route.LIST], tell)
    matcher = Matcher([_offer(offer) for offer in sheets.offers if offer.service])
    needs = _match(groups, matcher, tell)
    asked = {pair.offer_id for need in needs for pair in need.pairs}
    counts: dict[Route, int] = defaultdict(int)
    for share in shares:
        counts[share.want.route] += 1
    counts[Route.NONE] = sum(not digest.wants for digest in digests)
    return Lists(
        needs=needs,
        offers=sheets.offers,
        digests=tuple(digests),
        reads=sheets.remarks,
        group_of={(s.read.remark.id, s.want.n): f"N{need.number:04d}" for need in needs for s in need.shares},
        route_counts=dict(counts),
        unasked=tuple(offer for offer in sheets.offers if offer.id not in asked),
        notices=sheets.notices,
    )


def _digest(reads: Sequence[RemarkRead], digester: Digester, tell: Progress) -> list[Digest]:
    digests = []
    for done, read in enumerate(reads, 1):
        digests.append(digester.digest(read.remark))
        if done % 50 == 0 or done == len(reads):
            tell("归纳", done, len(reads))
    return digests


def _group(shares: Sequence[Share], tell: Progress) -> list[tuple[str, tuple[Share, ...]]]:
    """Wants of one need, county by county: a county's line stays its own (design 2b.4)."""
    by_county: dict[str, list[Share]] = defaultdict(list)
    for share in shares:
        by_county[share.read.remark.place_code[:6]].append(share)
    groups = []
    for done, (county, held) in enumerate(sorted(by_county.items()), 1):
        members: dict[str, list[Share]] = defaultdict(list)
        for share, joined in zip(held, group([_item(share) for share in held]), strict=True):
            members[joined.group].append(share)
        groups += [(county, tuple(one)) for one in members.values()]
        tell("归并", done, len(by_county))
    return groups


def _match(groups: Sequence[tuple[str, tuple[Share, ...]]], matcher: Matcher, tell: Progress) -> tuple[NeedLine, ...]:
    needs = []
    for number, (county, shares) in enumerate(groups, 1):
        line = NeedLine(number, county, shares, ())
        pairs = tuple(matcher.best(_need(line), CHOICES))
        needs.append(NeedLine(number, county, shares, pairs))
        if number % 50 == 0 or number == len(groups):
            tell("匹配", number, len(groups))
    return tuple(needs)


def _item(share: Share) -> Item:
    return Item(
        id=f"{share.read.remark.id}.{share.want.n}",
        text=share.want.quote or share.read.remark.text,
        subject=share.want.content,
        place_code=share.read.remark.place_code,
        topic=share.want.topic,
    )


def _need(line: NeedLine) -> Need:
    want, remark = line.want, line.shares[0].read.remark
    return Need(
        id=str(line.number),
        text=f"{want.content} {want.quote}",
        topic=want.topic or "",
        strand=want.strand,
        place_code=remark.place_code,
        wanted_from=want.wanted_from,
        wanted_until=want.wanted_until,
        service_form=want.service_form or "",
        language="mn" if "蒙" in want.content else "",
    )


def _offer(offer: OfferRead) -> Offer:
    return Offer(
        id=offer.id,
        service=offer.service,
        service_form=offer.service_form,
        topics=offer.topics,
        strand=offer.strand,
        place_codes=offer.place_codes,
        valid_from=offer.valid_from,
        valid_until=offer.valid_until,
        capacity_left=offer.capacity.amount,
        languages=(offer.language.value,) if offer.language else (),
        department=offer.department,
    )
