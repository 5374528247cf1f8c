"""What every act on needs shares: locking, the step in the history, the recount, the index, the event's details.

Called by the actions and the digest of this stage, always inside their transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from diancai.engine.said.masking import mask
from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.ledger.digest import rows_digest
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can, check
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.place.queries import full_name, initials_of
from diancai.ground.privacy.withholding import WITHHELD
from diancai.ground.search import actions as search
from diancai.stages.need.errors import ChangedMeanwhile, NeedWordless, ReasonMissing
from diancai.stages.need.models import Need, NeedPlace, NeedSource, NeedStep
from diancai.stages.need.rules import Share, Step, add_households, add_quantities, earliest_window
from diancai.words import NeedState, Route

KIND = "need"


def locked(need_id: int, revision: int | None = None) -> Need:
    """The need, locked. Raises `NotFound`, and `ChangedMeanwhile` when it is not the revision the page showed."""
    need = Need.objects.select_for_update().filter(pk=need_id).first()
    if need is None:
        raise NotFound
    if revision is not None and revision != need.revision:
        raise ChangedMeanwhile
    return need


def check_leave(by: Account, *needs: Need) -> None:
    """The town may work on what it has not combed yet, afterwards the office alone.

    Raises `NotAllowed`, and as `check_words`.
    """
    for need in needs:
        act = Act.COMB_NEED if need.state == NeedState.PROPOSED else Act.REVIEW_NEED
        check(by, act, need.scope)
        check_words(by, need)


def check_words(by: Account, need: Need) -> None:
    """Nothing more is done with a need whose words were diverted. Raises `NeedWordless`, to others `NotFound`."""
    if need.content == WITHHELD:
        raise NeedWordless if can(by, Act.SEE_DIVERTED, need.scope) else NotFound


def told(reason: str, limit: int = 200) -> str:
    """A reason that is given, with personal data covered: it stands in the ledger. Raises `ReasonMissing`."""
    if not reason.strip():
        raise ReasonMissing
    return mask(reason.strip()).shown[:limit]


def step(
    need: Need, kind: Step, *, by: Account | None, at: datetime, before: dict[str, Any] | None = None, note: str = ""
) -> NeedStep:
    """One line of the need's history, with what is needed to take it back."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in (before or {}).items()}
    return NeedStep(need=need, kind=kind.value, before=plain, note=note[:300], by=by, at=at)


def save(need: Need, at: datetime, *fields: str) -> None:
    """Write changed fields under a new revision."""
    need.revision += 1
    need.changed_at = at
    need.save(update_fields=[*fields, "revision", "changed_at"])


def tell(
    kind: str,
    needs: Sequence[Need],
    *,
    by: Account | None,
    at: datetime,
    scope: Scope | None = None,
    reason: str = "",
    **details: Any,
) -> None:
    """The one event of an act; of several needs it tells them all and the digest of their rows.

    `reason` is what a person wrote: it is sealed, and gone when any of the needs is diverted.
    """
    first = needs[0]
    single = len(needs) == 1
    record(
        kind,
        subject=(KIND, first.pk) if single else ("needs", first.programme_id),
        by=by,
        at=at,
        scope=scope or first.scope,
        details=event_details(needs) | details,
        words={"reason": reason} if reason else None,
        about=[(KIND, need.pk) for need in needs],
    )


def event_details(needs: Sequence[Need]) -> dict[str, Any]:
    """Which needs, which counts they touch: places, months and programme are what `tally` marks dirty."""
    return {
        "need_ids": [need.pk for need in needs],
        "digest": rows_digest([f"{need.uuid}:{need.state}:{need.revision}" for need in needs]),
        "places": sorted({need.scope.place_code for need in needs}),
        "months": sorted({month_of(need) for need in needs}),
        "programme": needs[0].programme_id if needs else None,
    }


def month_of(need: Need) -> str:
    """The month in which a need counts, that of its making: `2019-12`."""
    return f"{timezone.localtime(need.made_at):%Y-%m}"


def index(needs: Iterable[Need]) -> None:
    """Make live needs findable and take the others out of the index; diverted ones are never in it."""
    held = list(needs)
    search.remove(KIND, [need.pk for need in held])
    shown = [n for n in held if n.is_live and n.state != NeedState.MERGED and n.route != Route.DIVERT]
    search.put_many(KIND, [_search_row(need) for need in shown])


def _search_row(need: Need) -> tuple[int, Scope, datetime, str, str]:
    scope = need.scope
    words = f"{need.content} {need.topic} {need.number} {full_name(scope, need.sub_place)}"
    return need.pk, scope, need.made_at, words, initials_of(scope)


