"""Reading remarks: pages by key, nothing beyond what the account's posts reach."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db.models import Q
from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.paging import YEARS, Page, after_key, older_than
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act
from diancai.ground.place.codes import at_or_below
from diancai.ground.place.sight import codes_for
from diancai.ground.search.queries import find
from diancai.ground.uploads.files import FileShown
from diancai.ground.uploads.keeping import read_file
from diancai.stages.remark.models import IN_FORCE, Remark, RemarkPhoto
from diancai.stages.remark.queries.showing import row_of, undigested_row
from diancai.stages.remark.rows import RemarkRow, Undigested

KIND = "remark"
# Filters beside a search are tried on this many pages of hits before the page is handed out as it is.
MOST_SEARCHED_PAGES = 20


def get_remark(account: Account, remark_id: int) -> RemarkRow:
    """One remark; a diverted one for its office alone. Raises `NotFound` for one that the account may not see."""
    remark = Remark.objects.select_related("recorded_by").filter(pk=remark_id).first()
    if remark is None or not _may_see(account, remark):
        raise NotFound
    return row_of(remark, tuple(remark.photos.values_list("pk", flat=True)))


def list_remarks(
    account: Account,
    *,
    programme_id: int | None = None,
    place_code: str = "",
    source: str = "",
    state: str = "",
    month: str = "",
    q: str = "",
    batch_id: int | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[RemarkRow]:
    """Remarks, the newest first.

    `state`: "" all in force, waiting, digested, withdrawn, diverted (the office that handles them alone). `month`:
    `2019-12`, by recording. `q` searches the shown words. The next page starts at `after=page.next_after`.
    """
    act = Act.SEE_DIVERTED if state == "diverted" else Act.SEE_REMARK
    codes = codes_for(account, act, place_code)
    if not codes:
        return Page((), None)
    wanted = _state(state) & _told(programme_id, source, month, batch_id)
    if q.strip():
        return _search(q, codes, wanted, after, limit)
    return _page([at_or_below(code) & wanted for code in codes], after, limit)


def get_photo(account: Account, remark_id: int, photo_id: int) -> FileShown:
    """A picture of a remark that the account may see. Raises `NotFound`."""
    photo = RemarkPhoto.objects.select_related("remark").filter(pk=photo_id, remark_id=remark_id).first()
    if photo is None or not _may_see(account, photo.remark):
        raise NotFound
    return read_file(photo.file_name)


def list_undigested(limit: int, after: int = 0) -> list[Undigested]:
    """Remarks in force that wait for the digest, in the order of their arrival, behind the id `after`."""
    waiting = Remark.objects.filter(IN_FORCE, digested_at=None, pk__gt=after).defer("verbatim", "speaker", "phone")
    return [undigested_row(remark) for remark in waiting.order_by("id")[:limit]]


def has_remarks(programme_id: int) -> bool:
    """Whether a programme holds any remark, withdrawn ones included."""
    return Remark.objects.filter(programme_id=programme_id).exists()


def count_undigested() -> int:
    """How many remarks wait for the digest."""
    return Remark.objects.filter(IN_FORCE, digested_at=None).count()


def get_undigested(remark_id: int) -> Undigested | None:
    """One remark as the digest sees it, whatever its state; None when there is none."""
    remark = Remark.objects.defer("verbatim", "speaker", "phone").filter(pk=remark_id).first()
    return undigested_row(remark) if remark else None


def find_same_text(text_keys: Sequence[str], besides: Sequence[int]) -> dict[tuple[int, str, str], int]:
    """Digested remarks with one of these texts, the oldest of each programme, county and text; diverted ones never."""
    found = Remark.objects.filter(text_key__in=text_keys, digested_at__isnull=False, is_diverted=False)
    rows = found.exclude(pk__in=besides).order_by("-id").values_list("programme_id", "county_code", "text_key", "pk")
    return {(programme, county, key): pk for programme, county, key, pk in rows}


def find_shown(remark_ids: Iterable[int]) -> dict[int, RemarkRow]:
    """Remarks by id for later stages, without leave asked: they decide what of it they show."""
    found = Remark.objects.select_related("recorded_by").filter(pk__in=list(remark_ids))
    return {remark.pk: row_of(remark) for remark in found}


_NEVER = datetime(1900, 1, 1, tzinfo=UTC)


def month_bounds(month: str) -> tuple[datetime, datetime]:
    """First instant of a month told as `2019-12`, and first instant behind it; of no month when it is spoilt."""
    zone = timezone.get_default_timezone()
    try:
        first = datetime.strptime(month, "%Y-%m").replace(tzinfo=zone)
    except ValueError:
        return _NEVER, _NEVER
    if first.year not in YEARS:
        return _NEVER, _NEVER
    behind = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return first, behind


def _may_see(account: Account, remark: Remark) -> bool:
    act = Act.SEE_DIVERTED if remark.is_diverted else Act.SEE_REMARK
    return can(account, act, remark.scope)


def _state(state: str) -> Q:
    if state == "diverted":
        return Q(is_diverted=True)  # also those of an import that was undone
    if state == "withdrawn":
        return Q(withdrawn_at__isnull=False, is_diverted=False)
    if state in {"waiting", "digested"}:
        return IN_FORCE & Q(digested_at__isnull=state == "waiting")
    return IN_FORCE


def _told(programme_id: int | None, source: str, month: str, batch_id: int | None) -> Q:
    wanted = Q()
    if programme_id is not None:
        wanted &= Q(programme_id=programme_id)
    if source:
        wanted &= Q(source=source)
    if batch_id is not None:
        wanted &= Q(batch_id=batch_id)
    if month:
        first, behind = month_bounds(month)
        wanted &= Q(recorded_at__gte=first, recorded_at__lt=behind)
    return wanted


def _page(filters: Sequence[Q], after: str, limit: int) -> Page[RemarkRow]:
    """One page; an account with several posts asks once for each, so that every question has its index."""
    found: dict[int, Remark] = {}
    for wanted in filters:
        asked = Remark.objects.select_related("recorded_by").filter(wanted)
        if after:
            asked = asked.filter(older_than(after, "recorded_at"))
        found |= {remark.pk: remark for remark in asked.order_by("-recorded_at", "-id")[: limit + 1]}
    remarks = sorted(found.values(), key=lambda r: (r.recorded_at, r.pk), reverse=True)
    shown = remarks[:limit]
    more = after_key(shown[-1].recorded_at, shown[-1].pk) if len(remarks) > limit else None
    return Page(tuple(row_of(remark) for remark in shown), more)


def _search(q: str, codes: tuple[str, ...], wanted: Q, after: str, limit: int) -> Page[RemarkRow]:
    """Hits that pass the filters, in slices until the page is full; the key is the index's own."""
    rows: list[RemarkRow] = []
    for _ in range(MOST_SEARCHED_PAGES):
        hits = find(q, codes=codes, kinds=(KIND,), after=after, limit=limit)
        held = _records([hit.object_id for hit in hits.rows], wanted)
        for hit in hits.rows:
            if hit.object_id in held:
                rows.append(row_of(held[hit.object_id]))
            if len(rows) == limit:
                return Page(tuple(rows), None if hit is hits.rows[-1] and hits.next_after is None else str(hit.row_id))
        if hits.next_after is None:
            return Page(tuple(rows), None)
        after = hits.next_after
    return Page(tuple(rows), after)


def _records(ids: Sequence[int], wanted: Q) -> dict[int, Remark]:
    found = Remark.objects.select_related("recorded_by").filter(wanted, pk__in=ids)
    return {remark.pk: remark for remark in found}
