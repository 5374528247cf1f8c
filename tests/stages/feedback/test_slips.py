"""The resident answers himself: his code alone opens the page, guessing is futile, and an answer is given once."""

from datetime import timedelta

import pytest
from at_once import at_once
from cast import NOON, Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext
from stages.feedback.conftest import LATER
from stages.order.bringing import MUSTS, bring_part, part_of

from diancai.ground.errors import NotAllowed
from diancai.ground.ledger.models import Event, EventWords
from diancai.ground.work.actions import run_all
from diancai.stages.feedback.actions import answer_by_slip, end_slip, issue_slip
from diancai.stages.feedback.doorkeeping import check_answer, check_knock, note_guess
from diancai.stages.feedback.errors import (
    AnswerMissing,
    CodeMistyped,
    NotRateable,
    SlipExpired,
    SlipUnknown,
    TooManyTries,
)
from diancai.stages.feedback.models import AnswerSlip, FollowUp, Rating
from diancai.stages.feedback.queries import get_slip_page
from diancai.stages.feedback.rules import make_code
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.models import Order
from diancai.words import AssignmentState, FollowUpState, OrderState, Solved

GOOD = {"solved": "yes", "satisfaction": "satisfied"}


@pytest.fixture
def code(cast: Cast, follow_up: FollowUp) -> str:
    return issue_slip(by=cast.village_officer, at=NOON, order_id=follow_up.order_id).code


def test_the_code_is_kept_nowhere_but_on_the_paper(cast: Cast, code: str) -> None:
    slip = AnswerSlip.objects.get()
    assert len(slip.digest) == 64
    assert code not in str([*AnswerSlip.objects.values(), *Event.objects.values("details")])
    assert code.encode() not in b"".join(bytes(each.sealed) for each in EventWords.objects.all())


def test_he_sees_place_dates_and_what_was_done_and_nobody_s_name(cast: Cast, need: Need, code: str) -> None:
    part = part_of(Order.objects.get())
    part.completion_words = "给刘翠兰家的3亩地看了病，电话13847801234，讲课1场"
    part.save()
    page = get_slip_page(code, LATER)
    assert page.place == "五原县塔尔湖镇联丰村"
    assert (str(page.said_on), str(page.completed_on)) == ("2019-12-10", "2019-12-10")
    assert page.department == "五原县农牧局"
    told = str(page)
    assert "某村民" in told
    assert "刘翠兰" not in told
    assert "13847801234" not in told


def test_he_answers_once_and_a_replay_shows_what_he_answered(code: str) -> None:
    first = answer_by_slip(at=LATER, code=code, **GOOD, words="讲得好")
    again = answer_by_slip(at=LATER + timedelta(hours=1), code=code.lower(), solved="no", satisfaction="very")
    assert again == first
    assert (Rating.objects.count(), FollowUp.objects.get().state) == (1, FollowUpState.REACHED)
    assert get_slip_page(code, LATER).answered == first


def test_no_rating_before_completion_and_the_slip_is_good_afterwards(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.IN_HAND)
    code = issue_slip(by=cast.village_officer, at=NOON, order_id=order.id).code
    assert get_slip_page(code, LATER).completed_on is None
    with pytest.raises(NotRateable):
        answer_by_slip(at=LATER, code=code, **GOOD)
    one = {"by": cast.department_contact, "at": LATER, "assignment_id": part_of(order).pk}
    actions.complete_assignment(**one, words="12月11日讲课1场，到场46人")
    # The worker has not come by yet: the answer itself opens the follow-up.
    assert answer_by_slip(at=LATER, code=code, **GOOD).solved == Solved.YES
    run_all(clock=lambda: LATER)
    assert FollowUp.objects.get().state == FollowUpState.REACHED


def test_not_solved_opens_a_round_and_the_slip_answers_again_after_it(cast: Cast, code: str) -> None:
    told = answer_by_slip(at=LATER, code=code, solved="no", satisfaction="dissatisfied", words="没有人来")
    assert told.opened_redo
    order = Order.objects.get()
    assert (order.round, order.redos.get().opened_by) == (2, None)
    assert get_slip_page(code, LATER).answered == told, "until the new round is completed his answer is shown"
    assert answer_by_slip(at=LATER, code=code, **GOOD) == told
    one = {"by": cast.department_contact, "at": LATER, "assignment_id": part_of(order).pk}
    actions.accept_assignment(**one, **MUSTS)
    actions.complete_assignment(**one, words="12月12日补讲1场，到场30人")
    run_all(clock=lambda: LATER)
    page = get_slip_page(code, LATER)
    assert (page.round, page.answered) == (2, None)
    assert answer_by_slip(at=LATER, code=code, **GOOD).solved == Solved.YES
    assert [r.solved for r in Rating.objects.order_by("id")] == [Solved.NO, Solved.YES]