def recount(need_ids: Iterable[int]) -> list[Need]:
    """Rebuild what needs derive from their remarks; returns the needs. Nothing is ever patched (design 2.8).

    What a person set by hand stays. A need without a remark in force is not live and leaves every list and queue.
    """
    needs = {need.pk: need for need in Need.objects.select_for_update().filter(pk__in=set(need_ids)).order_by("pk")}
    sources: dict[int, list[NeedSource]] = defaultdict(list)
    rows = (
        NeedSource.objects.filter(need_id__in=needs)
        .select_related("remark")
        .defer("remark__verbatim", "remark__speaker", "remark__phone", "remark__verbatim_subject", "remark__shown")
    )
    changed: dict[bool, list[int]] = {True: [], False: []}
    for source in rows.order_by("id"):
        counted = _counts(source, needs[source.need_id])
        if counted != source.is_counted:
            source.is_counted = counted
            changed[counted].append(source.pk)
        sources[source.need_id].append(source)
    for counted, ids in changed.items():
        NeedSource.objects.filter(pk__in=ids).update(is_counted=counted)
    _write_recounted(needs.values(), sources)
    _write_other_places(needs, sources)
    index(needs.values())
    return list(needs.values())


def _write_recounted(needs: Iterable[Need], sources: dict[int, list[NeedSource]]) -> None:
    """Write what changed, with one statement for all needs that changed alike: a withdrawn batch changes all alike."""
    alike: dict[str, tuple[dict[str, Any], list[int]]] = {}
    for need in needs:
        before = {name: getattr(need, name) for name in DERIVED}
        _recount(need, sources[need.pk])
        changes = {name: getattr(need, name) for name in DERIVED if getattr(need, name) != before[name]}
        if changes:
            alike.setdefault(repr(sorted(changes.items())), (changes, []))[1].append(need.pk)
    for changes, ids in alike.values():
        Need.objects.filter(pk__in=ids).update(**changes)


DERIVED = (
    "remark_count",
    "places",
    "is_live",
    "households",
    "households_approx",
    "persons",
    "quantity",
    "wanted_from",
    "wanted_until",
    "first_said_on",
)


def _write_other_places(needs: dict[int, Need], sources: dict[int, list[NeedSource]]) -> None:
    """Keep the towns and villages of merged needs beside their own; most needs have none."""
    wanted = {
        (need.pk, code)
        for need in needs.values()
        for source in sources[need.pk]
        if source.is_counted
        for code in (source.remark.town_code, source.remark.village_code)
        if code and code not in (need.town_code, need.village_code)
    }
    held = {(place.need_id, place.code): place.pk for place in NeedPlace.objects.filter(need_id__in=needs)}
    NeedPlace.objects.filter(pk__in=[pk for key, pk in held.items() if key not in wanted]).delete()
    NeedPlace.objects.bulk_create([NeedPlace(need_id=need, code=code) for need, code in sorted(wanted - set(held))])


def _counts(source: NeedSource, need: Need) -> bool:
    """Whether a share counts: its remark is in force, and diverted exactly when the need only notes the diversion."""
    remark = source.remark
    if need.content == WITHHELD:
        return False  # a remark that comes back is digested anew
    return remark.withdrawn_at is None and remark.is_diverted == (need.route == Route.DIVERT)


def _recount(need: Need, sources: Sequence[NeedSource]) -> None:
    held = [source for source in sources if source.is_counted]
    need.remark_count = len({source.remark_id for source in held})
    need.is_live = bool(held) and need.state != NeedState.MERGED
    if not held:
        return
    # A sub-place may be the address of a house.
    need.places = [] if need.route == Route.DIVERT else list(dict.fromkeys(_place(source) for source in held))
    need.first_said_on = min((on for source in held if (on := _said_on(source))), default=None)
    free = {name for name in DERIVED if name not in need.by_hand}
    if "households" in free:
        shares = [Share(need.pk, s.remark_id, s.households, s.households_approx) for s in held]
        total = add_households(shares)
        need.households, need.households_approx = total.number, total.is_approx
    if "persons" in free:
        need.persons = sum_persons(held)
    if "quantity" in free:
        need.quantity = add_quantities(source.quantity for source in held)
    if {"wanted_from", "wanted_until"} <= free:
        need.wanted_from, need.wanted_until = earliest_window((s.wanted_from, s.wanted_until) for s in held)


def sum_persons(sources: Sequence[NeedSource]) -> int | None:
    """Persons told, each remark's once; None when nobody told."""
    largest: dict[int, int] = {}
    for source in sources:
        if source.persons is not None:
            largest[source.remark_id] = max(largest.get(source.remark_id, 0), source.persons)
    return sum(largest.values()) if largest else None


def _place(source: NeedSource) -> str:
    """Code and sub-place of a remark in one text, so that equal places fall together: `150821101201 五社`."""
    remark = source.remark
    code = remark.village_code or remark.town_code or remark.county_code or remark.prefecture_code
    return f"{code} {remark.sub_place}".strip()


def _said_on(source: NeedSource) -> date | None:
    said = source.remark.said_at
    return timezone.localdate(said) if said else None
