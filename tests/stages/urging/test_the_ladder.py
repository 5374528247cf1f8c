"""From a reminder to a circular: each step after the one before stood unanswered, with its paper and its answer."""

from datetime import date

import pytest
from cast import Cast
from stages.urging.late import Late, at, signing

from diancai.ground.errors import NotAllowed, NotFound, Refusal
from diancai.ground.ledger.models import Event
from diancai.ground.ledger.queries import list_events
from diancai.ground.slip.errors import ScanMissing, SignedInFuture, SignerMissing
from diancai.stages.order import actions as orders
from diancai.stages.urging import actions
from diancai.stages.urging.errors import (
    AnsweredAlready,
    AnswerMissing,
    LetterSentAlready,
    NobodyChosen,
    NothingToUrge,
    NotLateYet,
    NotYoursToUrge,
    PromisedInPast,
    SignedBeforeDrafted,
    SkipNotPressing,
    StepSkipped,
    StepStands,
    TooManyChosen,
)
from diancai.stages.urging.models import Letter, Urge
from diancai.stages.urging.queries import get_letter, get_letter_scan, list_letters, list_urges, urges_of_order
from diancai.words import LetterState, UrgingStep

MONDAY, THURSDAY = 16, 19


def _remind(cast: Cast, late: Late, day: int = MONDAY) -> int:
    made = actions.remind(by=cast.county_office, at=at(day), assignment_ids=[late.part_id], words="请抓紧")
    return made.urge_ids[0]


def _letter(cast: Cast, late: Late, step: str, day: int, month: int = 12) -> int:
    drafted = at(day, month=month)
    letter = actions.draft_letter(by=cast.county_office, at=drafted, step=step, assignment_ids=[late.part_id])
    actions.send_letter(by=cast.county_office, at=drafted, letter_id=letter, signing=signing(drafted.date()))
    return letter


def test_the_whole_ladder_from_reminder_to_circular(cast: Cast, late: Late, programme) -> None:
    _remind(cast, late)
    letters = [
        _letter(cast, late, "supervision", 19),
        _letter(cast, late, "notice", 25),
        _letter(cast, late, "circular", 3, month=1),
    ]
    steps = [row.step for row in urges_of_order(cast.county_office, late.order_id)]
    assert steps == list(UrgingStep)
    numbers = [get_letter(cast.county_office, each).letter.number for each in letters]
    assert numbers == ["五原县督〔2019〕1号", "五原县提醒〔2019〕1号", "五原县通报〔2020〕1号"]
    bodies = [get_letter(cast.county_office, each).letter.body for each in letters]
    assert bodies == ["五原县人民政府督查室", "五原县人民政府办公室", "五原县人民政府办公室"]
    assert len(list_letters(cast.county_office, programme_id=programme.id).rows) == 3


def test_a_reminder_asks_for_an_answer_in_two_working_days(cast: Cast, late: Late) -> None:
    urge = Urge.objects.get(pk=_remind(cast, late))
    assert (urge.answer_due_on, urge.words, urge.due_on) == (date(2019, 12, 18), "请抓紧", date(2019, 12, 13))


def test_supervision_waits_for_the_time_of_the_reminder(cast: Cast, late: Late) -> None:
    _remind(cast, late)
    told = {"by": cast.county_office, "step": "supervision", "assignment_ids": [late.part_id]}
    with pytest.raises(StepStands):
        actions.draft_letter(at=at(18), **told)
    actions.draft_letter(at=at(19), **told)


def test_a_promise_holds_the_next_step_off_until_it_is_broken(cast: Cast, late: Late) -> None:
    urge_id = _remind(cast, late)
    actions.answer_urges(
        by=cast.department_contact,
        at=at(17),
        urge_ids=[urge_id],
        answer="讲师已定，下周讲课",
        promised_on=date(2019, 12, 25),
    )
    told = {"by": cast.county_office, "step": "supervision", "assignment_ids": [late.part_id]}
    with pytest.raises(StepStands):
        actions.draft_letter(at=at(25), **told)
    actions.draft_letter(at=at(26), **told)


@pytest.mark.parametrize("step", ["supervision", "notice", "circular"])
def test_no_step_is_skipped(cast: Cast, late: Late, step: str) -> None:
    with pytest.raises(StepSkipped):
        actions.draft_letter(by=cast.county_office, at=at(19), step=step, assignment_ids=[late.part_id])