def test_a_slip_expires_and_may_be_ended(cast: Cast, code: str, follow_up: FollowUp) -> None:
    with pytest.raises(SlipExpired):
        answer_by_slip(at=NOON + timedelta(days=180), code=code, **GOOD)
    with pytest.raises(NotAllowed):
        end_slip(by=cast.stranger, at=LATER, slip_id=AnswerSlip.objects.get().pk)
    end_slip(by=cast.village_officer, at=LATER, slip_id=AnswerSlip.objects.get().pk)
    with pytest.raises(SlipUnknown):
        get_slip_page(code, LATER)


def test_only_officers_of_the_place_issue_slips(cast: Cast, follow_up: FollowUp) -> None:
    for who in (cast.stranger, cast.other_county_office, cast.department_contact, cast.leader):
        with pytest.raises(NotAllowed):
            issue_slip(by=who, at=NOON, order_id=follow_up.order_id)
    Order.objects.update(state=OrderState.WITHDRAWN, withdrawn_reason="重复")
    with pytest.raises(NotRateable):
        issue_slip(by=cast.village_officer, at=NOON, order_id=follow_up.order_id)


def test_good_unknown_and_mistyped_codes_cost_the_same_reads(code: str, draw) -> None:
    costs = []
    for typed, refusal in ((make_code(draw), SlipUnknown), ("nobody", CodeMistyped), ("A" * 15, CodeMistyped)):
        with (
            CaptureQueriesContext(
                connection,
            ) as asked,
            pytest.raises(refusal),
        ):
            get_slip_page(typed, LATER)
        costs.append(len(asked))
    assert costs == [1, 1, 1]


def test_answers_lacking_something_are_refused_and_nothing_is_kept(code: str) -> None:
    with pytest.raises(AnswerMissing):
        answer_by_slip(at=LATER, code=code, solved="", satisfaction="very")
    with pytest.raises(AnswerMissing):
        answer_by_slip(at=LATER, code=code, solved="yes", satisfaction="")
    assert not Rating.objects.exists()


def test_a_thousand_answers_a_minute_to_one_code_are_refused_without_a_read(code: str) -> None:
    passed = 0
    for _ in range(6):
        check_answer(code)
        passed += 1
    with CaptureQueriesContext(connection) as asked:
        for _ in range(994):
            with pytest.raises(TooManyTries):
                check_answer(code.lower())
    assert (passed, len(asked)) == (6, 0)


def test_guessed_codes_lock_the_address_out_with_good_ones_too(db) -> None:
    for _ in range(10):
        check_knock("here")
        note_guess("here")
    with pytest.raises(TooManyTries):
        check_knock("here")
    check_knock("elsewhere")


def test_another_process_holds_the_lock_out_too(db) -> None:
    from diancai.stages.feedback.doorkeeping import forget

    for _ in range(10):
        note_guess("here")
    forget()
    with pytest.raises(TooManyTries):
        check_knock("here")


def test_two_answers_at_once_with_one_slip_are_one(committed_db) -> None:
    from cast import make_cast
    from stages.making import make_need

    from diancai.ground.programme.queries import get_programme

    cast = make_cast()
    order = bring_part(cast, make_need(get_programme("2019").id).pk, AssignmentState.COMPLETED)
    run_all(clock=lambda: NOON)
    code = issue_slip(by=cast.village_officer, at=NOON, order_id=order.id).code
    told = at_once(*[lambda: answer_by_slip(at=LATER, code=code, **GOOD)] * 3)
    assert {each.solved for each in told} == {Solved.YES}
    assert Rating.objects.count() == 1


def test_an_answer_and_a_redo_at_once_break_nothing(committed_db) -> None:
    from cast import make_cast
    from stages.making import make_need

    from diancai.ground.programme.queries import get_programme

    cast = make_cast()
    order = bring_part(cast, make_need(get_programme("2019").id).pk, AssignmentState.COMPLETED)
    run_all(clock=lambda: NOON)
    code = issue_slip(by=cast.village_officer, at=NOON, order_id=order.id).code
    at_once(
        lambda: answer_by_slip(at=LATER, code=code, solved="no", satisfaction="dissatisfied"),
        lambda: actions.open_redo(by=cast.county_office, at=LATER, order_id=order.id, reason="抽查没有做完"),
    )
    assert Order.objects.get().round == 2, "one of the two opened the round, the other found it open"
