"""Letters with their lines; a department sees those that were sent to it, the offices those of their places."""

from django.db.models import Count, Q, QuerySet

from diancai.ground.errors import NotFound
from diancai.ground.paging import Page, after_key, older_than
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act
from diancai.ground.place.codes import at_or_below_any
from diancai.ground.place.queries import full_name, name_of
from diancai.ground.place.sight import seen_codes, sight_of
from diancai.ground.uploads.files import FileShown
from diancai.ground.uploads.keeping import read_file
from diancai.stages.urging.errors import LetterWithheld
from diancai.stages.urging.models import Letter, Urge
from diancai.stages.urging.rows import LetterDetail, LetterRow, LineRow
from diancai.words import LetterState, UrgingStep

WAITS = Q(urges__sent_at__isnull=False, urges__answer_due_on__isnull=False, urges__answered_at=None)


def list_letters(
    account: Account,
    *,
    programme_id: int,
    place_code: str = "",
    step: str = "",
    state: str = "",
    after: str = "",
    limit: int = 50,
) -> Page[LetterRow]:
    """Letters in the account's sight, the newest first. Raises `NotAllowed`, also for a place out of sight."""
    found = _seen(account, place_code).filter(programme_id=programme_id)
    wanted = {"step": step, "state": state}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    found = found.filter(older_than(after, "drafted_at")).order_by("-drafted_at", "-id")
    page = list(found[: limit + 1])
    more = after_key(page[limit - 1].drafted_at, page[limit - 1].pk) if len(page) > limit else None
    return Page(tuple(letter_row(letter) for letter in page[:limit]), more)


def get_letter(account: Account, letter_id: int) -> LetterDetail:
    """A letter with the orders that it names. Raises `NotFound`, also for one out of sight."""
    letter = _seen(account, "").filter(pk=letter_id).first()
    if letter is None:
        raise NotFound
    is_office = can(account, Act.SEND_LETTER, letter.scope)
    lines = [line for line in lines_of(letter) if is_office or _may_see_line(account, letter, line)]
    return LetterDetail(
        letter=letter_row(letter),
        lines=tuple(lines),
        may_send=is_office and letter.state == LetterState.DRAFT,
        has_scan=bool(letter.scan_name) and not _is_withheld(letter),
        answerable=tuple(line.urge_id for line in lines if _may_answer(account, line)),
    )


def get_letter_scan(account: Account, letter_id: int) -> FileShown:
    """The scan of the signed paper. Raises `NotFound`, `LetterWithheld` when an order in it was diverted."""
    letter = _seen(account, "").filter(pk=letter_id).first()
    if letter is None or not letter.scan_name:
        raise NotFound
    if _is_withheld(letter):
        raise LetterWithheld
    return read_file(letter.scan_name)


def lines_of(letter: Letter) -> tuple[LineRow, ...]:
    """The orders that a letter names, by department and number; diverted ones are no longer told."""
    found = Urge.objects.filter(letter=letter, order__hidden_at=None)
    found = found.select_related("order", "department", "answered_by").order_by("department_id", "order_id")
    return tuple(_line(urge) for urge in found)


def letter_row(letter: Letter) -> LetterRow:
    """The row of a letter with the counts that `_seen` adds."""
    return LetterRow(
        id=letter.pk,
        number=letter.number,
        step=UrgingStep(letter.step),
        state=LetterState(letter.state),
        department_id=letter.department_id,
        department=letter.department.name if letter.department else "",
        body=letter.body,
        signer=letter.signer,
        place=name_of(letter.scope.place_code),
        words=letter.words,
        drafted_by=str(letter.drafted_by),
        drafted_at=letter.drafted_at,
        sent_at=letter.sent_at,
        signed_by=letter.signed_by,
        signed_on=letter.signed_on,
        paper_number=letter.paper_number,
        answer_due_on=letter.answer_due_on,
        lines=letter.counted_lines,  # type: ignore[attr-defined]
        waiting=letter.counted_waiting,  # type: ignore[attr-defined]
    )


def _seen(account: Account, place_code: str) -> QuerySet[Letter]:
    """Offices and leaders see all letters of their places, a department those that left and name it."""
    sight = sight_of(account, Act.SEE_ORDER)
    allowed = at_or_below_any(sight.place_codes)
    if sight.department_ids:
        named = Urge.objects.filter(department_id__in=sight.department_ids, letter__isnull=False)
        allowed |= Q(state=LetterState.SENT, pk__in=named.order_by().values("letter_id"))
    if place_code:
        seen_codes(sight, place_code)
        allowed &= at_or_below_any([place_code])
    found = Letter.objects.filter(allowed).select_related("department", "drafted_by")
    return found.annotate(
        counted_lines=Count("urges", filter=Q(urges__order__hidden_at=None)),
        counted_waiting=Count("urges", filter=WAITS & Q(urges__order__hidden_at=None)),
    )


def _is_withheld(letter: Letter) -> bool:
    return letter.urges.filter(order__hidden_at__isnull=False).exists()


def _may_see_line(account: Account, letter: Letter, line: LineRow) -> bool:
    """A circular names several departments; each reads its own lines, the leaders of the place read all."""
    sight = sight_of(account, Act.SEE_ORDER)
    return line.department_id in sight.department_ids or bool(sight.place_codes & set(letter.scope.codes))


def _may_answer(account: Account, line: LineRow) -> bool:
    open_now = line.answer_due_on is not None and line.answered_at is None
    return open_now and line.department_id in _own(account)


def _own(account: Account) -> frozenset[int]:
    return sight_of(account, Act.SEE_ORDER).department_ids


def _line(urge: Urge) -> LineRow:
    order = urge.order
    return LineRow(
        urge_id=urge.pk,
        order_id=order.pk,
        number=order.number,
        content=order.content,
        place=full_name(order.scope, order.sub_place, above=order.prefecture_code),
        department_id=urge.department_id,
        department=urge.department.name,
        due_on=urge.due_on,
        skip_reason=urge.skip_reason,
        answer_due_on=urge.answer_due_on,
        answered_at=urge.answered_at,
        answered_by=str(urge.answered_by or ""),
        answer=urge.answer,
        promised_on=urge.promised_on,
    )