def test_only_a_pressing_order_may_skip_and_says_why(cast: Cast, late: Late, pressing: Late) -> None:
    told = {"by": cast.county_office, "at": at(14), "step": "notice", "skip_reason": "牲畜断水"}
    with pytest.raises(SkipNotPressing):
        actions.draft_letter(assignment_ids=[late.part_id], **told)
    letter = actions.draft_letter(assignment_ids=[pressing.part_id], **told)
    assert get_letter(cast.county_office, letter).lines[0].skip_reason == "牲畜断水"


def test_nothing_beyond_a_reminder_before_it_is_late(cast: Cast, late: Late) -> None:
    _remind(cast, late, 11)
    with pytest.raises(NotLateYet):
        actions.draft_letter(by=cast.county_office, at=at(13), step="supervision", assignment_ids=[late.part_id])


def test_what_is_done_or_paused_is_not_urged(cast: Cast, late: Late, pressing: Late) -> None:
    orders.pause_order(by=cast.county_office, at=at(11), order_id=pressing.order_id, reason="season")
    part = {"by": cast.department_contact, "assignment_id": late.part_id}
    orders.start_assignment(at=at(11), **part)
    orders.complete_assignment(at=at(12), words="12月12日讲课1场，到场46人", **part)
    for each in (late, pressing):
        with pytest.raises(NothingToUrge):
            _remind(cast, each)


def test_nobody_else_may_send_or_see(cast: Cast, late: Late, programme) -> None:
    for who in (cast.other_county_office, cast.village_officer, cast.leader, cast.stranger, cast.department_contact):
        with pytest.raises(NotYoursToUrge):
            actions.remind(by=who, at=at(MONDAY), assignment_ids=[late.part_id])
    _remind(cast, late)
    assert list_urges(cast.other_county_office, programme_id=programme.id).rows == ()
    with pytest.raises(NotAllowed):
        list_urges(cast.stranger, programme_id=programme.id)
    for who in (cast.other_county_office, cast.stranger):
        with pytest.raises(NotFound):
            urges_of_order(who, late.order_id)


def test_the_town_that_asked_may_remind_and_nothing_more(cast: Cast, late: Late) -> None:
    actions.remind(by=cast.town_officer, at=at(MONDAY), assignment_ids=[late.part_id])
    with pytest.raises(NotYoursToUrge):
        actions.draft_letter(by=cast.town_officer, at=at(THURSDAY), step="supervision", assignment_ids=[late.part_id])


def test_the_prefecture_writes_in_the_name_of_its_own_body(cast: Cast, late: Late) -> None:
    _remind(cast, late)
    letter = actions.draft_letter(
        by=cast.prefecture_office, at=at(THURSDAY), step="supervision", assignment_ids=[late.part_id]
    )
    assert Letter.objects.get(pk=letter).body == "巴彦淖尔市人民政府督查室"


def test_only_the_urged_department_answers_once_and_in_words(cast: Cast, late: Late) -> None:
    told = {"urge_ids": [_remind(cast, late)], "at": at(17)}
    for who in (cast.other_department_contact, cast.county_office, cast.stranger):
        with pytest.raises(NotAllowed):
            actions.answer_urges(by=who, answer="快了", **told)
    with pytest.raises(AnswerMissing):
        actions.answer_urges(by=cast.department_contact, answer="  ", **told)
    with pytest.raises(PromisedInPast):
        actions.answer_urges(by=cast.department_contact, answer="快了", promised_on=date(2019, 12, 16), **told)
    assert actions.answer_urges(by=cast.department_leader, answer="12月20日前办结", **told) == 1
    with pytest.raises(AnsweredAlready):
        actions.answer_urges(by=cast.department_contact, answer="再补一句", **told)


def test_overdue_answers_are_shown(cast: Cast, late: Late, programme) -> None:
    _remind(cast, late)
    rows = list_urges(cast.county_office, programme_id=programme.id, waiting="late").rows
    assert [row.is_answer_late for row in rows] == [True]
    own = list_urges(cast.department_contact, programme_id=programme.id, waiting="open").rows
    assert [row.order_id for row in own] == [late.order_id]


