"""The clocks of one order as its page shows them: every promise, who held it how long, pauses, what moved the due."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from diancai.clocks import ClockFace, Stretch, run_clock
from diancai.clocks.errors import Refusal as ClockRefusal
from diancai.ground.place.models import Department
from diancai.stages.order.clocking.projection import span_words, with_limits
from diancai.stages.order.clocking.promises import Promise, handling_acts, promises_of
from diancai.stages.order.clocking.reading import read_facts
from diancai.stages.order.clocking.rulebook import Rulebook, rulebook
from diancai.stages.order.rows import ClockFacts, ClockStrip, StretchRow
from diancai.words import DueBound, PauseReason

WHOLE = 1000
_HOUR = timedelta(hours=1)


def clock_strips(order_id: int, at: datetime) -> tuple[ClockStrip, ...]:
    """The promises of an order at `at`, the newest first; one that cannot be computed is left out."""
    facts, rules = next(iter(read_facts([order_id])), None), rulebook(at)
    if facts is None:
        return ()
    names = _names(str(part.department_id) for part in facts.parts)
    told = (_strip(facts, promise, rules, at, names) for promise in reversed(promises_of(facts)))
    return tuple(strip for strip in told if strip is not None)


def _strip(
    facts: ClockFacts, promise: Promise, rules: Rulebook, at: datetime, names: dict[str, str]
) -> ClockStrip | None:
    try:
        limit, _, warnings, _ = with_limits(facts, promise.root, rules)
        on = timezone.localdate(promise.root.dispatched_at)
        wanted = None if promise.set_due_on else rules.wanted(facts, on)
        acts = handling_acts(facts, promise, wanted)
        time = rules.time(facts.county_code[:6])
        face = run_clock(acts, time, until=max(at, acts[-1].at), warnings=warnings)
    except ClockRefusal:
        return None
    agreed = promise.set_due_on is not None and face.bound_by is not DueBound.LIMIT
    zh, en = span_words(limit)
    ends = max(face.stopped_at or face.until, face.due_at)
    return ClockStrip(
        round=promise.round,
        state=face.state,
        started_at=face.started_at,
        stopped_at=face.stopped_at,
        due_at=face.due_at,
        bound_by=DueBound.AGREED if agreed else face.bound_by,
        season=wanted.season if wanted and face.bound_by is DueBound.SEASON else "",
        limit_zh=zh,
        limit_en=en,
        amber_at=face.amber_at,
        red_at=face.red_at,
        is_provisional=rules.is_provisional(face.due_on),
        remaining_hours=None if face.remaining is None else _hours(face.remaining),
        late_hours=_hours(face.late),
        credit_hours=_hours(face.credit),
        extended_days=face.extended_days,
        due_mark=_place(face, face.due_at, ends),
        stretches=tuple(_stretch(face, each, ends, names) for each in face.stretches),
    )


def _stretch(face: ClockFace, stretch: Stretch, ends: datetime, names: dict[str, str]) -> StretchRow:
    left = _place(face, stretch.begins, ends)
    return StretchRow(
        unit=names.get(stretch.unit, ""),
        kind=stretch.kind,
        begins=stretch.begins,
        ends=stretch.ends,
        open_hours=_hours(stretch.open),
        reason=PauseReason(stretch.reason) if stretch.reason else None,
        left=left,
        width=max(_place(face, stretch.ends, ends) - left, 1),
    )


def _place(face: ClockFace, instant: datetime, ends: datetime) -> int:
    """Where an instant lies between the start and the end of the strip, in thousandths."""
    whole = max(ends - face.started_at, timedelta(seconds=1))
    return round(WHOLE * ((instant - face.started_at) / whole))


def _hours(length: timedelta) -> float:
    return round(length / _HOUR, 1)


def _names(ids: Iterable[str]) -> dict[str, str]:
    found = Department.objects.filter(pk__in={int(each) for each in ids}).values_list("pk", "name")
    return {str(pk): name for pk, name in found}
