"""Reading demand lists: editions of each county and period, their lines and totals."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Count
from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can, list_posts
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.place.codes import at_or_below_any, level_of
from diancai.ground.place.queries import name_of
from diancai.ground.place.sight import codes_for
from diancai.ground.slip.queries import find_slip, scan_of
from diancai.ground.slip.rows import SlipRow, SlipTold
from diancai.ground.uploads.files import FileShown
from diancai.stages.need.models import DemandEdition, DemandLine, NeedSource
from diancai.stages.need.queries.needs import count_households
from diancai.stages.need.rows import Edition, EditionRow, EditionTotals, LineRow
from diancai.stages.need.rules import DEMAND_COLUMNS, lines_digest
from diancai.words import EditionState, Level, Strand

SUBJECT = "demand_edition"


def list_editions(
    account: Account, *, programme_id: int, place_code: str = "", period: str = "", state: str = ""
) -> tuple[EditionRow, ...]:
    """Editions, the newest first. Departments see published ones of every county; others those of their places.

    A town or village officer sees the lists of his county.
    """
    found = DemandEdition.objects.filter(programme_id=programme_id)
    codes = codes_for(account, Act.SEE_LISTS, place_code)
    if codes:
        counties = [code for code in codes if level_of(code) in {Level.PREFECTURE, Level.COUNTY}]
        below = {code[:6] + "000000" for code in codes} - set(counties)
        found = found.filter(at_or_below_any([*counties, *sorted(below)]))
    elif _is_of_a_department(account):
        found = found.filter(state=EditionState.PUBLISHED)
        found = found.filter(at_or_below_any([place_code])) if place_code else found
    else:
        return ()
    found = found.filter(period=period) if period else found
    found = found.filter(state=state) if state else found
    held = found.select_related("made_by", "published_by").annotate(line_count=Count("lines"))
    return tuple(edition_row(edition, edition.line_count) for edition in held.order_by("-made_at", "-id")[:500])


def get_edition(account: Account, edition_id: int) -> Edition:
    """An edition with its lines and totals. Raises `NotFound` for one that the account may not see."""
    edition = DemandEdition.objects.select_related("made_by", "published_by").filter(pk=edition_id).first()
    if edition is None or not _may_see(account, edition):
        raise NotFound
    lines = list(edition.lines.order_by("position"))
    return Edition(
        edition=edition_row(edition, len(lines)),
        columns=DEMAND_COLUMNS,
        lines=tuple(_line_row(line) for line in lines),
        totals=_totals(lines),
        is_intact=not edition.digest or edition.digest == digest_of(lines),
        slip=find_slip((SUBJECT, edition.pk), digest_of(lines)),
    )


def get_slip(account: Account, edition_id: int) -> SlipRow | None:
    """The slip that fits the lines, else the last one printed. Raises `NotFound` for one that may not be seen."""
    edition = _paper_of(account, edition_id)
    return find_slip((SUBJECT, edition.pk), digest_of(list(edition.lines.order_by("position"))))


def get_scan(account: Account, edition_id: int) -> FileShown:
    """The photo or scan of the signed slip. Raises `NotFound`, `NoScan`."""
    return scan_of(_paper_of(account, edition_id))


def slip_text(edition: DemandEdition, lines: Sequence[DemandLine]) -> SlipTold:
    """What the approval slip says of an edition."""
    county = name_of(edition.county_code or edition.prefecture_code)
    return SlipTold(
        list_name=f"{county}需求侧服务清单",
        programme=edition.programme.name,
        body_label="旗县区" if edition.county_code else "盟市",
        body=county,
        period=edition.period,
        edition=f"第{edition.number}期{'（增补）' if edition.is_supplement else ''}",
        count=len(lines),
        measure="条",
        by_strand=tuple((strand.zh if strand else "未分", count) for strand, count in _by_strand(lines)),
        made_by=str(edition.made_by),
        made_on=timezone.localdate(edition.made_at),
    )


def find_draft(programme_id: int, county_code: str, period: str, *, is_supplement: bool = False) -> int | None:
    """The id of the open draft of a county and period, or None."""
    found = DemandEdition.objects.filter(
        programme_id=programme_id,
        county_code=county_code,
        period=period,
        is_supplement=is_supplement,
        state=EditionState.DRAFT,
    )
    return found.order_by("-id").values_list("pk", flat=True).first()


def digest_of(lines: Sequence[DemandLine]) -> str:
    """The digest over lines in their order."""
    return lines_digest([(line.position, line.need_id, line.as_signed) for line in lines])


def edition_row(edition: DemandEdition, line_count: int) -> EditionRow:
    """A record as a row."""
    return EditionRow(
        id=edition.pk,
        programme_id=edition.programme_id,
        county_code=edition.county_code,
        county_name=name_of(edition.county_code or edition.prefecture_code),
        period=edition.period,
        number=edition.number,
        is_supplement=edition.is_supplement,
        state=EditionState(edition.state),
        is_zero=line_count == 0,
        line_count=line_count,
        made_by=str(edition.made_by),
        made_at=edition.made_at,
        signed_by=edition.signed_by,
        signed_on=edition.signed_on,
        published_at=edition.published_at,
        published_by=str(edition.published_by) if edition.published_by else "",
        digest=edition.digest,
    )


def _line_row(line: DemandLine) -> LineRow:
    if line.signed_cells:
        return LineRow(line.pk, line.position, line.need_id, dict(line.cells), None, None)
    strand = Strand(line.strand) if line.strand else None
    return LineRow(line.pk, line.position, line.need_id, dict(line.cells), strand, line.households)


def _totals(lines: Sequence[DemandLine]) -> EditionTotals:
    needs = [line.need_id for line in lines]
    remarks = NeedSource.objects.filter(need_id__in=needs, is_counted=True).values("remark_id").distinct().count()
    return EditionTotals(len(needs), remarks, count_households(needs), _by_strand(lines))


def _by_strand(lines: Sequence[DemandLine]) -> tuple[tuple[Strand | None, int], ...]:
    counted = Counter(line.strand for line in lines)
    strands: list[Strand | None] = [*Strand, None]
    return tuple((strand, counted[strand or ""]) for strand in strands if counted[strand or ""])


def _paper_of(account: Account, edition_id: int) -> DemandEdition:
    edition = DemandEdition.objects.select_related("slip").filter(pk=edition_id).first()
    if edition is None or not can(account, Act.SEE_SIGNED_PAPER, Scope(edition.prefecture_code, edition.county_code)):
        raise NotFound
    return edition


def _may_see(account: Account, edition: DemandEdition) -> bool:
    scope = Scope(edition.prefecture_code, edition.county_code)
    if can(account, Act.SEE_LISTS, scope):
        return True
    if edition.state == EditionState.PUBLISHED and _is_of_a_department(account):
        return True
    return any(code[:6] == edition.county_code[:6] for code in codes_for(account, Act.SEE_LISTS))


def _is_of_a_department(account: Account) -> bool:
    """Whether a post in force belongs to a department, which reads published lists of every county."""
    today = timezone.localdate()
    return any(post.department_id is not None and post.holds_on(today) for post in list_posts(account))
