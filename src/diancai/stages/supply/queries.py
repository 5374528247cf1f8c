"""Reading offers, supply lists and imports of offers.

What a department undertakes is public within the programme: whoever may see lists sees every offer and every published
edition. Drafts and signed editions are seen by those who may write for the department.
"""

import json
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.ledger.digest import rows_digest
from diancai.ground.paging import Page, after_key, older_than
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.place.codes import at_or_below_any
from diancai.ground.place.queries import get_scope
from diancai.ground.place.sight import sight_of
from diancai.ground.search.queries import find
from diancai.ground.slip.queries import find_slip, scan_of
from diancai.ground.slip.rows import SlipRow
from diancai.ground.uploads.files import FileShown
from diancai.stages.remark.models import ImportBatch, ImportRow
from diancai.stages.remark.queries import batch_row, count_rows
from diancai.stages.remark.rows import BatchRow, Problem, SheetRow
from diancai.stages.supply.errors import BatchNotFound
from diancai.stages.supply.models import Offer, SupplyEdition, SupplyLine
from diancai.stages.supply.rows import (
    Edition,
    EditionRow,
    OfferDetail,
    OfferRow,
    SupplyLineRow,
)
from diancai.stages.supply.wording import edition_row, edition_scope, offer_row
from diancai.words import EditionState, RowFate, Strand

MOST_FOUND = 1000
SUBJECT = "supply_list"


def get_offer(account: Account, offer_id: int) -> OfferDetail:
    """An offer with the published editions it stands on. Raises `NotFound`, `NotAllowed`."""
    sight_of(account, Act.SEE_LISTS)
    offer = _offers().filter(pk=offer_id).first()
    if offer is None:
        raise NotFound
    lines = SupplyLine.objects.filter(offer=offer)
    on = SupplyEdition.objects.filter(pk__in=lines.values("edition_id"), state=EditionState.PUBLISHED)
    return OfferDetail(offer_row(offer, timezone.localdate()), tuple(row for _, row in _edition_rows(on)))


def list_offers(
    account: Account,
    *,
    programme_id: int,
    place_code: str = "",
    department_id: int | None = None,
    strand: str = "",
    topic: str = "",
    state: str = "in_force",
    serves: str = "",
    q: str = "",
    after: str = "",
    limit: int = 50,
) -> Page[OfferRow]:
    """Offers, newest first. `place_code`: of departments at or below; `serves`: that serve this place.

    `state` "" shows withdrawn ones too. Raises `NotAllowed`.
    """
    sight_of(account, Act.SEE_LISTS)
    found = _offers().filter(programme_id=programme_id)
    if place_code:
        found = found.filter(at_or_below_any([place_code]))
    if serves:
        found = found.filter(serving(get_scope(serves)))
    wanted = {"department_id": department_id, "strand": strand, "state": state}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    if topic:
        found = found.filter(topics__contains=f"、{topic}、")
    if q:
        found = found.filter(pk__in=_found_ids(q))
    page = list(found.filter(older_than(after, "made_at")).order_by("-made_at", "-id")[: limit + 1])
    more = after_key(page[limit - 1].made_at, page[limit - 1].pk) if len(page) > limit else None
    today = timezone.localdate()
    return Page(tuple(offer_row(offer, today) for offer in page[:limit]), more)


def list_offers_in_force(programme_id: int, on: date) -> list[OfferRow]:
    """Offers that hold on a day: not withdrawn, the term not over; for `match`. In order of id."""
    held = _offers().filter(programme_id=programme_id, state=Offer.State.IN_FORCE).exclude(valid_until__lt=on)
    return [offer_row(offer, on) for offer in held.order_by("id")]


def find_offers(offer_ids: list[int]) -> dict[int, OfferRow]:
    """Rows of some offers by id, whatever their state; for later stages, which have asked for leave themselves."""
    today = timezone.localdate()
    return {offer.pk: offer_row(offer, today) for offer in _offers().filter(pk__in=offer_ids)}


def serving(scope: Scope) -> Q:
    """Offers that serve a place: it or an ancestor is named, or none is named and the department's place covers it."""
    everywhere = Q(places__isnull=True) & Q(department__place_id__in=scope.codes)
    return Q(pk__in=Offer.objects.filter(everywhere | Q(places__place_id__in=scope.codes)).values("pk"))


def list_editions(
    account: Account, *, programme_id: int, place_code: str = "", department_id: int | None = None
) -> tuple[EditionRow, ...]:
    """Editions, newest first: published ones, and the drafts and signed ones of departments the account writes for."""
    sight_of(account, Act.SEE_LISTS)
    found = SupplyEdition.objects.filter(programme_id=programme_id)
    if place_code:
        found = found.filter(at_or_below_any([place_code]))
    if department_id:
        found = found.filter(department_id=department_id)
    shown = [
        row for row in _edition_rows(found) if row[1].state == EditionState.PUBLISHED or _may_write(account, row[0])
    ]
    return tuple(row for _, row in shown)