def _drafted(cast: Cast, late: Late) -> int:
    _remind(cast, late)
    return actions.draft_letter(by=cast.county_office, at=at(19), step="supervision", assignment_ids=[late.part_id])


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (signing(date(2019, 12, 19), by=" "), SignerMissing),
        (signing(date(2019, 12, 20)), SignedInFuture),
        (signing(date(2019, 12, 18)), SignedBeforeDrafted),
        (signing(date(2019, 12, 19), scan=None), ScanMissing),
    ],
)
def test_a_letter_leaves_with_signature_and_scan_only(cast: Cast, late: Late, told, refusal: type[Refusal]) -> None:
    letter = _drafted(cast, late)
    with pytest.raises(refusal):
        actions.send_letter(by=cast.county_office, at=at(19), letter_id=letter, signing=told)
    assert Letter.objects.get(pk=letter).state == LetterState.DRAFT


def test_a_draft_is_not_seen_by_the_department_and_a_sent_letter_is(cast: Cast, late: Late) -> None:
    letter = _drafted(cast, late)
    with pytest.raises(NotFound):
        get_letter(cast.department_contact, letter)
    actions.send_letter(by=cast.county_office, at=at(19), letter_id=letter, signing=signing(date(2019, 12, 19)))
    found = get_letter(cast.department_contact, letter)
    assert found.letter.waiting == 1
    assert len(found.answerable) == 1
    assert get_letter_scan(cast.department_contact, letter).media_type == "image/png"
    for who in (cast.other_department_contact, cast.other_county_office):
        with pytest.raises(NotFound):
            get_letter(who, letter)
    with pytest.raises(LetterSentAlready):
        actions.withdraw_letter(by=cast.county_office, at=at(19), letter_id=letter)


def test_another_county_may_not_send_it(cast: Cast, late: Late) -> None:
    letter = _drafted(cast, late)
    for who in (cast.other_county_office, cast.department_contact, cast.stranger):
        with pytest.raises(NotAllowed):
            actions.withdraw_letter(by=who, at=at(19), letter_id=letter)
    actions.withdraw_letter(by=cast.county_office, at=at(19), letter_id=letter)
    with pytest.raises(LetterSentAlready):
        actions.send_letter(by=cast.county_office, at=at(19), letter_id=letter, signing=signing(date(2019, 12, 19)))
    assert urges_of_order(cast.county_office, late.order_id)[-1].step == UrgingStep.REMINDER


def test_a_withdrawn_draft_does_not_count_as_a_step(cast: Cast, late: Late) -> None:
    letter = _drafted(cast, late)
    actions.withdraw_letter(by=cast.county_office, at=at(19), letter_id=letter)
    with pytest.raises(StepSkipped):
        actions.draft_letter(by=cast.county_office, at=at(30), step="notice", assignment_ids=[late.part_id])


def test_a_bulk_reminder_is_one_event_with_the_digest_of_its_rows(cast: Cast, late: Late, pressing: Late) -> None:
    orders.pause_order(by=cast.county_office, at=at(11), order_id=pressing.order_id, reason="season")
    made = actions.remind(by=cast.county_office, at=at(MONDAY), assignment_ids=[late.part_id, pressing.part_id])
    assert [left.assignment_id for left in made.left_out] == [pressing.part_id]
    events = list_events("urge", made.urge_ids[0])
    assert [event.kind for event in events] == ["urging.reminded"]
    details = Event.objects.get(kind="urging.reminded").details
    assert (details["count"], len(details["digest"])) == (1, 64)


def test_an_empty_or_endless_choice_is_refused(cast: Cast) -> None:
    with pytest.raises(NobodyChosen):
        actions.remind(by=cast.county_office, at=at(MONDAY), assignment_ids=[])
    with pytest.raises(TooManyChosen):
        actions.remind(by=cast.county_office, at=at(MONDAY), assignment_ids=range(1, 400))
    with pytest.raises(NotFound):
        actions.remind(by=cast.county_office, at=at(MONDAY), assignment_ids=[987654])


def test_the_events_hold_no_words_in_plain(cast: Cast, late: Late) -> None:
    _remind(cast, late)
    actions.answer_urges(
        by=cast.department_contact, at=at(17), urge_ids=[Urge.objects.get().pk], answer="讲师已定，下周讲课"
    )
    for event in Event.objects.filter(kind__startswith="urging."):
        assert "请抓紧" not in str(event.details)
        assert "讲师" not in str(event.details)
