"""The office's review: what the engine proposed is held against what the office made of it, and mended."""

from dataclasses import dataclass, field
from datetime import datetime

from diancai.ground.people.queries import Account
from diancai.interfaces.console.story.stage import Stage, counties, period_of, rows_of
from diancai.stages.need.actions import (
    accept_need,
    change_need,
    comb_need,
    draft_edition,
    leave_out,
    merge_needs,
    print_slip,
    publish_edition,
    raise_need,
    sign_edition,
)
from diancai.stages.need.queries import get_need, list_needs_of_remark
from diancai.stages.need.rows import NeedRow
from diancai.stages.remark.rows import RemarkRow
from diancai.words import NeedState, Route, Strand


@dataclass
class Review:
    """How the review went: mends of the engine's proposals, and the need of each line by county."""

    mends: int = 0
    needs: dict[tuple[str, str], NeedRow] = field(default_factory=dict)


def review_all(stage: Stage, remarks: dict[str, RemarkRow], at: datetime) -> Review:
    """Bring every remark of the story to the line that the office wrote for it; a second telling is merged."""
    review = Review()
    for row in rows_of("remarks.csv"):
        remark = remarks[row["key"]]
        office = stage.office_of(remark.scope.county_code)
        proposed = [n for n in list_needs_of_remark(office, remark.id) if n.route == Route.LIST]
        if row["lines"]:
            _make_line(review, office, at, remark, proposed, row["lines"])
        else:
            for need in proposed:
                leave_out(by=office, at=at, need_id=need.id, reason="经核实不是清单需求")
                review.mends += 1
    return review


def _make_line(
    review: Review, office: Account, at: datetime, remark: RemarkRow, proposed: list[NeedRow], line: str
) -> None:
    strand_zh, content, service_form = line.split(":")
    strand = Strand.from_zh(strand_zh)
    known = review.needs.get((remark.scope.county_code, content))
    if not proposed:
        review.mends += 1
        raised = raise_need(by=office, at=at, remark_id=remark.id, content=content, strand=strand)
        proposed = [raised]
    need, *others = proposed
    for other in others:
        need = merge_needs(by=office, at=at, into_id=need.id, need_id=other.id, reason="原话里是同一件事")
        review.mends += 1
    if known is not None:
        if known.id != need.id:
            known = get_need(office, known.id).need
            merge_needs(by=office, at=at, into_id=known.id, need_id=need.id, reason="同一件事，换了说法")
        return
    wanted = {"content": content, "strand": strand, "service_form": service_form}
    changed = {name: value for name, value in wanted.items() if getattr(need, name) != value}
    if changed:
        review.mends += 1
        need = change_need(by=office, at=at, need_id=need.id, revision=need.revision, **changed)
    if need.state == NeedState.PROPOSED:
        need = comb_need(by=office, at=at, need_id=need.id)
    review.needs[remark.scope.county_code, content] = accept_need(by=office, at=at, need_id=need.id)


def publish_demand(stage: Stage, at: datetime) -> None:
    """Every county's list: drawn, signed on paper, published."""
    for county in counties():
        office = stage.office_of(county)
        edition = draft_edition(
            by=office, at=at, programme_id=stage.programme.id, county_code=county, period=period_of(at)
        )
        print_slip(by=office, at=at, edition_id=edition)
        sign_edition(by=office, at=at, edition_id=edition, signing=stage.signing("旗县区委分管领导", at))
        publish_edition(by=office, at=at, edition_id=edition)