def get_edition(account: Account, edition_id: int) -> Edition:
    """An edition with its lines and how many each strand has. Raises `NotFound`, also for another's draft."""
    sight_of(account, Act.SEE_LISTS)
    found = SupplyEdition.objects.select_related("department", "made_by").filter(pk=edition_id).first()
    if found is None or (found.state != EditionState.PUBLISHED and not _may_write(account, found)):
        raise NotFound
    lines = tuple(
        SupplyLineRow(line.position, line.offer_id, Strand(line.strand) if line.strand else None, line.cells)
        for line in SupplyLine.objects.filter(edition=found).order_by("position")
    )
    strands = (*Strand, None)
    by_strand = ((strand, sum(1 for line in lines if line.strand == strand)) for strand in strands)
    slip = find_slip((SUBJECT, found.pk), digest_of(found))
    return Edition(edition_row(found, len(lines)), lines, tuple(pair for pair in by_strand if pair[1]), slip)


def get_slip(account: Account, edition_id: int) -> SlipRow | None:
    """The slip that fits the lines, else the last one printed. Raises `NotFound` for one that may not be seen."""
    edition = _paper_of(account, edition_id)
    return find_slip((SUBJECT, edition.pk), digest_of(edition))


def get_scan(account: Account, edition_id: int) -> FileShown:
    """The photo or scan of the signed slip. Raises `NotFound`, `NoScan`."""
    return scan_of(_paper_of(account, edition_id))


def digest_of(edition: SupplyEdition) -> str:
    """The digest over the lines of an edition."""
    told = ([line.position, line.as_signed] for line in edition.lines.all())
    return rows_digest([json.dumps(line, ensure_ascii=False, sort_keys=True) for line in told])


def get_offer_batch(account: Account, batch_id: int) -> BatchRow:
    """An import of offers with the number of rows of each fate. Raises `BatchNotFound`."""
    batch = _batches(account).filter(pk=batch_id).first()
    if batch is None:
        raise BatchNotFound
    return batch_row(batch, count_rows([batch.pk])[batch.pk])


def list_offer_batches(account: Account, *, after: str = "", limit: int = 50) -> Page[BatchRow]:
    """Imports of offers that the account made or whose place is its own, the newest first."""
    found = list(_batches(account).filter(older_than(after, "at")).order_by("-at", "-id")[: limit + 1])
    shown = found[:limit]
    counts = count_rows([batch.pk for batch in shown])
    more = after_key(shown[-1].at, shown[-1].pk) if len(found) > limit else None
    return Page(tuple(batch_row(batch, counts[batch.pk]) for batch in shown), more)


def list_offer_batch_rows(
    account: Account, batch_id: int, fate: str = "", after: int = 0, limit: int = 50
) -> tuple[SheetRow, ...]:
    """Rows of an import by number, after the row `after`; only those of one fate when asked."""
    batch = _batches(account).filter(pk=batch_id).first()
    if batch is None:
        raise BatchNotFound
    found = ImportRow.objects.filter(batch=batch, number__gt=after)
    found = found.filter(fate=fate) if fate else found
    return tuple(offer_sheet_row(row) for row in found.order_by("number")[:limit])


def offer_sheet_row(row: ImportRow) -> SheetRow:
    """A row of an import as it is shown: an offer is public, and so is whom to call about it."""
    problems = tuple(Problem(**(problem | {"candidates": ()})) for problem in row.problems)
    return SheetRow(row.number, RowFate(row.fate), json.loads(row.cells), problems, row.object_id)


def _offers() -> QuerySet[Offer]:
    return Offer.objects.select_related("department").prefetch_related("places")


def _found_ids(q: str) -> list[int]:
    """Offers with these words; the first thousand are more than a list can show."""
    ids: list[int] = []
    codes = tuple(Offer.objects.order_by().values_list("prefecture_code", flat=True).distinct())
    after: str | None = ""
    while after is not None and len(ids) < MOST_FOUND:
        hits = find(q, codes=codes, kinds=("offer",), after=after, limit=200)
        ids += [hit.object_id for hit in hits.rows]
        after = hits.next_after
    return ids


def _edition_rows(found: QuerySet[SupplyEdition]) -> list[tuple[SupplyEdition, EditionRow]]:
    found = found.select_related("department", "made_by").annotate(line_count=Count("lines"))
    return [(edition, edition_row(edition, edition.line_count)) for edition in found.order_by("-made_at", "-id")]


def _paper_of(account: Account, edition_id: int) -> SupplyEdition:
    edition = SupplyEdition.objects.select_related("slip").filter(pk=edition_id).first()
    if edition is None or not can(account, Act.SEE_SIGNED_PAPER, edition_scope(edition)):
        raise NotFound
    return edition


def _may_write(account: Account, edition: SupplyEdition) -> bool:
    return can(account, Act.WRITE_OFFER, edition_scope(edition))


def _batches(account: Account) -> QuerySet[ImportBatch]:
    sight = sight_of(account, Act.WRITE_OFFER)
    mine = Q(by_id=account.pk)
    return ImportBatch.objects.select_related("by").filter(mine | at_or_below_any(sight.place_codes), subject="offer")
