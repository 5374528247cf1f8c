"""What day a dispatch would promise, and why, in words: shown before it is made; a person may set an earlier one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from diancai.clocks import Wanted, due_on
from diancai.clocks.errors import Refusal as ClockRefusal
from diancai.ground.errors import NotFound
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.stages.need.models import Need, NeedSource
from diancai.stages.order.clocking.rulebook import rulebook
from diancai.stages.order.rows import ClockFacts
from diancai.words import ClockKind, DueBound, OrderLevel, OrderState


@dataclass(frozen=True, slots=True)
class DueProposal:
    """The day proposed, what set it, and the reason in words. `on` None: it cannot be computed, `reason` says why."""

    on: date | None
    bound_by: DueBound | None
    reason_zh: str
    reason_en: str
    is_provisional: bool = False


def propose_due(account: Account, need_id: int, at: datetime) -> DueProposal:
    """The day that an order for the need, dispatched at `at`, would promise. Raises `NotFound`, `NotAllowed`."""
    need = Need.objects.filter(pk=need_id).first()
    if need is None:
        raise NotFound
    check(account, Act.SEE_NEED, need.scope)
    facts, on = _facts(need, at), timezone.localdate(at)
    rules = rulebook(at)
    try:
        limit = rules.limit(ClockKind.HANDLING, facts, on)
        wanted = rules.wanted(facts, on)
        due = due_on(rules.time(facts.county_code[:6]), timezone.localtime(at), limit.span, wanted)
    except ClockRefusal as refusal:
        return DueProposal(None, None, refusal.zh, refusal.en)
    zh, en = _reason(due.bound_by, limit.basis or limit.span.zh, limit.span.en, wanted, need.wanted_text)
    return DueProposal(due.on, due.bound_by, zh, en, rules.is_provisional(due.on))


def _reason(bound: DueBound, basis: str, span_en: str, wanted: Wanted | None, words: str) -> tuple[str, str]:
    if bound is DueBound.SEASON and wanted is not None:
        return f"赶农时：{wanted.season}", f"farm season: {wanted.season}"
    if bound is DueBound.WANTED:
        return f"群众要的时间：{words or '见需求'}", f"wanted by the resident: {words or 'see the need'}"
    return basis, f"limit: {span_en}"


def _facts(need: Need, at: datetime) -> ClockFacts:
    told = NeedSource.objects.filter(need=need, is_counted=True).order_by("id")
    return ClockFacts(
        order_id=0,
        need_id=need.pk,
        level=OrderLevel.COUNTY if need.county_code else OrderLevel.PREFECTURE,
        is_twin=False,
        state=OrderState.PLACED,
        county_code=need.county_code,
        strand=need.strand,
        topic=need.topic,
        urgency=need.urgency,
        kind=need.kind,
        source=told.values_list("remark__source", flat=True).first() or "",
        wanted_text=need.wanted_text,
        wanted_from=need.wanted_from,
        wanted_until=need.wanted_until,
        round=1,
        placed_at=at,
        completed_at=None,
        closed_at=None,
        parts=(),
        pauses=(),
        extensions=(),
    )
