"""Turning tables into rows: how an offer and an edition read. Called by the actions and queries of supply."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from diancai.ground.people.who_may import Scope
from diancai.ground.place.queries import list_children, name_of
from diancai.ground.slip.rows import SlipTold
from diancai.stages.supply.models import Offer, SupplyEdition
from diancai.stages.supply.rows import EditionRow, OfferRow
from diancai.stages.supply.rules import tell_capacity, tell_term
from diancai.words import CapacityPeriod, EditionState, Language, Strand


def topics_column(topics: Iterable[str]) -> str:
    """`、种植业、水利、`, or the empty text."""
    kept = list(dict.fromkeys(topic.strip() for topic in topics if topic.strip()))
    return f"、{'、'.join(kept)}、" if kept else ""


def topics_of(column: str) -> tuple[str, ...]:
    """The topics of a column."""
    return tuple(topic for topic in column.split("、") if topic)


def tell_places(codes: Sequence[str], department_place: str) -> str:
    """五原县、杭锦后旗; all counties below a prefecture's department are told as 7个旗县区."""
    if codes:
        return "、".join(name_of(code) for code in codes)
    if department_place[4:6] == "00":
        return f"{len(list_children(department_place))}个旗县区"
    return name_of(department_place)


def offer_row(offer: Offer, today: date, place_codes: Sequence[str] | None = None) -> OfferRow:
    """The row of an offer whose department is loaded; `place_codes` when the caller has them already."""
    codes = tuple(place_codes if place_codes is not None else sorted(p.place_id for p in offer.places.all()))
    period = CapacityPeriod(offer.capacity_period) if offer.capacity_period else None
    return OfferRow(
        id=offer.pk,
        number=offer.number,
        programme_id=offer.programme_id,
        department_id=offer.department_id,
        department=offer.department.name,
        department_place_code=offer.department.place_id,
        leader=offer.leader,
        service=offer.service,
        service_form=offer.service_form,
        contact=offer.contact,
        contact_phone=offer.contact_phone,
        strand=Strand(offer.strand) if offer.strand else None,
        topics=topics_of(offer.topics),
        place_codes=codes,
        places_text=tell_places(codes, offer.department.place_id),
        capacity=offer.capacity,
        capacity_unit=offer.capacity_unit,
        capacity_period=period,
        capacity_text=tell_capacity(offer.capacity, offer.capacity_unit, offer.capacity_period),
        valid_from=offer.valid_from,
        valid_until=offer.valid_until,
        valid_text=tell_term(offer.valid_from, offer.valid_until),
        is_over=offer.valid_until is not None and offer.valid_until < today,
        language=Language(offer.language) if offer.language else None,
        assured_on=offer.assured_on,
        assured_by=offer.assured_by,
        note=offer.note,
        state=offer.state,
        batch_id=offer.batch_id,
        made_at=offer.made_at,
        changed_at=offer.changed_at,
        revision=offer.revision,
        scope=offer_scope(offer),
    )


def offer_scope(offer: Offer) -> Scope:
    """Where an offer belongs: its department and the department's place."""
    return Scope(offer.prefecture_code, offer.county_code, department_ids=frozenset({offer.department_id}))


def edition_row(edition: SupplyEdition, line_count: int) -> EditionRow:
    """The row of an edition whose department and maker are loaded."""
    what = "增补清单" if edition.is_supplement else "供给侧服务清单"
    return EditionRow(
        id=edition.pk,
        programme_id=edition.programme_id,
        department_id=edition.department_id,
        department=edition.department.name,
        period=edition.period,
        number=edition.number,
        is_supplement=edition.is_supplement,
        state=EditionState(edition.state),
        name=f"{edition.department.name}{what} {edition.period} 第{edition.number}期",
        line_count=line_count,
        made_by=str(edition.made_by),
        made_at=edition.made_at,
        signed_by=edition.signed_by,
        signed_on=edition.signed_on,
        published_at=edition.published_at,
        digest=edition.digest,
    )


def edition_scope(edition: SupplyEdition) -> Scope:
    """Where an edition belongs: its department and the department's place."""
    return Scope(edition.prefecture_code, edition.county_code, department_ids=frozenset({edition.department_id}))


def slip_text(edition: SupplyEdition) -> SlipTold:
    """What the approval slip says of an edition."""
    counted = Counter(edition.lines.values_list("strand", flat=True))
    strands: list[Strand | None] = [*Strand, None]
    return SlipTold(
        list_name=f"{edition.department.name}供给侧服务清单",
        programme=edition.programme.name,
        body_label="责任单位",
        body=edition.department.name,
        period=edition.period,
        edition=f"第{edition.number}期{'（增补）' if edition.is_supplement else ''}",
        count=counted.total(),
        measure="项",
        by_strand=tuple((s.zh if s else "未分", counted[s or ""]) for s in strands if counted[s or ""]),
        made_by=str(edition.made_by),
        made_on=timezone.localdate(edition.made_at),
    )


def line_cells(row: OfferRow) -> dict[str, str]:
    """The texts of a list's columns (`rows.SHEET_COLUMNS`, without the number) as the offer stands now."""
    strand = f"送{row.strand.zh}" if row.strand else ""
    return {
        "department": row.department,
        "leader": row.leader,
        "service": row.service,
        "service_form": row.service_form,
        "contact": row.contact,
        "contact_phone": row.contact_phone,
        "strand": "／".join(part for part in ("、".join(row.topics), strand) if part),
        "places": row.places_text,
        "capacity": row.capacity_text,
        "valid": row.valid_text,
        "language": row.language.zh if row.language else "",
        "assured": f"{row.assured_on} {row.assured_by}" if row.assured_on else "",
        "note": row.note,
    }
